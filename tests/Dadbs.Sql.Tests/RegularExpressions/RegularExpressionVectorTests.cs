using System.Text;
using Dadbs.Sql.Tests.Execution;

namespace Dadbs.Sql.Tests.RegularExpressions;

/// <summary>
/// Statements with PostgreSQL 15's answers (LC_CTYPE C), rows as psql prints them unaligned: what differs is either a bug or named in
/// <see cref="Differences"/>.
/// </summary>
public sealed class RegularExpressionVectorTests : IDisposable
{
    /// <summary>Statements whose answers differ on purpose, with the reason.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal);

    private readonly TestDatabase _database = new();

    [Fact]
    public void Answers_are_those_of_PostgreSQL()
    {
        var wrong = new StringBuilder();
        var lines = Read("regular-expressions.tsv");
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var fields = line.Split('\t');
            var (statement, expected) = (Decode(fields[0]), Decode(fields[1]));
            var actual = Answer(statement);
            if (actual != expected && !Differences.ContainsKey(statement))
                wrong.Append(statement).Append("\n  expected ").Append(expected).Append("\n  got      ").AppendLine(actual);
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    public void Dispose() => _database.Dispose();

    private string Answer(string statement)
    {
        try
        {
            var rows = _database.Query(statement);
            return rows.Count == 0 ? "(none)" : string.Join('\n', rows.Select(row => string.Join('|', row.Select(value => value ?? "NULL"))));
        }
        catch (SqlException refusal)
        {
            return $"ERROR {refusal.State.Code} {refusal.Message}";
        }
    }

    private static string[] Read(string name)
    {
        using var stream = typeof(RegularExpressionVectorTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Decode(string field)
    {
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                text.Append(field[i]);
                continue;
            }
            i++;
            text.Append(field[i] switch
            {
                'n' => '\n',
                't' => '\t',
                var other => other,
            });
        }
        return text.ToString();
    }
}
