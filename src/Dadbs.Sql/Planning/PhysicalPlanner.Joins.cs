using Dadbs.Sql.Binding;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Execution.Operators;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Joins. A tree of inner joins becomes a set of leaves and conditions (a cluster); leaves are joined greedily, each time the one that leaves the fewest rows, connected ones first. Each step is a
/// look-up by index, a hash join or a loop over kept rows, whichever is cheapest. EXISTS and correlated IN become semi and anti joins on top.
/// </summary>
internal sealed partial class PhysicalPlanner
{
    /// <summary>Distinct values assumed of a column without a unique index.</summary>
    private const double DistinctDefault = 200;

    /// <summary>With more leaves than this, only the smallest are tried as a start.</summary>
    private const int StartsMax = 8;

    private const double HashRowCost = 1.5;
    private const double LoopRowCost = 0.4;

    private sealed record Leaf(LogicalPlan Plan, HashSet<int> Slots, List<BoundExpression> Filters, HashSet<int> Requires)
    {
        public double Rows { get; set; }
    }

    private sealed record SemiJoin(LogicalJoinKind Kind, LogicalPlan Right, List<BoundExpression> Conditions);

    private Planned PlanCluster(LogicalPlan plan, HashSet<int> needed, List<BoundExpression> filters, OrderRequest? order)
    {
        List<LogicalPlan> parts = [];
        List<BoundExpression> conditions = [.. filters];
        Flatten(plan, parts, conditions);
        if (parts.Count == 0) parts.Add(new LogicalOneRow());
        List<Leaf> leaves = MakeLeaves(parts);
        HashSet<int> all = [];
        foreach (Leaf leaf in leaves) all.UnionWith(leaf.Slots);

        List<BoundExpression> joining = [];
        List<BoundExpression> once = [];
        List<BoundExpression> last = [];
        List<SemiJoin> semiJoins = [];
        foreach (BoundExpression condition in conditions)
        {
            HashSet<int> read = SlotUsage.Of(condition);
            read.IntersectWith(all);
            if (VolatileCalls.In(condition)) last.Add(condition);
            else if (TryUnnest(condition, all) is { } semi) semiJoins.Add(semi);
            else if (read.Count == 0) once.Add(condition);
            else if (leaves.Find(leaf => leaf.Slots.IsSupersetOf(read)) is { } owner) owner.Filters.Add(condition);
            else joining.Add(condition);
        }

        HashSet<int> wanted = With(needed, joining.Concat(last).Concat(semiJoins.SelectMany(semi => semi.Conditions)));
        foreach (Leaf leaf in leaves) wanted.UnionWith(leaf.Requires);
        if (leaves is [{ Plan: LogicalOneRow } only])
        {
            only.Filters.AddRange(once);
            once.Clear();
        }

        bool single = leaves.Count == 1;
        Planned current = single ? PlanLeaf(leaves[0].Plan, wanted, leaves[0].Filters, order) : JoinLeaves(leaves, joining, wanted, order);
        HashSet<int> slots = [.. all];
        foreach (SemiJoin semi in semiJoins)
        {
            HashSet<int> rightSlots = SlotUsage.Produced(semi.Right);
            current = JoinWith(semi.Kind, current, slots, semi.Right, rightSlots, [], semi.Conditions, wanted);
        }

        current = Filtered(current, last);
        if (once.Count == 0) return current;
        GateOperator gate = new(current.Operator, _compiler.Conditions(Cheapest(once))!, Print(once)) { Rows = current.Rows, Cost = current.Cost };
        return current with { Operator = gate };
    }

    private static void Flatten(LogicalPlan plan, List<LogicalPlan> leaves, List<BoundExpression> conditions)
    {
        switch (plan)
        {
            case LogicalFilter p:
                foreach (BoundExpression condition in p.Conditions) Conjunctions.Split(condition, conditions);
                Flatten(p.Input, leaves, conditions);
                break;
            case LogicalJoin { Kind: LogicalJoinKind.Inner } p:
                foreach (BoundExpression condition in p.Conditions) Conjunctions.Split(condition, conditions);
                Flatten(p.Left, leaves, conditions);
                Flatten(p.Right, leaves, conditions);
                break;
            case LogicalJoin { Kind: LogicalJoinKind.Left } p when NullRejection.Any(conditions, SlotUsage.Produced(p.Right)):
                // A condition above refuses the rows that the outer join would add: it is an inner join.
                Flatten(p with { Kind = LogicalJoinKind.Inner }, leaves, conditions);
                break;
            case LogicalOneRow:
                break;
            default:
                leaves.Add(plan);
                break;
        }
    }

