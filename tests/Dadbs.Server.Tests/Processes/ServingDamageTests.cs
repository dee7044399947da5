using System.Globalization;
using System.Text.Json.Nodes;
using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Server.Tests.Processes;

/// <summary>
/// Bits flip in the files of a node that runs, where neither of its caches has them any more. Whatever is read then is a right answer or an error that says what it is; and the node
/// comes back by itself with what was right.
/// </summary>
[Collection(ProcessCollection.Name)]
public class ServingDamageTests
{
    /// <summary>A slot of a checked file: a sector and its checksum.</summary>
    private const int FlipEveryBytes = 8 * 4096;

    [Fact]
    public async Task A_damaged_page_is_never_an_answer_and_the_node_makes_its_pages_again()
    {
        await using var cluster = await SmallMemoryAsync();
        var node = cluster.Nodes[0];
        await node.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text)");
        for (int i = 0; i < 30; i++)
            await node.ExecuteAsync($"INSERT INTO t SELECT g, md5(g::text) || repeat(' and more', 100) FROM generate_series({i * 1000}, {(i * 1000) + 999}) g");
        await cluster.ConvergedRootAsync();
        Flip(Path.Combine(node.DataDirectory, "state"), "pages.log.*");
        await AssertRightOrCorruptedAsync(node, "SELECT sum(length(note) + ascii(note)) FROM t", await cluster.Nodes[1].ScalarAsync<long>("SELECT sum(length(note) + ascii(note)) FROM t"));
        Assert.Contains("starting again to put it right", node.Errors, StringComparison.Ordinal);
        await AssertWorksAsync(cluster);
    }

    [Fact]
    public async Task A_damaged_block_is_never_an_answer_and_the_node_fetches_it_from_its_peers()
    {
        await using var cluster = await SmallMemoryAsync();
        var node = cluster.Nodes[0];
        await node.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text)");
        for (int i = 0; i < 60; i++) await node.ExecuteAsync($"INSERT INTO t VALUES ({i}, '{new string((char)('a' + (i % 26)), 200_000)}')");
        await cluster.ConvergedRootAsync();
        Flip(Path.Combine(node.DataDirectory, "blocks"), "blocks.log.0");
        await AssertRightOrCorruptedAsync(node, "SELECT count(*) FROM dadbs.blocks WHERE height <= 50", 50);
        Assert.Contains("starting again to put it right", node.Errors, StringComparison.Ordinal);
        Assert.Equal(
            await cluster.Nodes[1].ScalarAsync<string>("SELECT string_agg(digest, ' ' ORDER BY height) FROM dadbs.blocks WHERE height <= 50"),
            await node.ScalarAsync<string>("SELECT string_agg(digest, ' ' ORDER BY height) FROM dadbs.blocks WHERE height <= 50"));
        await AssertWorksAsync(cluster);
        Assert.Empty(Directory.GetDirectories(node.DataDirectory, "blocks.damaged-*"));
    }

    /// <summary>Three of four suffice, so the node's own restart stops nobody; its memory is as small as it can be configured.</summary>
    private static async Task<Cluster> SmallMemoryAsync()
    {
        var cluster = await Cluster.InitialiseAsync(4);
        string file = Path.Combine(cluster.Nodes[0].DataDirectory, "dadbs.json");
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        foreach (string key in (string[])["page_cache_mb", "dirty_pages_mb", "checkpoint_mb"]) configuration[key] = 4;
        configuration["store_memory_mb"] = 8;
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>In the older half: what is newest is in memory still.</summary>
    private static void Flip(string directory, string pattern)
    {
        foreach (string file in Directory.GetFiles(directory, pattern))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            Assert.True(stream.Length > 8L * FlipEveryBytes);
            for (long at = 4 * FlipEveryBytes; at < stream.Length / 2; at += FlipEveryBytes)
            {
                stream.Position = at;
                int old = stream.ReadByte();
                stream.Position = at;
                stream.WriteByte((byte)(old ^ 4));
            }
        }
    }

    /// <summary>Asks until the answer is right; before that there are errors only: damage by its name, or that the node is not there just now.</summary>
    private static async Task AssertRightOrCorruptedAsync(NodeProcess node, string sql, long right)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(90);
        bool failed = false;
        while (true)
        {
            try
            {
                Assert.Equal(right, await node.ScalarAsync<long>(sql));
                Assert.True(failed, "the damage was not met");
                return;
            }
            catch (PostgresException e)
            {
                Assert.Contains(e.SqlState, (string[])["XX001", "57P01", "57P03"]);
                failed = true;
            }
            catch (NpgsqlException)
            {
                // Nobody listens while the node starts again.
                failed = true;
            }

            Assert.True(DateTime.UtcNow < end, string.Create(CultureInfo.InvariantCulture, $"it did not come back: {node.Errors}"));
            await Task.Delay(100);
        }
    }

    private static async Task AssertWorksAsync(Cluster cluster)
    {
        await cluster.Nodes[0].ExecuteAsync("INSERT INTO t VALUES (1000000, 'after')");
        await cluster.ConvergedRootAsync();
        await cluster.StopAsync();
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", cluster.Nodes[0].DataDirectory]);
        Assert.True(exitCode == 0, errors);
    }
}
