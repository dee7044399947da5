using System.Text;

namespace Dadbs.Sql.Functions;

/// <summary>Parses PostgreSQL's advanced regular expressions (manual 9.7.3). 2201B with PostgreSQL's reasons.</summary>
internal sealed class RegexParser
{
    private const int RepeatMax = 255;
    private const int DepthMax = 500;

    private readonly int[] _pattern;
    private readonly HashSet<int> _closedGroups = [];
    private RegexOptions _options;
    private int _at;
    private int _depth;

    private RegexParser(string pattern, RegexOptions options)
    {
        _pattern = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];
        _options = options;
    }

    public int Groups { get; private set; }

    public bool HasBackReferences { get; private set; }

    public static (RegexNode Root, int Groups, bool HasBackReferences) Parse(string pattern, RegexOptions options)
    {
        var parser = new RegexParser(pattern, options);
        parser.ReadPrefixes();
        var root = parser._options.Literal ? parser.LiteralRest() : parser.ReadAlternation();
        if (!parser.AtEnd)
            throw Invalid("parentheses () not balanced");
        return (root, parser.Groups, parser.HasBackReferences);
    }

    public static SqlException Invalid(string reason) => new(SqlState.InvalidRegularExpression, $"invalid regular expression: {reason}");

    private bool AtEnd => _at >= _pattern.Length;

    private int Peek(int ahead = 0) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : -1;

    private bool Take(char c)
    {
        if (Peek() != c)
            return false;
        _at++;
        return true;
    }

    private bool StartsWith(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Peek(i) != text[i])
                return false;
        }
        return true;
    }

    /// <summary>***: and ***= directors, then (?xyz) options.</summary>
    private void ReadPrefixes()
    {
        if (StartsWith("***="))
        {
            _at += 4;
            _options.Literal = true;
            return;
        }
        if (StartsWith("***:"))
            _at += 4;
        else if (StartsWith("***"))
            throw Invalid("invalid regexp (reg version 0.8)");
        if (Peek() != '(' || Peek(1) != '?' || !(Peek(2) is >= 'a' and <= 'z'))
            return;
        for (_at += 2; Peek() != ')'; _at++)
        {
            if (AtEnd || Peek() > 127 || !_options.Apply((char)Peek()))
                throw Invalid("invalid embedded option");
        }
        _at++;
    }

    private RegexNode LiteralRest()
    {
        var parts = _pattern[_at..].Select(c => (RegexNode)new SetNode(RegexSet.Single(c, _options.IgnoreCase))).ToArray();
        _at = _pattern.Length;
        return new ConcatenationNode(parts);
    }

    private RegexNode ReadAlternation()
    {
        if (++_depth > DepthMax)
            throw Invalid("regular expression is too complex");
        var branches = new List<RegexNode> { ReadBranch() };
        while (Take('|'))
            branches.Add(ReadBranch());
        _depth--;
        return branches.Count == 1 ? branches[0] : new AlternationNode([.. branches]);
    }

    private RegexNode ReadBranch()
    {
        var parts = new List<RegexNode>();
        while (true)
        {
            SkipExpanded();
            if (AtEnd || Peek() == '|' || Peek() == ')' && _depth > 1)
                break;
            if (Peek() == ')')
                throw Invalid("parentheses () not balanced");
            parts.Add(ReadQuantified());
        }
        return parts.Count switch
        {
            0 => new EmptyNode(),
            1 => parts[0],
            _ => new ConcatenationNode([.. parts]),
        };
    }

    /// <summary>Blanks and comments of the expanded syntax, and (?#…) anywhere.</summary>
    private void SkipExpanded()
    {
        while (true)
        {
            if (StartsWith("(?#"))
            {
                while (!AtEnd && Peek() != ')')
                    _at++;
                _at++;
            }
            else if (_options.Expanded && (Peek() is ' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
            {
                _at++;
            }
            else if (_options.Expanded && Peek() == '#')
            {
                while (!AtEnd && Peek() != '\n')
                    _at++;
            }
            else
            {
                return;
            }
        }
    }

    private RegexNode ReadQuantified()
    {
        if (Peek() is '*' or '+' or '?' || Peek() == '{' && IsDigit(Peek(1)))
            throw Invalid("quantifier operand invalid");
        var atom = ReadAtom();
        SkipExpanded();
        var (minimum, maximum, isFixed) = (1, 1, false);
        switch (Peek())
        {
            case '*':
                (minimum, maximum) = (0, -1);
                _at++;
                break;
            case '+':
                maximum = -1;
                _at++;
                break;
            case '?':
                minimum = 0;
                _at++;
                break;
            case '{' when IsDigit(Peek(1)):
                (minimum, maximum, isFixed) = ReadBounds();
                break;
            default:
                return atom;
        }
        if (atom is AssertionNode or LookNode)
            throw Invalid("quantifier operand invalid");
        var greedy = !Take('?');
        if (Peek() is '*' or '+' or '?' || Peek() == '{' && IsDigit(Peek(1)))
            throw Invalid("quantifier operand invalid");
        return new RepeatNode(atom, minimum, maximum, greedy, isFixed);
    }

    private (int Minimum, int Maximum, bool IsFixed) ReadBounds()
    {
        _at++;
        var minimum = ReadCount();
        var maximum = minimum;
        var isFixed = !Take(',');
        if (!isFixed)
            maximum = IsDigit(Peek()) ? ReadCount() : -1;
        if (!Take('}'))
            throw Invalid(AtEnd ? "braces {} not balanced" : "invalid repetition count(s)");
        return maximum >= 0 && minimum > maximum ? throw Invalid("invalid repetition count(s)") : (minimum, maximum, isFixed);
    }

    private int ReadCount()
    {
        var count = 0;
        while (IsDigit(Peek()))
        {
            count = count * 10 + Peek() - '0';
            if (count > RepeatMax)
                throw Invalid("invalid repetition count(s)");
            _at++;
        }
        return count;
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private RegexNode ReadAtom()
    {
        var c = Peek();
        _at++;
        switch (c)
        {
            case '(':
                return ReadParenthesis();
            case '[':
                return ReadBracket();
            case '.':
                return new SetNode(_options.DotExcludesNewline ? new RegexSet([('\n', '\n')], true, false) : new RegexSet([], true, false));
            case '^':
                return new AssertionNode(_options.AnchorsAtNewlines ? RegexAssertion.LineStart : RegexAssertion.TextStart);
            case '$':
                return new AssertionNode(_options.AnchorsAtNewlines ? RegexAssertion.LineEnd : RegexAssertion.TextEnd);
            case '\\':
                return ReadEscape();
            default:
                return new SetNode(RegexSet.Single(c, _options.IgnoreCase));
        }
    }

    private RegexNode ReadParenthesis()
    {
        if (Take('?'))
        {
            if (Take(':'))
                return Close(ReadAlternation());
            if (Take('='))
                return new LookNode(Close(ReadAlternation()), true, false);
            if (Take('!'))
                return new LookNode(Close(ReadAlternation()), true, true);
            if (Take('<'))
            {
                if (Take('='))
                    return new LookNode(Close(ReadAlternation()), false, false);
                if (Take('!'))
                    return new LookNode(Close(ReadAlternation()), false, true);
            }
            throw Invalid("quantifier operand invalid");
        }
        var index = ++Groups;
        var group = new GroupNode(Close(ReadAlternation()), index);
        _closedGroups.Add(index);
        return group;
    }

    private RegexNode Close(RegexNode inner) => Take(')') ? inner : throw Invalid("parentheses () not balanced");

    private RegexNode ReadEscape()
    {
        if (AtEnd)
            throw Invalid("invalid escape \\ sequence");
        var c = Peek();
        switch (c)
        {
            case 'A':
                return Assert(RegexAssertion.TextStart);
            case 'Z':
                return Assert(RegexAssertion.TextEnd);
            case 'm':
                return Assert(RegexAssertion.WordStart);
            case 'M':
                return Assert(RegexAssertion.WordEnd);
            case 'y':
                return Assert(RegexAssertion.WordBoundary);
            case 'Y':
                return Assert(RegexAssertion.NotWordBoundary);
            case 'd' or 's' or 'w' or 'D' or 'S' or 'W':
                _at++;
                return new SetNode(new RegexSet(ClassRanges(char.ToLowerInvariant((char)c)), char.IsAsciiLetterUpper((char)c), false));
            case >= '1' and <= '9':
                return ReadBackReference();
            default:
                return new SetNode(RegexSet.Single(ReadCharacterEscape(), _options.IgnoreCase));
        }
    }

    private AssertionNode Assert(RegexAssertion assertion)
    {
        _at++;
        return new AssertionNode(assertion);
    }

    private RegexNode ReadBackReference()
    {
        var number = Peek() - '0';
        var length = 1;
        // Two digits refer back only when there are that many groups so far; else they are octal.
        if (IsDigit(Peek(1)) && number * 10 + Peek(1) - '0' <= Groups)
        {
            number = number * 10 + Peek(1) - '0';
            length = 2;
        }
        if (!_closedGroups.Contains(number))
        {
            if (IsDigit(Peek(1)))
                return new SetNode(RegexSet.Single(ReadCharacterEscape(), _options.IgnoreCase));
            throw Invalid("invalid backreference number");
        }
        _at += length;
        HasBackReferences = true;
        return new BackReferenceNode(number);
    }

    /// <summary>The character after a backslash.</summary>
    private int ReadCharacterEscape()
    {
        var c = Peek();
        _at++;
        switch (c)
        {
            case 'a':
                return 7;
            case 'b':
                return '\b';
            case 'B':
                return '\\';
            case 'c':
                var control = Peek();
                _at++;
                return control < 0 ? throw Invalid("invalid escape \\ sequence") : control & 31;
            case 'e':
                return 27;
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'u':
                return ReadHex(4, 4);
            case 'U':
                return ReadHex(8, 8);
            case 'x':
                return ReadHex(1, 255);
            case >= '0' and <= '9':
                _at--;
                return ReadOctal();
            default:
                // A letter that means nothing is an error, anything else is itself.
                return c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' ? throw Invalid("invalid escape \\ sequence") : c;
        }
    }

    private int ReadHex(int minimum, int maximum)
    {
        long value = 0;
        var digits = 0;
        while (digits < maximum && Peek() is >= 0 and < 128 && char.IsAsciiHexDigit((char)Peek()))
        {
            value = value * 16 + Convert.ToInt32(((char)Peek()).ToString(), 16);
            if (value > 0x10FFFF)
                throw Invalid("invalid escape \\ sequence");
            digits++;
            _at++;
        }
        return digits < minimum ? throw Invalid("invalid escape \\ sequence") : (int)value;
    }

    private int ReadOctal()
    {
        var value = 0;
        for (var i = 0; i < 3 && Peek() is >= '0' and <= '7'; i++)
        {
            value = value * 8 + Peek() - '0';
            _at++;
        }
        return value;
    }

    private SetNode ReadBracket()
    {
        // [[:<:]] and [[:>:]] are constraints of their own and rare: \m and \M are the way to say them.
        var negated = Take('^');
        var ranges = new List<(int, int)>();
        var first = true;
        while (true)
        {
            if (AtEnd)
                throw Invalid("brackets [] not balanced");
            if (Peek() == ']' && !first)
                break;
            first = false;
            ReadBracketItem(ranges);
        }
        _at++;
        if (negated && _options.DotExcludesNewline)
            ranges.Add(('\n', '\n'));
        return new SetNode(new RegexSet(ranges, negated, _options.IgnoreCase));
    }

    private void ReadBracketItem(List<(int, int)> ranges)
    {
        if (StartsWith("[:"))
        {
            ranges.AddRange(NamedClass(ReadBracketName(':')));
            return;
        }
        if (Peek() == '\\' && (Peek(1) is 'd' or 's' or 'w' or 'D' or 'S' or 'W'))
        {
            _at++;
            var letter = (char)Peek();
            _at++;
            var inner = ClassRanges(char.ToLowerInvariant(letter));
            ranges.AddRange(char.IsAsciiLetterUpper(letter) ? Complement(inner) : inner);
            return;
        }
        var low = ReadBracketEndpoint();
        if (Peek() != '-' || Peek(1) == ']')
        {
            ranges.Add((low, low));
            return;
        }
        _at++;
        if (AtEnd)
            throw Invalid("brackets [] not balanced");
        var high = ReadBracketEndpoint();
        if (low > high)
            throw Invalid("invalid character range");
        ranges.Add((low, high));
    }

    private int ReadBracketEndpoint()
    {
        if (StartsWith("[.") || StartsWith("[="))
        {
            var name = ReadBracketName((char)Peek(1));
            return name.EnumerateRunes().Count() == 1 ? name.EnumerateRunes().First().Value : throw Invalid("invalid collating element");
        }
        var c = Peek();
        _at++;
        if (c != '\\')
            return c;
        return AtEnd ? throw Invalid("invalid escape \\ sequence") : ReadCharacterEscape();
    }

    private string ReadBracketName(char mark)
    {
        _at += 2;
        var name = new StringBuilder();
        while (!(Peek() == mark && Peek(1) == ']'))
        {
            if (AtEnd)
                throw Invalid("brackets [] not balanced");
            name.Append(new Rune(Peek()).ToString());
            _at++;
        }
        _at += 2;
        return name.ToString();
    }

    private static List<(int, int)> ClassRanges(char letter) => letter switch
    {
        'd' => NamedClass("digit"),
        's' => NamedClass("space"),
        _ => [.. NamedClass("alnum"), ('_', '_')],
    };

    /// <summary>ASCII only, as in the "C" locale.</summary>
    private static List<(int, int)> NamedClass(string name) => name switch
    {
        "alpha" => [('a', 'z'), ('A', 'Z')],
        "alnum" => [('a', 'z'), ('A', 'Z'), ('0', '9')],
        "word" => [('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        "ascii" => [(0, 127)],
        "blank" => [(' ', ' '), ('\t', '\t')],
        "cntrl" => [(0, 31), (127, 127)],
        "digit" => [('0', '9')],
        "graph" => [('!', '~')],
        "lower" => [('a', 'z')],
        "print" => [(' ', '~')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => [(9, 13), (' ', ' ')],
        "upper" => [('A', 'Z')],
        "xdigit" => [('0', '9'), ('a', 'f'), ('A', 'F')],
        _ => throw Invalid("invalid character class"),
    };

    private static List<(int, int)> Complement(List<(int Low, int High)> ranges)
    {
        var result = new List<(int, int)>();
        var next = 0;
        foreach (var (low, high) in ranges.OrderBy(range => range.Low))
        {
            if (low > next)
                result.Add((next, low - 1));
            next = Math.Max(next, high + 1);
        }
        result.Add((next, 0x10FFFF));
        return result;
    }
}
