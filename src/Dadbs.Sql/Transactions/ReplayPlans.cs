using Dadbs.Sql.Catalog;
using Dadbs.Sql.Settings;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Plans of the last few texts with parameters that were replayed, found by identity: of the text (<see cref="CarriedTexts"/>), the catalog and the settings. What is not here is asked of the
/// engine, whose cache compares by value; whether a plan comes from here is never noticed, only timed. One thread.
/// </summary>
internal sealed class ReplayPlans
{
    private const int EntriesMax = 16;

    private readonly Entry[] _entries = new Entry[EntriesMax];
    private int _next;

    public PlannedStatement? Find(string text, IReadOnlyList<uint> types, CatalogSnapshot catalog, SessionSettings settings, string user)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            ref readonly Entry entry = ref _entries[i];
            if (ReferenceEquals(entry.Text, text) && ReferenceEquals(entry.Catalog, catalog) && ReferenceEquals(entry.Settings, settings)
                && entry.SettingsVersion == settings.Version && string.Equals(entry.User, user, StringComparison.Ordinal) && Same(entry.Types, types))
            {
                return entry.Plan;
            }
        }

        return null;
    }

    public void Add(string text, IReadOnlyList<uint> types, CatalogSnapshot catalog, SessionSettings settings, string user, PlannedStatement plan)
    {
        // Plans of the database's older catalogs are seldom found again, and would keep them in memory.
        foreach (ref Entry entry in _entries.AsSpan())
        {
            if (entry.Catalog is { } older && !ReferenceEquals(older, catalog) && older.Database.Oid == catalog.Database.Oid) entry = default;
        }

        _entries[_next] = new Entry(text, types, catalog, settings, settings.Version, user, plan);
        _next = (_next + 1) % EntriesMax;
    }

    private static bool Same(IReadOnlyList<uint> left, IReadOnlyList<uint> right)
    {
        if (left.Count != right.Count) return false;
        for (int i = 0; i < left.Count; i++)
        {
            if (left[i] != right[i]) return false;
        }

        return true;
    }

    private readonly record struct Entry(
        string Text, IReadOnlyList<uint> Types, CatalogSnapshot Catalog, SessionSettings Settings, long SettingsVersion, string User, PlannedStatement Plan);
}
