namespace Dadbs.Sql.RegularExpressions;

/// <summary>Recursive descent over branches, quantified atoms and bracket expressions. 2201B for what is wrong; nesting is counted.</summary>
internal sealed class RegexParser
{
    /// <summary>The largest count in {m,n}.</summary>
    private const int RepetitionsMax = 255;
    private const int DepthMax = 1_500;

    private readonly RegexLexer _lexer;
    private readonly List<GroupNode?> _groups = [null];
    private int _depth;

    public RegexParser(int[] pattern, RegexOptions options)
    {
        if ((options & RegexOptions.Quote) != 0 && (options & (RegexOptions.Advanced | RegexOptions.Expanded | RegexOptions.Newline)) != 0)
            throw RegexError.Of(RegexError.Argument);
        _lexer = new RegexLexer(pattern, options);
    }

    public RegexOptions Options => _lexer.Options;

    /// <summary>Capturing groups, those under {0} included.</summary>
    public int GroupCount => _groups.Count - 1;

    public RegexNode Parse()
    {
        var node = ParseAlternation(RegexToken.End, inLookaround: false);
        return _lexer.Token == RegexToken.End ? node : throw RegexError.Of(RegexError.Parentheses);
    }

    private RegexNode ParseAlternation(RegexToken stopper, bool inLookaround)
    {
        if (++_depth > DepthMax)
            throw RegexError.Of(RegexError.TooComplex);
        var branches = new List<RegexNode>();
        while (true)
        {
            branches.Add(ParseBranch(stopper, inLookaround));
            if (_lexer.Token != RegexToken.Bar)
                break;
            _lexer.Next();
        }
        _depth--;
        if (_lexer.Token != stopper)
            throw RegexError.Of(RegexError.Parentheses);
        return branches.Count == 1 ? branches[0] : new AlternationNode([.. branches]);
    }

    private RegexNode ParseBranch(RegexToken stopper, bool inLookaround)
    {
        var items = new List<RegexNode>();
        while (_lexer.Token != RegexToken.Bar && _lexer.Token != stopper && _lexer.Token != RegexToken.End)
            items.Add(ParseItem(inLookaround));
        return items.Count switch
        {
            0 => EmptyNode.Instance,
            _ => new SequenceNode([.. items]),
        };
    }

    private RegexNode ParseItem(bool inLookaround)
    {
        if (TryConstraint() is { } constraint)
            return constraint;
        var atom = ParseAtom(inLookaround);
        return ParseQuantifier(atom);
    }

    /// <summary>What matches no character, and therefore takes no quantifier.</summary>
    private RegexNode? TryConstraint()
    {
        var lines = (Options & RegexOptions.NewlineAnchors) != 0;
        AssertionKind kind;
        switch (_lexer.Token)
        {
            case RegexToken.Caret:
                kind = lines ? AssertionKind.LineStart : AssertionKind.TextStart;
                break;
            case RegexToken.Dollar:
                kind = lines ? AssertionKind.LineEnd : AssertionKind.TextEnd;
                break;
            case RegexToken.TextStart:
                kind = AssertionKind.TextStart;
                break;
            case RegexToken.TextEnd:
                kind = AssertionKind.TextEnd;
                break;
            case RegexToken.WordStart:
                kind = AssertionKind.WordStart;
                break;
            case RegexToken.WordEnd:
                kind = AssertionKind.WordEnd;
                break;
            case RegexToken.WordBoundary:
                kind = AssertionKind.WordBoundary;
                break;
            case RegexToken.NotWordBoundary:
                kind = AssertionKind.NotWordBoundary;
                break;
            case RegexToken.Lookaround:
                var value = _lexer.Value;
                _lexer.Next();
                var body = ParseAlternation(RegexToken.CloseGroup, inLookaround: true);
                _lexer.Next();
                return new LookaroundNode(body, (value & 1) != 0, (value & 2) != 0);
            default:
                return null;
        }
        _lexer.Next();
        return new AssertionNode(kind);
    }

    private RegexNode ParseAtom(bool inLookaround)
    {
        var value = _lexer.Value;
        switch (_lexer.Token)
        {
            case RegexToken.Star or RegexToken.Plus or RegexToken.Question or RegexToken.OpenBrace:
                throw RegexError.Of(RegexError.Quantifier);
            case RegexToken.CloseGroup when (Options & RegexOptions.Advanced) != RegexOptions.Extended:
                throw RegexError.Of(RegexError.Parentheses);
            case RegexToken.CloseGroup or RegexToken.Plain:
                _lexer.Next();
                return new SetNode(WithCase(CharacterSet.Of(value)));
            case RegexToken.OpenGroup:
                return ParseGroup(value == 1 && !inLookaround, inLookaround);
            case RegexToken.OpenBracket:
                var set = ParseBracket(negated: value == 0);
                return new SetNode(set);
            case RegexToken.Shorthand:
                _lexer.Next();
                return new SetNode(Shorthand(value));
            case RegexToken.NegatedShorthand:
                _lexer.Next();
                return new SetNode(Shorthand(value).Complement());
            case RegexToken.Dot:
                _lexer.Next();
                return new SetNode((Options & RegexOptions.NewlineStops) != 0 ? CharacterSet.All.Without('\n') : CharacterSet.All);
            case RegexToken.BackReference:
                if (inLookaround || value >= _groups.Count || _groups[value] is not { } group)
                    throw RegexError.Of(RegexError.BackReference);
                _lexer.Next();
                return new BackReferenceNode(group);
            default:
                throw RegexError.Of(RegexError.Quantifier);
        }
    }

