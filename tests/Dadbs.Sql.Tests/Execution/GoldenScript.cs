using System.Runtime.CompilerServices;
using System.Text;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Tests.Execution;

/// <summary>
/// A script of statements with what they print: rows (columns joined by |), the command tag, or the error with its code, detail, hint and position. Scripts under
/// Execution/Scripts were recorded from PostgreSQL 15, so an expectation is changed there only with a reason beside it.
/// </summary>
public static class GoldenScript
{
    /// <summary>Runs a script's statements in one database; gives the script as it would have to be.</summary>
    public static string Replay(string script, TestDatabase database, Func<TestDatabase, string, string> run)
    {
        StringBuilder output = new();
        StringBuilder sql = new();
        bool inExpectation = false;
        foreach (string line in script.Split('\n'))
        {
            if (inExpectation)
            {
                inExpectation = line.Length > 0;
                if (!inExpectation) output.Append('\n');
                continue;
            }

            if (line == "----")
            {
                output.Append(sql).Append("----\n").Append(run(database, sql.ToString().TrimEnd('\n')));
                sql.Clear();
                inExpectation = true;
            }
            else if (line.StartsWith('#'))
            {
                output.Append(line).Append('\n');
            }
            else if (line.Length > 0)
            {
                sql.Append(line).Append('\n');
            }
        }

        return output.ToString();
    }

    /// <summary>Reads a script beside the tests, by its path from the test project.</summary>
    public static string Read(string path, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", path));

    /// <summary>Rows, tag, or error.</summary>
    public static string RunStatement(TestDatabase database, string sql)
    {
        StringBuilder text = new();
        try
        {
            List<string?[]> rows = database.Query(sql, out string tag);
            foreach (string?[] row in rows) text.AppendJoin('|', row.Select(value => value ?? "NULL")).Append('\n');
            text.Append(tag).Append('\n');
        }
        catch (SqlException error)
        {
            text.Append($"ERROR {error.State.Code}: {error.Message}\n");
            if (error.Detail is { } detail) text.Append($"DETAIL: {detail.Replace("\n", "\\n", StringComparison.Ordinal)}\n");
            if (error.Hint is { } hint) text.Append($"HINT: {hint.Replace("\n", "\\n", StringComparison.Ordinal)}\n");
            if (error.Position is { } position) text.Append($"POSITION: {position + 1}\n");
        }

        return text.ToString();
    }

    /// <summary>The plan of a query without costs; anything else is run.</summary>
    public static string RunExplain(TestDatabase database, string sql) =>
        SqlParser.Parse(sql)[0].Syntax is QuerySyntax or ModificationSyntax { Returning.Count: 0 } and not InsertSyntax
            ? string.Concat(database.Prepare(sql).Explain(false).Select(line => line + "\n"))
            : RunStatement(database, sql);
}
