using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql;

/// <summary>
/// All that one execution of a statement can see: the state it reads, the overlay it may write, the catalog, the parameters, and the seams. The base class holds the captured
/// inputs (clock, seed, settings, budget).
/// </summary>
public sealed class StatementContext : EvaluationContext
{
    /// <summary>Null until the first.</summary>
    private List<SqlNotice>? _notices;

    /// <summary>What is read: a snapshot, or an overlay over one.</summary>
    public required IReadView State { get; init; }

    /// <summary>Where writes go; null in a read-only execution, in which a writing statement fails with 25006.</summary>
    public Overlay? Writable { get; init; }

    /// <summary>The catalog as of <see cref="State"/>. Definition statements replace it in <see cref="Writable"/>, not here.</summary>
    public required CatalogSnapshot Descriptors { get; init; }

    /// <summary>The values of $1, $2, … in the types of <see cref="PreparedStatement.ParameterTypes"/>.</summary>
    public Datum[] Parameters { get; set; } = [];

    public IRowLocks Locks { get; init; } = NoRowLocks.Instance;

    public IScratchStore Scratch { get; init; } = MemoryScratchStore.Instance;

    /// <summary>The rows of a virtual relation (pg_catalog, information_schema, dadbs) by its OID.</summary>
    public Func<uint, IVirtualRelation?>? VirtualRelations { get; init; }

    /// <summary>The public key that signed the transaction: CREATE ROLE registers it for the new role. Empty outside a transaction.</summary>
    public byte[] SigningKey { get; init; } = [];

    /// <summary>The transaction's deferred constraints; null: every constraint is checked with its statement.</summary>
    public DeferredConstraints? Deferred { get; set; }

    /// <summary>Monotonic nanoseconds of this machine, for EXPLAIN ANALYZE's answer and nothing else; null where nobody reads the answer.</summary>
    public Func<long>? Nanoseconds { get; set; }

    /// <summary>Counts of the plan's nodes; null unless EXPLAIN ANALYZE runs the statement.</summary>
    internal PlanMeasures? Measures { get; set; }

    /// <summary>What the statement owes to constraints so far; null until it writes a table that has one which is not settled row by row.</summary>
    internal ConstraintQueue? ConstraintEvents { get; set; }

    /// <summary>
    /// xmin of the rows that the statement writes: its transaction's. A hash, so it is made once, when the first row is written.
    /// </summary>
    internal uint Xmin
    {
        get
        {
            // 0 is no transaction's.
            if (field == 0) field = TransactionIds.XminOf(TransactionSeed ?? throw new InvalidOperationException("a row is written by a transaction, which has a seed"));
            return field;
        }
    }

    /// <summary>NOTICE, WARNING and the like that the statement raises, in order.</summary>
    public List<SqlNotice> Notices => _notices ??= [];

    /// <summary>Buffers in which rows are encoded, of whoever runs one statement after the other.</summary>
    internal RowScratch RowScratch
    {
        get => field ??= new RowScratch();
        set;
    }

    /// <summary>Where operators that choose rows note their choice, or in a replay find it; null outside of explicit transactions.</summary>
    public KeyCapture? KeyCapture { get; set; }

    /// <summary>Where locking reads of an explicit transaction under READ COMMITTED assert the rows that they return; null elsewhere.</summary>
    public RowAssertions? Assertions { get; set; }

    /// <summary>Rows without a key of their own get an id that the replay will replace (<see cref="LocalTransaction"/>).</summary>
    public bool GivesProvisionalRowIds { get; set; }

    /// <summary>True where every node executes the same statement: hash operators never spill, local relations are refused.</summary>
    public bool IsReplicated { get; init; }

    /// <summary>This context with a plan's nodes counted.</summary>
    internal StatementContext Measured(PlanMeasures measures)
    {
        StatementContext measured = Clone();
        measured.Measures = measures;
        return measured;
    }

    /// <summary>A context for a statement that this one runs inside itself, with parameters and rights of its own.</summary>
    internal StatementContext Inner(Datum[] parameters, string user)
    {
        StatementContext inner = Clone();
        inner.Parameters = parameters;
        inner.CurrentUser = user;
        inner.Measures = null;
        return inner;
    }

    /// <summary>What is made when it is first asked for is made before: one list of notices, one stream of random values.</summary>
    private StatementContext Clone()
    {
        _notices ??= [];
        _ = Random;
        return (StatementContext)MemberwiseClone();
    }
}