    private RegexNode ParseGroup(bool capturing, bool inLookaround)
    {
        var number = 0;
        if (capturing)
        {
            number = _groups.Count;
            _groups.Add(null);
            _lexer.GroupCount = number;
        }
        _lexer.Next();
        var body = ParseAlternation(RegexToken.CloseGroup, inLookaround);
        if (!capturing)
        {
            _lexer.Next();
            return body;
        }
        // Before the next token is read: it may refer to this group.
        var group = new GroupNode(body, number);
        _groups[number] = group;
        _lexer.Next();
        return group;
    }

    private RegexNode ParseQuantifier(RegexNode atom)
    {
        var (min, max) = (1, 1);
        var preference = _lexer.Value != 0 ? NodeTraits.PrefersLonger : NodeTraits.PrefersShorter;
        switch (_lexer.Token)
        {
            case RegexToken.Star:
                (min, max) = (0, RepeatNode.Unbounded);
                break;
            case RegexToken.Plus:
                (min, max) = (1, RepeatNode.Unbounded);
                break;
            case RegexToken.Question:
                (min, max) = (0, 1);
                break;
            case RegexToken.OpenBrace:
                (min, max, preference) = ParseCounts();
                break;
            default:
                return atom;
        }
        _lexer.Next();
        return (min, max) == (0, 0) ? EmptyNode.Instance : new RepeatNode(atom, min, max, preference);
    }

    private (int Min, int Max, NodeTraits Preference) ParseCounts()
    {
        _lexer.Next();
        var min = ParseCount();
        if (_lexer.Token != RegexToken.Comma)
        {
            // {m} passes on the preference of what it repeats.
            return _lexer.Token == RegexToken.CloseBrace ? (min, min, NodeTraits.None) : throw RegexError.Of(RegexError.RepetitionCount);
        }
        _lexer.Next();
        var max = RepeatNode.Unbounded;
        if (_lexer.Token == RegexToken.Digit)
        {
            max = ParseCount();
            if (min > max)
                throw RegexError.Of(RegexError.RepetitionCount);
        }
        if (_lexer.Token != RegexToken.CloseBrace)
            throw RegexError.Of(RegexError.RepetitionCount);
        return (min, max, _lexer.Value != 0 ? NodeTraits.PrefersLonger : NodeTraits.PrefersShorter);
    }

    private int ParseCount()
    {
        var count = 0;
        while (_lexer.Token == RegexToken.Digit && count < RepetitionsMax)
        {
            count = count * 10 + _lexer.Value;
            _lexer.Next();
        }
        return _lexer.Token == RegexToken.Digit || count > RepetitionsMax ? throw RegexError.Of(RegexError.RepetitionCount) : count;
    }

    private CharacterSet ParseBracket(bool negated)
    {
        _lexer.Next();
        var ranges = new List<(int, int)>();
        while (_lexer.Token is not (RegexToken.CloseBracket or RegexToken.End))
            ParseBracketPart(ranges);
        _lexer.Next();
        var set = WithCase(CharacterSet.FromRanges(ranges));
        if (!negated)
            return set;
        var complement = set.Complement();
        return (Options & RegexOptions.NewlineStops) != 0 ? complement.Without('\n') : complement;
    }

    private void ParseBracketPart(List<(int Low, int High)> ranges)
    {
        var value = _lexer.Value;
        int start;
        switch (_lexer.Token)
        {
            case RegexToken.Plain:
                _lexer.Next();
                start = value;
                break;
            case RegexToken.CollatingElement:
                start = Element();
                break;
            case RegexToken.EquivalenceClass:
                // Without collation each character is only equal to itself.
                var element = Element();
                ranges.Add((element, element));
                return;
            case RegexToken.NamedClass:
                var name = Name();
                if (name.Length == 0)
                    throw RegexError.Of(RegexError.CharacterClass);
                var letters = string.Concat(name.Where(code => code < 128).Select(code => (char)code));
                var set = letters.Length == name.Length ? CharacterClasses.ByName(letters, (Options & RegexOptions.IgnoreCase) != 0) : null;
                ranges.AddRange((set ?? throw RegexError.Of(RegexError.CharacterClass)).Ranges);
                return;
            case RegexToken.Shorthand:
                _lexer.Next();
                ranges.AddRange(Shorthand(value).Ranges);
                return;
            case RegexToken.NegatedShorthand:
                _lexer.Next();
                ranges.AddRange(Shorthand(value).Complement().Ranges);
                return;
            default:
                throw RegexError.Of(RegexError.Range);
        }
        var end = start;
        if (_lexer.Token == RegexToken.Range)
        {
            _lexer.Next();
            switch (_lexer.Token)
            {
                case RegexToken.Plain or RegexToken.Range:
                    end = _lexer.Value;
                    _lexer.Next();
                    break;
                case RegexToken.CollatingElement:
                    end = Element();
                    break;
                default:
                    throw RegexError.Of(RegexError.Range);
            }
        }
        if (start > end)
            throw RegexError.Of(RegexError.Range);
        ranges.Add((start, end));
    }

    private int Element()
    {
        var name = Name();
        var element = name.Length == 0 ? -1 : CharacterClasses.ElementByName(name);
        return element >= 0 ? element : throw RegexError.Of(RegexError.CollatingElement);
    }

    private int[] Name()
    {
        var codes = new List<int>();
        for (_lexer.Next(); _lexer.Token == RegexToken.Plain; _lexer.Next())
            codes.Add(_lexer.Value);
        _lexer.Next();
        return [.. codes];
    }

    private CharacterSet WithCase(CharacterSet set) => (Options & RegexOptions.IgnoreCase) != 0 ? set.IgnoringCase() : set;

    private static CharacterSet Shorthand(int letter) => letter switch
    {
        'd' => CharacterClasses.Digit,
        's' => CharacterClasses.Space,
        _ => CharacterClasses.Word,
    };
}
