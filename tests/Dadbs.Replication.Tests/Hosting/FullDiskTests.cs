using Dadbs.Replication.Tests.Peers;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>
/// A node whose disk has no room for a write says nothing more and writes nothing more, but is still there to be read; the others go on, and with room again it catches up.
/// (A flush that fails ends the node: `A_failed_flush_ends_the_node_and_nothing_more_is_said`.)
/// </summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_whose_disk_is_full_stops_taking_part_and_can_be_read(bool inVoteLog)
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        TestNode full = cluster.Nodes[3];
        var ids = new List<Hash256> { await full.SubmitAsync("before") };
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
        (inVoteLog ? full.VoteLog : full.BlockLog).IsFull = true;

        while (full.Node.Status.StoppedBecause is null)
            ids.Add(await cluster.Nodes[ids.Count % 3].SubmitAsync($"goes on {ids.Count}"));
        await TestCluster.AssertAgreed(cluster.Nodes[..3], ids);
        Assert.Contains("no space left", full.Node.Status.StoppedBecause, StringComparison.Ordinal);
        Assert.False(full.Node.Status.IsSigning);
        Assert.Empty(full.Failures);
        await Assert.ThrowsAsync<DiskFullException>(() => full.SubmitAsync("no room"));
        Assert.Equal(cluster.Nodes[0].Machine.RootAt(full.Node.Status.Executed.Height), full.Node.Status.Executed.StateRoot);
        await PeerNetworkTests.Eventually(() => !full.Node.HasQuorum);

        // The turn in which the block log failed may have been said still: what it said was on disk before.
        int said = full.VoteLog.Read(0).Count();
        ids.Add(await cluster.Nodes[0].SubmitAsync("without it"));
        await TestCluster.AssertAgreed(cluster.Nodes[..3], ids);
        Assert.Equal(said, full.VoteLog.Read(0).Count());

        (full.VoteLog, full.BlockLog) = (full.VoteLog.Crash(), full.BlockLog.Crash());
        await full.RestartAsync();
        ids.Add(await full.SubmitAsync("room again"));
        await TestCluster.AssertAgreed(cluster.Nodes, ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_ends_a_node_ends_one_whose_disk_is_full_too_but_closing_does_not(bool isDamage)
    {
        await using TestCluster cluster = await TestCluster.StartAsync(4);
        TestNode full = cluster.Nodes[3];
        using var entered = new ManualResetEventSlim();
        using var fails = new ManualResetEventSlim();
        Exception failure = isDamage ? new CorruptionException("a page is damaged") : new ObjectDisposedException("link");
        full.Machine.Executing = () =>
        {
            entered.Set();
            fails.Wait();
            throw failure;
        };
        for (int i = 0; !entered.IsSet; i++)
            await cluster.Nodes[i % 3].SubmitAsync($"before {i}");
        full.VoteLog.IsFull = true;
        for (int i = 0; full.Node.Status.StoppedBecause is null; i++)
            await cluster.Nodes[i % 3].SubmitAsync($"goes on {i}");

        Assert.Empty(full.Failures);
        fails.Set();
        await full.StopAsync();
        Assert.Equal(isDamage ? [failure] : [], full.Failures);
    }
}
