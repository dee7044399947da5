using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.SystemCatalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>What the binding of one statement shares: its slots, its parameters, and what it found the statement to do.</summary>
public sealed class BindingContext(PlanningContext planning, ParameterTypes parameters)
{
    private readonly List<RelationLock> _locks = [];
    private int _runs;
    private int _choices;
    private Coercion? _coercion;

    public PlanningContext Planning { get; } = planning;

    /// <summary>How literals are read: the settings, with names of relations and types looked up in the catalog that the plan is made for.</summary>
    public TypeSettings TypeSettings { get; } = planning.TypeSettings with { Catalog = new CatalogLookup(planning.Catalog, planning.SearchPath) };

    public ParameterTypes Parameters { get; } = parameters;

    public SlotAllocator Slots { get; } = new();

    public Coercion Coercion => _coercion ??= new Coercion(Parameters, TypeSettings);

    /// <summary>How many run states (subqueries, common tables) the statement has.</summary>
    public int RunCount => _runs;

    /// <summary>A function that changes state is called: nextval, setval, set_config.</summary>
    public bool CallsWritingFunction { get; private set; }

    /// <summary>A volatile function is called: equal calls may differ, so they must not be merged, moved or skipped.</summary>
    public bool CallsVolatileFunction { get; private set; }

    /// <summary>A function is called whose time depends on what it is given, or that waits or looks around in the store.</summary>
    public bool CallsLongFunction { get; private set; }

    /// <summary>A relation of this node alone that is read (dadbs.peers, pg_stat_activity): other nodes cannot execute the statement from its text.</summary>
    public VirtualTableDescriptor? LocalRelation { get; set; }

    /// <summary>Relations that the statement itself names: the current role must be allowed to use them. What a view reads is its owner's business.</summary>
    public List<RelationDescriptor> Relations { get; } = [];

    /// <summary>Tables used, views looked through, each once, in its strongest mode.</summary>
    public IReadOnlyList<RelationLock> RelationLocks => _locks;

    /// <summary>A row-locking clause is in it.</summary>
    public bool LocksRows { get; set; }

    /// <summary>How many views deep the binder is.</summary>
    internal int ViewDepth { get; set; }

    /// <summary>Notes what relation names and stars of the text turned out to be; null unless someone asks (CREATE VIEW does).</summary>
    internal NameReferences? References { get; set; }

    /// <summary>Literals that become parameters of the plan; null in the ordinary way.</summary>
    internal Shapes.LiteralLifting? Lifting { get; init; }

    public int NextRun() => _runs++;

    /// <summary>A number for a table whose rows are chosen: see <see cref="Transactions.CapturedKeys.Place"/>.</summary>
    public int NextChoice() => _choices++;

    /// <summary>OIDs of the sequences that nextval and setval are called on by name, those of defaults included.</summary>
    public SortedSet<uint> Sequences { get; } = [];

    /// <summary>Notes the use of a table.</summary>
    internal void Lock(RelationDescriptor relation, TableLockMode mode)
    {
        if (relation is not TableDescriptor) return;
        int at = _locks.FindIndex(known => known.Oid == relation.Oid);
        if (at < 0) _locks.Add(new RelationLock(relation.Oid, relation.Name, mode));
        else if (mode > _locks[at].Mode) _locks[at] = _locks[at] with { Mode = mode };
    }

    /// <summary>Notes a call, for the statement's volatility.</summary>
    internal void Note(FunctionDescriptor function, IReadOnlyList<BoundExpression> arguments)
    {
        CallsLongFunction |= !function.IsBrief;
        if (function.Volatility != Volatility.Volatile) return;
        CallsVolatileFunction = true;
        if (function.Name is not ("nextval" or "setval")) return;
        CallsWritingFunction = true;
        if (arguments is [BoundConstant { Value.IsNull: false } sequence, ..]) Sequences.Add(sequence.Value.AsUInt32);
    }
}
