namespace Dadbs.Storage.Faster;

/// <summary>
/// How a memory setting is shared out, so that the resident memory of storage stays within it. Page bytes get well under half: the garbage collector keeps about as much
/// again of pages that were just replaced (measured by tools/Dadbs.StorageBench, "memory").
/// </summary>
/// <param name="PageCacheBytes">Clean pages.</param>
/// <param name="DirtyBytes">Changed pages before they are written ahead.</param>
/// <param name="GarbageBytes">Replaced and evicted pages that wait for the garbage collector.</param>
/// <param name="LogMemorySizeBits">log2 of FASTER's log buffer.</param>
/// <param name="IndexBuckets">Buckets of FASTER's index, 64 bytes each.</param>
public sealed record StorageMemory(long PageCacheBytes, long DirtyBytes, long GarbageBytes, int LogMemorySizeBits, long IndexBuckets)
{
    /// <summary>Two pages of FASTER's log and a small cache.</summary>
    public const int MegabytesMin = 64;

    private const int BucketBytes = 64;

    public static StorageMemory Share(int megabytes)
    {
        if (megabytes < MegabytesMin)
            throw new ArgumentOutOfRangeException(nameof(megabytes), megabytes, $"storage needs {MegabytesMin} MiB");
        long bytes = megabytes * 1024L * 1024;
        return new StorageMemory(bytes / 4, bytes / 10, bytes / 8, (int)long.Log2(bytes / 8), 1L << (int)long.Log2(bytes / 16 / BucketBytes));
    }
}
