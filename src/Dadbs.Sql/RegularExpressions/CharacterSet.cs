namespace Dadbs.Sql.RegularExpressions;

/// <summary>A set of code points as sorted, disjoint, non-adjacent inclusive ranges. Immutable.</summary>
internal sealed class CharacterSet
{
    /// <summary>The largest code that an escape may name; UTF-8 text stays far below.</summary>
    public const int CodeMax = 0x7FFFFFFE;

    private CharacterSet((int Low, int High)[] ranges) => Ranges = ranges;

    public (int Low, int High)[] Ranges { get; }

    public static CharacterSet All { get; } = new([(0, CodeMax)]);

    public static CharacterSet Newline { get; } = Of('\n');

    public static CharacterSet Of(int code) => new([(code, code)]);

    public static CharacterSet FromRanges(IEnumerable<(int Low, int High)> ranges)
    {
        var sorted = ranges.ToArray();
        Array.Sort(sorted);
        var merged = new List<(int Low, int High)>();
        foreach (var range in sorted)
        {
            if (merged.Count > 0 && range.Low <= (long)merged[^1].High + 1)
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, range.High));
            else
                merged.Add(range);
        }
        return new CharacterSet([.. merged]);
    }

    public bool Contains(int code)
    {
        foreach (var (low, high) in Ranges)
        {
            if (code <= high)
                return code >= low;
        }
        return false;
    }

    public CharacterSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (low, high) in Ranges)
        {
            if (low > next)
                gaps.Add((next, low - 1));
            next = high + 1;
        }
        if (next <= CodeMax)
            gaps.Add((next, CodeMax));
        return new CharacterSet([.. gaps]);
    }

    public CharacterSet Without(int code) => FromRanges([.. Complement().Ranges, (code, code)]).Complement();

    /// <summary>With the other case of each ASCII letter: "C" has no other letters.</summary>
    public CharacterSet IgnoringCase()
    {
        var ranges = new List<(int, int)>(Ranges);
        foreach (var (low, high) in Ranges)
        {
            Shift(low, high, 'a', 'z', -32);
            Shift(low, high, 'A', 'Z', 32);
        }
        return FromRanges(ranges);

        void Shift(int low, int high, int first, int last, int offset)
        {
            var (from, to) = (Math.Max(low, first), Math.Min(high, last));
            if (from <= to)
                ranges.Add((from + offset, to + offset));
        }
    }

    public bool SameAs(CharacterSet other) => Ranges.AsSpan().SequenceEqual(other.Ranges);
}
