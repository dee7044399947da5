namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// Divides all code points into classes that no set of the pattern tells apart, so that automata have few columns. Class <see cref="Count"/>
/// stands for the end of the text.
/// </summary>
internal sealed class ClassMap
{
    private readonly int[] _lows;
    private readonly int[] _classOfInterval;
    private readonly int[] _ascii = new int[128];

    public ClassMap(IReadOnlyList<CharacterSet> sets)
    {
        var lows = new SortedSet<int> { 0 };
        foreach (var set in sets)
        {
            foreach (var (low, high) in set.Ranges)
            {
                lows.Add(low);
                if (high < CharacterSet.CodeMax)
                    lows.Add(high + 1);
            }
        }
        _lows = [.. lows];
        _classOfInterval = new int[_lows.Length];
        var classes = 1;
        var split = new Dictionary<int, int>();
        foreach (var set in sets)
        {
            split.Clear();
            foreach (var (low, high) in set.Ranges)
            {
                for (var i = IntervalOf(low); i < _lows.Length && _lows[i] <= high; i++)
                {
                    if (!split.TryGetValue(_classOfInterval[i], out var fresh))
                        split.Add(_classOfInterval[i], fresh = classes++);
                    _classOfInterval[i] = fresh;
                }
            }
        }
        Count = Renumber();
        for (var c = 0; c < _ascii.Length; c++)
            _ascii[c] = _classOfInterval[IntervalOf(c)];
    }

    public int Count { get; }

    public int ClassOf(int code) => (uint)code < 128 ? _ascii[code] : _classOfInterval[IntervalOf(code)];

    /// <summary>The classes of a set that the map was made from.</summary>
    public bool[] Mask(CharacterSet set)
    {
        var mask = new bool[Count];
        foreach (var (low, high) in set.Ranges)
        {
            for (var i = IntervalOf(low); i < _lows.Length && _lows[i] <= high; i++)
                mask[_classOfInterval[i]] = true;
        }
        return mask;
    }

    private int Renumber()
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < _classOfInterval.Length; i++)
        {
            if (!numbers.TryGetValue(_classOfInterval[i], out var number))
                numbers.Add(_classOfInterval[i], number = numbers.Count);
            _classOfInterval[i] = number;
        }
        return numbers.Count;
    }

    private int IntervalOf(int code)
    {
        var at = Array.BinarySearch(_lows, code);
        return at >= 0 ? at : ~at - 1;
    }
}
