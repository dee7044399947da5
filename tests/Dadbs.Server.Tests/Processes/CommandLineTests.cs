using System.Text.Json.Nodes;
using Dadbs.ClusterHarness;

namespace Dadbs.Server.Tests.Processes;

/// <summary>Exit codes and one-line reasons of <c>dadbs</c>, as docs/command-line.md promises them.</summary>
[Collection(ProcessCollection.Name)]
public sealed class CommandLineTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dadbs-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("start --port nonsense")]
    [InlineData("init --nodes 4")]
    [InlineData("init --nodes 0 --out x")]
    [InlineData("demo --nodes 1000")]
    public async Task Wrong_usage_is_exit_2(string arguments)
    {
        var (exitCode, _, errors) = await NodeProcess.RunAsync(arguments.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.NotEmpty(errors);
    }

    [Theory]
    [InlineData("""{ "port": 0 }""", "port")]
    [InlineData("""{ "prot": 5432 }""", "prot")]
    [InlineData("""{ "listen_address": "0.0.0.0" }""", "listen_address")]
    [InlineData("""{ "store_memory_mb": 33 }""", "store_memory_mb")]
    [InlineData("""{ "dedicated_machine": "perhaps" }""", "dedicated_machine")]
    [InlineData("""{ "port": """, "JSON")]
    public async Task A_configuration_that_makes_no_sense_is_exit_2_and_named(string json, string named)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "dadbs.json"), json);
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["start", "--data-dir", _directory]);
        Assert.Equal(2, exitCode);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    /// <summary>Linux: the policy is field 41 of /proc/PID/task/TID/stat (proc(5)); 3 is SCHED_BATCH, 0 what everything has by default.</summary>
    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "3")]
    public async Task All_threads_of_a_node_on_a_dedicated_machine_are_scheduled_as_batch(bool isDedicated, string policy)
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        NodeProcess node = cluster.Nodes[0];
        string file = Path.Combine(node.DataDirectory, "dadbs.json");
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        configuration["dedicated_machine"] = isDedicated;
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        await cluster.StartAsync();
        await node.ScalarAsync<int>("SELECT 1");
        List<string> policies = [];
        foreach (string task in Directory.GetDirectories($"/proc/{node.ProcessId}/task"))
        {
            try
            {
                policies.Add((await File.ReadAllTextAsync(Path.Combine(task, "stat"))).Split(") ")[^1].Split(' ')[38]);
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        Assert.InRange(policies.Count, 5, 500);
        Assert.Equal([policy], policies.Distinct());
    }

    [Fact]
    public async Task Verify_of_nothing_is_exit_1()
    {
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", _directory]);
        Assert.Equal(1, exitCode);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Status_of_nobody_is_exit_1()
    {
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["status", "--port", "1"]);
        Assert.Equal(1, exitCode);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_data_directory_has_one_owner_and_a_running_one_is_not_verified()
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        await cluster.StartAsync();
        string directory = cluster.Nodes[0].DataDirectory;
        var second = await NodeProcess.RunAsync(["start", "--data-dir", directory, "--port", "1"]);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("in use", second.Errors, StringComparison.Ordinal);
        var verify = await NodeProcess.RunAsync(["verify", "--data-dir", directory]);
        Assert.Equal(1, verify.ExitCode);
        Assert.Equal(0, await cluster.Nodes[0].StopAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_exit_1_and_named()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["start", "--data-dir", _directory, "--port", $"{port}"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{port}", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Init_does_not_touch_nodes_that_exist()
    {
        Assert.Equal(0, (await NodeProcess.RunAsync(["init", "--nodes", "1", "--out", _directory])).ExitCode);
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["init", "--nodes", "1", "--out", _directory]);
        Assert.Equal(1, exitCode);
        Assert.Contains("holds a node already", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_missing_vote_log_beside_data_is_exit_1()
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        await cluster.StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id integer)");
        await cluster.StopAsync();
        Directory.Delete(Path.Combine(cluster.Nodes[0].DataDirectory, "votes"), recursive: true);
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["start", "--data-dir", cluster.Nodes[0].DataDirectory]);
        Assert.Equal(1, exitCode);
        Assert.Contains("vote log", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_a_flipped_byte_in_the_block_log()
    {
        await using var cluster = await Cluster.InitialiseAsync(1);
        await cluster.StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text)");
        for (int i = 0; i < 20; i++) await cluster.Nodes[0].ExecuteAsync($"INSERT INTO t VALUES ({i}, 'findable-{i}')");
        await cluster.StopAsync();
        Assert.Equal(0, (await NodeProcess.RunAsync(["verify", "--data-dir", cluster.Nodes[0].DataDirectory])).ExitCode);

        FlipByteOf("findable-7"u8, Path.Combine(cluster.Nodes[0].DataDirectory, "blocks"));
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", cluster.Nodes[0].DataDirectory]);
        Assert.Equal(1, exitCode);
        Assert.Single(errors.Trim().Split('\n'));
    }

    private static void FlipByteOf(ReadOnlySpan<byte> text, string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(file);
            int at = bytes.AsSpan().IndexOf(text);
            if (at < 0) continue;
            bytes[at] ^= 1;
            File.WriteAllBytes(file, bytes);
            return;
        }

        Assert.Fail("the text is in no file of the block log");
    }
}
