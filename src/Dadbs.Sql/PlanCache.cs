using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// Plans by all that they depend on: text, parameter types, search path, settings that change how literals are read, catalog version (statistics are part of the catalog). Bounded: the least recently used go first.
/// Whether a plan comes from here or is made anew is never noticed, only timed.
/// </summary>
internal sealed class PlanCache
{
    private const int EntriesMax = 2048;

    /// <summary>Longer texts (bulk INSERTs) are seldom sent twice.</summary>
    private const int TextLengthMax = 16_384;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, PreparedStatement Plan)>> _entries = [];
    private readonly LinkedList<(Key Key, PreparedStatement Plan)> _recent = [];

    /// <summary>Everything that binding may look at, compared by value.</summary>
    internal readonly record struct Key(
        string Text, int Start, ParameterKey Parameters, string SearchPath, uint Database, CatalogVersion Catalog,
        DateStyle DateStyle, DateOrder DateOrder, IntervalStyle IntervalStyle, string TimeZone);

    /// <summary>Parameter types by OID (0: to be inferred): up to four in place, which makes no garbage; more as text.</summary>
    internal readonly record struct ParameterKey(int Count, UInt128 Packed, string? Text)
    {
        public static ParameterKey Of(ReadOnlySpan<SqlType?> types)
        {
            if (types.Length > 4) return new ParameterKey(types.Length, 0, string.Join(',', types.ToArray().Select(type => type?.Oid ?? 0)));
            UInt128 packed = 0;
            foreach (SqlType? type in types) packed = (packed << 32) | (type?.Oid ?? 0);
            return new ParameterKey(types.Length, packed, null);
        }
    }

    public static Key KeyOf(string text, ParsedStatement statement, ReadOnlySpan<SqlType?> types, PlanningContext context)
    {
        TypeSettings settings = context.TypeSettings;
        return new Key(
            text, statement.Start, ParameterKey.Of(types), context.SearchPath.EffectiveText, context.Catalog.Database.Oid, context.Catalog.Version,
            settings.DateStyle, settings.DateOrder, settings.IntervalStyle, settings.TimeZone.Name);
    }

    public PreparedStatement? Find(Key key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<(Key Key, PreparedStatement Plan)>? node)) return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Plan;
        }
    }

    public void Add(Key key, PreparedStatement plan)
    {
        if (key.Text.Length > TextLengthMax) return;
        lock (_lock)
        {
            if (_entries.ContainsKey(key)) return;
            _entries.Add(key, _recent.AddFirst((key, plan)));
            if (_entries.Count <= EntriesMax) return;
            _entries.Remove(_recent.Last!.Value.Key);
            _recent.RemoveLast();
        }
    }
}
