using System.Globalization;

namespace Dadbs.Bench.Measurement;

/// <summary>Processor time and resident memory of a process and all its descendants, read from /proc.</summary>
public readonly record struct ProcessSample(double CpuSeconds, double ResidentMegabytes)
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed on Linux
    private const double PageMegabytes = 4096.0 / (1 << 20);

    public static ProcessSample Take(int rootProcess)
    {
        var parents = new Dictionary<int, int>();
        var samples = new Dictionary<int, ProcessSample>();
        foreach (string directory in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out int id)) continue;
            if (TryRead(id, out int parent, out var sample))
            {
                parents[id] = parent;
                samples[id] = sample;
            }
        }

        var total = new ProcessSample(0, 0);
        foreach (var (id, sample) in samples)
        {
            if (IsDescendant(id, rootProcess, parents))
                total = new ProcessSample(total.CpuSeconds + sample.CpuSeconds, total.ResidentMegabytes + sample.ResidentMegabytes);
        }

        return total;
    }

    private static bool IsDescendant(int id, int root, Dictionary<int, int> parents)
    {
        for (int depth = 0; depth < 64; depth++)
        {
            if (id == root) return true;
            if (!parents.TryGetValue(id, out id)) return false;
        }

        return false;
    }

    private static bool TryRead(int id, out int parent, out ProcessSample sample)
    {
        parent = 0;
        sample = default;
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
            double cpu = (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
            // Proportional set size would be fairer to processes that share memory; it needs more rights than every machine gives.
            sample = new ProcessSample(cpu, long.Parse(fields[21], CultureInfo.InvariantCulture) * PageMegabytes);
            return true;
        }
        catch (IOException)
        {
            return false; // it ended meanwhile
        }
    }
}
