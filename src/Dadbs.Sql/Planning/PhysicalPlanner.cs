using System.Diagnostics;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Execution.Operators;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Logical → physical. Goes down the plan with three things: the slots that somebody above reads, the conditions still to be applied (pushed as deep as they go), and the order that would be
/// welcome. The choice is a function of plan and catalog alone. Things start here: <see cref="Plan"/> dispatches; joins have their own part.
/// </summary>
internal sealed partial class PhysicalPlanner
{
    private readonly BindingContext _context;
    private readonly ExpressionCompiler _compiler;
    private readonly List<(string Heading, PhysicalOperator Plan)> _subplans = [];

    public PhysicalPlanner(BindingContext context)
    {
        _context = context;
        _compiler = new ExpressionCompiler(CompileSubquery);
    }

    /// <summary>A planned node and whether it gives the requested order.</summary>
    internal readonly record struct Planned(PhysicalOperator Operator, bool IsOrdered)
    {
        public double Rows => Operator.Rows;

        public double Cost => Operator.Cost;
    }

    public ExpressionCompiler Compiler => _compiler;

    /// <summary>Subquery plans met so far, for EXPLAIN.</summary>
    public IReadOnlyList<(string Heading, PhysicalOperator Plan)> Subplans => _subplans;

    /// <summary>Qualify columns in printouts: more than one relation is read.</summary>
    public bool QualifiesNames { get; private set; }

    /// <summary>Plans a whole query: folded, then planned for these slots.</summary>
    public PhysicalOperator PlanQuery(LogicalPlan plan, IEnumerable<int> needed)
    {
        LogicalPlan folded = Fold(plan);
        QualifiesNames = RelationCount.Of(folded) > 1;
        return Plan(folded, [.. needed], [], null).Operator;
    }

    public LogicalPlan Fold(LogicalPlan plan) => new ConstantFolding(_context.TypeSettings, _context.Lifting).Rewrite(plan);

    public BoundExpression Fold(BoundExpression expression) => new ConstantFolding(_context.TypeSettings, _context.Lifting).Rewrite(expression);

    private Planned Plan(LogicalPlan plan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        switch (plan)
        {
            case LogicalFilter p:
                return Plan(p.Input, needed, [.. SplitAll(p.Conditions), .. filters], order);
            case LogicalProject p:
                return PlanProject(p, needed, filters, order);
            case LogicalOneRow or LogicalScan or LogicalVirtualScan or LogicalFunctionScan or LogicalValues or LogicalJoin:
                return PlanCluster(plan, needed, filters, order);
            case LogicalCommonTableScan p:
                return Filtered(ScanCommonTable(p), filters);
            case LogicalAggregate p:
                return PlanAggregate(p, needed, filters);
            case LogicalWindow p:
                return PlanWindow(p, needed, filters);
            case LogicalDistinct p:
                return PlanDistinct(p, needed, filters, order);
            case LogicalSort p:
                return PlanSort(p, needed, filters, null, null);
            case LogicalLockRows p:
                return PlanLockRows(p, needed, filters);
            case LogicalLimit p:
                return PlanLimit(p, needed, filters);
            case LogicalSetOperation p:
                return PlanSetOperation(p, filters);
            case LogicalProjectSet p:
                return PlanProjectSet(p, needed, filters);
            case LogicalWith p:
                return PlanWith(p, needed, filters);
            case LogicalRecursiveUnion p:
                return Filtered(PlanRecursive(p), filters);
            default:
                throw new UnreachableException(plan.GetType().Name);
        }
    }

    private static List<BoundExpression> SplitAll(IEnumerable<BoundExpression> conditions)
    {
        List<BoundExpression> split = [];
        foreach (BoundExpression condition in conditions) Conjunctions.Split(condition, split);
        return split;
    }

    private static HashSet<int> With(HashSet<int> needed, IEnumerable<BoundExpression> expressions)
    {
        HashSet<int> more = [.. needed];
        foreach (BoundExpression expression in expressions) SlotUsage.Collect(expression, more);
        return more;
    }

    private string Print(IReadOnlyList<BoundExpression> conditions) => ExpressionPrinter.Print(conditions, QualifiesNames);

    /// <summary>Puts conditions on top that could go no deeper.</summary>
    private Planned Filtered(Planned input, List<BoundExpression> filters)
    {
        if (filters.Count == 0) return input;
        double rows = filters.Aggregate(input.Rows, (left, filter) => left * Selectivity.Of(filter));
        return new Planned(new FilterOperator(input.Operator, _compiler.Conditions(Cheapest(filters))!, Print(filters)) { Rows = Math.Max(1, rows), Cost = input.Cost + (input.Rows * 0.1) }, input.IsOrdered);
    }

