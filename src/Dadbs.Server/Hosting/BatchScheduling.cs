using System.Globalization;
using System.Runtime.InteropServices;

namespace Dadbs.Server.Hosting;

/// <summary>
/// Asks the kernel not to let a thread of this process take the processor from another at the moment it is woken (SCHED_BATCH, sched(7); no privilege is needed). A node's threads wake each
/// other all the time, each for a little work: a session the loop, the loop the apply thread, that the sessions. Who wakes is still at work in the processor's cache, and who is woken finds more to do
/// a moment later. Beside other work it costs: each of a block's wakes then waits for that. docs/decisions/0159-batch-scheduling.md has the figures.
/// </summary>
internal static class BatchScheduling
{
    private const int SchedBatch = 3;

    /// <summary>For the threads that are there; those that they start inherit it. Where it is unknown or refused, everything stays as it was.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux()) return;
        int priority = 0;
        string[] threads;
        try
        {
            threads = Directory.GetDirectories("/proc/self/task");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return;
        }

        foreach (var task in threads)
        {
            // Nothing depends on it: a thread may have ended, and musl always refuses.
            if (int.TryParse(Path.GetFileName(task), CultureInfo.InvariantCulture, out int thread)) _ = SetScheduler(thread, SchedBatch, in priority);
        }
    }

    /// <param name="thread">The thread's id.</param>
    /// <param name="policy">One of SCHED_….</param>
    /// <param name="parameter">struct sched_param: the priority, 0 outside of the real-time policies.</param>
    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, in int parameter);
}
