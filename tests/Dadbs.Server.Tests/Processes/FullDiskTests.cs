using Dadbs.ClusterHarness;
using Npgsql;

namespace Dadbs.Server.Tests.Processes;

/// <summary>A test that mounts a file system; where the machine refuses that it says so. Its twin without a mount runs on every Linux.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly string? Refusal = LittleDisk.WhyNotMounted();

    public MountFactAttribute() => Skip = Refusal;
}

/// <summary>Its twin.</summary>
public sealed class FileLimitFactAttribute : FactAttribute
{
    public FileLimitFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "the limit of another process is set on Linux";
}

/// <summary>
/// A node as its clients see it when its disk has no room: reads go on, writes end in 53100, and with room again a start makes it a node like any other. What must never happen: that anything acknowledged
/// is missing afterwards. (What the node says to its peers then: FullDiskTests of Dadbs.Replication.Tests.)
/// </summary>
[Collection(ProcessCollection.Name)]
public class FullDiskTests
{
    private const string DiskFull = "53100";
    private const string OutcomeUnknown = "40003";

    [MountFact]
    public Task A_node_on_a_full_file_system_answers_reads_and_refuses_writes_until_it_is_started_with_room() => OneOfFourAsync(LittleDisk.Mounted);

    [FileLimitFact]
    public Task A_node_whose_files_may_not_grow_answers_reads_and_refuses_writes_until_it_is_started_with_room() => OneOfFourAsync(LittleDisk.Limited);

    [MountFact]
    public Task A_validator_that_fills_its_file_system_loses_nothing_that_it_acknowledged() => FilledByItselfAsync(LittleDisk.Mounted);

    [FileLimitFact]
    public Task A_validator_whose_files_reach_their_limit_loses_nothing_that_it_acknowledged() => FilledByItselfAsync(LittleDisk.Limited);

    private static async Task OneOfFourAsync(Func<NodeProcess, LittleDisk> create)
    {
        await using var cluster = await Cluster.InitialiseAsync(4);
        var node = cluster.Nodes[3];
        await using var disk = create(node);
        await cluster.StartAsync();
        await node.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY)");
        int written = 0;
        while (written < 10) await node.ExecuteAsync($"INSERT INTO t VALUES ({written++})");

        disk.Leave(0);
        while (await node.ScalarAsync<bool>("SELECT stopped_because IS NULL FROM dadbs.node"))
            await cluster.Nodes[written % 3].ExecuteAsync($"INSERT INTO t VALUES ({written++})");
        Assert.InRange(await node.ScalarAsync<long>("SELECT count(*) FROM t"), 10, written);
        Assert.Equal(DiskFull, await TryAsync(node, $"INSERT INTO t VALUES ({written})"));
        Assert.Equal(DiskFull, await TryAsync(node, $"BEGIN; INSERT INTO t VALUES ({written}); COMMIT"));
        Assert.Null(await TryAsync(node, $"BEGIN; INSERT INTO t VALUES ({written}); ROLLBACK"));
        Assert.InRange(await node.ScalarAsync<long>("SELECT count(*) FROM t"), 10, written);
        await cluster.Nodes[0].ExecuteAsync($"INSERT INTO t VALUES ({written++})");
        disk.MakeRoom();
        Assert.Equal(0, await node.StopAsync());
        await node.StartAsync();
        await node.ExecuteAsync($"INSERT INTO t VALUES ({written++})");
        await cluster.ConvergedRootAsync();
        Assert.Equal(written, await node.ScalarAsync<long>("SELECT count(*) FROM t"));
        await AssertVerifiedAsync(cluster, node);
    }

    private static async Task FilledByItselfAsync(Func<NodeProcess, LittleDisk> create)
    {
        const int rowBytes = 100_000;
        await using var cluster = await Cluster.InitialiseAsync(1);
        var node = cluster.Nodes[0];
        await using var disk = create(node);
        await cluster.StartAsync();
        await node.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text)");
        disk.Leave(10_000_000);
        var acknowledged = new List<int>();
        string? refusal = null;
        for (int id = 0; refusal is null; id++)
        {
            refusal = await TryAsync(node, $"SET dadbs.commit_timeout = '5s'; INSERT INTO t VALUES ({id}, '{new string((char)('a' + (id % 26)), rowBytes)}')");
            if (refusal is null) acknowledged.Add(id);
        }

        Assert.NotEmpty(acknowledged);
        Assert.Contains(refusal, (string[])[DiskFull, OutcomeUnknown]);
        Assert.Equal(DiskFull, await TryAsync(node, "INSERT INTO t VALUES (-1, '')"));
        Assert.Equal(acknowledged.Count, await node.ScalarAsync<long>($"SELECT count(*) FROM t WHERE length(note) = {rowBytes} AND note = repeat(chr(97 + id % 26), {rowBytes}) AND id <= {acknowledged[^1]}"));

        disk.MakeRoom();
        Assert.Equal(0, await node.StopAsync());
        await node.StartAsync();
        await node.ExecuteAsync("INSERT INTO t VALUES (-2, '')");
        Assert.Equal(acknowledged.Count, await node.ScalarAsync<long>($"SELECT count(*) FROM t WHERE note = repeat(chr(97 + id % 26), {rowBytes}) AND id <= {acknowledged[^1]}"));
        Assert.Equal(0L, await node.ScalarAsync<long>("SELECT count(*) FROM t WHERE id = -1"));
        await AssertVerifiedAsync(cluster, node);
    }

    /// <summary>The SQLSTATE that the statements end with; null: they succeed.</summary>
    private static async Task<string?> TryAsync(NodeProcess node, string sql)
    {
        try
        {
            await node.ExecuteAsync(sql);
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    private static async Task AssertVerifiedAsync(Cluster cluster, NodeProcess node)
    {
        await cluster.StopAsync();
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", node.DataDirectory]);
        Assert.True(exitCode == 0, errors);
    }
}
