namespace Dadbs.SqlConformance;

/// <summary>
/// Reads the format of SQLite's sqllogictest: records separated by empty lines, <c>statement ok|error [SQLSTATE]</c> or <c>query TYPES [SORT [LABEL]]</c>,
/// the statement, <c>----</c>, one value per line. Conditions: <c>skipif</c> and <c>onlyif</c> with <c>postgresql</c>, whose dialect this is, and <c>dadbs</c>.
/// </summary>
internal static class SqlLogicFile
{
    public static IEnumerable<SqlLogicRecord> Read(string[] lines, bool isDadbs)
    {
        var at = 0;
        while (true)
        {
            while (at < lines.Length && (lines[at].Length == 0 || lines[at][0] == '#')) at++;
            if (at >= lines.Length) yield break;
            var skipped = false;
            while (lines[at].StartsWith("skipif ", StringComparison.Ordinal) || lines[at].StartsWith("onlyif ", StringComparison.Ordinal))
            {
                var words = Words(lines[at++]);
                var isUs = words[1] == "postgresql" || (words[1] == "dadbs" && isDadbs);
                skipped |= (words[0] == "skipif") == isUs;
            }

            var head = Words(lines[at]);
            if (head[0] == "halt")
            {
                if (!skipped) yield break;
                at++;
                continue;
            }

            var record = ReadRecord(lines, ref at, head);
            if (record is not null && !skipped) yield return record;
        }
    }

    private static SqlLogicRecord? ReadRecord(string[] lines, ref int at, string[] head)
    {
        var line = ++at;
        if (head[0] is not ("statement" or "query")) return null;
        var sql = new List<string>();
        while (at < lines.Length && lines[at].Length > 0 && lines[at] != "----") sql.Add(lines[at++]);
        var hasRows = at < lines.Length && lines[at] == "----";
        var from = hasRows ? at + 1 : at;
        at = from;
        while (hasRows && at < lines.Length && lines[at].Length > 0) at++;
        Expectation expectation = head switch
        {
            ["query", var types, .. var rest] => new Expectation.Rows(types, rest.Length > 0 ? rest[0] : "nosort", lines[from..at]),
            ["statement", "error", .. var rest] => new Expectation.Error(rest.Length > 0 ? rest[0] : null),
            _ => new Expectation.Success(),
        };
        return new SqlLogicRecord(line, string.Join('\n', sql), expectation, from, at);
    }

    private static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
