using System.Buffers;
using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.Execution;

/// <summary>The engine alone over a state in memory: genesis, then one statement after the other, each seeing what came before.</summary>
public sealed class TestDatabase : IDisposable
{
    private const uint Database = WellKnownOids.DadbsDatabase;

    private readonly StateStore _store;
    private readonly CatalogCache _catalogs = new([]);
    private readonly SqlEngine _engine = new();
    private readonly TestSequences _sequences = new();
    private Overlay _overlay;
    private long _height;

    public TestDatabase()
    {
        _store = StateStore.Open(new StateStoreOptions(), new MemoryPageStore(), null);
        _overlay = new Overlay(_store.Current);
        GenesisState.Create(_overlay, new GenesisOptions { ValidatorKeys = [] });
        Publish();
    }

    public SqlEngine Engine => _engine;

    public IReadView State => _overlay;

    public PlanningContext Planning
    {
        get
        {
            CatalogSnapshot catalog = _catalogs.Get(_overlay, Database);
            return new PlanningContext { Catalog = catalog, SearchPath = SearchPath.Parse(SearchPath.DefaultSetting, "dadbs"), TypeSettings = TypeSettings.Default };
        }
    }

    /// <summary>Moves what the overlay holds into the trees, as a block's end does.</summary>
    public void Publish()
    {
        _store.Apply(_overlay.ToChangeSet(), _height++);
        _overlay = new Overlay(_store.Current);
    }

    public PreparedStatement Prepare(string sql, params SqlType?[] types) => _engine.Prepare(sql, SqlParser.Parse(sql)[0], types, Planning);

    public StatementContext NewContext(params Datum[] parameters)
    {
        PlanningContext planning = Planning;
        return new StatementContext
        {
            State = _overlay,
            TransactionSeed = new byte[32],
            Writable = _overlay,
            Descriptors = planning.Catalog,
            Parameters = parameters,
            TypeSettings = planning.TypeSettings,
            Sequences = _sequences,
            VirtualRelations = _catalogs.VirtualRelation,
        };
    }

    /// <summary>Runs all statements of a text; gives the rows of the last one, values as text, NULL as null.</summary>
    public List<string?[]> Query(string sql) => Query(sql, out _);

    public List<string?[]> Query(string sql, out string tag)
    {
        tag = "";
        List<string?[]> rows = [];
        foreach (ParsedStatement statement in SqlParser.Parse(sql))
        {
            rows.Clear();
            tag = Run(sql, statement, rows);
        }

        return rows;
    }

    /// <summary>Runs all statements of a text; gives the last one's command tag.</summary>
    public string Execute(string sql)
    {
        string tag = "";
        foreach (ParsedStatement statement in SqlParser.Parse(sql)) tag = Run(sql, statement, []);
        return tag;
    }

    public void Dispose() => _store.Dispose();

    private string Run(string sql, ParsedStatement parsed, List<string?[]> rows)
    {
        PreparedStatement statement = _engine.Prepare(sql, parsed, [], Planning);
        if (!statement.IsExecutable) return statement.Kind.ToString();
        StatementContext context = NewContext();
        int mark = _overlay.Mark();
        try
        {
            using StatementCursor cursor = statement.Open(context);
            while (cursor.MoveNext()) rows.Add(Format(cursor.Current, statement.Columns, context.TypeSettings));
            return cursor.CommandTag;
        }
        catch
        {
            _overlay.RollbackTo(mark);
            throw;
        }
    }

    private static string?[] Format(ReadOnlySpan<Datum> row, RowDescription? columns, TypeSettings settings)
    {
        string?[] values = new string?[row.Length];
        ArrayBufferWriter<byte> text = new();
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i].IsNull) continue;
            text.ResetWrittenCount();
            columns!.Columns[i].Type.Type.Operations.FormatText(row[i], text, settings);
            values[i] = Encoding.UTF8.GetString(text.WrittenSpan);
        }

        return values;
    }

    /// <summary>Counters from 1 in memory.</summary>
    private sealed class TestSequences : ISequenceSource
    {
        private readonly Dictionary<uint, long> _values = [];
        private uint _last;

        public long Next(uint sequenceOid)
        {
            _last = sequenceOid;
            return _values[sequenceOid] = _values.GetValueOrDefault(sequenceOid) + 1;
        }

        public long Current(uint sequenceOid) => _values[sequenceOid];

        public long Last() => _values[_last];

        public void Set(uint sequenceOid, long value, bool isCalled) => _values[sequenceOid] = isCalled ? value : value - 1;
    }
}
