using Dadbs.ClusterHarness;
using Dadbs.Server.Tests.Processes;
using Npgsql;

namespace Dadbs.Server.Tests.Isolation;

/// <summary>Sessions on two of four real nodes. On one node the second withdrawal waits for the first; here nobody waits, and COMMIT tells.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ClusterIsolationTests
{
    /// <summary>Never may both withdraw 80 from 100, look, see 20, and commit.</summary>
    [Fact]
    public async Task Of_two_that_withdraw_and_look_on_two_nodes_one_commits()
    {
        await using Cluster cluster = await Cluster.InitialiseAsync(4);
        await cluster.StartAsync();
        await cluster.Nodes[0].ExecuteAsync("CREATE TABLE account (id integer PRIMARY KEY, balance integer); INSERT INTO account VALUES (1, 100), (2, 100), (3, 100)");
        await cluster.ConvergedRootAsync();
        (int id, string level)[] rounds = [(1, "READ COMMITTED"), (2, "REPEATABLE READ"), (3, "SERIALIZABLE")];
        foreach ((int id, string level) in rounds)
        {
            await using NpgsqlConnection one = await cluster.Nodes[0].ConnectAsync();
            await using NpgsqlConnection other = await cluster.Nodes[1].ConnectAsync();
            Assert.Equal(20, await WithdrawAsync(one, id, level));
            Assert.Equal(20, await WithdrawAsync(other, id, level));
            string?[] failures = await Task.WhenAll(CommitAsync(one), CommitAsync(other));
            Assert.Equal("40001", Assert.Single(failures, f => f is not null));
            await cluster.ConvergedRootAsync();
            Assert.Equal(20, await cluster.Nodes[2].ScalarAsync<int>($"SELECT balance FROM account WHERE id = {id}"));
        }
    }

    private static async Task<int> WithdrawAsync(NpgsqlConnection connection, int id, string level)
    {
        await using var withdraw = new NpgsqlCommand($"BEGIN ISOLATION LEVEL {level}; UPDATE account SET balance = balance - 80 WHERE id = {id}", connection);
        await withdraw.ExecuteNonQueryAsync();
        await using var look = new NpgsqlCommand($"SELECT balance FROM account WHERE id = {id}", connection);
        return (int)(await look.ExecuteScalarAsync())!;
    }

    /// <summary>The SQLSTATE of its failure; null where it committed.</summary>
    private static async Task<string?> CommitAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var commit = new NpgsqlCommand("COMMIT", connection);
            await commit.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException failure)
        {
            return failure.SqlState;
        }
    }
}
