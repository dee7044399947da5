using System.Globalization;
using Npgsql;

namespace Dadbs.Server.Tests.Isolation;

/// <summary>
/// Plays an anomaly's script, line by line. A statement that has not answered after <paramref name="patience"/> is taken to wait for another session, whose lines go on; its
/// own next line waits for it. Session k is connected to server k modulo their number.
/// </summary>
/// <param name="servers">Connection strings.</param>
/// <param name="patience">Too short only makes more statements run at a time, which no level may mind.</param>
internal sealed class AnomalyRunner(IReadOnlyList<string> servers, TimeSpan patience)
{
    private readonly string _prefix = $"anomaly_{Guid.NewGuid():N}_";

    /// <summary>Makes a table for each run before the first: a definition would end upper-level transactions that run beside it.</summary>
    public async Task PrepareAsync(int count)
    {
        string text = string.Concat(Enumerable.Range(0, count).Select(i => $"create table {_prefix}{i} (id int primary key, value int); insert into {_prefix}{i} values (1, 10), (2, 20);"));
        await ExecuteAsync(servers[0], text);
        foreach (string server in servers.Skip(1))
        {
            await using var other = new NpgsqlConnection(server);
            await other.OpenAsync();
            await using var rows = new NpgsqlCommand($"select count(*) from pg_class where relname = '{_prefix}{count - 1}'", other);
            while (await rows.ExecuteScalarAsync() is not 1L) await Task.Delay(10);
        }
    }

    public Task CleanUpAsync(int count) => ExecuteAsync(servers[0], string.Concat(Enumerable.Range(0, count).Select(i => $"drop table {_prefix}{i};")));

    /// <param name="anomaly">What is played.</param>
    /// <param name="level">As BEGIN names it.</param>
    /// <param name="number">Which of the prepared tables; each is used once.</param>
    public async Task<Transcript> RunAsync(Anomaly anomaly, string level, int number)
    {
        string table = _prefix + number.ToString(CultureInfo.InvariantCulture);
        var transcript = new Transcript();
        var sessions = new Dictionary<int, Session>();
        foreach (string line in anomaly.Script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int session = line[0] - '0';
            if (!sessions.ContainsKey(session)) sessions[session] = await Session.BeginAsync(session, servers[(session - 1) % servers.Count], level, transcript);
        }

        foreach (string line in anomaly.Script.Replace("{t}", table, StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line[3..].TrimEnd('\r').Split(" -> ");
            await Task.WhenAny(sessions[line[0] - '0'].Continue(parts[0], parts.ElementAtOrDefault(1)), Task.Delay(patience));
        }

        foreach (Session session in sessions.Values) await session.EndAsync();
        await using var after = new NpgsqlConnection(servers[0]);
        await after.OpenAsync();
        await CatchUpAsync(table);
        transcript.Final = await RowsAsync(after, $"select id, value from {table} order by id");
        return transcript;
    }

    /// <summary>The first server may be behind those that committed last: a write of its own comes after a write of each of them.</summary>
    private async Task CatchUpAsync(string table)
    {
        foreach (string server in servers.Reverse()) await ExecuteAsync(server, $"update {table} set value = value where false");
    }

    private static async Task ExecuteAsync(string server, string text)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> RowsAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt32(0)}={reader.GetInt32(1)}"));
        return string.Join(' ', rows);
    }

    private sealed class Session(int number, NpgsqlConnection connection, Transcript transcript)
    {
        private Task _last = Task.CompletedTask;
        private bool _ended;

        public static async Task<Session> BeginAsync(int number, string server, string level, Transcript transcript)
        {
            var connection = new NpgsqlConnection(server);
            await connection.OpenAsync();
            await using var begin = new NpgsqlCommand($"begin isolation level {level}", connection);
            await begin.ExecuteNonQueryAsync();
            return new Session(number, connection, transcript);
        }

        public Task Continue(string statement, string? read) => _last = RunAsync(_last, statement, read);

        public async Task EndAsync()
        {
            await _last;
            await connection.DisposeAsync();
        }

        private async Task RunAsync(Task before, string statement, string? read)
        {
            await before;
            if (_ended) return;
            try
            {
                if (read is not null)
                {
                    transcript.Read(read, await RowsAsync(connection, statement));
                    return;
                }

                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
                if (statement == "commit") transcript.Commit(number);
                _ended = statement is "commit" or "rollback";
            }
            catch (PostgresException failure)
            {
                transcript.Fail(failure.SqlState);
                _ended = true;
                if (statement == "commit") return;
                await using var rollback = new NpgsqlCommand("rollback", connection);
                await rollback.ExecuteNonQueryAsync();
            }
        }
    }
}
