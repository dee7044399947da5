using Npgsql;
using NpgsqlTypes;

namespace Dadbs.Server.Tests.Wire;

/// <summary>Npgsql as an application uses it: type loading, CRUD, batches, transactions, prepared statements, binary parameters, COPY.</summary>
public sealed class NpgsqlTests : IAsyncLifetime
{
    private WireHost _host = null!;
    private NpgsqlConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _host = await WireHost.StartAsync();
        _connection = await _host.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Creates_reads_updates_and_deletes()
    {
        await ExecuteAsync("create table people (id serial primary key, name text not null, born date, score numeric(10,2))");
        await using (var insert = new NpgsqlCommand("insert into people (name, born, score) values (@n, @b, @s) returning id", _connection))
        {
            insert.Parameters.AddWithValue("n", "Ada");
            insert.Parameters.AddWithValue("b", new DateOnly(1815, 12, 10));
            insert.Parameters.AddWithValue("s", 99.5m);
            Assert.Equal(1, await insert.ExecuteScalarAsync());
        }

        Assert.Equal(1, await ExecuteAsync("update people set score = score + 0.25 where name = 'Ada'"));
        await using (var select = new NpgsqlCommand("select id, name, born, score from people", _connection))
        await using (NpgsqlDataReader reader = await select.ExecuteReaderAsync())
        {
            Assert.True(await reader.ReadAsync());
            Assert.Equal((1, "Ada", new DateOnly(1815, 12, 10), 99.75m), (reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), reader.GetDecimal(3)));
            Assert.False(await reader.ReadAsync());
        }

