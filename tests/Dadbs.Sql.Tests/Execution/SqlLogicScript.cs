using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Execution;

/// <summary>One record of a sqllogictest file: a statement that must succeed or fail, or a query with its expected values.</summary>
public sealed record SqlLogicRecord(int Line, string Sql, bool IsQuery, bool ExpectsError, string Types, string Sort, IReadOnlyList<string> Expected);

/// <summary>Reads and checks files of SQLite's sqllogictest, as label postgresql.</summary>
public static class SqlLogicScript
{
    private const string Label = "postgresql";

    public static IEnumerable<SqlLogicRecord> Read(string text)
    {
        string[] lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        int at = 0;
        while (at < lines.Length)
        {
            bool skip = false;
            while (at < lines.Length && (lines[at].Length == 0 || lines[at][0] == '#')) at++;
            while (at < lines.Length && (lines[at].StartsWith("skipif ", StringComparison.Ordinal) || lines[at].StartsWith("onlyif ", StringComparison.Ordinal)))
            {
                string[] condition = lines[at].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                skip |= (condition[0] == "skipif") == (condition[1] == Label);
                at++;
            }

            if (at >= lines.Length) yield break;
            int start = at;
            string[] head = lines[at++].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (head.Length == 0) continue;
            if (head[0] == "halt")
            {
                if (!skip) yield break;
                continue;
            }

            if (head[0] is not ("statement" or "query")) continue;
            StringBuilder sql = new();
            while (at < lines.Length && lines[at].Length > 0 && lines[at] != "----") sql.AppendLine(lines[at++]);
            List<string> expected = [];
            if (at < lines.Length && lines[at] == "----")
            {
                at++;
                while (at < lines.Length && lines[at].Length > 0) expected.Add(lines[at++]);
            }

            if (skip) continue;
            bool isQuery = head[0] == "query";
            yield return new SqlLogicRecord(
                start + 1, sql.ToString(), isQuery, !isQuery && head[1] == "error", isQuery ? head[1] : "", isQuery && head.Length > 2 ? head[2] : "nosort", expected);
        }
    }

    /// <summary>Null when the record passes; what went wrong otherwise.</summary>
    public static string? Check(SqlLogicRecord record, TestDatabase database)
    {
        try
        {
            List<string?[]> rows = database.Query(record.Sql);
            if (record.ExpectsError) return "should have failed";
            return record.IsQuery ? Compare(record, rows) : null;
        }
        catch (SqlException error)
        {
            return record.ExpectsError ? null : $"{error.State.Code} {error.Message}";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error.ToString();
        }
    }

    private static string? Compare(SqlLogicRecord record, List<string?[]> rows)
    {
        List<string[]> rendered = [];
        foreach (string?[] row in rows)
        {
            string[] values = new string[row.Length];
            for (int i = 0; i < values.Length; i++) values[i] = Render(row[i], i < record.Types.Length ? record.Types[i] : 'T');
            rendered.Add(values);
        }

        if (record.Sort == "rowsort") rendered.Sort(static (a, b) => CompareRows(a, b));
        List<string> flat = [.. rendered.SelectMany(row => row)];
        if (record.Sort == "valuesort") flat.Sort(StringComparer.Ordinal);
        if (record.Expected is [{ } only] && only.Contains(" values hashing to ", StringComparison.Ordinal))
        {
            string[] parts = only.Split(' ');
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(flat.Select(value => value + "\n")));
#pragma warning disable CA5351 // The format's own checksum.
            string hash = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
            if (int.Parse(parts[0], CultureInfo.InvariantCulture) == flat.Count && parts[^1] == hash) return null;
            return $"expected {only}, got {flat.Count} values hashing to {hash}: {string.Join(",", flat.Take(12))}";
        }

        return flat.SequenceEqual(record.Expected) ? null : $"expected {string.Join(",", record.Expected.Take(12))}, got {string.Join(",", flat.Take(12))}";
    }

    private static int CompareRows(string[] left, string[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            int order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0) return order;
        }

        return 0;
    }

    private static string Render(string? value, char type)
    {
        if (value is null) return "NULL";
        switch (type)
        {
            case 'I':
                if (value is "t" or "f") return value == "t" ? "1" : "0";
                return decimal.TryParse(value, CultureInfo.InvariantCulture, out decimal number) ? ((long)Math.Truncate(number)).ToString(CultureInfo.InvariantCulture) : "0";
            case 'R':
                return double.Parse(value, CultureInfo.InvariantCulture).ToString("F3", CultureInfo.InvariantCulture);
            default:
                if (value.Length == 0) return "(empty)";
                return string.Concat(value.Select(c => c is < ' ' or > '~' ? '@' : c));
        }
    }
}
