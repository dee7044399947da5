using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>A query, INSERT, UPDATE or DELETE with its plan.</summary>
internal sealed class PlannedStatement(Func<StatementContext, StatementCursor> open) : PreparedStatement
{
    public required PhysicalOperator Plan { get; init; }

    public IReadOnlyList<(string Heading, PhysicalOperator Plan)> Subplans { get; init; } = [];

    /// <summary>What the statement names: see <see cref="Binding.BindingContext.Relations"/>.</summary>
    public IReadOnlyList<RelationDescriptor> Relations { get; init; } = [];

    public override bool IsExecutable => true;

    public override StatementCursor Open(StatementContext context)
    {
        Ownership.RequireUse(Relations, context);
        if (!IsReadOnly && context.Writable is null)
        {
            string verb = Kind == StatementKind.Query ? "nextval()" : Kind.ToString().ToUpperInvariant();
            throw new SqlException(SqlState.ReadOnlySqlTransaction, $"cannot execute {verb} in a read-only transaction");
        }

        return open(context);
    }

    public override IReadOnlyList<string> Explain(bool costs)
    {
        PlanPrinter printer = new(costs);
        Describe(printer);
        return printer.Lines;
    }

    /// <summary>Lets the plan and those of its subqueries describe themselves.</summary>
    public void Describe(PlanPrinter printer)
    {
        printer.Plan(Plan);
        foreach ((string heading, PhysicalOperator plan) in Subplans) printer.Subplan(heading, plan);
    }
}

/// <summary>A definition or maintenance statement, bound and executed in its first step; or one that the session executes itself.</summary>
internal sealed class UtilityStatement : PreparedStatement
{
    public override bool IsExecutable => DefinitionOperator.Handles(Syntax);

    public override StatementCursor Open(StatementContext context) => IsExecutable
        ? DefinitionOperator.Open(Syntax, context)
        : throw new SqlException(SqlState.FeatureNotSupported, $"{StatementNames.Of(Syntax)} is not supported", Syntax.Position);

    public override IReadOnlyList<string> Explain(bool costs) => ["Utility statements have no plan structure"];
}

/// <summary>The top line of a modification's plan in EXPLAIN; the modification itself is executed by its operator.</summary>
internal sealed class ModificationLine(string title, PhysicalOperator? source) : PhysicalOperator
{
    /// <summary>Where rows come from; for one row of VALUES a node that is shown and never opened.</summary>
    public PhysicalOperator Source { get; } = source ?? new Execution.Operators.OneRowOperator(null);

    public bool HasSource { get; } = source is not null;

    protected override Cursor Begin(ExecutionState state) => throw new System.Diagnostics.UnreachableException();

    public override void Explain(PlanPrinter printer)
    {
        printer.Node(title, this);
        printer.Child(Source);
    }
}

/// <summary>One execution of a query.</summary>
internal sealed class QueryCursor : StatementCursor
{
    private readonly ExecutionState _state;
    private readonly Cursor _cursor;
    private readonly int[] _outputs;
    private readonly Datum[]? _row;
    private long _count;

    public QueryCursor(PhysicalOperator plan, int[] outputs, int slotCount, StatementContext context)
    {
        _state = new ExecutionState(context, slotCount);
        _cursor = plan.Open(_state);
        _outputs = outputs;
        _row = AreAdjacent(outputs) ? null : new Datum[outputs.Length];
    }

    public override ReadOnlySpan<Datum> Current => _row ?? (_outputs.Length == 0 ? [] : _state.Slots.AsSpan(_outputs[0], _outputs.Length));

    public override string CommandTag => $"SELECT {_count}";

    public override long RowCount => _count;

    public override bool MoveNext()
    {
        if (!_cursor.MoveNext()) return false;
        _count++;
        if (_row is null) return true;
        for (int i = 0; i < _row.Length; i++) _row[i] = _state.Slots[_outputs[i]];
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _cursor.Dispose();
        base.Dispose(disposing);
    }

    private static bool AreAdjacent(int[] slots)
    {
        for (int i = 1; i < slots.Length; i++)
        {
            if (slots[i] != slots[0] + i) return false;
        }

        return true;
    }
}
