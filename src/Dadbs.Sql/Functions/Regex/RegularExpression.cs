using System.Text;

namespace Dadbs.Sql.Functions;

/// <summary>
/// A compiled regular expression with POSIX's leftmost-longest matches and Henry Spencer's rules for preference: the automaton finds the span, then
/// the span is taken apart for its groups, each part as long (or short) as it wants while the rest still fits.
/// </summary>
internal sealed class RegularExpression
{
    private const int DepthMax = 5_000;

    private readonly RegexNode _root;
    private readonly bool _hasBackReferences;
    private readonly RegexProgram _program;
    private readonly Dictionary<RegexNode, RegexProgram> _parts = new(ReferenceEqualityComparer.Instance);

    public RegularExpression(string pattern, RegexOptions options)
    {
        (_root, Groups, _hasBackReferences) = RegexParser.Parse(pattern, options);
        _program = new RegexProgram(_root);
    }

    public int Groups { get; }

    public static RegexInput Prepare(ReadOnlySpan<byte> utf8, Budget budget)
    {
        var text = new int[Types.AsciiText.CountCharacters(utf8)];
        var count = 0;
        for (var i = 0; i < utf8.Length; count++)
        {
            Rune.DecodeFromUtf8(utf8[i..], out var rune, out var used);
            text[count] = rune.Value;
            i += used;
        }
        return new RegexInput(count == text.Length ? text : text[..count], budget);
    }

    public bool IsMatch(RegexInput input) => _hasBackReferences ? Find(input, 0) is not null : _program.IsFoundFrom(input, 0);

    /// <summary>The leftmost match from a position: (start, end) of the whole and of each group, (-1, -1) for a group not taken. Null: none.</summary>
    public (int Start, int End)[]? Find(RegexInput input, int from)
    {
        if (!_program.IsFoundFrom(input, from))
            return null;
        for (var start = from; start <= input.Text.Length; start++)
        {
            var ends = _program.Ends(input, start, input.Text.Length);
            if (_root.Preference != RegexPreference.Shortest)
                ends.Reverse();
            foreach (var end in ends)
            {
                var spans = new (int Start, int End)[Groups + 1];
                spans.AsSpan().Fill((-1, -1));
                spans[0] = (start, end);
                if (!_root.NeedsDissection || Dissect(_root, start, end, input, spans, 0, static () => true))
                    return spans;
                if (!_hasBackReferences)
                    break;
            }
        }
        return null;
    }

    private RegexProgram ProgramOf(RegexNode node)
    {
        if (!_parts.TryGetValue(node, out var program))
            _parts.Add(node, program = new RegexProgram(node));
        return program;
    }

    /// <summary>Assigns the groups inside a node that matches exactly a span, then asks the rest; undoes what did not lead on.</summary>
    private bool Dissect(RegexNode node, int start, int end, RegexInput input, (int Start, int End)[] spans, int depth, Func<bool> then)
    {
        if (depth > DepthMax)
            throw RegexParser.Invalid("regular expression is too complex");
        input.Budget.Step();
        switch (node)
        {
            case GroupNode group:
                var before = spans[group.Index];
                bool Capture()
                {
                    var inner = spans[group.Index];
                    spans[group.Index] = (start, end);
                    if (then())
                        return true;
                    spans[group.Index] = inner;
                    return false;
                }

                if (Dissect(group.Inner, start, end, input, spans, depth + 1, Capture))
                    return true;
                spans[group.Index] = before;
                return false;
            case BackReferenceNode reference:
                var (from, to) = spans[reference.Group];
                return from >= 0 && input.Text.AsSpan(from, to - from).SequenceEqual(input.Text.AsSpan(start, end - start)) && then();
            case AlternationNode alternation:
                foreach (var branch in alternation.Branches)
                {
                    if (ProgramOf(branch).MatchesExactly(input, start, end) && Dissect(branch, start, end, input, spans, depth + 1, then))
                        return true;
                }
                return false;
            case ConcatenationNode concatenation:
                return DissectParts(concatenation.Parts, 0, start, end, input, spans, depth, then);
            case RepeatNode repeat when repeat.NeedsDissection:
                return DissectRepeat(repeat, start, end, input, spans, depth, then);
            default:
                return ProgramOf(node).MatchesExactly(input, start, end) && then();
        }
    }

