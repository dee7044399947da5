namespace Dadbs.Bench.Measurement;

/// <summary>Latencies of one client in a log-linear histogram: 64 steps a power of two, so within 1.6 % of the truth, constant memory.</summary>
public sealed class LatencyRecorder
{
    private const int StepsPerOctave = 64;
    private readonly long[] _counts = new long[64 * StepsPerOctave];

    public long Count { get; private set; }

    public void Record(long nanoseconds)
    {
        _counts[Slot(Math.Max(1, nanoseconds))]++;
        Count++;
    }

    public void Add(LatencyRecorder other)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The latency, in microseconds, that the given share of operations did not exceed.</summary>
    public double Percentile(double share)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted) return UpperBound(i) / 1000.0;
        }

        return 0;
    }

    private static int Slot(long nanoseconds)
    {
        int octave = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)nanoseconds);
        long within = octave >= 6 ? (nanoseconds >> (octave - 6)) & (StepsPerOctave - 1) : (nanoseconds << (6 - octave)) & (StepsPerOctave - 1);
        return (octave * StepsPerOctave) + (int)within;
    }

    private static double UpperBound(int slot) => Math.ScaleB(1 + ((slot % StepsPerOctave) + 1) / (double)StepsPerOctave, slot / StepsPerOctave);
}
