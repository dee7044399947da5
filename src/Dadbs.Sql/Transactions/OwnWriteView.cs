using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// What a plain read of an explicit transaction under READ COMMITTED reads: the transaction's overlay. Each own-written row that it meets becomes an
/// assertion; relations that the transaction did not write cost one look-up. One thread.
/// </summary>
/// <param name="writes">The transaction's overlay.</param>
/// <param name="assertions">Where they go.</param>
/// <param name="isTable">Whether a relation holds the rows of a table; asked seldom.</param>
internal sealed class OwnWriteView(Overlay writes, RowAssertions assertions, Func<RelationId, bool> isTable) : IReadView
{
    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        bool found = writes.TryGet(relation, key, out value);
        if (Counts(relation) && writes.HasWritten(relation, key)) Note(relation, key, value.Span, !found);
        return found;
    }

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false)
    {
        RangeCursor cursor = writes.Scan(relation, range, descending);
        return Counts(relation) ? new NotingCursor(this, cursor, relation, writes.OwnWrites(relation, range, descending), descending) : cursor;
    }

    public long CountEntries(RelationId relation) => CountRange(relation, KeyRange.All);

    public long CountRange(RelationId relation, in KeyRange range)
    {
        if (Counts(relation) && writes.OwnWrites(relation, range).MoveNext()) assertions.AddOwnWrites(relation);
        return writes.CountRange(relation, range);
    }

    private bool Counts(RelationId relation) => Footprint.Covers(relation) && writes.HasWritten(relation) && !assertions.IsWhole(relation);

    private void Note(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> image, bool isAbsent)
    {
        if (!ProvisionalRowIds.IsProvisional(key) && ProvisionalRowIds.Mentions(key, image) && !isTable(relation)) return;
        if (isAbsent) assertions.AddAbsent(relation, key);
        else assertions.Add(relation, key, image);
    }

    /// <summary>Walks the own writes beside the scan, so that rows that the transaction deleted are met as well.</summary>
    private sealed class NotingCursor(OwnWriteView view, RangeCursor inner, RelationId relation, OwnWriteCursor own, bool descending) : RangeCursor
    {
        private bool _hasOwn = own.MoveNext();

        public override ReadOnlyMemory<byte> Key => inner.Key;

        public override ReadOnlyMemory<byte> Value => inner.Value;

        public override bool MoveNext()
        {
            bool moved = inner.MoveNext();
            while (_hasOwn)
            {
                int order = moved ? own.Key.Span.SequenceCompareTo(inner.Key.Span) : -1;
                if (moved && descending) order = -order;
                if (order > 0) break;
                view.Note(relation, own.Key.Span, own.Value.Span, own.IsDelete);
                _hasOwn = own.MoveNext();
            }

            return moved;
        }

        public override void Dispose()
        {
            inner.Dispose();
            base.Dispose();
        }
    }
}