    /// <summary>Conditions with subqueries are checked last.</summary>
    private static List<BoundExpression> Cheapest(List<BoundExpression> filters) => [.. filters.Where(f => !SubqueryCount.Any(f)), .. filters.Where(SubqueryCount.Any)];

    private Planned PlanProject(LogicalProject plan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        Dictionary<int, BoundExpression> items = [];
        foreach (Projection item in plan.Items) items[item.Slot] = item.Expression;
        List<BoundExpression> pushed = [];
        List<BoundExpression> kept = [];
        foreach (BoundExpression filter in filters)
        {
            IEnumerable<int> read = SlotUsage.Of(filter).Where(items.ContainsKey);
            if (read.All(slot => !VolatileCalls.In(items[slot]) && !SubqueryCount.Any(items[slot]))) pushed.Add(SlotSubstitution.Apply(filter, items));
            else kept.Add(filter);
        }

        HashSet<int> wanted = With(needed, kept);
        Projection[] computed = [.. plan.Items.Where(item => wanted.Contains(item.Slot) || VolatileCalls.In(item.Expression))];
        HashSet<int> below = [.. wanted];
        below.ExceptWith(items.Keys);
        below = With(below, computed.Select(item => item.Expression));
        Planned input = Plan(plan.Input, below, pushed, Through(order, items));
        if (computed.Length == 0) return Filtered(input, kept);
        ProjectOperator project = new(input.Operator, [.. computed.Select(item => item.Slot)], _compiler.Values([.. computed.Select(item => item.Expression)]))
        {
            Rows = input.Rows,
            Cost = input.Cost,
        };
        return Filtered(new Planned(project, input.IsOrdered), kept);
    }

    /// <summary>An order wanted above a projection, in terms of what is beneath; null if a key is computed by it.</summary>
    private static OrderRequest? Through(OrderRequest? order, Dictionary<int, BoundExpression> items)
    {
        if (order is null) return null;
        List<SortKey> keys = [];
        foreach (SortKey key in order.Keys)
        {
            if (!items.TryGetValue(((BoundColumn)key.Expression).Slot, out BoundExpression? expression)) keys.Add(key);
            else if (expression is BoundColumn column) keys.Add(key with { Expression = column });
            else return null;
        }

        return order with { Keys = [.. keys] };
    }

    private static OrderRequest? RequestFor(SortKey[] keys, bool isLimited) =>
        keys.Length > 0 && Array.TrueForAll(keys, key => key.Expression is BoundColumn) ? new OrderRequest(keys, isLimited) : null;

    private Planned PlanSort(LogicalSort plan, HashSet<int> needed, List<BoundExpression> filters, Evaluator? limit, Evaluator? offset)
    {
        // A constant key orders nothing.
        SortKey[] keys = [.. plan.Keys.Where(key => key.Expression is not BoundConstant)];
        HashSet<int> below = With(needed, keys.Select(key => key.Expression));
        Planned input = Plan(plan.Input, below, filters, RequestFor(keys, limit is not null));
        if (input.IsOrdered || keys.Length == 0) return input with { IsOrdered = true };
        HashSet<int> carried = [.. needed];
        carried.IntersectWith(SlotUsage.Produced(plan.Input));
        int[] slots = [.. carried.Order()];
        double sorted = input.Rows * 2;
        SortOperator sort = new(input.Operator, CompileKeys(keys), slots, string.Join(", ", keys.Select(PrintKey)), limit, offset) { Rows = input.Rows, Cost = input.Cost + sorted };
        return new Planned(sort, true);
    }

    private SortColumn[] CompileKeys(SortKey[] keys) =>
        Array.ConvertAll(keys, key => new SortColumn(_compiler.Value(key.Expression), key.Expression.Type.Operations, key.Descending, key.NullsFirst));

    private string PrintKey(SortKey key)
    {
        string text = ExpressionPrinter.Print(key.Expression, QualifiesNames);
        if (key.Descending) text += " DESC";
        if (key.NullsFirst != key.Descending) text += key.NullsFirst ? " NULLS FIRST" : " NULLS LAST";
        return text;
    }

