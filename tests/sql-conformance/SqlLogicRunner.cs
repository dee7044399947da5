using Npgsql;

namespace Dadbs.SqlConformance;

/// <summary>Runs the records of a file on one connection, in order, values asked for as text.</summary>
internal sealed class SqlLogicRunner(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>What went wrong; null when the record passed. <paramref name="actual"/> are the lines that a recording would write.</summary>
    public async Task<(string? Failure, List<string>? Actual)> RunAsync(SqlLogicRecord record)
    {
        try
        {
            var rows = await QueryAsync(record.Sql);
            if (record.Expectation is Expectation.Error) return ("should have failed", null);
            if (record.Expectation is not Expectation.Rows expected) return (null, null);
            var actual = SqlLogicValues.Render(rows, expected);
            return (actual.SequenceEqual(expected.Lines) ? null : $"expected {Some(expected.Lines)}, got {Some(actual)}", actual);
        }
        catch (PostgresException error)
        {
            if (record.Expectation is Expectation.Error { State: var state }) return (state is null || state == error.SqlState ? null : $"expected {state}, got {error.SqlState} {error.MessageText}", null);
            return ($"{error.SqlState} {error.MessageText}", null);
        }
    }

    private async Task<List<string?[]>> QueryAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            rows.Add(row);
        }

        return rows;
    }

    private static string Some(IReadOnlyList<string> lines) => string.Join(" | ", lines.Take(20)) + (lines.Count > 20 ? $" … ({lines.Count})" : "");

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