        Assert.Equal(1, await ExecuteAsync("delete from people"));
        Assert.Equal(0L, await ScalarAsync("select count(*) from people"));
    }

    [Fact]
    public async Task A_batch_is_one_transaction()
    {
        await ExecuteAsync("create table b (id int primary key)");
        await using (var batch = new NpgsqlBatch(_connection))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into b values (1)"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into b values (2)"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select count(*) from b"));
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            Assert.Equal(2L, reader.GetInt64(0));
        }

        await using (var failing = new NpgsqlBatch(_connection))
        {
            failing.BatchCommands.Add(new NpgsqlBatchCommand("insert into b values (3)"));
            failing.BatchCommands.Add(new NpgsqlBatchCommand("insert into b values (1)"));
            failing.BatchCommands.Add(new NpgsqlBatchCommand("insert into b values (4)"));
            PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => failing.ExecuteNonQueryAsync());
            Assert.Equal(("23505", "b_pkey"), (refused.SqlState, refused.ConstraintName));
        }

        Assert.Equal(2L, await ScalarAsync("select count(*) from b"));
    }

    [Fact]
    public async Task Transactions_commit_and_roll_back_with_savepoints()
    {
        await ExecuteAsync("create table t (id int primary key)");
        await using (NpgsqlTransaction transaction = await _connection.BeginTransactionAsync())
        {
            await ExecuteAsync("insert into t values (1)");
            await transaction.SaveAsync("s");
            await ExecuteAsync("insert into t values (2)");
            Assert.Equal(2L, await ScalarAsync("select count(*) from t"));
            await transaction.RollbackAsync("s");
            await transaction.CommitAsync();
        }

        Assert.Equal(1L, await ScalarAsync("select count(*) from t"));
        await using (NpgsqlTransaction transaction = await _connection.BeginTransactionAsync())
        {
            await ExecuteAsync("delete from t");
            await transaction.RollbackAsync();
        }

        Assert.Equal(1L, await ScalarAsync("select count(*) from t"));
        await using NpgsqlConnection other = await _host.OpenAsync();
        await using (NpgsqlTransaction transaction = await _connection.BeginTransactionAsync())
        {
            await ExecuteAsync("insert into t values (3)");
            await using var outside = new NpgsqlCommand("select count(*) from t", other);
            Assert.Equal(1L, await outside.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task Prepared_statements_run_again_after_a_definition_changed()
    {
        await ExecuteAsync("create table p (id int primary key, v text)");
        await using var insert = new NpgsqlCommand("insert into p values ($1, $2)", _connection);
        insert.Parameters.Add(new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer });
        insert.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text });
        await insert.PrepareAsync();
        for (int i = 0; i < 10; i++)
        {
            insert.Parameters[0].Value = i;
            insert.Parameters[1].Value = "v" + i;
            Assert.Equal(1, await insert.ExecuteNonQueryAsync());
        }

        await using NpgsqlConnection other = await _host.OpenAsync();
        await using (var create = new NpgsqlCommand("create index on p (v)", other))
        {
            await create.ExecuteNonQueryAsync();
        }

        insert.Parameters[0].Value = 10;
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
        await using var select = new NpgsqlCommand("select v from p where id = $1", _connection);
        select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 7 });
        await select.PrepareAsync();
        Assert.Equal("v7", await select.ExecuteScalarAsync());
    }

    public static TheoryData<string, object, NpgsqlDbType> Values() => new()
    {
        { "smallint", (short)-123, NpgsqlDbType.Smallint },
        { "integer", 123456789, NpgsqlDbType.Integer },
        { "bigint", -1234567890123456789L, NpgsqlDbType.Bigint },
        { "numeric", 12345678901234.567890m, NpgsqlDbType.Numeric },
        { "numeric", -0.00001m, NpgsqlDbType.Numeric },
        { "real", 1.25f, NpgsqlDbType.Real },
        { "double precision", -1.0e300, NpgsqlDbType.Double },
        { "text", "naïve – 文字", NpgsqlDbType.Text },
        { "varchar(20)", "varchar", NpgsqlDbType.Varchar },
        { "char(5)", "ab   ", NpgsqlDbType.Char },
        { "boolean", true, NpgsqlDbType.Boolean },
        { "bytea", new byte[] { 0, 1, 255, 92 }, NpgsqlDbType.Bytea },
        { "uuid", Guid.Parse("123e4567-e89b-12d3-a456-426614174000"), NpgsqlDbType.Uuid },
        { "date", new DateOnly(2024, 2, 29), NpgsqlDbType.Date },
        { "timestamp", new DateTime(2024, 2, 29, 12, 34, 56, 789, DateTimeKind.Unspecified), NpgsqlDbType.Timestamp },
        { "timestamptz", new DateTime(1999, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc), NpgsqlDbType.TimestampTz },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_binary_parameter_comes_back_as_it_went(string type, object value, NpgsqlDbType dbType)
    {
        await ExecuteAsync($"create table v (id int primary key, x {type})");
        await using (var insert = new NpgsqlCommand("insert into v values (1, $1), (2, $2)", _connection))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = dbType });
            insert.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = dbType });
            await insert.ExecuteNonQueryAsync();
        }

        Assert.Equal(value, await ScalarAsync("select x from v where id = 1"));
        Assert.Equal(DBNull.Value, await ScalarAsync("select x from v where id = 2"));
        await using var find = new NpgsqlCommand("select id from v where x = $1", _connection);
        find.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = dbType });
        Assert.Equal(1, await find.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Text_COPY_imports_lines()
    {
        await ExecuteAsync("create table c (id int primary key, name text, amount numeric)");
        await using (TextWriter writer = await _connection.BeginTextImportAsync("copy c (id, name, amount) from stdin"))
        {
            for (int i = 0; i < 20_000; i++)
            {
                await writer.WriteAsync($"{i}\tname {i}\t{(i % 3 == 0 ? "\\N" : i + ".5")}\n");
            }
        }

        Assert.Equal(20_000L, await ScalarAsync("select count(*) from c"));
        Assert.Equal("name 19999", await ScalarAsync("select name from c where id = 19999"));
        Assert.Equal(13_333L, await ScalarAsync("select count(amount) from c"));
    }

    [Fact]
    public async Task Many_connections_work_side_by_side()
    {
        await ExecuteAsync("create table m (id int primary key, n int)");
        await ExecuteAsync("insert into m values (1, 0)");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using NpgsqlConnection connection = await _host.OpenAsync();
            for (int i = 0; i < 50; i++)
            {
                await using var command = new NpgsqlCommand("update m set n = n + 1 where id = 1", connection);
                await command.ExecuteNonQueryAsync();
            }
        }));
        Assert.Equal(400, await ScalarAsync("select n from m where id = 1"));
    }

    private async Task<int> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync();
    }
}
