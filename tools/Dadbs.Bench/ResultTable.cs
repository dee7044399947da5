using Dadbs.Bench.Measurement;
using Spectre.Console;

namespace Dadbs.Bench;

/// <summary>The comparison as a table, each rate beside its ratio to PostgreSQL's and SQLite's of the same run.</summary>
internal static class ResultTable
{
    public static void Print(IReadOnlyList<Cell> cells)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns(
            "workload", "clients", "target", "per second", "of PostgreSQL", "of SQLite", "p50 µs", "p95 µs", "p99 µs", "failed", "server cores", "server MiB", "client cores", "CPU µs an operation: servers + client", "operations a block");
        foreach (var cell in cells.OrderBy(c => c.Workload).ThenBy(c => c.Clients).ThenBy(c => c.Target))
        {
            table.AddRow(
                cell.Workload, $"{cell.Clients}", cell.Target, $"{cell.PerSecond:N0}", Ratio(cells, cell, "postgresql"), Ratio(cells, cell, "sqlite"),
                $"{cell.P50:N0}", $"{cell.P95:N0}", $"{cell.P99:N0}", $"{cell.Failed}",
                string.Join(" ", cell.Servers.Select(s => $"{s.Cores:0.00}")), string.Join(" ", cell.Servers.Select(s => $"{s.ResidentMegabytes:0}")),
                $"{cell.ClientCores:0.00}", $"{cell.CpuPerOperation.Servers:0} + {cell.CpuPerOperation.Client:0}",
                cell.BlocksPerSecond is > 0 and var blocks && cell.Workload == "upsert" ? $"{cell.PerSecond / blocks:0.0}" : "");
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 220);
        AnsiConsole.Write(table);
    }

    private static string Ratio(IReadOnlyList<Cell> cells, Cell cell, string baseline)
    {
        var other = cells.FirstOrDefault(c => c.Target == baseline && c.Workload == cell.Workload && c.Clients == cell.Clients);
        return other is null || other.PerSecond == 0 ? "" : $"{cell.PerSecond / other.PerSecond:0.00}";
    }
}
