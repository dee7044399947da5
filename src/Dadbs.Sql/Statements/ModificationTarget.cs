using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>A row that UPDATE or DELETE met: its key, its place among those met, its old and new values, and what RETURNING reads beside it.</summary>
internal sealed record ModificationTarget(byte[] Key, int Ordinal, Datum[] OldRow, Datum[]? NewRow, Datum[] Kept)
{
    /// <summary>By key; a row met more than once keeps the order in which it was met, so that the first counts.</summary>
    public static void SortByKey(List<ModificationTarget> targets)
    {
        if (targets.Count < 2) return;
        targets.Sort(static (a, b) =>
        {
            int order = a.Key.AsSpan().SequenceCompareTo(b.Key);
            return order != 0 ? order : a.Ordinal.CompareTo(b.Ordinal);
        });
    }

    public static Datum[] Keep(Datum[] slots, int[] kept)
    {
        if (kept.Length == 0) return [];
        var values = new Datum[kept.Length];
        for (int i = 0; i < kept.Length; i++) values[i] = slots[kept[i]];
        return values;
    }

    public void PutBack(Datum[] slots, int[] kept)
    {
        for (int i = 0; i < kept.Length; i++) slots[kept[i]] = Kept[i];
    }
}
