using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>A scan whose passed part enters a <see cref="Footprint"/> when it ends: a scan under LIMIT read only up to where it stopped.</summary>
internal sealed class FootprintCursor(Footprint footprint, RangeCursor inner, RelationId relation, KeyRange range, bool descending) : RangeCursor
{
    private bool _moved;
    private bool _skipped;
    private bool _ended;
    private bool _closed;

    public RelationId Relation => relation;

    public override ReadOnlyMemory<byte> Key => inner.Key;

    public override ReadOnlyMemory<byte> Value => inner.Value;

    /// <summary>What was passed so far; null: nothing.</summary>
    public KeyRange? Extent
    {
        get
        {
            if (_ended || _skipped) return range;
            if (!_moved) return null;
            ReadOnlySpan<byte> key = inner.Key.Span;
            return descending ? new KeyRange(key.ToArray(), range.High) : new KeyRange(range.Low, KeyRange.Exactly(key).High);
        }
    }

    public override bool MoveNext()
    {
        if (_ended || !inner.MoveNext())
        {
            _ended = true;
            return false;
        }

        _moved = true;
        _skipped = false;
        return true;
    }

    /// <summary>Where it stopped is known again with the next step.</summary>
    public override long Skip(long count)
    {
        long skipped = inner.Skip(count);
        _skipped |= skipped > 0;
        _ended |= skipped < count;
        return skipped;
    }

    public override void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            footprint.Close(this);
        }

        inner.Dispose();
        base.Dispose();
    }
}
