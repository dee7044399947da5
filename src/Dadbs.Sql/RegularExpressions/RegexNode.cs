namespace Dadbs.Sql.RegularExpressions;

/// <summary>What decides how a part is matched; each node computes its own from its parts.</summary>
[Flags]
internal enum NodeTraits
{
    None = 0,
    PrefersLonger = 1,
    PrefersShorter = 2,

    /// <summary>Both preferences occur.</summary>
    Mixed = 4,
    Captures = 8,
    BackReferences = 16,
    Preference = PrefersLonger | PrefersShorter,

    /// <summary>An automaton alone cannot match it as it must be matched.</summary>
    Messy = Mixed | Captures | BackReferences,
}

internal enum AssertionKind
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    WordBoundary,
    NotWordBoundary,
}

/// <summary>The syntax tree of a pattern.</summary>
internal abstract class RegexNode
{
    public NodeTraits Traits { get; protected init; }

    /// <summary>The traits of two neighbours: the first one's preference is the whole's.</summary>
    public static NodeTraits Combine(NodeTraits first, NodeTraits second)
    {
        var preference = first & NodeTraits.Preference;
        return Rise(first | second) | (preference != 0 ? preference : second & NodeTraits.Preference);
    }

    /// <summary>What a part tells the part around it.</summary>
    public static NodeTraits Rise(NodeTraits traits) =>
        traits & ~NodeTraits.Preference | ((traits & NodeTraits.Preference) == NodeTraits.Preference ? NodeTraits.Mixed : 0);
}

internal sealed class EmptyNode : RegexNode
{
    public static EmptyNode Instance { get; } = new();
}

internal sealed class SetNode(CharacterSet set) : RegexNode
{
    public CharacterSet Set { get; } = set;
}

internal sealed class AssertionNode(AssertionKind kind) : RegexNode
{
    public AssertionKind Kind { get; } = kind;
}

internal sealed class LookaroundNode(RegexNode body, bool isBehind, bool isNegative) : RegexNode
{
    public RegexNode Body { get; } = body;

    public bool IsBehind { get; } = isBehind;

    public bool IsNegative { get; } = isNegative;
}

internal sealed class GroupNode : RegexNode
{
    public GroupNode(RegexNode body, int number)
    {
        Body = body;
        Number = number;
        Traits = body.Traits | NodeTraits.Captures;
    }

    public RegexNode Body { get; }

    public int Number { get; }
}

internal sealed class BackReferenceNode : RegexNode
{
    public BackReferenceNode(GroupNode group)
    {
        Group = group;
        Traits = NodeTraits.BackReferences;
    }

    public GroupNode Group { get; }
}

/// <summary>Two or more branches: always greedy as a whole.</summary>
internal sealed class AlternationNode : RegexNode
{
    public AlternationNode(RegexNode[] branches)
    {
        Branches = branches;
        var traits = NodeTraits.PrefersLonger;
        foreach (var branch in branches)
            traits |= Combine(traits, branch.Traits);
        Traits = traits & ~NodeTraits.PrefersShorter;
    }

    public RegexNode[] Branches { get; }
}

internal sealed class RepeatNode : RegexNode
{
    public const int Unbounded = -1;

    public RepeatNode(RegexNode body, int min, int max, NodeTraits preference)
    {
        Body = body;
        Min = min;
        Max = max;
        Preference = preference;
        Traits = Combine(preference, body.Traits);
    }

    public RegexNode Body { get; }

    public int Min { get; }

    /// <summary><see cref="Unbounded"/>: no bound.</summary>
    public int Max { get; }

    /// <summary>The quantifier's own; none for {m} and where there is no quantifier.</summary>
    public NodeTraits Preference { get; }
}

/// <summary>
/// A branch: items one after another. It is cut into segments, each some plain items and one that must be matched by itself; its preference is
/// that of the first item that has one.
/// </summary>
internal sealed class SequenceNode : RegexNode
{
    public SequenceNode(RegexNode[] items)
    {
        Items = items;
        var segments = new List<Segment>();
        for (var from = 0; from < items.Length;)
        {
            var traits = NodeTraits.None;
            var to = from;
            while (to < items.Length && TryPlain(items[to], ref traits))
                to++;
            segments.Add(new Segment(from, to, to < items.Length, traits));
            from = to + 1;
        }
        Segments = [.. segments];
        var rest = NodeTraits.None;
        for (var i = Segments.Length - 1; i >= 0; i--)
        {
            var segment = Segments[i];
            var tail = rest;
            if (segment.HasAtom)
            {
                var atom = items[segment.PlainEnd].Traits;
                tail = Atom(atom) | (i + 1 < Segments.Length ? Combine(Atom(atom), rest) : 0);
            }
            else
            {
                tail = 0;
            }
            segment.TailTraits = tail;
            rest = segment.HasAtom ? segment.PlainTraits | Combine(segment.PlainTraits, tail) : segment.PlainTraits;
            segment.Traits = rest;
        }
        Traits = rest;

        static NodeTraits Atom(NodeTraits traits) => Combine(traits, 0) | Combine(0, traits);
    }

    public RegexNode[] Items { get; }

    public Segment[] Segments { get; }

    private static bool TryPlain(RegexNode item, ref NodeTraits traits)
    {
        var (body, preference) = item is RepeatNode repeat ? (repeat.Body, repeat.Preference) : (item, NodeTraits.None);
        var together = traits | preference | body.Traits;
        if (body is GroupNode or BackReferenceNode || (Rise(together) & NodeTraits.Messy) != 0)
            return false;
        traits = together;
        return true;
    }

    /// <summary>Plain items From … PlainEnd − 1, then the item at PlainEnd if HasAtom, then the next segments.</summary>
    internal sealed class Segment(int from, int plainEnd, bool hasAtom, NodeTraits plainTraits)
    {
        public int From { get; } = from;

        public int PlainEnd { get; } = plainEnd;

        public bool HasAtom { get; } = hasAtom;

        public NodeTraits PlainTraits { get; } = plainTraits;

        /// <summary>Of the atom and all after it.</summary>
        public NodeTraits TailTraits { get; set; }

        /// <summary>Of this segment and all after it.</summary>
        public NodeTraits Traits { get; set; }
    }
}
