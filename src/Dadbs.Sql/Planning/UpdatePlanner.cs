using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements;

namespace Dadbs.Sql.Planning;

/// <summary>UPDATE and DELETE: the target is a scan like any other, joined with FROM or USING; only that its rows' keys are asked for, too.</summary>
internal sealed class UpdatePlanner(BindingContext context) : ModificationPlanner(context)
{
    public UpdatePlan Plan(UpdateSyntax update)
    {
        TableDescriptor table = ResolveTarget(update.Table, "update", "");
        Target target = BindTarget(update, table, update.From, update.Where);
        target.Scope.Clause = ClauseKind.Update;
        List<(int Column, BoundExpression Value)> assignments = BindAssignments(table, update.Assignments, target.Scope);
        HashSet<int> assigned = [.. assignments.Select(assignment => assignment.Column)];
        LockReferenced(table, assigned);
        LockReferencing(table, assigned);
        HashSet<int> returned = [];
        ReturningList? returning = BindReturning(update.Returning, target.Scope, returned);
        IReadOnlyList<CheckCondition> checks = ChecksOf(table, target.Scan.Base);
        ColumnAssignment[] set = [.. assignments.Select(assignment => new ColumnAssignment(assignment.Column, Compile(assignment.Value)))];
        HashSet<int> needed = Needed(target, returned);
        foreach ((_, BoundExpression value) in assignments) SlotUsage.Collect(value, needed);
        TargetScan scan = ScanOf(target, needed);
        return new UpdatePlan
        {
            Table = table,
            Target = scan,
            Set = set,
            Checks = checks,
            Returning = returning,
            ReturningSlots = OtherSlots(target, returned),
            SlotCount = Context.Slots.Count,
        };
    }

    public DeletePlan Plan(DeleteSyntax delete)
    {
        TableDescriptor table = ResolveTarget(delete.Table, "delete", "from ");
        LockReferencing(table, columns: null);
        Target target = BindTarget(delete, table, delete.Using, delete.Where);
        HashSet<int> returned = [];
        ReturningList? returning = BindReturning(delete.Returning, target.Scope, returned);
        TargetScan scan = ScanOf(target, Needed(target, returned));
        return new DeletePlan
        {
            Table = table,
            Target = scan,
            Returning = returning,
            ReturningSlots = OtherSlots(target, returned),
            SlotCount = Context.Slots.Count,
        };
    }

    private sealed record Target(LogicalScan Scan, LogicalPlan Plan, Scope Scope);

    private Target BindTarget(ModificationSyntax syntax, TableDescriptor table, IReadOnlyList<TableReferenceSyntax> others, ExpressionSyntax? where)
    {
        Scope withScope = new(null);
        BindWith(syntax.With, withScope);
        LogicalScan scan = new(table, Context.Slots.AllocateRow(table), syntax.Alias ?? table.Name, Context.Slots.Allocate());
        Scope scope = new(withScope);
        LogicalPlan plan = scan;
        ScopeRelation relation = Scope.RelationOf(table, scan.Base, syntax.Alias);
        if (others.Count > 0)
        {
            plan = new LogicalJoin(LogicalJoinKind.Inner, scan, Queries.BindFrom(others, scope), []);
            if (scope.Relations.Any(other => other.Name == relation.Name)) throw new SqlException(SqlState.DuplicateAlias, $"table name \"{relation.Name}\" specified more than once");
        }

        // The target comes first in * and in look-ups.
        List<ScopeColumn> joined = [.. scope.Columns];
        scope.Columns.Clear();
        scope.Add(relation);
        scope.Columns.AddRange(joined);
        if (where is not null)
        {
            scope.Clause = ClauseKind.Where;
            plan = new LogicalFilter(plan, [Expressions.BindCondition(where, scope, "WHERE")]);
        }

        return new Target(scan, CommonTableInlining.Around(plan, withScope.CommonTables), scope);
    }

    /// <summary>The whole old row and its key, and whatever is read beside.</summary>
    private static HashSet<int> Needed(Target target, HashSet<int> returned)
    {
        HashSet<int> needed = [.. returned, target.Scan.KeySlot];
        for (int i = 0; i < target.Scan.Table.Columns.Count; i++) needed.Add(target.Scan.Base + i);
        return needed;
    }

    private TargetScan ScanOf(Target target, HashSet<int> needed) => new(Physical.PlanQuery(target.Plan, needed), target.Scan.Base, target.Scan.KeySlot);

    /// <summary>What RETURNING reads beside the target's slots, which are filled anew for it.</summary>
    private static int[] OtherSlots(Target target, HashSet<int> returned)
    {
        HashSet<int> produced = SlotUsage.Produced(target.Plan);
        return [.. returned.Where(slot => (slot < target.Scan.Base || slot >= target.Scan.End) && produced.Contains(slot)).Order()];
    }
}