    private static List<Leaf> MakeLeaves(List<LogicalPlan> parts)
    {
        HashSet<int> all = [];
        foreach (LogicalPlan part in parts) all.UnionWith(SlotUsage.Produced(part));
        List<Leaf> leaves = [];
        foreach (LogicalPlan part in parts)
        {
            HashSet<int> requires = [.. SlotUsage.OuterSlots(part)];
            requires.IntersectWith(all);
            leaves.Add(new Leaf(part, SlotUsage.Produced(part), [], requires));
        }

        return leaves;
    }

    private Planned JoinLeaves(List<Leaf> leaves, List<BoundExpression> joining, HashSet<int> wanted, OrderRequest? order)
    {
        foreach (Leaf leaf in leaves) leaf.Rows = EstimateRows(leaf, wanted);
        List<JoinCondition> conditions = [.. joining.Select(condition => new JoinCondition(condition, SlotUsage.Of(condition), this, leaves))];
        Leaf? ordered = OrderedStart(leaves, order);
        List<Leaf> sequence = ordered is not null ? Sequence(leaves, conditions, ordered).Order : BestSequence(leaves, conditions);
        Planned current = PlanLeaf(sequence[0].Plan, wanted, sequence[0].Filters, ordered is null ? null : order);
        HashSet<int> done = [.. sequence[0].Slots];
        List<BoundExpression> pending = [.. joining];
        for (int i = 1; i < sequence.Count; i++)
        {
            Leaf leaf = sequence[i];
            HashSet<int> after = [.. done, .. leaf.Slots];
            List<BoundExpression> now = pending.FindAll(condition => ReadsOnly(condition, after, leaves));
            pending.RemoveAll(now.Contains);
            current = JoinWith(LogicalJoinKind.Inner, current, done, leaf.Plan, leaf.Slots, leaf.Filters, now, wanted);
            done = after;
        }

        return Filtered(current, pending);
    }

    /// <summary>For ORDER BY … LIMIT on one leaf's columns: that leaf first, if an index gives it in order.</summary>
    private Leaf? OrderedStart(List<Leaf> leaves, OrderRequest? order)
    {
        if (order is not { IsLimited: true }) return null;
        HashSet<int> keys = [.. order.Keys.Select(key => ((BoundColumn)key.Expression).Slot)];
        Leaf? leaf = leaves.Find(candidate => candidate.Slots.IsSupersetOf(keys) && candidate.Requires.Count == 0);
        return leaf?.Plan is LogicalScan scan && AccessPaths.Choose(scan, leaf.Filters, order).IsOrdered ? leaf : null;
    }

    private static bool ReadsOnly(BoundExpression condition, HashSet<int> available, List<Leaf> leaves)
    {
        HashSet<int> read = SlotUsage.Of(condition);
        foreach (Leaf leaf in leaves)
        {
            if (!available.IsSupersetOf(leaf.Slots) && leaf.Slots.Overlaps(read)) return false;
        }

        return true;
    }

    private double EstimateRows(Leaf leaf, HashSet<int> wanted) => leaf.Plan switch
    {
        LogicalScan scan => AccessPaths.Choose(scan, leaf.Filters, null).Rows,
        LogicalVirtualScan => leaf.Filters.Aggregate(200.0, (rows, filter) => rows * Selectivity.Of(filter)),
        LogicalValues values => values.Rows.Length,
        LogicalFunctionScan function => function.Function is null ? 1 : 100,
        _ => Probe(leaf, wanted),
    };

    /// <summary>A derived leaf is planned once for its estimate; subplans it met are forgotten again.</summary>
    private double Probe(Leaf leaf, HashSet<int> wanted)
    {
        int subplans = _subplans.Count;
        double rows = PlanLeaf(leaf.Plan, wanted, leaf.Filters, null).Rows;
        _subplans.RemoveRange(subplans, _subplans.Count - subplans);
        return rows;
    }

    private List<Leaf> BestSequence(List<Leaf> leaves, List<JoinCondition> conditions)
    {
        List<Leaf> starts = [.. leaves.Where(leaf => leaf.Requires.Count == 0).OrderBy(leaf => leaf.Rows).Take(StartsMax)];
        List<Leaf>? best = null;
        double bestCost = double.MaxValue;
        foreach (Leaf start in starts)
        {
            (List<Leaf> sequence, double cost) = Sequence(leaves, conditions, start);
            if (cost >= bestCost) continue;
            best = sequence;
            bestCost = cost;
        }

        return best ?? leaves;
    }

