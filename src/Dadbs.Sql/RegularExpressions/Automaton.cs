namespace Dadbs.Sql.RegularExpressions;

/// <summary>A piece of the automaton with one way in and one way out.</summary>
internal readonly record struct Fragment(int Begin, int End);

internal enum StateKind : byte
{
    /// <summary>Goes on to both successors without a character.</summary>
    Epsilon,

    /// <summary>Argument: the set that one character must be of.</summary>
    Consume,

    /// <summary>Argument: an <see cref="AssertionKind"/>.</summary>
    Assert,

    /// <summary>Argument: the number of a lookaround.</summary>
    Look,
}

/// <summary>A state and its at most two successors; -1: none.</summary>
internal record struct AutomatonState(StateKind Kind, int Argument, int First, int Second);

internal readonly record struct Lookaround(Fragment Body, bool IsBehind, bool IsNegative);

/// <summary>
/// Thompson's construction: one nondeterministic automaton for the whole pattern, in which every part that must be dissected is a
/// <see cref="Fragment"/>. Counted repetitions are copied, up to <see cref="StatesMax"/>.
/// </summary>
internal sealed class Automaton
{
    public const int StatesMax = 100_000;

    private readonly List<AutomatonState> _states = [];
    private readonly List<CharacterSet> _sets = [];
    private readonly List<Lookaround> _lookarounds = [];
    private AutomatonState[]? _frozen;
    private bool[][] _masks = [];

    public IReadOnlyList<Lookaround> Lookarounds => _lookarounds;

    public ReadOnlySpan<AutomatonState> States => _frozen;

    public bool HasAssertions { get; private set; }

    public ClassMap Classes { get; private set; } = new([]);

    /// <summary>What stands at a class, as assertions see it: see <see cref="LazyAutomaton"/>.</summary>
    public Neighbour[] Neighbours { get; private set; } = [];

    public bool[] MaskOf(int set) => _masks[set];

    /// <summary>Ends construction: the classes are known.</summary>
    public void Freeze()
    {
        var sets = new List<CharacterSet>(_sets);
        if (HasAssertions)
            sets.AddRange([CharacterSet.Newline, CharacterClasses.Word]);
        Classes = new ClassMap(sets);
        _masks = [.. _sets.Select(Classes.Mask)];
        Neighbours = new Neighbour[Classes.Count + 1];
        Array.Fill(Neighbours, Neighbour.Other);
        Neighbours[Classes.Count] = Neighbour.Edge;
        if (HasAssertions)
        {
            Neighbours[Classes.ClassOf('\n')] = Neighbour.Newline;
            foreach (var (c, isWord) in Classes.Mask(CharacterClasses.Word).Select((isWord, c) => (c, isWord)))
            {
                if (isWord)
                    Neighbours[c] = Neighbour.Word;
            }
        }
        _frozen = [.. _states];
    }