    /// <summary>Conditions go beneath: a row that does not qualify is not locked.</summary>
    private Planned PlanLockRows(LogicalLockRows plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        List<BoundExpression> pushed = [.. filters.Where(filter => !VolatileCalls.In(filter))];
        HashSet<int> below = [.. needed, .. plan.Tables.Select(table => table.KeySlot)];
        Planned input = Plan(plan.Input, below, pushed, null);
        LockRowsOperator locks = new(input.Operator, plan.Tables) { Rows = input.Rows, Cost = input.Cost + (input.Rows * 0.01) };
        return Filtered(new Planned(locks, input.IsOrdered), [.. filters.Except(pushed)]);
    }

    private Planned PlanLimit(LogicalLimit plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        Evaluator? limit = plan.Limit is null ? null : _compiler.Value(plan.Limit);
        Evaluator? offset = plan.Offset is null ? null : _compiler.Value(plan.Offset);
        Planned input;
        if (plan.Input is LogicalSort sort)
        {
            HashSet<int> below = plan.Ties is null ? needed : With(needed, plan.Ties.Select(key => key.Expression));
            bool topN = limit is not null && plan.Ties is null;
            input = PlanSort(sort, below, [], topN ? limit : null, topN ? offset : null);
        }
        else
        {
            input = Plan(plan.Input, needed, [], null);
        }

        double rows = plan.Limit is BoundConstant { Value.IsNull: false } constant ? Math.Min(input.Rows, constant.Value.AsInt64) : input.Rows;
        double fraction = input.Operator is SortOperator ? 1 : Math.Min(1, rows / Math.Max(1, input.Rows));
        PhysicalOperator limited = plan.Ties is null
            ? new LimitOperator(input.Operator, limit, offset) { Rows = rows, Cost = input.Cost * fraction }
            : new TiesOperator(input.Operator, limit, offset, CompileKeys(plan.Ties)) { Rows = rows, Cost = input.Cost };
        return Filtered(new Planned(limited, false), filters);
    }

    private Planned PlanDistinct(LogicalDistinct plan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        List<BoundExpression> pushed = plan.IsOn ? [] : [.. filters.Where(filter => !VolatileCalls.In(filter))];
        List<BoundExpression> kept = [.. filters.Except(pushed)];
        HashSet<int> below = With(With(needed, kept), plan.Keys);
        Planned input = Plan(plan.Input, below, pushed, plan.IsOn ? null : order);
        DistinctOperator distinct = new(input.Operator, _compiler.Values(plan.Keys), Array.ConvertAll(plan.Keys, key => key.Type.Operations), string.Join(", ", plan.Keys.Select(key => ExpressionPrinter.Print(key, QualifiesNames))), plan.IsOn)
        {
            Rows = Math.Max(1, input.Rows * 0.5),
            Cost = input.Cost + input.Rows,
        };
        return Filtered(new Planned(distinct, input.IsOrdered), kept);
    }

    private Planned PlanAggregate(LogicalAggregate plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        HashSet<int> keySlots = [.. plan.Keys.Where(key => key.Expression is BoundColumn column && column.Slot == key.Slot).Select(key => key.Slot)];
        List<BoundExpression> pushed = [];
        List<BoundExpression> kept = [];
        HashSet<int> produced = SlotUsage.Produced(plan);
        foreach (BoundExpression filter in filters)
        {
            HashSet<int> read = SlotUsage.Of(filter);
            read.IntersectWith(produced);
            bool below = read.Count > 0 && keySlots.IsSupersetOf(read) && !VolatileCalls.In(filter);
            (below ? pushed : kept).Add(filter);
        }

        HashSet<int> wanted = With(needed, kept);
        BoundAggregate[] calls = [.. plan.Aggregates.Where(call => wanted.Contains(call.Slot))];
        int[] carried = [.. plan.Carried.Where(wanted.Contains)];
        if (plan.Keys.Length == 0 && TryCountEntries(plan, calls) is { } counted) return Filtered(counted, kept);

        HashSet<int> input = [.. carried];
        foreach (Projection key in plan.Keys) SlotUsage.Collect(key.Expression, input);
        foreach (BoundAggregate call in calls)
        {
            foreach (BoundExpression argument in call.Arguments) SlotUsage.Collect(argument, input);
            foreach (SortKey key in call.OrderBy) SlotUsage.Collect(key.Expression, input);
            if (call.Filter is not null) SlotUsage.Collect(call.Filter, input);
        }

        PhysicalOperator source = plan.Keys.Length == 0 ? TryFirstByIndex(plan.Input, calls, input) ?? Plan(plan.Input, input, pushed, null).Operator : Plan(plan.Input, input, pushed, null).Operator;
        HashAggregateOperator aggregate = new(
            source,
            _compiler.Values([.. plan.Keys.Select(key => key.Expression)]),
            [.. plan.Keys.Select(key => key.Expression.Type.Operations)],
            [.. plan.Keys.Select(key => key.Slot)],
            carried,
            Array.ConvertAll(calls, CompileCall),
            string.Join(", ", plan.Keys.Select(key => ExpressionPrinter.Print(key.Expression, QualifiesNames))))
        {
            Rows = plan.Keys.Length == 0 ? 1 : Math.Max(1, source.Rows * 0.2),
            Cost = source.Cost + source.Rows,
        };
        return Filtered(new Planned(aggregate, false), kept);
    }

