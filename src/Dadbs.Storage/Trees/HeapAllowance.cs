namespace Dadbs.Storage.Trees;

/// <summary>
/// Keeps replaced and evicted pages from piling up in the heap. They have grown old by the time they go, so only a full collection frees them, and the runtime lets the heap grow to about
/// twice what is alive before it makes one. Here one is made when what is old has grown by a number of bytes since the last: what is young the runtime frees by itself, and counted with the
/// rest it would have the heap collected for little. Any thread; costs an addition a page.
/// </summary>
/// <param name="bytesMax">By how much the old part of the heap may grow between two full collections; a quarter of what was alive after the last, if that is more.</param>
/// <param name="heapBytes">How long the old part of the heap is.</param>
/// <param name="collections">How many full collections there were.</param>
/// <param name="collect">Makes one.</param>
internal sealed class HeapAllowance(long bytesMax, Func<long> heapBytes, Func<int> collections, Action collect)
{
    /// <summary>The heap is looked at after so many bytes of pages.</summary>
    public const long CheckBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private long _counted;
    private int _collections = -1;
    private long _heapAfter;

    /// <summary>Of the runtime's heap.</summary>
    public HeapAllowance(long bytesMax)
        : this(
            bytesMax,
            OldBytes,
            static () => GC.CollectionCount(GC.MaxGeneration),
            static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false))
    {
    }

    /// <summary>A page was made, or read.</summary>
    public void Count(long bytes)
    {
        if (Interlocked.Add(ref _counted, bytes) < CheckBytes)
            return;
        Interlocked.Exchange(ref _counted, 0);
        if (!_gate.TryEnter())
            return;
        try
        {
            Check();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Of the generations that only a full collection frees, as the last collection of any left them.</summary>
    private static long OldBytes()
    {
        long bytes = 0;
        ReadOnlySpan<GCGenerationInfo> generations = GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo;
        for (int i = GC.MaxGeneration; i < generations.Length; i++)
            bytes += generations[i].SizeAfterBytes;
        return bytes;
    }

    private void Check()
    {
        int made = collections();
        long heap = heapBytes();
        if (made != _collections)
        {
            (_collections, _heapAfter) = (made, heap);
            return;
        }

        // What was freed without a full collection counts for what is left.
        _heapAfter = Math.Min(_heapAfter, heap);
        if (heap - _heapAfter > Math.Max(bytesMax, _heapAfter / 4))
            collect();
    }
}
