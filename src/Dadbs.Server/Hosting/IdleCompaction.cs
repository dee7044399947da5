using System.Runtime;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Gives back what a load left behind in the heap: when a node that worked has become quiet, the heap is compacted once and its free memory returned to the system. Under load nothing is
/// compacted, since that stops every thread for as long as copying what is alive takes; later nobody notices. Work is measured by what is allocated, so that reads count as well as blocks.
/// <see cref="Look"/> is called by one thread at a time.
/// </summary>
/// <param name="allocatedBytes">How much the process has allocated so far.</param>
/// <param name="compact">Compacts.</param>
internal sealed class IdleCompaction(Func<long> allocatedBytes, Action compact)
{
    /// <summary>Allocated between two looks by a node that is quiet: votes on empty blocks, pings, a monitoring query now and then.</summary>
    public const long QuietBytesMax = 1024 * 1024;

    /// <summary>Allocated since the last compaction, it makes another worth its while.</summary>
    public const long WorkBytesMin = 64L * 1024 * 1024;

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private long _seen = allocatedBytes();
    private long _compacted = allocatedBytes();

    /// <summary>Of the process, looked at every <see cref="Interval"/> until the timer is disposed.</summary>
    public static ITimer Start(TimeProvider clock)
    {
        var compaction = new IdleCompaction(static () => GC.GetTotalAllocatedBytes(), CompactHeap);
        return clock.CreateTimer(_ => compaction.Look(), null, Interval, Interval);
    }

    public void Look()
    {
        long allocated = allocatedBytes();
        bool isQuiet = allocated - _seen <= QuietBytesMax;
        _seen = allocated;
        if (!isQuiet || allocated - _compacted < WorkBytesMin) return;
        compact();
        _compacted = _seen = allocatedBytes();
    }

    private static void CompactHeap()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
