namespace Dadbs.StepBench;

/// <summary>Measures processor time and allocation of a call, after a warm-up that lets the compiler finish.</summary>
internal static class Step
{
    private const int WarmupRounds = 3;

    /// <summary>A step is measured if its name contains this.</summary>
    public static string Only { get; set; } = "";

    public static int Times { get; set; } = 1;

    /// <param name="name">The row.</param>
    /// <param name="calls">How often.</param>
    /// <param name="call">What is measured.</param>
    /// <param name="perCall">By how much a call's figures are divided.</param>
    /// <param name="prepare">Makes ready what so many calls consume, outside of the measurement.</param>
    public static void Measure(string name, int calls, Action call, int perCall = 1, Action<int>? prepare = null)
    {
        if (!name.Contains(Only, StringComparison.OrdinalIgnoreCase)) return;
        calls *= Times;
        for (int round = 0; round < WarmupRounds; round++)
        {
            prepare?.Invoke(calls);
            for (int i = 0; i < calls; i++) call();
            Thread.Sleep(200); // tiered compilation works in the background
        }

        prepare?.Invoke(calls);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < calls; i++) call();
        double micros = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / ((double)calls * perCall);
        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / ((long)calls * perCall);
        Console.WriteLine($"{name,-44} {micros,10:0.00} {bytes,16:N0}");
    }
}
