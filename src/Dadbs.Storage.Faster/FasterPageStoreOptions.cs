using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Faster;

/// <summary>Memory and disk shape of the page store. Everything is explicit: FASTER's own defaults ask for 16 GB.</summary>
public sealed record FasterPageStoreOptions
{
    /// <summary>log2 of the bytes of one page of FASTER's log, which bounds a record: 4 MiB.</summary>
    public int LogPageSizeBits { get; init; } = 22;

    /// <summary>log2 of the bytes of the log kept in memory: 32 MiB. A write buffer; the cache is the state store's own.</summary>
    public int LogMemorySizeBits { get; init; } = 25;

    /// <summary>log2 of the bytes of one log file on disk: 32 MiB. Space is given back by whole files.</summary>
    public int LogSegmentSizeBits { get; init; } = 25;

    /// <summary>Buckets of the hash index, 64 bytes each with seven entries: 8 MiB serve a million pages.</summary>
    public long IndexBuckets { get; init; } = 1L << 17;

    /// <summary>Each so-manieth checkpoint saves the index as well; recovery replays the log from the last one that did.</summary>
    public int CheckpointsPerIndex { get; init; } = 10;

    /// <summary>The log is compacted when it is longer than so many times its live pages, plus <see cref="CompactionSlackBytes"/>.</summary>
    public double DeadToLiveMax { get; init; } = 2;

    /// <summary>Below this nobody minds dead pages.</summary>
    public long CompactionSlackBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>So much of the log is gone through in one step, during which no checkpoint can begin.</summary>
    public long CompactionStepBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>Compaction copies before it gives back; with less than this left on the disk it waits.</summary>
    public long FreeDiskReserveBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Replaced by tests that make flushes fail; null: fdatasync.</summary>
    internal Action<SafeFileHandle>? FlushContent { get; init; }
}