    /// <summary>The greedy order from a start, and the sum of the intermediate results.</summary>
    private static (List<Leaf> Order, double Cost) Sequence(List<Leaf> leaves, List<JoinCondition> conditions, Leaf start)
    {
        List<Leaf> order = [start];
        List<Leaf> left = [.. leaves.Where(leaf => !ReferenceEquals(leaf, start))];
        HashSet<Leaf> joined = new(ReferenceEqualityComparer.Instance) { start };
        HashSet<int> slots = [.. start.Slots];
        double rows = start.Rows;
        double cost = rows;
        while (left.Count > 0)
        {
            Leaf? next = null;
            double nextRows = 0;
            bool nextConnected = false;
            foreach (Leaf leaf in left)
            {
                if (!slots.IsSupersetOf(leaf.Requires)) continue;
                joined.Add(leaf);
                double result = rows * leaf.Rows;
                bool connected = leaf.Requires.Count > 0;
                foreach (JoinCondition condition in conditions)
                {
                    if (!condition.Touches(leaf) || !joined.IsSupersetOf(condition.Leaves)) continue;
                    result *= condition.Selectivity;
                    connected = true;
                }

                joined.Remove(leaf);
                bool better = next is null || (connected && !nextConnected) || (connected == nextConnected && result < nextRows);
                if (!better) continue;
                next = leaf;
                nextRows = result;
                nextConnected = connected;
            }

            if (next is null) return (leaves, double.MaxValue / 2);
            left.Remove(next);
            joined.Add(next);
            order.Add(next);
            slots.UnionWith(next.Slots);
            rows = Math.Max(1, nextRows);
            cost += rows + (nextConnected ? next.Rows * 0.01 : next.Rows);
        }

        return (order, cost);
    }

    /// <summary>A condition over several leaves, with its selectivity.</summary>
    private sealed class JoinCondition
    {
        public JoinCondition(BoundExpression condition, HashSet<int> read, PhysicalPlanner planner, List<Leaf> leaves)
        {
            Leaves = [.. leaves.Where(leaf => leaf.Slots.Overlaps(read))];
            Selectivity = condition is BoundOperator { Operator.Name: "=", Left: { } left } equality
                ? 1 / Math.Max(1, Math.Max(planner.DistinctOf(left, leaves), planner.DistinctOf(equality.Right, leaves)))
                : Planning.Selectivity.Of(condition);
        }

        public List<Leaf> Leaves { get; }

        public double Selectivity { get; }

        public bool Touches(Leaf leaf) => Leaves.Exists(other => ReferenceEquals(other, leaf));
    }

    private double DistinctOf(BoundExpression expression, List<Leaf> leaves)
    {
        if (expression is BoundColumn column && leaves.Find(leaf => leaf.Slots.Contains(column.Slot)) is { Plan: LogicalScan scan })
        {
            double rows = Selectivity.RowsOf(scan.Table);
            bool unique = scan.Table.Indexes.Any(index => index.IsUnique && index.Parts.Count == 1 && index.Parts[0].ColumnIndex == column.Slot - scan.Base);
            return unique ? rows : Math.Min(rows, DistinctDefault);
        }

        return DistinctDefault;
    }

    /// <summary>LEFT, FULL, SEMI and ANTI joins as written: what may go to one side goes there.</summary>
    private Planned PlanOuterJoin(LogicalJoin join, HashSet<int> needed, List<BoundExpression> filters)
    {
        HashSet<int> leftSlots = SlotUsage.Produced(join.Left);
        HashSet<int> rightSlots = SlotUsage.Produced(join.Right);
        List<BoundExpression> toLeft = [];
        List<BoundExpression> above = [];
        foreach (BoundExpression filter in filters)
        {
            bool readsRight = SlotUsage.Reads(filter, rightSlots);
            (join.Kind != LogicalJoinKind.Full && !readsRight && !VolatileCalls.In(filter) ? toLeft : above).Add(filter);
        }

        List<BoundExpression> toRight = [];
        List<BoundExpression> on = [];
        foreach (BoundExpression condition in SplitAll(join.Conditions))
        {
            HashSet<int> read = SlotUsage.Of(condition);
            bool rightOnly = read.Overlaps(rightSlots) && !read.Overlaps(leftSlots) && !VolatileCalls.In(condition);
            (join.Kind != LogicalJoinKind.Full && rightOnly ? toRight : on).Add(condition);
        }

        HashSet<int> wanted = With(With(needed, on), above);
        if (join.IsLateral) wanted.UnionWith(SlotUsage.OuterSlots(join.Right));
        Planned left = Plan(join.Left, wanted, toLeft, null);
        return Filtered(JoinWith(join.Kind, left, leftSlots, join.Right, rightSlots, toRight, on, wanted), above);
    }