    private AggregateCall CompileCall(BoundAggregate call) => new(call.Aggregate, _compiler.Values(call.Arguments), call.Slot)
    {
        Filter = call.Filter is null ? null : _compiler.Condition(call.Filter),
        DistinctTypes = call.IsDistinct ? Array.ConvertAll(call.Arguments, argument => argument.Type.Operations) : null,
        Order = call.IsDistinct && call.OrderBy.Length == 0
            ? Array.ConvertAll(call.Arguments, argument => new SortColumn(_compiler.Value(argument), argument.Type.Operations, false, false))
            : CompileKeys(call.OrderBy),
    };

    /// <summary>count(*) of a whole table.</summary>
    private static Planned? TryCountEntries(LogicalAggregate plan, BoundAggregate[] calls)
    {
        if (plan.Input is not LogicalScan scan || calls.Length == 0) return null;
        if (!calls.All(call => call.Function.Name == "count" && call.Arguments.Length == 0 && call.Filter is null)) return null;
        ScanTarget target = new(scan.Table, scan.Alias, scan.Base, -1, ColumnMask.None, null);
        return new Planned(new CountEntriesOperator(target, [.. calls.Select(call => call.Slot)]), false);
    }

    /// <summary>A lone min or max of an indexed column: the first row in its order.</summary>
    private PhysicalOperator? TryFirstByIndex(LogicalPlan input, BoundAggregate[] calls, HashSet<int> needed)
    {
        if (calls.Length != 1 || calls[0].Function.Name is not ("min" or "max") || calls[0].Filter is not null || calls[0].Arguments is not [BoundColumn column]) return null;
        if (calls[0].Aggregate.SortOperator == 0) return null;
        LogicalPlan below = input is LogicalFilter filter ? filter.Input : input;
        if (below is not LogicalScan) return null;
        bool descending = calls[0].Function.Name == "max";
        SortKey key = new(column, descending, false);
        List<BoundExpression> conditions = input is LogicalFilter f ? SplitAll(f.Conditions) : [];
        conditions.Add(new BoundIsNull(column, true));

        // NULLs are filtered out, so their place in the index does not matter: either is tried.
        foreach (bool nullsFirst in new[] { descending, !descending })
        {
            Planned planned = Plan(below, needed, conditions, new OrderRequest([key with { NullsFirst = nullsFirst }], true));
            if (planned.IsOrdered) return new LimitOperator(planned.Operator, static _ => Datum.FromInt64(1), null) { Rows = 1, Cost = 3 };
        }

        return null;
    }

    private Planned PlanSetOperation(LogicalSetOperation plan, List<BoundExpression> filters)
    {
        List<BoundExpression> pushed = [.. filters.Where(filter => !VolatileCalls.In(filter) && !SubqueryCount.Any(filter))];
        List<BoundExpression> kept = [.. filters.Except(pushed)];
        Planned Side(LogicalPlan side, int[] slots)
        {
            Dictionary<int, BoundExpression> map = [];
            for (int i = 0; i < slots.Length; i++) map[plan.Base + i] = new BoundColumn(slots[i], plan.Types[i], -1, $"column{i + 1}");
            return Plan(side, [.. slots], [.. pushed.Select(filter => SlotSubstitution.Apply(filter, map))], null);
        }

        Planned left = Side(plan.Left, plan.LeftSlots);
        Planned right = Side(plan.Right, plan.RightSlots);
        SetOperationOperator operation = new(plan.Operator, plan.IsAll, left.Operator, plan.LeftSlots, right.Operator, plan.RightSlots, plan.Base, Array.ConvertAll(plan.Types, type => type.Operations))
        {
            Rows = plan.Operator == Parsing.SetOperator.Union ? left.Rows + right.Rows : left.Rows,
            Cost = left.Cost + right.Cost + left.Rows + right.Rows,
        };
        return Filtered(new Planned(operation, false), kept);
    }