    /// <summary>
    /// The automaton of a part. Without constraints for the image of a back-reference, which has the characters of its group but another
    /// neighbourhood.
    /// </summary>
    public Fragment Plain(RegexNode node, bool constraints = true)
    {
        switch (node)
        {
            case EmptyNode:
                return Single(StateKind.Epsilon, 0);
            case SetNode set:
                return Single(StateKind.Consume, SetNumber(set.Set));
            case AssertionNode or LookaroundNode when !constraints:
                return Single(StateKind.Epsilon, 0);
            case AssertionNode assertion:
                HasAssertions = true;
                return Single(StateKind.Assert, (int)assertion.Kind);
            case LookaroundNode lookaround:
                var body = Plain(lookaround.Body);
                _lookarounds.Add(new Lookaround(body, lookaround.IsBehind, lookaround.IsNegative));
                return Single(StateKind.Look, _lookarounds.Count - 1);
            case GroupNode group:
                return Plain(group.Body, constraints);
            case BackReferenceNode reference:
                return Plain(reference.Group.Body, constraints: false);
            case AlternationNode alternation:
                return Union([.. alternation.Branches.Select(branch => Plain(branch, constraints))]);
            case SequenceNode sequence:
                return Plain(sequence.Items, constraints);
            case RepeatNode repeat:
                return Repeat(repeat.Body, repeat.Min, repeat.Max, constraints);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public Fragment Plain(ReadOnlySpan<RegexNode> items, bool constraints = true)
    {
        var whole = Empty();
        foreach (var item in items)
            whole = Concatenate(whole, Plain(item, constraints));
        return whole;
    }

    public Fragment Empty() => Single(StateKind.Epsilon, 0);

    public Fragment Concatenate(Fragment first, Fragment second)
    {
        Link(first.End, second.Begin);
        return new Fragment(first.Begin, second.End);
    }

    public Fragment Union(ReadOnlySpan<Fragment> branches)
    {
        var end = Add(StateKind.Epsilon, 0);
        var begin = -1;
        for (var i = branches.Length - 1; i >= 0; i--)
        {
            var fork = Add(StateKind.Epsilon, 0);
            Link(fork, branches[i].Begin);
            if (begin >= 0)
                Link(fork, begin);
            Link(branches[i].End, end);
            begin = fork;
        }
        return new Fragment(begin, end);
    }

    public Fragment Repeat(RegexNode body, int min, int max, bool constraints = true)
    {
        var whole = Empty();
        if (max == RepeatNode.Unbounded)
        {
            for (var i = 1; i < min; i++)
                whole = Concatenate(whole, Plain(body, constraints));
            return Concatenate(whole, Loop(Plain(body, constraints), min > 0));
        }
        for (var i = 0; i < min; i++)
            whole = Concatenate(whole, Plain(body, constraints));
        for (var i = min; i < max; i++)
            whole = Concatenate(whole, Optional(Plain(body, constraints)));
        return whole;
    }

    /// <summary>Once or more; or any number of times.</summary>
    public Fragment Loop(Fragment body, bool atLeastOnce)
    {
        var (begin, end, again) = (Add(StateKind.Epsilon, 0), Add(StateKind.Epsilon, 0), Add(StateKind.Epsilon, 0));
        Link(begin, body.Begin);
        Link(body.End, again);
        Link(again, body.Begin);
        Link(again, end);
        if (!atLeastOnce)
            Link(begin, end);
        return new Fragment(begin, end);
    }

    public Fragment Optional(Fragment body)
    {
        var (begin, end) = (Add(StateKind.Epsilon, 0), Add(StateKind.Epsilon, 0));
        Link(begin, body.Begin);
        Link(begin, end);
        Link(body.End, end);
        return new Fragment(begin, end);
    }

    private Fragment Single(StateKind kind, int argument)
    {
        var begin = Add(kind, argument);
        var end = Add(StateKind.Epsilon, 0);
        Link(begin, end);
        return new Fragment(begin, end);
    }

    private int Add(StateKind kind, int argument)
    {
        if (_states.Count >= StatesMax)
            throw RegexError.Of(RegexError.TooComplex);
        _states.Add(new AutomatonState(kind, argument, -1, -1));
        return _states.Count - 1;
    }

    private void Link(int from, int to)
    {
        var state = _states[from];
        _states[from] = state.First < 0 ? state with { First = to } : state with { Second = to };
    }

    private int SetNumber(CharacterSet set)
    {
        // Neighbouring letters repeat; a look at the last few finds most of them.
        for (var i = _sets.Count - 1; i >= Math.Max(0, _sets.Count - 64); i--)
        {
            if (_sets[i].SameAs(set))
                return i;
        }
        _sets.Add(set);
        return _sets.Count - 1;
    }
}

/// <summary>What an assertion can tell of the character before or after a place.</summary>
internal enum Neighbour : byte
{
    /// <summary>There is none: the text begins or ends here.</summary>
    Edge,
    Newline,
    Word,
    Other,
}