    private bool DissectParts(RegexNode[] parts, int index, int start, int end, RegexInput input, (int, int)[] spans, int depth, Func<bool> then)
    {
        if (index == parts.Length - 1)
            return Dissect(parts[index], start, end, input, spans, depth + 1, then);
        var part = parts[index];
        var middles = ProgramOf(part).Ends(input, start, end);
        if (part.Preference != RegexPreference.Shortest)
            middles.Reverse();
        foreach (var middle in middles)
        {
            if (!RestMatches(parts, index + 1, middle, end, input))
                continue;
            if (Dissect(part, start, middle, input, spans, depth + 1, () => DissectParts(parts, index + 1, middle, end, input, spans, depth + 1, then)))
                return true;
        }
        return false;
    }

    private readonly Dictionary<(RegexNode[], int), RegexProgram> _tails = [];

    private bool RestMatches(RegexNode[] parts, int index, int start, int end, RegexInput input)
    {
        if (!_tails.TryGetValue((parts, index), out var program))
            _tails.Add((parts, index), program = new RegexProgram(new ConcatenationNode(parts[index..])));
        return program.MatchesExactly(input, start, end);
    }

    private readonly Dictionary<RepeatNode, RegexNode[]> _lastTurns = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// x{m,n} is x{m-1,n-1} x, of which only the last x sets groups. x{0,n} goes turn by turn and prefers one turn to none; so does what holds a back
    /// reference.
    /// </summary>
    private bool DissectRepeat(RepeatNode repeat, int start, int end, RegexInput input, (int, int)[] spans, int depth, Func<bool> then)
    {
        if (_hasBackReferences)
            return DissectTurns(repeat, 0, start, end, input, spans, depth, then);
        if (repeat.Minimum == 0)
        {
            var once = repeat with { Minimum = 1 };
            return repeat.Maximum != 0 && DissectTurns(once, 0, start, end, input, spans, depth, then) || start == end && then();
        }
        if (!_lastTurns.TryGetValue(repeat, out var parts))
        {
            parts = [new RepeatNode(new UncapturedNode(repeat.Inner), Math.Max(0, repeat.Minimum - 1), repeat.Maximum < 0 ? -1 : repeat.Maximum - 1, repeat.Greedy, repeat.IsFixed), repeat.Inner];
            _lastTurns.Add(repeat, parts);
        }
        return DissectParts(parts, 0, start, end, input, spans, depth + 1, then);
    }

    private bool DissectTurns(RepeatNode repeat, int done, int start, int end, RegexInput input, (int, int)[] spans, int depth, Func<bool> then)
    {
        if (start == end && done >= repeat.Minimum)
            return then();
        if (done == repeat.Maximum)
            return false;
        var ends = ProgramOf(repeat.Inner).Ends(input, start, end);
        if (repeat.Inner.Preference != RegexPreference.Shortest)
            ends.Reverse();
        var left = new RepeatNode(repeat.Inner, Math.Max(0, repeat.Minimum - done - 1), repeat.Maximum < 0 ? -1 : repeat.Maximum - done - 1, repeat.Greedy);
        foreach (var middle in ends)
        {
            // An empty turn helps only to reach the minimum.
            if (middle == start && done >= repeat.Minimum || !RestOfRepeatMatches(left, middle, end, input))
                continue;
            if (Dissect(repeat.Inner, start, middle, input, spans, depth + 1, () => DissectTurns(repeat, done + 1, middle, end, input, spans, depth + 1, then)))
                return true;
        }
        return false;
    }

    private readonly Dictionary<(RegexNode, int, int), RegexProgram> _repeatTails = [];

    private bool RestOfRepeatMatches(RepeatNode left, int start, int end, RegexInput input)
    {
        var key = (left.Inner, left.Minimum, left.Maximum);
        if (!_repeatTails.TryGetValue(key, out var program))
            _repeatTails.Add(key, program = new RegexProgram(left));
        return program.MatchesExactly(input, start, end);
    }
}

/// <summary>The expressions that a statement has compiled: a pattern is usually the same for every row.</summary>
public sealed class RegexCache
{
    private const int EntriesMax = 32;

    private readonly Dictionary<(string, RegexOptions), RegularExpression> _compiled = [];

    internal RegularExpression Get(string pattern, RegexOptions options)
    {
        if (_compiled.TryGetValue((pattern, options), out var expression))
            return expression;
        if (_compiled.Count >= EntriesMax)
            _compiled.Clear();
        expression = new RegularExpression(pattern, options);
        _compiled.Add((pattern, options), expression);
        return expression;
    }
}
