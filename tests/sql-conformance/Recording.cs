using Npgsql;

namespace Dadbs.SqlConformance;

/// <summary>Rewrites a script's expected lines with what a PostgreSQL server answers.</summary>
internal static class Recording
{
    public static async Task RewriteAsync(string file, string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await NodeFixture.PrepareAsync(connection, "slt_" + Path.GetFileNameWithoutExtension(file).Replace('-', '_'));
        await using var runner = new SqlLogicRunner(connection);
        var lines = await File.ReadAllLinesAsync(file);
        var written = new List<string>();
        var copied = 0;
        foreach (var record in SqlLogicFile.Read(lines, isDadbs: false))
        {
            var (failure, actual) = await runner.RunAsync(record);
            if (actual is null)
            {
                if (failure is not null) throw new InvalidOperationException($"{file}:{record.Line}: {failure}");
                continue;
            }

            written.AddRange(lines[copied..record.ExpectedFrom]);
            if (lines[record.ExpectedFrom - 1] != "----") written.Add("----");
            written.AddRange(actual);
            copied = record.ExpectedTo;
        }

        written.AddRange(lines[copied..]);
        await File.WriteAllLinesAsync(file, written);
    }
}
