using Npgsql;
using Xunit;

namespace Dadbs.Server.Tests.Wire;

/// <summary>Sequences as a client sees them (docs/transactions.md, "Sequences"): what one client alone sees is what PostgreSQL would give it.</summary>
public sealed class SequenceTests : IAsyncLifetime
{
    private WireHost _host = null!;

    public async Task InitializeAsync() => _host = await WireHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task One_client_counts_without_gaps_in_and_out_of_transactions()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create table t(id serial primary key, n int)");
        var seen = new List<long>();
        for (int i = 0; i < 12; i++)
        {
            bool isExplicit = i % 3 != 0;
            if (isExplicit) await Run(client, "begin");
            seen.Add(await Value(client, "insert into t(n) values (1) returning id"));
            if (isExplicit) await Run(client, "commit");
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Values_survive_rollback_and_failure()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create table t(id serial primary key, n int unique)");
        Assert.Equal(1, await Value(client, "insert into t(n) values (1) returning id"));
        await Run(client, "begin");
        Assert.Equal(2, await Value(client, "insert into t(n) values (2) returning id"));
        await Run(client, "rollback");
        Assert.Equal("23505", await Fails(client, "insert into t(n) values (7), (8), (1)"));
        Assert.Equal(6, await Value(client, "insert into t(n) values (3) returning id"));
        Assert.Equal(6, await Value(client, "select currval('t_id_seq')"));
    }

    [Fact]
    public async Task Setval_in_a_transaction_survives_its_rollback()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create sequence s");
        await Run(client, "begin");
        Assert.Equal(1, await Value(client, "select nextval('s')"));
        Assert.Equal(40, await Value(client, "select setval('s', 40)"));
        Assert.Equal(41, await Value(client, "select nextval('s')"));
        Assert.Equal(10, await Value(client, "select setval('s', 10, false)"));
        Assert.Equal(10, await Value(client, "select nextval('s')"));
        await Run(client, "rollback");
        Assert.Equal(11, await Value(client, "select nextval('s')"));
        Assert.Equal("22003", await Fails(client, "select setval('s', 0)"));
    }

    [Fact]
    public async Task A_transaction_sees_the_sequence_that_it_made_or_restarted()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create table t(id serial primary key, n int); insert into t(n) values (1), (2)");
        await Run(client, "begin");
        Assert.Equal(3, await Value(client, "insert into t(n) values (3) returning id"));
        await Run(client, "truncate t restart identity");
        Assert.Equal(1, await Value(client, "insert into t(n) values (4) returning id"));
        await Run(client, "create table u(id int generated always as identity, n int)");
        Assert.Equal(1, await Value(client, "insert into u(n) values (1) returning id"));
        Assert.Equal(5, await Value(client, "select setval('u_id_seq', 5)"));
        Assert.Equal(6, await Value(client, "insert into u(n) values (1) returning id"));
        await Run(client, "commit");
        Assert.Equal(2, await Value(client, "insert into t(n) values (5) returning id"));
        Assert.Equal(7, await Value(client, "insert into u(n) values (1) returning id"));
    }

    [Fact]
    public async Task A_statement_of_many_rows_takes_what_it_needs_at_once()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create table t(id serial primary key, n int)");
        await Run(client, "begin");
        await Run(client, "insert into t(n) values " + string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"({i})")));
        await Run(client, "insert into t(n) select g from generate_series(1, 500) g");
        await Run(client, "commit");
        Assert.Equal(3500, await Value(client, "select count(*) from t where id between 1 and 3500"));
        Assert.Equal(3501, await Value(client, "insert into t(n) values (0) returning id"));
    }

    [Fact]
    public async Task Transactions_side_by_side_never_meet_the_same_value()
    {
        await using (NpgsqlConnection client = await _host.OpenAsync()) await Run(client, "create table t(id serial primary key, n int)");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            await using NpgsqlConnection client = await _host.OpenAsync();
            for (int i = 0; i < 25; i++)
            {
                await Run(client, "begin");
                await Value(client, $"insert into t(n) values ({n}) returning id");
                await Run(client, i % 5 == 0 ? "rollback" : "commit");
            }
        }));
        await using NpgsqlConnection reader = await _host.OpenAsync();
        Assert.Equal(160, await Value(reader, "select count(distinct id) from t"));
    }

    [Fact]
    public async Task Another_roles_sequence_is_not_given_away()
    {
        await using NpgsqlConnection client = await _host.OpenAsync();
        await Run(client, "create sequence s; create role eve login");
        await Run(client, "set role eve");
        Assert.Equal("42501", await Fails(client, "select nextval('s')"));
        await Run(client, "begin");
        Assert.Equal("42501", await Fails(client, "select setval('s', 3)"));
    }

    private static async Task Run(NpgsqlConnection client, string text)
    {
        await using var command = new NpgsqlCommand(text, client);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Value(NpgsqlConnection client, string text)
    {
        await using var command = new NpgsqlCommand(text, client);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> Fails(NpgsqlConnection client, string text) =>
        (await Assert.ThrowsAsync<PostgresException>(() => Run(client, text))).SqlState;
}
