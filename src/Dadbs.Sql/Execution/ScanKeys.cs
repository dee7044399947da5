using Dadbs.Sql.Catalog;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Execution;

/// <summary>One part of a key that is known: equal to any of these values, or (no values) NULL.</summary>
public sealed record KeyEquality(Evaluator[] Values);

/// <summary>A key part's bound.</summary>
public sealed record KeyBound(Evaluator Value, bool Inclusive);

/// <summary>
/// Which entries of an index a scan visits: its first parts equal to values, the next one between bounds. Values are computed when the scan opens; one of them NULL means no entry.
/// Values of a wider integer type that the column cannot hold are met here, too.
/// </summary>
public sealed class ScanKeys(IndexDescriptor index, KeyEquality[] equal, KeyBound[] lower, KeyBound[] upper)
{
    private static readonly KeyRange[] Everything = [KeyRange.All];

    public IndexDescriptor Index { get; } = index;

    /// <summary>At most one entry can match: every part of a unique index is given one value.</summary>
    public bool IsPoint { get; } = index.IsUnique && equal.Length == index.Parts.Count && equal.All(part => part.Values.Length == 1);

    /// <summary>Writes the one key of <see cref="IsPoint"/>; false when no entry can have it.</summary>
    public bool TryWritePoint(ExecutionState state, ref KeyWriter writer)
    {
        for (int i = 0; i < equal.Length; i++)
        {
            Datum value = equal[i].Values[0](state);
            IndexPart part = Index.Parts[i];
            if (value.IsNull || !Fits(value, part.Type)) return false;
            IndexKeys.WritePart(part, value, ref writer);
        }

        return true;
    }

    /// <summary>The ranges of keys to visit, ascending and without overlap.</summary>
    public IReadOnlyList<KeyRange> Ranges(ExecutionState state)
    {
        if (equal.Length == 0 && lower.Length == 0 && upper.Length == 0) return Everything;
        IndexBound? low = null;
        IndexBound? high = null;
        if ((lower.Length > 0 || upper.Length > 0) && !Bounds(state, ref low, ref high)) return [];
        List<KeyRange> ranges = [];
        Expand(state, new Datum[equal.Length], 0, low, high, ranges);
        if (ranges.Count > 1) Order(ranges);
        return ranges;
    }

    private void Expand(ExecutionState state, Datum[] values, int at, IndexBound? low, IndexBound? high, List<KeyRange> ranges)
    {
        if (at == equal.Length)
        {
            KeyRange range = IndexKeys.Range(Index, values, low, high);
            if (!range.IsEmpty) ranges.Add(range);
            return;
        }

        Evaluator[] alternatives = equal[at].Values;
        if (alternatives.Length == 0)
        {
            values[at] = default;
            Expand(state, values, at + 1, low, high, ranges);
            return;
        }

        foreach (Evaluator alternative in alternatives)
        {
            values[at] = alternative(state);
            if (values[at].IsNull || !Fits(values[at], Index.Parts[at].Type)) continue;
            state.Context.Budget.Step();
            Expand(state, values, at + 1, low, high, ranges);
        }
    }

    /// <summary>The tightest of all bounds; false when nothing can lie between them.</summary>
    private bool Bounds(ExecutionState state, ref IndexBound? low, ref IndexBound? high)
    {
        SqlType type = Index.Parts[equal.Length].Type;
        foreach (KeyBound bound in lower)
        {
            Datum value = bound.Value(state);
            if (value.IsNull) return false;
            if (!Fits(value, type))
            {
                if (value.Bits > 0) return false;
                continue;
            }

            if (low is not { } known || Tighter(type.Operations.Compare(value, known.Value), bound.Inclusive)) low = new IndexBound(value, bound.Inclusive);
        }

        foreach (KeyBound bound in upper)
        {
            Datum value = bound.Value(state);
            if (value.IsNull) return false;
            if (!Fits(value, type))
            {
                if (value.Bits < 0) return false;
                continue;
            }

            if (high is not { } known || Tighter(type.Operations.Compare(known.Value, value), bound.Inclusive)) high = new IndexBound(value, bound.Inclusive);
        }

        // A bound that the type cannot express holds for every value, but NULLs stay out.
        if (low is null && high is null) low = Smallest(type);
        return true;
    }

    private static bool Tighter(int order, bool inclusive) => order > 0 || (order == 0 && !inclusive);

    private static IndexBound? Smallest(SqlType type) => type.Oid switch
    {
        21 => new IndexBound(Datum.FromInt64(short.MinValue), true),
        23 => new IndexBound(Datum.FromInt64(int.MinValue), true),
        20 => new IndexBound(Datum.FromInt64(long.MinValue), true),
        _ => null,
    };

    /// <summary>Whether the column's type can hold an integer; values of other types have been converted to it.</summary>
    private static bool Fits(Datum value, SqlType type) => type.Oid switch
    {
        21 => value.Bits is >= short.MinValue and <= short.MaxValue,
        23 => value.Bits is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    private static void Order(List<KeyRange> ranges)
    {
        ranges.Sort(static (a, b) => Compare(a.Low, b.Low));
        int kept = 0;
        for (int i = 1; i < ranges.Count; i++)
        {
            if (Compare(ranges[i].Low, ranges[kept].Low) != 0) ranges[++kept] = ranges[i];
        }

        ranges.RemoveRange(kept + 1, ranges.Count - kept - 1);
    }

    private static int Compare(byte[]? left, byte[]? right) => left.AsSpan().SequenceCompareTo(right);
}
