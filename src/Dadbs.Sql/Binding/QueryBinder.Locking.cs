using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Binding;

/// <summary>FOR UPDATE, FOR NO KEY UPDATE, FOR SHARE, FOR KEY SHARE.</summary>
public sealed partial class QueryBinder
{
    /// <summary>The level being bound; null where nothing is locked.</summary>
    private RowLockingLevel? _locking;

    /// <summary>What the item of FROM that is about to be bound hands down to its query, and the level that a simple one belongs to.</summary>
    private (RowLocking Locking, RowLockingLevel Level)? _handedDown;

    /// <summary>Binds the query of a view or subquery in FROM, which is locked as the item itself.</summary>
    private BoundQuery BindBeneath(QuerySyntax query, Scope? outer, string name)
    {
        _handedDown = _locking?.Of(name) is { } locking ? (locking, _locking) : null;
        return Bind(query, outer);
    }

    /// <summary>Enters a SELECT's own level; gives back the one to return to.</summary>
    private RowLockingLevel? EnterLocking(SelectSyntax select, out bool ownsRows)
    {
        RowLockingLevel? outer = _locking;
        (RowLocking Locking, RowLockingLevel Level)? handed = _handedDown;
        _handedDown = null;
        ownsRows = true;
        if (select.Locking.Count == 0 && handed is null)
        {
            _locking = null;
        }
        else if (select.Locking.Count == 0 && IsSimple(select))
        {
            // As if its tables stood in the outer query: they are locked there, behind its conditions, order and limit.
            _locking = new RowLockingLevel([], handed!.Value.Locking);
            ownsRows = false;
        }
        else
        {
            _locking = new RowLockingLevel(select.Locking, handed?.Locking);
        }

        return outer;
    }

    /// <summary>What a locked query cannot be, in PostgreSQL's order.</summary>
    private static void CheckLocking(RowLockingLevel level, SelectSyntax select, bool aggregates, bool windows, bool setFunctions)
    {
        string? obstacle = select.IsDistinct || select.DistinctOn.Count > 0 ? "DISTINCT clause"
            : select.GroupBy.Count > 0 ? "GROUP BY clause"
            : select.Having is not null ? "HAVING clause"
            : aggregates ? "aggregate functions"
            : windows ? "window functions"
            : setFunctions ? "set-returning functions in the target list"
            : null;
        if (obstacle is not null) throw new SqlException(SqlState.FeatureNotSupported, $"{level.Words} is not allowed with {obstacle}");
        level.RequireAllFound();
    }

    /// <summary>Notes a table of FROM; gives the slot for its rows' keys, or −1 where it is not locked.</summary>
    private int ClaimRows(TableDescriptor table, string name)
    {
        if (_locking?.Of(name) is not { } locking) return -1;
        int slot = _context.Slots.Allocate();
        _context.Lock(table, TableLockMode.RowShare);
        _context.LocksRows = true;
        _locking.Tables.Add(new LockedTable(table, slot, locking.Strength, locking.Wait, _context.NextChoice()));
        return slot;
    }

    /// <summary>Rows are locked where they leave the sort, before LIMIT counts them.</summary>
    private LogicalPlan LockRows(LogicalPlan plan, SelectSyntax select)
    {
        if (_locking is not { Tables.Count: > 0 } level) return plan;
        CheckNullable(plan, [.. level.Tables.Select(table => table.KeySlot)], level.Words, isNullable: false);
        bool isChoice = select.Limit is not null;
        return new LogicalLockRows(plan, [.. level.Tables.Select(table => table with { IsChoice = isChoice || table.Wait == LockWait.SkipLocked })]);
    }

    private static void CheckNullable(LogicalPlan plan, HashSet<int> keySlots, string words, bool isNullable)
    {
        switch (plan)
        {
            case LogicalScan scan when isNullable && keySlots.Contains(scan.KeySlot):
                throw new SqlException(SqlState.FeatureNotSupported, $"{words} cannot be applied to the nullable side of an outer join");
            case LogicalFilter p:
                CheckNullable(p.Input, keySlots, words, isNullable);
                break;
            case LogicalProject p:
                CheckNullable(p.Input, keySlots, words, isNullable);
                break;
            case LogicalSort p:
                CheckNullable(p.Input, keySlots, words, isNullable);
                break;
            case LogicalJoin p:
                CheckNullable(p.Left, keySlots, words, isNullable || p.Kind == LogicalJoinKind.Full);
                CheckNullable(p.Right, keySlots, words, isNullable || p.Kind is LogicalJoinKind.Left or LogicalJoinKind.Full);
                break;
        }
    }

    private static bool IsSimple(SelectSyntax select) =>
        select is { IsDistinct: false, Having: null, Limit: null, Offset: null, With: null } && select.DistinctOn.Count == 0 && select.GroupBy.Count == 0 && select.OrderBy.Count == 0;

    private static SqlException NotOverSets(string words) => new(SqlState.FeatureNotSupported, $"{words} is not allowed with UNION/INTERSECT/EXCEPT");
}