    /// <summary>Joins one more relation to what is there: by index, by hash, or by a loop.</summary>
    private Planned JoinWith(
        LogicalJoinKind kind, Planned left, HashSet<int> leftSlots, LogicalPlan right, HashSet<int> rightSlots, List<BoundExpression> rightFilters, List<BoundExpression> conditions, HashSet<int> wanted)
    {
        HashSet<int> rightNeeded = With(wanted, conditions);
        bool lateral = SlotUsage.OuterSlots(right).Any(leftSlots.Contains);
        double selectivity = conditions.Aggregate(1.0, (product, condition) => product * SelectivityOf(condition, left, right, rightFilters));
        int[] restored = [.. rightSlots.Where(rightNeeded.Contains).Order()];
        string text = Print(conditions);
        if (lateral)
        {
            Planned inner = Plan(right, rightNeeded, rightFilters, null);
            return Joined(new NestedLoopJoinOperator(kind, left.Operator, inner.Operator, _compiler.Conditions(conditions), text, restored)
            {
                Rows = ResultRows(kind, left.Rows, inner.Rows, selectivity),
                Cost = left.Cost + (left.Rows * inner.Cost),
            }, left);
        }

        (List<HashKey> keys, List<BoundExpression> keyConditions) = FindHashKeys(conditions, rightSlots, leftSlots);
        List<BoundExpression> residual = [.. conditions.Where(condition => !keyConditions.Contains(condition))];
        Planned standalone = PlanSide(right, rightNeeded, rightFilters);
        double rows = ResultRows(kind, left.Rows, standalone.Rows, selectivity);
        bool canHash = keys.Count > 0 || kind == LogicalJoinKind.Full;
        double hashCost = canHash ? left.Cost + standalone.Cost + (standalone.Rows * HashRowCost) + left.Rows : double.MaxValue;
        double loopCost = left.Cost + standalone.Cost + (left.Rows * standalone.Rows * LoopRowCost);
        if (kind != LogicalJoinKind.Full && InnerLookup(right, rightNeeded, rightFilters, conditions, left.Rows, Math.Min(hashCost, loopCost) - left.Cost) is { } lookup)
        {
            return Joined(new NestedLoopJoinOperator(kind, left.Operator, lookup, null, null, restored) { Rows = rows, Cost = left.Cost + (left.Rows * lookup.Cost) }, left);
        }

        if (canHash && (hashCost <= loopCost || kind == LogicalJoinKind.Full))
        {
            int[] leftRestored = kind == LogicalJoinKind.Full ? [.. leftSlots.Where(rightNeeded.Contains).Order()] : [];
            RowPredicate? rest = _compiler.Conditions(Cheapest(residual));
            HashJoinOperator hash = new(kind, left.Operator, standalone.Operator, [.. keys], Print(keyConditions), rest, Print(residual), leftRestored, restored)
            {
                Rows = rows,
                Cost = hashCost,
            };
            return Joined(hash, left);
        }

        PhysicalOperator kept = new MaterializeOperator(standalone.Operator, restored) { Rows = standalone.Rows, Cost = standalone.Cost };
        return Joined(new NestedLoopJoinOperator(kind, left.Operator, kept, _compiler.Conditions(Cheapest(conditions)), text, restored) { Rows = rows, Cost = loopCost }, left);
    }

    /// <summary>All joins but FULL keep the left side's order.</summary>
    private static Planned Joined(PhysicalOperator join, Planned left) => new(join, left.IsOrdered);

    private Planned PlanSide(LogicalPlan plan, HashSet<int> needed, List<BoundExpression> filters) =>
        plan is LogicalScan scan ? PlanScan(scan, needed, filters, null) : Plan(plan, needed, filters, null);

    private double SelectivityOf(BoundExpression condition, Planned left, LogicalPlan right, List<BoundExpression> filters)
    {
        if (condition is not BoundOperator { Operator.Name: "=", Left: { } l } equality) return Selectivity.Of(condition);
        List<Leaf> leaves = [new Leaf(right, SlotUsage.Produced(right), filters, [])];
        return 1 / Math.Max(1, Math.Max(DistinctOf(l, leaves), DistinctOf(equality.Right, leaves)));
    }