    private Planned PlanProjectSet(LogicalProjectSet plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        HashSet<int> below = With(With(needed, filters), plan.Functions.SelectMany(call => call.Arguments));
        Planned input = Plan(plan.Input, below, [], null);
        ProjectSetOperator set = new(input.Operator, Array.ConvertAll(plan.Functions, call => (call.Function, _compiler.Values(call.Arguments), call.Slot)))
        {
            Rows = input.Rows * 10,
            Cost = input.Cost + (input.Rows * 10),
        };
        return Filtered(new Planned(set, false), filters);
    }

    private Planned PlanWith(LogicalWith plan, HashSet<int> needed, List<BoundExpression> filters)
    {
        List<(string, int, PhysicalOperator, int[])> tables = [];
        foreach (LogicalCommonTable table in plan.Tables) tables.Add((table.Name, table.Number, Plan(table.Plan, [.. table.Slots], [], null).Operator, table.Slots));
        Planned input = Plan(plan.Input, needed, filters, null);
        return new Planned(new WithOperator(input.Operator, [.. tables]) { Rows = input.Rows, Cost = input.Cost }, false);
    }

    private static Planned ScanCommonTable(LogicalCommonTableScan plan)
    {
        const double guess = 100;
        PhysicalOperator scan = plan.IsWorkingTable
            ? new WorkingTableScanOperator(plan.Name, plan.Number, plan.Base) { Rows = guess, Cost = guess }
            : new CommonTableScanOperator(plan.Name, plan.Alias, plan.Number, plan.Base) { Rows = guess, Cost = guess };
        return new Planned(scan, false);
    }

    private Planned PlanRecursive(LogicalRecursiveUnion plan)
    {
        Planned first = Plan(plan.First, [.. plan.FirstSlots], [], null);
        Planned round = Plan(plan.Recursive, [.. plan.RecursiveSlots], [], null);
        RecursiveUnionOperator union = new(
            first.Operator, plan.FirstSlots, round.Operator, plan.RecursiveSlots, plan.IsAll, plan.Number, plan.Base, Array.ConvertAll(plan.Types, type => type.Operations))
        {
            Rows = first.Rows + (round.Rows * 10),
            Cost = first.Cost + (round.Cost * 10),
        };
        return new Planned(union, false);
    }

    /// <summary>A subquery in an expression → the closure that runs it.</summary>
    private Evaluator CompileSubquery(BoundSubquery subquery, ExpressionCompiler compiler)
    {
        LogicalPlan logical = subquery.Query.Plan;
        int[] outputs = QueryBinder.SlotsOf(subquery.Query);

        // EXISTS needs one row of any content.
        HashSet<int> needed = subquery.Kind == SubqueryKind.Exists ? [] : [.. outputs];
        if (subquery.Test is not null) SlotUsage.Collect(subquery.Test, needed);
        bool qualified = QualifiesNames;
        PhysicalOperator plan = Plan(logical, needed, [], null).Operator;
        QualifiesNames = qualified;
        _subplans.Add(($"SubPlan {_subplans.Count + 1}", plan));
        IReadOnlyList<BoundColumn> outer = OuterColumns.Of(logical);
        PlannedSubquery planned = new(subquery.Kind, plan, outputs, _context.NextRun())
        {
            Outer = [.. outer.Select(column => (column.Slot, column.Type.Operations))],
            IsRepeatable = !VolatileCalls.In(logical) && outer.All(column => column.Type.Operations.IsHashable),
            Test = subquery.Test is null ? null : compiler.Value(subquery.Test),
            HashKeys = subquery is { IsEquality: true, Kind: SubqueryKind.Any } && outer.Count == 0 ? HashKeysOf(subquery.Test!, compiler) : null,
            ElementType = subquery.Kind == SubqueryKind.Array ? subquery.Query.Outputs[0].Type : null,
        };
        return SubqueryEvaluators.Compile(planned);
    }

    /// <summary>The pairs of an equality test, if each pair is of one hashable type.</summary>
    private static (Evaluator, Evaluator, TypeOperations)[]? HashKeysOf(BoundExpression test, ExpressionCompiler compiler)
    {
        List<BoundExpression> pairs = [];
        Conjunctions.Split(test, pairs);
        List<(Evaluator, Evaluator, TypeOperations)> keys = [];
        foreach (BoundExpression pair in pairs)
        {
            if (pair is not BoundOperator { Operator.Name: "=", Left: { } left } equality || JoinKeys.CommonOperations(left.Type, equality.Right.Type) is not { } operations) return null;
            keys.Add((compiler.Value(left), compiler.Value(equality.Right), operations));
        }

        return [.. keys];
    }
}
