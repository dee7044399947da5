using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>What planning INSERT, UPDATE and DELETE have in common: the target, stored defaults and checks, RETURNING, assignments.</summary>
internal abstract class ModificationPlanner
{
    protected ModificationPlanner(BindingContext context)
    {
        Context = context;
        Expressions = new ExpressionBinder(context);
        Queries = new QueryBinder(context);
        Physical = new PhysicalPlanner(context);
    }

    public PhysicalPlanner Physical { get; }

    protected BindingContext Context { get; }

    protected ExpressionBinder Expressions { get; }

    protected QueryBinder Queries { get; }

    /// <summary>The table to be written; 42809 for anything but a table.</summary>
    protected TableDescriptor ResolveTarget(QualifiedNameSyntax name, string verb, string preposition)
    {
        RelationDescriptor relation = Queries.ResolveRelation(name);
        Context.Lock(relation, TableLockMode.RowExclusive);
        return relation switch
        {
            TableDescriptor table => table,
            ViewDescriptor => throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"cannot {verb} {preposition}view \"{relation.Name}\"")
            {
                Detail = "Views are not automatically updatable.",
            },
            VirtualTableDescriptor => throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied for table {relation.Name}"),
            SequenceDescriptor => throw new SqlException(SqlState.WrongObjectType, $"cannot change sequence \"{relation.Name}\""),
            _ => throw new SqlException(SqlState.WrongObjectType, $"cannot open relation \"{relation.Name}\"") { Detail = "This operation is not supported for indexes." },
        };
    }

    /// <summary>Rows are added, or get other values in columns: the tables that their foreign keys refer to are used, too.</summary>
    /// <param name="table">The table written.</param>
    /// <param name="columns">Which columns get values; null: all.</param>
    protected void LockReferenced(TableDescriptor table, IReadOnlyCollection<int>? columns)
    {
        foreach (ForeignKey key in Context.Planning.Catalog.ForeignKeys.Of(table.Oid))
        {
            if (columns is null || key.Columns.Any(columns.Contains)) Context.Lock(key.Referenced, TableLockMode.RowShare);
        }
    }

    /// <summary>Rows go, or lose keys in columns: so do, or are looked for, the rows of other tables that refer to them.</summary>
    /// <param name="table">The table written.</param>
    /// <param name="columns">Which columns get other values; null: the rows go.</param>
    protected void LockReferencing(TableDescriptor table, IReadOnlyCollection<int>? columns)
    {
        foreach (ForeignKey key in Context.Planning.Catalog.ForeignKeys.To(table.Oid))
        {
            if (columns is not null && !key.ReferencedColumns.Any(columns.Contains)) continue;
            ReferentialAction action = columns is null ? key.Descriptor.OnDelete : key.Descriptor.OnUpdate;
            bool writes = ForeignKeyDescriptor.Writes(action);
            bool isKnown = Context.RelationLocks.Any(known => known.Oid == key.Table.Oid && known.Mode >= TableLockMode.RowExclusive);
            Context.Lock(key.Table, writes ? TableLockMode.RowExclusive : TableLockMode.RowShare);
            if (writes && !isKnown) LockReferencing(key.Table, columns is null && action == ReferentialAction.Cascade ? null : key.Columns);
        }
    }

    protected static int ColumnOf(TableDescriptor table, AssignmentTargetSyntax target)
    {
        int index = table.ColumnIndex(target.Column);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{target.Column}\" of relation \"{table.Name}\" does not exist", target.Position);
        return target.Indirection.Count == 0
            ? index
            : throw new SqlException(SqlState.FeatureNotSupported, "assignment to array elements or fields is not supported", target.Position);
    }

    /// <summary>The column that SET means.</summary>
    private static int AssignedColumn(TableDescriptor table, AssignmentTargetSyntax target) => SystemColumns.Find(target.Column) is null
        ? ColumnOf(table, target)
        : throw new SqlException(SqlState.FeatureNotSupported, $"cannot assign to system column \"{target.Column}\"", target.Position);

    /// <summary>The column's default, converted for storing: its identity's next value, its DEFAULT, or NULL.</summary>
    protected BoundExpression DefaultOf(TableDescriptor table, int column)
    {
        ColumnDescriptor descriptor = table.Columns[column];
        if (descriptor.Identity != IdentityKind.None)
        {
            BoundExpression sequence = new BoundConstant(Datum.FromUInt32(descriptor.OwnedSequenceOid), SqlTypes.Regclass);
            return Expressions.ToAssignment(Expressions.CallByName("nextval", [sequence], -1), descriptor.Type, descriptor.Name);
        }

        if (descriptor.DefaultText is not { } text) return new BoundConstant(Datum.Null, descriptor.Type.Type, descriptor.Type.Modifier);
        ExpressionSyntax syntax = SqlParser.ParseExpression(text);
        Scope scope = new(null) { Clause = ClauseKind.ColumnDefault };
        return Expressions.BindAssignment(syntax, scope, descriptor.Type, descriptor.Name);
    }

    protected IReadOnlyList<CheckCondition> ChecksOf(TableDescriptor table, int targetBase)
    {
        if (table.Checks.Count == 0) return [];
        Scope scope = Scope.ForTable(table, targetBase);
        scope.Clause = ClauseKind.Check;
        List<CheckCondition> checks = [];
        foreach (CheckDescriptor check in table.Checks)
        {
            BoundExpression condition = Expressions.BindCondition(SqlParser.ParseExpression(check.ExpressionText), scope, "CHECK");
            checks.Add(new CheckCondition(check.Name, Compile(condition)));
        }

        return checks;
    }

    protected Evaluator Compile(BoundExpression expression) => Physical.Compiler.Value(Physical.Fold(expression));

    /// <summary>RETURNING over a scope, and the slots that it reads.</summary>
    protected ReturningList? BindReturning(IReadOnlyList<SelectItemSyntax> items, Scope scope, HashSet<int> read)
    {
        if (items.Count == 0) return null;
        scope.Clause = ClauseKind.Returning;
        List<ResultColumn> columns = [];
        List<Evaluator> values = [];
        foreach (SelectItemSyntax item in items)
        {
            if (item.Expression is StarSyntax star)
            {
                foreach ((string name, BoundExpression expression, ScopeColumn source) in QueryBinder.ExpandStar(star, scope)) Add(name, expression, source);
                continue;
            }

            BoundExpression bound = Context.Coercion.ResolveUnknown(Expressions.Bind(item.Expression, scope));
            Add(item.Alias ?? OutputNames.Of(item.Expression), bound, FindSource(bound, scope));
        }

        return new ReturningList([.. values], new RowDescription(columns));

        void Add(string name, BoundExpression expression, ScopeColumn? source)
        {
            SlotUsage.Collect(expression, read);
            columns.Add(new ResultColumn(name, expression.ColumnType, source?.TableOid ?? 0, source?.AttributeNumber ?? 0));
            values.Add(Compile(expression));
        }
    }

    private static ScopeColumn? FindSource(BoundExpression expression, Scope scope) =>
        expression is BoundColumn column ? scope.Columns.Concat(scope.SystemColumns).FirstOrDefault(candidate => candidate.TableOid != 0 && candidate.Expression is BoundColumn other && other.Slot == column.Slot) : null;

    /// <summary>SET's assignments over a scope: single ones, and (a, b) = row or subquery.</summary>
    protected List<(int Column, BoundExpression Value)> BindAssignments(TableDescriptor table, IReadOnlyList<AssignmentSyntax> assignments, Scope scope)
    {
        List<(int Column, BoundExpression Value)> bound = [];
        foreach (AssignmentSyntax assignment in assignments)
        {
            if (!assignment.IsMultiple)
            {
                int column = AssignedColumn(table, assignment.Targets[0]);
                bound.Add((column, AssignedValue(table, column, assignment.Value, scope)));
            }
            else
            {
                BindMultiple(table, assignment, scope, bound);
            }
        }

        for (int i = 0; i < bound.Count; i++)
        {
            if (bound.FindIndex(other => other.Column == bound[i].Column) == i) continue;
            throw new SqlException(SqlState.SyntaxError, $"multiple assignments to same column \"{table.Columns[bound[i].Column].Name}\"");
        }

        return bound;
    }

    private BoundExpression AssignedValue(TableDescriptor table, int column, ExpressionSyntax value, Scope scope)
    {
        ColumnDescriptor descriptor = table.Columns[column];
        if (value is DefaultSyntax) return DefaultOf(table, column);
        if (descriptor.Identity == IdentityKind.Always)
        {
            throw new SqlException(SqlState.GeneratedAlways, $"column \"{descriptor.Name}\" can only be updated to DEFAULT")
            {
                Detail = $"Column \"{descriptor.Name}\" is an identity column defined as GENERATED ALWAYS.",
            };
        }

        return Expressions.BindAssignment(value, scope, descriptor.Type, descriptor.Name);
    }

    private void BindMultiple(TableDescriptor table, AssignmentSyntax assignment, Scope scope, List<(int Column, BoundExpression Value)> bound)
    {
        IReadOnlyList<AssignmentTargetSyntax> targets = assignment.Targets;
        switch (assignment.Value)
        {
            case RowSyntax row:
                if (row.Fields.Count != targets.Count) throw new SqlException(SqlState.SyntaxError, "number of columns does not match number of values", assignment.Value.Position);
                for (int i = 0; i < targets.Count; i++)
                {
                    int column = AssignedColumn(table, targets[i]);
                    bound.Add((column, AssignedValue(table, column, row.Fields[i], scope)));
                }

                break;
            case ScalarSubquerySyntax subquery:
                // Each target reads its own column of the subquery, which is bound once a column: the same rows, the same values.
                for (int i = 0; i < targets.Count; i++)
                {
                    int column = AssignedColumn(table, targets[i]);
                    BoundQuery query = new QueryBinder(Context).Bind(subquery.Query, scope);
                    if (query.Outputs.Count != targets.Count) throw new SqlException(SqlState.SyntaxError, "number of columns does not match number of values", subquery.Position);
                    BoundOutput output = query.Outputs[i];
                    BoundSubquery value = new(SubqueryKind.Scalar, query with { Outputs = [output] }, null, output.Type) { OuterSlots = SlotUsage.OuterSlots(query.Plan) };
                    bound.Add((column, Expressions.ToAssignment(value, table.Columns[column].Type, table.Columns[column].Name)));
                }

                break;
            default:
                if (targets.Count != 1) throw new SqlException(SqlState.SyntaxError, "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression", assignment.Value.Position);
                int single = AssignedColumn(table, targets[0]);
                bound.Add((single, AssignedValue(table, single, assignment.Value, scope)));
                break;
        }
    }

    /// <summary>WITH before a modification: its tables are visible in the scope.</summary>
    protected void BindWith(WithSyntax? with, Scope scope)
    {
        if (with is null) return;
        foreach (CommonTableExpressionSyntax table in with.Expressions) Queries.BindCommonTable(table, with.IsRecursive, scope);
    }
}
