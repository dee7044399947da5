using System.Buffers;
using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.SystemCatalog;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.SystemCatalog;

/// <summary>The engine over a state in memory, with pg_catalog and information_schema in it.</summary>
internal sealed class CatalogDatabase : IDisposable
{
    private readonly StateStore _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
    private readonly CatalogCache _catalogs = new(SystemRelationSet.Create());
    private readonly SqlEngine _engine = new();
    private readonly Overlay _overlay;

    public CatalogDatabase(string script = "")
    {
        _overlay = new Overlay(_store.Current);
        GenesisState.Create(_overlay, new GenesisOptions { ValidatorKeys = [] });
        Query(script);
    }

    /// <summary>Runs all statements; gives the rows of the last, values as text joined by '|', NULL as nothing.</summary>
    public List<string> Query(string script)
    {
        List<string> rows = [];
        foreach (var statement in SqlParser.Parse(script))
        {
            var catalog = _catalogs.Get(_overlay, WellKnownOids.DadbsDatabase);
            var path = SearchPath.Parse(SearchPath.DefaultSetting, "dadbs");
            var lookup = new CatalogLookup(catalog, path);
            var types = TypeSettings.Default with { Catalog = lookup };
            var prepared = _engine.Prepare(script, statement, [], new PlanningContext { Catalog = catalog, SearchPath = path, TypeSettings = types });
            var context = new StatementContext
            {
                State = _overlay,
                TransactionSeed = new byte[32],
                Writable = _overlay,
                Descriptors = catalog,
                TypeSettings = types,
                Catalog = lookup,
                SearchPath = path.Named,
                Settings = new SessionSettings(),
                VirtualRelations = _catalogs.VirtualRelation,
            };
            rows = [];
            using var cursor = prepared.Open(context);
            while (cursor.MoveNext()) rows.Add(Show(cursor.Current, prepared, types));
        }

        return rows;
    }

    private static string Show(ReadOnlySpan<Datum> row, PreparedStatement prepared, TypeSettings settings)
    {
        var text = new ArrayBufferWriter<byte>();
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0) text.Write("|"u8);
            if (!row[i].IsNull) prepared.Columns!.Columns[i].Type.Type.Operations.FormatText(row[i], text, settings);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public void Dispose() => _store.Dispose();
}
