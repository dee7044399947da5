using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>INSERT: syntax → <see cref="InsertPlan"/>. One row of VALUES needs no source: its expressions are the row.</summary>
internal sealed class InsertPlanner(BindingContext context) : ModificationPlanner(context)
{
    public InsertPlan Plan(InsertSyntax insert)
    {
        TableDescriptor table = ResolveTarget(insert.Table, "insert into", "");
        int targetBase = Context.Slots.AllocateRow(table);
        Scope withScope = new(null);
        BindWith(insert.With, withScope);
        int[] targets = Targets(insert, table);
        (LogicalPlan? source, BoundExpression?[] given) = BindSource(insert, table, targets, withScope);
        BoundExpression[] row = CompleteRow(insert, table, targets, given);

        int excludedBase = insert.OnConflict is { IsDoNothing: false } ? Context.Slots.Allocate(table.Columns.Count) : -1;
        ConflictPlan? conflict = insert.OnConflict is null ? null : BindConflict(insert.OnConflict, insert, table, targetBase, excludedBase);
        LockReferenced(table, columns: null);
        if (conflict is { DoNothing: false }) LockReferencing(table, [.. conflict.Set.Select(assignment => assignment.ColumnIndex)]);
        Scope returning = new(withScope);
        returning.Add(Scope.RelationOf(table, targetBase, insert.Alias));
        ReturningList? list = BindReturning(insert.Returning, returning, []);
        IReadOnlyList<Statements.CheckCondition> checks = ChecksOf(table, targetBase);
        Evaluator[] values = Array.ConvertAll(row, Compile);
        PhysicalOperator? physical = null;
        if (source is not null)
        {
            HashSet<int> needed = [];
            foreach (BoundExpression value in row) SlotUsage.Collect(value, needed);
            physical = Physical.PlanQuery(CommonTableInlining.Around(source, withScope.CommonTables), needed);
        }

        return new InsertPlan
        {
            Table = table,
            Source = physical,
            Row = values,
            TargetBase = targetBase,
            ExcludedBase = excludedBase,
            OnConflict = conflict,
            Returning = list,
            Checks = checks,
            SlotCount = Context.Slots.Count,
        };
    }

    private static int[] Targets(InsertSyntax insert, TableDescriptor table)
    {
        if (insert.Columns.Count == 0) return [.. Enumerable.Range(0, table.Columns.Count)];
        int[] targets = new int[insert.Columns.Count];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = ColumnOf(table, insert.Columns[i]);
            if (Array.IndexOf(targets, targets[i], 0, i) >= 0)
            {
                throw new SqlException(SqlState.DuplicateColumn, $"column \"{insert.Columns[i].Column}\" specified more than once", insert.Columns[i].Position);
            }
        }

