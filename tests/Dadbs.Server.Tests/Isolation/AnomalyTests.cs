using System.Text;
using Dadbs.Server.Tests.Architecture;
using Dadbs.Server.Tests.Wire;

namespace Dadbs.Server.Tests.Isolation;

/// <summary>
/// The anomalies of docs/transactions.md, level by level: on one node, and with every session on a node of its own. The page's table is what these tests find, beside what a real
/// PostgreSQL shows; nothing that PostgreSQL prevents may be possible. DADBS_ANOMALIES_RECORD names a file to write the table to, DADBS_ANOMALIES_ORACLE a PostgreSQL (a connection
/// string) that is then asked for its column, DADBS_ANOMALIES_NODES connection strings of running nodes, separated by |, to play on instead of two in this process.
/// </summary>
public sealed class AnomalyTests
{
    private const string Prevented = "prevented";
    private const string Possible = "possible";

    private static readonly string[] Levels = ["read committed", "repeatable read", "serializable"];
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task The_table_of_the_page_is_what_happens()
    {
        await using WireHost one = await WireHost.StartAsync();
        await using WireHost first = await WireHost.StartAsync();
        await using WireHost second = await first.StartOtherNodeAsync();
        await using WireHost third = await first.StartOtherNodeAsync();
        string[] nodes = Environment.GetEnvironmentVariable("DADBS_ANOMALIES_NODES")?.Split('|') ?? [first.ConnectionString, second.ConnectionString, third.ConnectionString];
        var alone = new AnomalyRunner([one.ConnectionString], Patience);
        var apart = new AnomalyRunner(nodes, Patience);
        int runs = Anomaly.All.Count * Levels.Length;
        await alone.PrepareAsync(runs);
        await apart.PrepareAsync(runs);
        string[][] rows = await Task.WhenAll(Anomaly.All.Select(async (anomaly, i) =>
        {
            var cells = new string[Levels.Length];
            for (int level = 0; level < cells.Length; level++)
                cells[level] = $"{await CellAsync(alone, anomaly, level, i)}|{await CellAsync(apart, anomaly, level, i)}";
            return cells;
        }));

        string page = Path.Combine(SourceTree.Root, "docs", "transactions.md");
        if (Environment.GetEnvironmentVariable("DADBS_ANOMALIES_RECORD") is { Length: > 0 } record)
        {
            await File.WriteAllTextAsync(record, await TableAsync(rows));
            page = record;
        }

        Dictionary<string, string[]> recorded = File.ReadLines(page).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Where(c => c.Length > 6 && Levels.Contains(c[2])).ToDictionary(c => c[1] + "|" + c[2], c => c);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int level = 0; level < Levels.Length; level++)
            {
                string name = Anomaly.All[i].Name + "|" + Levels[level];
                string[] cells = recorded[name];
                Assert.True($"{cells[4]}|{cells[5]}" == rows[i][level], $"{name}: the page says {cells[4]}|{cells[5]}, found {rows[i][level]}");
                Assert.False(cells[3] == Prevented && rows[i][level].Contains(Possible, StringComparison.Ordinal), $"{name}: PostgreSQL prevents it");
            }
        }
    }

    /// <summary>Every run makes progress: who is refused is refused for somebody who commits.</summary>
    private static async Task<string> CellAsync(AnomalyRunner runner, Anomaly anomaly, int level, int number)
    {
        Transcript transcript = await runner.RunAsync(anomaly, Levels[level], (number * Levels.Length) + level);
        Assert.All(transcript.Failures, state => Assert.Equal("40001", state));
        Assert.True(Enumerable.Range(1, 3).Any(transcript.Committed), $"{anomaly.Name}, {Levels[level]}: nobody committed");
        return anomaly.Happened(transcript) ? Possible : Prevented;
    }

    private static async Task<string> TableAsync(string[][] rows)
    {
        AnomalyRunner? oracle = Environment.GetEnvironmentVariable("DADBS_ANOMALIES_ORACLE") is { Length: > 0 } server ? new AnomalyRunner([server], Patience) : null;
        var text = new StringBuilder("| anomaly | level | PostgreSQL 15 | one node | every session on its own node |\n|---|---|---|---|---|\n");
        if (oracle is not null) await oracle.PrepareAsync(rows.Length * Levels.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int level = 0; level < Levels.Length; level++)
            {
                string postgres = oracle is null ? "not asked" : await CellAsync(oracle, Anomaly.All[i], level, i);
                text.Append($"| {Anomaly.All[i].Name} | {Levels[level]} | {postgres} | {rows[i][level].Replace("|", " | ", StringComparison.Ordinal)} |\n");
            }
        }

        if (oracle is not null) await oracle.CleanUpAsync(rows.Length * Levels.Length);
        return text.ToString();
    }
}
