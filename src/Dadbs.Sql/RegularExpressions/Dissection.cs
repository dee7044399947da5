namespace Dadbs.Sql.RegularExpressions;

internal enum DissectionKind
{
    /// <summary>The automaton alone says all.</summary>
    Plain,
    Capture,
    BackReference,
    Concatenation,
    Alternation,
    Iteration,
}

/// <summary>
/// How a text that the automaton has accepted is divided among the parts of the pattern, after Henry Spencer's engine, whose rules PostgreSQL
/// documents in 9.7.3.5: each part takes the longest (or shortest) that lets the rest match, from the left.
/// </summary>
internal sealed class Dissection(DissectionKind kind, NodeTraits traits, Fragment fragment)
{
    public DissectionKind Kind { get; } = kind;

    public NodeTraits Traits { get; } = traits;

    public Fragment Fragment { get; } = fragment;

    public Dissection[] Parts { get; init; } = [];

    /// <summary>Of the group that is captured or referred to.</summary>
    public int Group { get; init; }

    public int Min { get; init; } = 1;

    /// <summary><see cref="RepeatNode.Unbounded"/>: no bound.</summary>
    public int Max { get; init; } = 1;

    public bool PrefersShorter => (Traits & NodeTraits.PrefersShorter) != 0;
}

/// <summary>Builds the dissection of a syntax tree, and its automaton with it.</summary>
internal sealed class DissectionBuilder(Automaton automaton)
{
    private const int DepthMax = 3_000;

    private const NodeTraits NeedsDissection = NodeTraits.Captures | NodeTraits.BackReferences;

    private int _depth;

    public Dissection Build(RegexNode node)
    {
        if (++_depth > DepthMax)
            throw RegexError.Of(RegexError.TooComplex);
        var built = (node.Traits & NeedsDissection) == 0
            ? new Dissection(DissectionKind.Plain, node.Traits, automaton.Plain(node))
            : node switch
            {
                GroupNode group => Capture(group),
                BackReferenceNode reference => BackReference(reference, new RepeatNode(reference, 1, 1, NodeTraits.None)),
                AlternationNode alternation => Alternation(alternation),
                SequenceNode sequence => Sequence(sequence, 0),
                RepeatNode repeat => Repeat(repeat),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        _depth--;
        return built;
    }

    private Dissection Capture(GroupNode group)
    {
        var body = Build(group.Body);
        return new Dissection(DissectionKind.Capture, group.Traits, body.Fragment) { Parts = [body], Group = group.Number };
    }

    private Dissection BackReference(BackReferenceNode reference, RepeatNode repeat) =>
        new(DissectionKind.BackReference, repeat.Traits, automaton.Repeat(reference, repeat.Min, repeat.Max))
        {
            Group = reference.Group.Number,
            Min = repeat.Min,
            Max = repeat.Max,
        };

    private Dissection Alternation(AlternationNode alternation)
    {
        var branches = new Dissection[alternation.Branches.Length];
        for (var i = 0; i < branches.Length; i++)
            branches[i] = Build(alternation.Branches[i]);
        var fragment = automaton.Union([.. branches.Select(branch => branch.Fragment)]);
        return new Dissection(DissectionKind.Alternation, alternation.Traits, fragment) { Parts = branches };
    }

    private Dissection Sequence(SequenceNode sequence, int at)
    {
        if (++_depth > DepthMax)
            throw RegexError.Of(RegexError.TooComplex);
        var segment = sequence.Segments[at];
        var built = segment.HasAtom ? Build(sequence.Items[segment.PlainEnd]) : null;
        if (built is not null && at + 1 < sequence.Segments.Length)
            built = Concatenation(built, Sequence(sequence, at + 1), segment.TailTraits);
        if (segment.PlainEnd > segment.From || built is null)
        {
            var plain = new Dissection(DissectionKind.Plain, segment.PlainTraits, automaton.Plain(sequence.Items.AsSpan(segment.From..segment.PlainEnd)));
            built = built is null ? plain : Concatenation(plain, built, segment.Traits);
        }
        _depth--;
        return built;
    }

    private Dissection Repeat(RepeatNode repeat)
    {
        if (repeat.Body is BackReferenceNode reference)
            return BackReference(reference, repeat);
        var preference = repeat.Body.Traits & (NodeTraits.Preference | NodeTraits.Mixed);
        if ((repeat.Min, repeat.Max) == (1, 1) && (repeat.Preference == 0 || preference == 0 || repeat.Preference == preference))
            return Build(repeat.Body);
        if (repeat.Min > 0 && (repeat.Body.Traits & NodeTraits.BackReferences) == 0)
        {
            // Only the last repetition's groups count: those before it are matched as one plain part.
            var before = automaton.Repeat(repeat.Body, repeat.Min - 1, repeat.Max == RepeatNode.Unbounded ? repeat.Max : repeat.Max - 1);
            var first = new Dissection(DissectionKind.Plain, repeat.Traits & NodeTraits.Preference, before);
            return Concatenation(first, Build(repeat.Body), repeat.Traits);
        }
        var body = Build(repeat.Body);
        return new Dissection(DissectionKind.Iteration, repeat.Traits, Iterate(body.Fragment, repeat)) { Parts = [body], Min = repeat.Min, Max = repeat.Max };
    }

    private Fragment Iterate(Fragment body, RepeatNode repeat)
    {
        if (repeat.Max == RepeatNode.Unbounded && repeat.Min <= 1)
            return automaton.Loop(body, repeat.Min == 1);
        var rest = automaton.Repeat(repeat.Body, Math.Max(repeat.Min - 1, 0), repeat.Max == RepeatNode.Unbounded ? repeat.Max : repeat.Max - 1);
        var whole = automaton.Concatenate(body, rest);
        return repeat.Min == 0 ? automaton.Optional(whole) : whole;
    }

    private Dissection Concatenation(Dissection first, Dissection second, NodeTraits traits) =>
        new(DissectionKind.Concatenation, traits, automaton.Concatenate(first.Fragment, second.Fragment)) { Parts = [first, second] };
}
