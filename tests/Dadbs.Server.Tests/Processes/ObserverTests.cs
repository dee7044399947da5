using Dadbs.ClusterHarness;

namespace Dadbs.Server.Tests.Processes;

/// <summary>A node in no validator slot, as a process beside four validators (rule L4).</summary>
[Collection(ProcessCollection.Name)]
public class ObserverTests
{
    [Fact]
    public async Task An_observer_reads_and_writes_goes_on_without_its_first_validator_and_verifies()
    {
        await using var cluster = await Cluster.InitialiseAsync(4, 1, default);
        await cluster.StartAsync();
        var observer = cluster.Observers[0];
        await observer.StartAsync();
        await observer.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY, note text)");
        await observer.ExecuteAsync("INSERT INTO t VALUES (1, 'by the observer')");
        Assert.Equal(1L, await observer.ScalarAsync<long>("SELECT count(*) FROM t"));
        foreach (var node in cluster.Nodes) await AwaitRowsAsync(node, 1);
        Assert.True(await observer.ScalarAsync<bool>("SELECT validator IS NULL FROM dadbs.node"));

        await cluster.Nodes[0].KillAsync();
        for (int i = 2; i <= 5; i++) await observer.ExecuteAsync($"INSERT INTO t VALUES ({i}, 'still')");
        await AwaitRowsAsync(cluster.Nodes[1], 5);

        await observer.KillAsync();
        await cluster.Nodes[2].ExecuteAsync("INSERT INTO t VALUES (6, 'meanwhile')");
        await observer.StartAsync();
        await AwaitRowsAsync(observer, 6);
        Assert.Equal(0, await observer.StopAsync());
        var (exitCode, _, errors) = await NodeProcess.RunAsync(["verify", "--data-dir", observer.DataDirectory]);
        Assert.True(exitCode == 0, errors);
    }

    private static async Task AwaitRowsAsync(NodeProcess node, long rows)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (await node.ScalarAsync<long>("SELECT count(*) FROM t") != rows)
        {
            Assert.True(DateTime.UtcNow < end, $"{node.DataDirectory} does not follow: {node.Errors}");
            await Task.Delay(50);
        }
    }
}
