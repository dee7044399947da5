namespace Dadbs.Sql.Functions;

/// <summary>Which of several matches a sub-expression wants (PostgreSQL manual 9.7.3.5). None behaves as longest.</summary>
internal enum RegexPreference
{
    None,
    Longest,
    Shortest,
}

/// <summary>The syntax tree of a regular expression. Nodes are numbered for caching.</summary>
internal abstract record RegexNode
{
    public virtual RegexPreference Preference => RegexPreference.None;

    /// <summary>Captures or refers back somewhere inside: its span must be taken apart.</summary>
    public virtual bool NeedsDissection => false;
}

internal sealed record EmptyNode : RegexNode;

internal sealed record SetNode(RegexSet Set) : RegexNode;

internal enum RegexAssertion
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

internal sealed record AssertionNode(RegexAssertion Assertion) : RegexNode;

internal sealed record LookNode(RegexNode Inner, bool Ahead, bool Negative) : RegexNode;

internal sealed record BackReferenceNode(int Group) : RegexNode
{
    public override bool NeedsDissection => true;
}

internal sealed record GroupNode(RegexNode Inner, int Index) : RegexNode
{
    public override RegexPreference Preference => Inner.Preference;

    public override bool NeedsDissection => true;
}

/// <summary>Matches as its inner node, without setting groups: the turns of a repetition before the last.</summary>
internal sealed record UncapturedNode(RegexNode Inner) : RegexNode
{
    public override RegexPreference Preference => Inner.Preference;
}

internal sealed record ConcatenationNode(RegexNode[] Parts) : RegexNode
{
    /// <summary>That of the first part that has one.</summary>
    public override RegexPreference Preference { get; } = Array.Find(Parts, part => part.Preference != RegexPreference.None)?.Preference ?? RegexPreference.None;

    public override bool NeedsDissection { get; } = Array.Exists(Parts, part => part.NeedsDissection);
}

internal sealed record AlternationNode(RegexNode[] Branches) : RegexNode
{
    public override RegexPreference Preference => RegexPreference.Longest;

    public override bool NeedsDissection { get; } = Array.Exists(Branches, branch => branch.NeedsDissection);
}

/// <summary>Maximum -1: unbounded. Fixed: written {m}, which leaves the preference to what it repeats.</summary>
internal sealed record RepeatNode(RegexNode Inner, int Minimum, int Maximum, bool Greedy, bool IsFixed = false) : RegexNode
{
    public override RegexPreference Preference =>
        IsFixed ? Inner.Preference : Greedy ? RegexPreference.Longest : RegexPreference.Shortest;

    public override bool NeedsDissection => Inner.NeedsDissection;
}

/// <summary>A set of code points: ranges, perhaps negated, perhaps blind to ASCII case.</summary>
internal sealed class RegexSet(List<(int Low, int High)> ranges, bool negated, bool ignoreCase)
{
    public static RegexSet Single(int character, bool ignoreCase) => new([(character, character)], false, ignoreCase);

    public bool Contains(int character) => negated != (In(character) || ignoreCase && (In(Lower(character)) || In(Upper(character))));

    private bool In(int character)
    {
        foreach (var (low, high) in ranges)
        {
            if (character >= low && character <= high)
                return true;
        }
        return false;
    }

    private static int Lower(int c) => c is >= 'A' and <= 'Z' ? c | 0x20 : c;

    private static int Upper(int c) => c is >= 'a' and <= 'z' ? c & ~0x20 : c;
}
