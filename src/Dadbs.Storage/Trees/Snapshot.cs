namespace Dadbs.Storage;

/// <summary>One executed state, immutable, readable from any thread for as long as it is referenced.</summary>
public sealed class Snapshot : IReadView
{
    /// <summary>Height of the block that led here; −1 for the empty state before genesis.</summary>
    public long Height => throw Unbuilt;

    /// <summary>The state root.</summary>
    public Hash256 Root => throw Unbuilt;

    private static InvalidOperationException Unbuilt => new("being built");

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => throw Unbuilt;

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false) => throw Unbuilt;

    public long CountEntries(RelationId relation) => throw Unbuilt;

    public long CountRange(RelationId relation, in KeyRange range) => throw Unbuilt;

    /// <summary>Bytes of keys and values in a relation.</summary>
    public long CountBytes(RelationId relation) => throw Unbuilt;
}
