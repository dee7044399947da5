using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Faster;

/// <summary>Memory and disk shape of the block log.</summary>
public sealed record FasterBlockLogOptions
{
    /// <summary>log2 of the bytes of one page of FasterLog: 1 MiB. Longer records are cut into chunks.</summary>
    public int PageSizeBits { get; init; } = 20;

    /// <summary>log2 of the bytes kept in memory: 8 MiB.</summary>
    public int MemorySizeBits { get; init; } = 23;

    /// <summary>log2 of the bytes of one file on disk: 64 MiB.</summary>
    public int SegmentSizeBits { get; init; } = 26;

    /// <summary>Looks and touches nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Told of every damage, on the thread that met it, before the exception is thrown.</summary>
    public Action<CorruptionException>? DamageFound { get; init; }

    /// <summary>Replaced by tests that make flushes fail; null: fdatasync.</summary>
    internal Action<SafeFileHandle>? FlushContent { get; init; }
}
