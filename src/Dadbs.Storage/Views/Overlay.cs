namespace Dadbs.Storage;

/// <summary>
/// Writes on top of a view that is not changed: a transaction over a block, a block over a snapshot. Reads see the writes. One owner thread.
/// </summary>
public sealed class Overlay(IReadView parent) : IReadView
{
    public IReadView Parent => parent;

    /// <summary>Nothing was written (or all of it was undone).</summary>
    public bool IsEmpty => throw Unbuilt;

    /// <summary>Keys and values held, for budgets.</summary>
    public long Bytes => throw Unbuilt;

    private static InvalidOperationException Unbuilt => new("being built");

    public void Put(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => throw Unbuilt;

    public void Delete(RelationId relation, ReadOnlySpan<byte> key) => throw Unbuilt;

    /// <summary>Everything beneath in this relation is hidden, and what was written here is gone; it can be filled again.</summary>
    public void DropRelation(RelationId relation) => throw Unbuilt;

    /// <summary>A point to return to with <see cref="RollbackTo"/>.</summary>
    public int Mark() => throw Unbuilt;

    /// <summary>Undoes every write since the mark. Later marks are void; this one stays good.</summary>
    public void RollbackTo(int mark) => throw Unbuilt;

    /// <summary>Repeats this overlay's writes on another, usually its parent.</summary>
    public void MergeInto(Overlay target) => throw Unbuilt;

    /// <summary>The net changes against the parent.</summary>
    public ChangeSet ToChangeSet() => throw Unbuilt;

    /// <summary>The key was put or deleted here, or its relation dropped.</summary>
    public bool HasWritten(RelationId relation, ReadOnlySpan<byte> key) => throw Unbuilt;

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => throw Unbuilt;

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false) => throw Unbuilt;

    public long CountEntries(RelationId relation) => throw Unbuilt;

    public long CountRange(RelationId relation, in KeyRange range) => throw Unbuilt;
}
