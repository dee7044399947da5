using System.Text.Json;
using Dadbs.Bench.Measurement;
using Dadbs.Bench.Targets;
using Dadbs.Bench.Workloads;

namespace Dadbs.Bench;

/// <summary>Runs every workload on every target with every number of clients, one after the other, and prints the table.</summary>
public static class Comparison
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(ComparisonOptions options, CancellationToken cancellation)
    {
        var workloads = Workload.All.Where(w => options.Workloads.Contains(w.Name)).ToList();
        if (workloads.Count != options.Workloads.Length || options.Targets.Any(t => !IsKnown(t)))
        {
            await Console.Error.WriteLineAsync("unknown workload or target; see --help");
            return 2;
        }

        var cells = new List<Cell>();
        foreach (string name in options.Targets)
        {
            await using var target = BenchTarget.Create(name)!;
            if (!await target.StartAsync(cancellation)) continue;
            await ClientRun.FillAsync(target, options.Rows, cancellation);
            foreach (var workload in workloads)
            {
                foreach (int clients in options.Clients)
                {
                    var cell = await ClientRun.MeasureAsync(target, workload, clients, options, cancellation);
                    cells.Add(cell);
                    Console.WriteLine($"{cell.Target,-12} {cell.Workload,-11} {cell.Clients,4} clients {cell.PerSecond,10:N0}/s  p50 {cell.P50,8:N0} µs");
                }
            }
        }

        ResultTable.Print(cells);
        if (options.JsonFile is not null) await File.WriteAllTextAsync(options.JsonFile, JsonSerializer.Serialize(cells, Indented), cancellation);
        return 0;
    }

    private static bool IsKnown(string target) => target is "dadbs-1" or "dadbs-4" or "postgresql" or "sqlite";
}
