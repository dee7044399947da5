namespace Dadbs.Storage;

/// <summary>
/// A state of all relations as one reader sees it: a <see cref="Snapshot"/>, or an <see cref="Overlay"/> over one. A relation
/// that does not exist reads as empty. Memory handed out is never written again and lives as long as it is referenced.
/// </summary>
public interface IReadView
{
    /// <summary>Looks one key up. On a snapshot it allocates nothing when the pages are in memory.</summary>
    bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value);

    /// <summary>The one scan entry point: entries of <paramref name="range"/> in key order, or in reverse.</summary>
    RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false);

    /// <summary>Exact; O(log n) on a snapshot, plus the written entries of an overlay.</summary>
    long CountEntries(RelationId relation);

    /// <inheritdoc cref="CountEntries"/>
    long CountRange(RelationId relation, in KeyRange range);
}
