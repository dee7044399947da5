namespace Dadbs.Storage.Faster;

/// <summary>Memory and disk shape of the page store. Everything is explicit: FASTER's own defaults ask for 16 GB.</summary>
public sealed record FasterPageStoreOptions
{
    /// <summary>log2 of the bytes of one page of FASTER's log, which bounds a record: 4 MiB.</summary>
    public int LogPageSizeBits { get; init; } = 22;

    /// <summary>log2 of the bytes of the log kept in memory: 32 MiB. A write buffer; the cache is the state store's own.</summary>
    public int LogMemorySizeBits { get; init; } = 25;

    /// <summary>log2 of the bytes of one log file on disk: 256 MiB.</summary>
    public int LogSegmentSizeBits { get; init; } = 28;

    /// <summary>Buckets of the hash index, 64 bytes each with seven entries: 8 MiB serve a million pages.</summary>
    public long IndexBuckets { get; init; } = 1L << 17;

    /// <summary>Each so-manieth checkpoint saves the index as well; recovery replays the log from the last one that did.</summary>
    public int CheckpointsPerIndex { get; init; } = 10;
}
