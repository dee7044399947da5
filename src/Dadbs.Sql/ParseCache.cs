using Dadbs.Sql.Parsing;

namespace Dadbs.Sql;

/// <summary>Parses of texts that came lately, for statements that arrive as text again and again: those of carried transactions.</summary>
internal sealed class ParseCache
{
    private const int EntriesMax = 1024;
    private const int TextLengthMax = 16_384;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ParsedStatement> _entries = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The one statement of a text; 42601 if there are several or none.</summary>
    public ParsedStatement Get(string text)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(text, out ParsedStatement? known)) return known;
        }

        if (SqlParser.Parse(text) is not [ParsedStatement parsed]) throw new SqlException(SqlState.SyntaxError, "one statement is expected");
        if (text.Length > TextLengthMax) return parsed;
        lock (_lock)
        {
            if (!_entries.TryAdd(text, parsed)) return parsed;
            _order.Enqueue(text);
            if (_order.Count > EntriesMax) _entries.Remove(_order.Dequeue());
        }

        return parsed;
    }
}
