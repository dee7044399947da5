using Dadbs.ClusterHarness;
using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Sql.Catalog;

namespace Dadbs.Server.Tests.Processes;

/// <summary>
/// A validator submits what it has no right to. Three of the four nodes are processes, the fourth lives in the test; each of them must refuse the same transactions, with
/// equal roots, and go on.
/// </summary>
[Collection(ProcessCollection.Name)]
public class RefusedTransactionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_transaction_with_a_wrong_role_or_expiry_fails_on_every_node()
    {
        await using var cluster = await Cluster.InitialiseAsync(4);
        NodeProcess[] processes = [.. cluster.Nodes.Take(3)];
        var starts = processes.Select(n => n.StartAsync()).ToArray();
        await using var outside = await OutsideValidator.StartAsync(cluster.Nodes[3]);
        await Task.WhenAll(starts);
        await processes[0].ExecuteAsync("CREATE ROLE alice LOGIN; CREATE TABLE t (who text PRIMARY KEY)");
        uint alice = await processes[0].ScalarAsync<uint>("SELECT oid FROM pg_roles WHERE rolname = 'alice'");

        PendingTransaction good = outside.Prepare(WellKnownOids.SuperuserRole, Insert("granted"));
        var submitted = new List<(string Id, string Status)>
        {
            (await outside.SubmitAsync(outside.Prepare(4711, Insert("a role that does not exist"))), "failed"),

            // CREATE ROLE registered the key of the node where it was said, and no other.
            (await outside.SubmitAsync(outside.Prepare(alice, Insert("a role of another key"))), "failed"),
            (await outside.SubmitAsync(outside.Prepare(WellKnownOids.SuperuserRole, Insert("expired"), life: TimeSpan.FromSeconds(-1))), "failed"),
            (await outside.SubmitAsync(outside.Prepare(WellKnownOids.SuperuserRole, body: [1, 2, 3])), "failed"),
            (await outside.SubmitAsync(good), "committed"),
        };
        await outside.SubmitAsync(good);
        string last = await outside.SubmitAsync(outside.Prepare(WellKnownOids.SuperuserRole, Insert("last")));
        submitted.Add((last, "committed"));

        foreach (var node in processes)
        {
            foreach (var (id, status) in submitted) Assert.Equal(status, await StatusAsync(node, id));
            Assert.Equal("granted,last", await node.ScalarAsync<string>("SELECT string_agg(who, ',' ORDER BY who) FROM t"));
            Assert.True(await node.ScalarAsync<bool>($"SELECT count(*) > 0 FROM dadbs.transactions WHERE status = 'duplicate' AND id = '{submitted[4].Id}'"));
        }

        Assert.All(submitted, s => Assert.Equal(s.Status == "committed" ? Receipt.Committed : Receipt.Failed, outside.ReceiptOf(s.Id)));
        foreach (var node in processes) await node.ExecuteAsync($"INSERT INTO t VALUES ('from {node.Port}')");
        await AssertOneRootAsync(processes, outside);
        Assert.Null(outside.Failure);

        // What a node has forgotten by a restart it finds in its block log.
        await processes[1].StopAsync();
        await processes[1].StartAsync();
        foreach (var (id, status) in submitted)
            Assert.Equal(status == "failed" ? "aborted" : status, await processes[1].ScalarAsync<string>($"SELECT dadbs.transaction_status('{id}')"));
        Assert.Equal("unknown", await processes[1].ScalarAsync<string>($"SELECT coalesce(dadbs.transaction_status('{new string('0', 64)}'), 'unknown')"));
    }

    [Fact]
    public async Task A_transaction_with_a_wrong_signature_is_acknowledged_and_executed_by_no_node()
    {
        await using var cluster = await Cluster.InitialiseAsync(4);
        NodeProcess[] processes = [.. cluster.Nodes.Take(3)];
        await Task.WhenAll(processes.Select(n => n.StartAsync()));
        await processes[0].ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY)");
        await using var forger = new ForgingValidator(cluster.Nodes[3]);
        await EventuallyAsync(() => Task.FromResult(forger.IsLinked), "the links did not come up");

        // What the key signed is taken by all and ordered, though its body means nothing: the batches themselves are in order. Who acknowledges one, nobody needs to hear once it is ordered.
        string good = forger.SendBatch(WellKnownOids.SuperuserRole, [1]);
        foreach (var node in processes)
            await EventuallyAsync(async () => await node.ScalarAsync<bool>($"SELECT dadbs.transaction_status('{good}') IS NOT DISTINCT FROM 'aborted'"), $"the node on port {node.Port} did not take a good batch");

        using var stranger = NodeKey.Generate();
        string id = forger.SendBatch(WellKnownOids.SuperuserRole, [2], signer: stranger);
        foreach (var node in processes)
        {
            await EventuallyAsync(async () => await node.ScalarAsync<long>("SELECT refused_transactions FROM dadbs.node") == 1, $"the node on port {node.Port} did not refuse it");
            await node.ExecuteAsync($"INSERT INTO t VALUES ({node.Port})");
        }

        await EventuallyAsync(async () => (await RootsAsync(processes)).Distinct().Count() == 1, "the nodes did not converge");
        foreach (var node in processes)
        {
            Assert.Equal(3L, await node.ScalarAsync<long>("SELECT count(*) FROM t"));
            Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT count(*) FROM dadbs.transactions WHERE id = '{id}'"));
        }

        Assert.DoesNotContain(forger.Acknowledged.Keys, k => k.Position == 2);
    }

    private static string Insert(string who) => $"INSERT INTO t VALUES ('{who}')";

    /// <summary>How a node says that it ended; its view of the chain is a moment behind its execution.</summary>
    private static async Task<string> StatusAsync(NodeProcess node, string id)
    {
        string sql = $"SELECT coalesce(max(status), '') FROM dadbs.transactions WHERE id = '{id}' AND status <> 'duplicate'";
        await EventuallyAsync(async () => (await node.ScalarAsync<string>(sql)).Length > 0, $"transaction {id} did not come to the node on port {node.Port}");
        return await node.ScalarAsync<string>(sql);
    }

    private static Task<string[]> RootsAsync(IEnumerable<NodeProcess> nodes) =>
        Task.WhenAll(nodes.Select(n => n.ScalarAsync<string>("SELECT executed_height || ' ' || state_root FROM dadbs.node")));

    private static Task AssertOneRootAsync(NodeProcess[] processes, OutsideValidator outside) => EventuallyAsync(
        async () =>
        {
            var roots = await RootsAsync(processes);
            var state = outside.State;
            return roots.Append($"{state.Height} {state.Root.ToHex()}").Distinct().Count() == 1;
        },
        "the nodes did not converge");

    private static async Task EventuallyAsync(Func<Task<bool>> condition, string otherwise)
    {
        var end = DateTime.UtcNow + Limit;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, otherwise);
            await Task.Delay(50);
        }
    }
}