        return targets;
    }

    /// <summary>The source's plan, and for each target column the value it gives (null: DEFAULT).</summary>
    private (LogicalPlan? Source, BoundExpression?[] Given) BindSource(InsertSyntax insert, TableDescriptor table, int[] targets, Scope scope)
    {
        switch (insert.Source)
        {
            case null:
                return (null, []);
            case ValuesSyntax { Rows.Count: 1, With: null, Limit: null, Offset: null, OrderBy.Count: 0 } values:
                IReadOnlyList<ExpressionSyntax> row = values.Rows[0];
                CheckCount(insert, row.Count, targets.Length, row);
                return (null, BindRow(row, table, targets, new Scope(scope) { Clause = ClauseKind.Values }));
            case ValuesSyntax { With: null, Limit: null, Offset: null, OrderBy.Count: 0 } values:
                return BindRows(insert, values, table, targets, new Scope(scope) { Clause = ClauseKind.Values });
            default:
                BoundQuery query = Queries.BindOpen(insert.Source, scope);
                CheckCount(insert, query.Outputs.Count, targets.Length, null);
                SqlType?[] wanted = new SqlType?[query.Outputs.Count];
                for (int i = 0; i < wanted.Length; i++)
                {
                    if (query.Outputs[i].Type.IsUnknown) wanted[i] = table.Columns[targets[i]].Type.Type;
                }

                query = Queries.ResolveOutputs(query, wanted);
                return (query.Plan, [.. query.Outputs.Select((output, i) => Convert(table, targets[i], new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name) { Position = output.Position }))]);
        }
    }

    private BoundExpression Convert(TableDescriptor table, int column, BoundExpression value) =>
        Expressions.ToAssignment(value, table.Columns[column].Type, table.Columns[column].Name);

    private static void CheckCount(InsertSyntax insert, int given, int targets, IReadOnlyList<ExpressionSyntax>? row)
    {
        if (given > targets) throw new SqlException(SqlState.SyntaxError, "INSERT has more expressions than target columns", row?[targets].Position ?? FirstItem(insert, targets));
        if (insert.Columns.Count > 0 && given < targets) throw new SqlException(SqlState.SyntaxError, "INSERT has more target columns than expressions", insert.Columns[given].Position);
    }

    private static int? FirstItem(InsertSyntax insert, int at) => insert.Source is SelectSyntax select && at < select.Items.Count ? select.Items[at].Position : null;

    private BoundExpression?[] BindRow(IReadOnlyList<ExpressionSyntax> row, TableDescriptor table, int[] targets, Scope scope)
    {
        BoundExpression?[] given = new BoundExpression?[row.Count];
        for (int i = 0; i < given.Length; i++)
        {
            ColumnDescriptor column = table.Columns[targets[i]];
            given[i] = row[i] is DefaultSyntax ? null : Expressions.BindAssignment(row[i], scope, column.Type, column.Name);
        }

        return given;
    }

    /// <summary>Several rows of VALUES: each value is converted to its column's type by itself.</summary>
    private (LogicalPlan Source, BoundExpression?[] Given) BindRows(InsertSyntax insert, ValuesSyntax values, TableDescriptor table, int[] targets, Scope scope)
    {
        int width = values.Rows[0].Count;
        CheckCount(insert, width, targets.Length, values.Rows[0]);
        bool[] explicitly = new bool[width];
        BoundExpression[][] rows = new BoundExpression[values.Rows.Count][];
        for (int i = 0; i < rows.Length; i++)
        {
            IReadOnlyList<ExpressionSyntax> row = values.Rows[i];
            if (row.Count != width) throw new SqlException(SqlState.SyntaxError, "VALUES lists must all be the same length", row[0].Position);
            BoundExpression?[] given = BindRow(row, table, targets, scope);
            rows[i] = new BoundExpression[width];
            for (int j = 0; j < width; j++)
            {
                explicitly[j] |= given[j] is not null;
                rows[i][j] = given[j] ?? DefaultOf(table, targets[j]);
            }
        }

        SqlType[] types = [.. targets.Take(width).Select(column => table.Columns[column].Type.Type)];
        int first = Context.Slots.Allocate(width);
        BoundExpression?[] slots = new BoundExpression?[width];
        for (int j = 0; j < width; j++)
        {
            ColumnDescriptor column = table.Columns[targets[j]];
            slots[j] = explicitly[j] || column.Identity == IdentityKind.None ? new BoundColumn(first + j, types[j], column.Type.Modifier, column.Name) : null;
        }

        return (new LogicalValues(rows, first, types), slots);
    }

    /// <summary>A value for every column of the table, GENERATED columns checked against OVERRIDING.</summary>
    private BoundExpression[] CompleteRow(InsertSyntax insert, TableDescriptor table, int[] targets, BoundExpression?[] given)
    {
        BoundExpression[] row = new BoundExpression[table.Columns.Count];
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is null) continue;
            ColumnDescriptor column = table.Columns[targets[i]];
            if (column.Identity != IdentityKind.None && insert.Overriding == OverridingKind.UserValue) continue;
            if (column.Identity == IdentityKind.Always && insert.Overriding != OverridingKind.SystemValue)
            {
                throw new SqlException(SqlState.GeneratedAlways, $"cannot insert a non-DEFAULT value into column \"{column.Name}\"")
                {
                    Detail = $"Column \"{column.Name}\" is an identity column defined as GENERATED ALWAYS.",
                    Hint = "Use OVERRIDING SYSTEM VALUE to override.",
                };
            }

            row[targets[i]] = given[i]!;
        }

        for (int column = 0; column < row.Length; column++) row[column] ??= DefaultOf(table, column);
        return row;
    }

    private ConflictPlan BindConflict(OnConflictSyntax conflict, InsertSyntax insert, TableDescriptor table, int targetBase, int excludedBase)
    {
        IReadOnlyList<IndexDescriptor> arbiters = conflict.Target is null ? [] : [Arbiter(conflict.Target, table, conflict.Position)];
        if (conflict.IsDoNothing) return new ConflictPlan(arbiters, true, [], [], null);
        if (conflict.Target is null)
        {
            throw new SqlException(SqlState.SyntaxError, "ON CONFLICT DO UPDATE requires inference specification or constraint name", conflict.Position)
            {
                Hint = "For example, ON CONFLICT (column_name).",
            };
        }

        Scope scope = new(null) { Clause = ClauseKind.Update };
        scope.Add(Scope.RelationOf(table, targetBase, insert.Alias));
        scope.AddQualifiedOnly(Scope.RelationOf(table, excludedBase, "excluded", hasSystemColumns: false));
        List<(int Column, BoundExpression Value)> assignments = BindAssignments(table, conflict.Assignments, scope);
        scope.Clause = ClauseKind.Where;
        BoundExpression? where = conflict.Where is null ? null : Expressions.BindCondition(conflict.Where, scope, "WHERE");
        ColumnAssignment[] set = [.. assignments.Select(assignment => new ColumnAssignment(assignment.Column, Compile(assignment.Value)))];
        return new ConflictPlan(arbiters, false, set, ColumnAssignment.Columns(table, set), where is null ? null : Physical.Compiler.Condition(Physical.Fold(where)));
    }

    /// <summary>The unique index that the conflict target infers.</summary>
    private static IndexDescriptor Arbiter(ConflictTargetSyntax target, TableDescriptor table, int position)
    {
        if (target.ConstraintName is { } name)
        {
            return table.Indexes.FirstOrDefault(index => index.Name == name && index.IsUniqueKey)
                ?? throw new SqlException(SqlState.UndefinedObject, $"constraint \"{name}\" for table \"{table.Name}\" does not exist");
        }

        HashSet<int> columns = [];
        foreach (IndexElementSyntax element in target.Elements)
        {
            if (element.Column is null) throw new SqlException(SqlState.FeatureNotSupported, "index expressions in ON CONFLICT are not supported", element.Position);
            int column = table.ColumnIndex(element.Column);
            if (column < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{element.Column}\" does not exist", element.Position);
            columns.Add(column);
        }

        return table.Indexes.FirstOrDefault(index => index.IsUniqueKey && columns.SetEquals(index.Parts.Select(part => part.ColumnIndex)))
            ?? throw new SqlException(SqlState.InvalidColumnReference, "there is no unique or exclusion constraint matching the ON CONFLICT specification");
    }
}