    private static double ResultRows(LogicalJoinKind kind, double left, double right, double selectivity) => kind switch
    {
        LogicalJoinKind.Inner => Math.Max(1, left * right * selectivity),
        LogicalJoinKind.Left => Math.Max(left, left * right * selectivity),
        LogicalJoinKind.Full => Math.Max(left + right, left * right * selectivity),
        _ => Math.Max(1, left * 0.5),
    };

    /// <summary>The inner side as a look-up by an index that the join conditions fill, if that is cheaper than the alternative.</summary>
    private PhysicalOperator? InnerLookup(LogicalPlan right, HashSet<int> needed, List<BoundExpression> filters, List<BoundExpression> conditions, double leftRows, double alternative)
    {
        List<BoundExpression> all = [.. filters, .. conditions];
        LogicalPlan below = right;
        while (below is LogicalFilter filter)
        {
            all.AddRange(SplitAll(filter.Conditions));
            below = filter.Input;
        }

        if (below is not LogicalScan scan) return null;
        AccessPath path = AccessPaths.Choose(scan, all, null);
        if (path.Index is null || !path.Used.Any(conditions.Contains) || path.Cost * leftRows > alternative) return null;
        return BuildScan(scan, path, needed, all);
    }

    private (List<HashKey> Keys, List<BoundExpression> Conditions) FindHashKeys(List<BoundExpression> conditions, HashSet<int> rightSlots, HashSet<int> leftSlots)
    {
        List<HashKey> keys = [];
        List<BoundExpression> used = [];
        foreach (BoundExpression condition in conditions)
        {
            if (condition is not BoundOperator { Operator.Name: "=", Left: { } a } equality) continue;
            BoundExpression b = equality.Right;
            if (JoinKeys.CommonOperations(a.Type, b.Type) is not { } operations) continue;
            HashSet<int> readA = SlotUsage.Of(a);
            HashSet<int> readB = SlotUsage.Of(b);
            bool aRight = readA.Overlaps(rightSlots);
            bool bRight = readB.Overlaps(rightSlots);
            if (aRight == bRight || (aRight && readA.Overlaps(leftSlots)) || (bRight && readB.Overlaps(leftSlots))) continue;
            (BoundExpression leftSide, BoundExpression rightSide) = aRight ? (b, a) : (a, b);
            keys.Add(new HashKey(_compiler.Value(leftSide), _compiler.Value(rightSide), operations));
            used.Add(condition);
        }

        return (keys, used);
    }

    /// <summary>
    /// EXISTS, NOT EXISTS and correlated IN as a semi or anti join: the subquery must be FROM and WHERE only, its outer columns met in WHERE, at least one of them by equality.
    /// </summary>
    private static SemiJoin? TryUnnest(BoundExpression condition, HashSet<int> slots)
    {
        bool negated = condition is BoundNot;
        BoundExpression inner = condition is BoundNot not ? not.Operand : condition;
        if (inner is not BoundSubquery subquery || !subquery.OuterSlots.Any(slots.Contains)) return null;
        bool isIn = subquery is { Kind: SubqueryKind.Any, Test: not null };
        if (subquery.Kind != SubqueryKind.Exists && (!isIn || negated)) return null;
        LogicalPlan plan = subquery.Query.Plan;
        LogicalProject? project = null;
        if (plan is LogicalProject top)
        {
            if (top.Items.Any(item => VolatileCalls.In(item.Expression))) return null;
            project = isIn ? top : null;
            plan = top.Input;
        }

        List<BoundExpression> local = [];
        List<BoundExpression> joining = [];
        while (plan is LogicalFilter filter)
        {
            foreach (BoundExpression part in SplitAll(filter.Conditions)) (SlotUsage.Reads(part, slots) ? joining : local).Add(part);
            plan = filter.Input;
        }

        if (plan is not (LogicalScan or LogicalJoin or LogicalVirtualScan)) return null;
        if (joining.Any(part => SubqueryCount.Any(part) || VolatileCalls.In(part))) return null;
        if (isIn) Conjunctions.Split(subquery.Test!, joining);
        if (local.Count > 0) plan = new LogicalFilter(plan, [.. local]);
        if (project is not null) plan = project with { Input = plan };
        if (SlotUsage.OuterSlots(plan).Any(slots.Contains)) return null;
        return joining.Exists(part => part is BoundOperator { Operator.Name: "=" }) ? new SemiJoin(negated ? LogicalJoinKind.Anti : LogicalJoinKind.Semi, plan, joining) : null;
    }
}
