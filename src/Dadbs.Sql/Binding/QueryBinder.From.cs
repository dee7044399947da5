using System.Diagnostics;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>FROM: tables, views, subqueries, functions, joins.</summary>
public sealed partial class QueryBinder
{
    /// <summary>One item of FROM: its plan, the relations that qualified names reach, and the columns that <c>*</c> and bare names find.</summary>
    internal sealed record FromItem(LogicalPlan Plan, List<ScopeRelation> Relations, List<ScopeColumn> Columns)
    {
        public bool IsLateral { get; init; }
    }

    /// <summary>Adds FROM's items to the scope and gives their join.</summary>
    internal LogicalPlan BindFrom(IReadOnlyList<TableReferenceSyntax> items, Scope scope)
    {
        scope.Clause = ClauseKind.From;
        LogicalPlan? plan = null;
        foreach (TableReferenceSyntax syntax in items)
        {
            FromItem item = BindTable(syntax, scope);
            AddTo(scope, item);
            plan = plan is null ? item.Plan : new LogicalJoin(LogicalJoinKind.Inner, plan, item.Plan, [], item.IsLateral);
        }

        return plan ?? new LogicalOneRow();
    }

    internal static void AddTo(Scope scope, FromItem item)
    {
        foreach (ScopeRelation relation in item.Relations)
        {
            if (scope.Relations.Any(other => other.Name == relation.Name && (other.SchemaName is null || relation.SchemaName is null || other.SchemaName == relation.SchemaName)))
            {
                throw new SqlException(SqlState.DuplicateAlias, $"table name \"{relation.Name}\" specified more than once");
            }

            scope.AddQualifiedOnly(relation);
        }

        scope.Columns.AddRange(item.Columns);
    }

    private FromItem BindTable(TableReferenceSyntax syntax, Scope scope) => syntax switch
    {
        NamedTableSyntax named => BindNamed(named, scope),
        DerivedTableSyntax derived => BindDerived(derived, scope),
        FunctionTableSyntax function => BindFunction(function, scope),
        JoinSyntax join => BindJoin(join, scope),
        _ => throw new UnreachableException(),
    };

    private static FromItem Single(LogicalPlan plan, ScopeRelation relation) => new(plan, [relation], [.. relation.Columns]);

    private FromItem BindNamed(NamedTableSyntax syntax, Scope scope)
    {
        if (syntax.Sample is not null) throw new SqlException(SqlState.FeatureNotSupported, "TABLESAMPLE is not supported", syntax.Sample.Position);
        if (syntax.Name.Schema is null && FindCommonTable(syntax.Name.Name, scope) is { } common) return BindCommonTableScan(common, syntax);
        RelationDescriptor relation = ResolveRelation(syntax.Name);
        _context.References?.Add(syntax.Name, relation);
        IReadOnlyList<string>? columnAliases = syntax.Alias?.Columns;
        CheckAliases(syntax.Alias, relation.Name, relation.Columns.Count);
        switch (relation)
        {
            case TableDescriptor table:
                int first = _context.Slots.AllocateRow(table);
                string alias = syntax.Alias?.Name ?? table.Name;
                return Single(new LogicalScan(table, first, alias, ClaimRows(table, alias)), Scope.RelationOf(table, first, syntax.Alias?.Name, columnAliases));
            case VirtualTableDescriptor table:
                int block = _context.Slots.AllocateRow(table);
                _locking?.Of(syntax.Alias?.Name ?? table.Name);
                if (table.IsLocal) _context.LocalRelation = table;
                return Single(new LogicalVirtualScan(table, block, syntax.Alias?.Name ?? table.Name), Scope.RelationOf(table, block, syntax.Alias?.Name, columnAliases));
            case ViewDescriptor view:
                return BindView(view, syntax);
            case SequenceDescriptor sequence:
                if (_locking?.Of(syntax.Alias?.Name ?? sequence.Name) is not null) throw new SqlException(SqlState.WrongObjectType, $"cannot lock rows in sequence \"{sequence.Name}\"");
                int counter = _context.Slots.AllocateRow(sequence);
                VirtualTableDescriptor row = new() { Oid = sequence.Oid, SchemaOid = sequence.SchemaOid, SchemaName = sequence.SchemaName, Name = sequence.Name, Columns = sequence.Columns, ShownKind = 'S' };
                return Single(new LogicalVirtualScan(row, counter, syntax.Alias?.Name ?? sequence.Name), Scope.RelationOf(row, counter, syntax.Alias?.Name, columnAliases));
            case IndexDescriptor:
                throw new SqlException(SqlState.WrongObjectType, $"cannot open relation \"{relation.Name}\"", syntax.Name.Position) { Detail = "This operation is not supported for indexes." };
            default:
                throw new UnreachableException(relation.GetType().Name);
        }
    }

    /// <summary>A relation by name under the search path; 42P01 if there is none.</summary>
    internal RelationDescriptor ResolveRelation(QualifiedNameSyntax name)
    {
        PlanningContext planning = _context.Planning;
        if (name.Catalog is not null && name.Catalog != planning.Catalog.Database.Name)
        {
            throw new SqlException(SqlState.FeatureNotSupported, $"cross-database references are not implemented: \"{name}\"", name.Position);
        }

        RelationDescriptor relation = planning.Catalog.FindRelation(name.Schema, name.Name, planning.SearchPath)
            ?? throw new SqlException(SqlState.UndefinedTable, $"relation \"{name}\" does not exist", name.Position);
        if (_context.ViewDepth == 0) _context.Relations.Add(relation);
        _context.Lock(relation, TableLockMode.AccessShare);
        return relation;
    }

    private static void CheckAliases(TableAliasSyntax? alias, string name, int columns)
    {
        if (alias is null || alias.Columns.Count <= columns) return;
        throw new SqlException(SqlState.InvalidColumnReference, $"table \"{alias.Name ?? name}\" has {columns} columns available but {alias.Columns.Count} columns specified", alias.Position);
    }

    private static CommonTable? FindCommonTable(string name, Scope scope)
    {
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            CommonTable? found = level.CommonTables.FindLast(table => table.Name == name);
            if (found is not null) return found;
        }

        return null;
    }

    private FromItem BindCommonTableScan(CommonTable common, NamedTableSyntax syntax)
    {
        CheckAliases(syntax.Alias, common.Name, common.ColumnTypes.Count);
        common.References++;
        string name = syntax.Alias?.Name ?? common.Name;
        _locking?.RefuseNamed(name, "a WITH query");
        int first = _context.Slots.Allocate(common.ColumnTypes.Count);
        SqlType[] types = [.. common.ColumnTypes.Select(type => type.Type)];
        ScopeColumn[] columns = new ScopeColumn[types.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            string columnName = syntax.Alias is not null && i < syntax.Alias.Columns.Count ? syntax.Alias.Columns[i] : common.ColumnNames[i];
            columns[i] = new ScopeColumn(columnName, new BoundColumn(first + i, types[i], common.ColumnTypes[i].Modifier, columnName) { Relation = name });
        }

        return Single(new LogicalCommonTableScan(common.Name, common.IsWorkingTable ? common.WorkingNumber : common.Number, first, types, name, common.IsWorkingTable), new ScopeRelation(name, columns));
    }

    /// <summary>A view is its query, bound anew for every use.</summary>
    private FromItem BindView(ViewDescriptor view, NamedTableSyntax syntax)
    {
        StatementSyntax body = SqlParser.Parse(view.QueryText)[0].Syntax;
        NameReferences? references = _context.References;
        _context.References = null;
        _context.ViewDepth++;
        BoundQuery query = BindBeneath((QuerySyntax)body, null, syntax.Alias?.Name ?? view.Name);
        _context.ViewDepth--;
        _context.References = references;
        string name = syntax.Alias?.Name ?? view.Name;
        ScopeColumn[] columns = new ScopeColumn[view.Columns.Count];
        List<Projection> conversions = [];
        for (int i = 0; i < columns.Length; i++)
        {
            BoundOutput output = query.Outputs[i];
            ColumnDescriptor column = view.Columns[i];
            string columnName = syntax.Alias is not null && i < syntax.Alias.Columns.Count ? syntax.Alias.Columns[i] : column.Name;
            columns[i] = new ScopeColumn(columnName, new BoundColumn(output.Slot, output.Type, output.Modifier, columnName) { Relation = name })
            {
                TableOid = view.Oid,
                AttributeNumber = (short)column.Number,
            };
        }

        LogicalPlan plan = conversions.Count == 0 ? query.Plan : new LogicalProject(query.Plan, [.. conversions]);
        return Single(plan, new ScopeRelation(name, columns) { SchemaName = syntax.Alias is null ? view.SchemaName : null, Descriptor = view });
    }

    private FromItem BindDerived(DerivedTableSyntax syntax, Scope scope)
    {
        string name = syntax.Alias?.Name ?? "unnamed_subquery";
        BoundQuery query = BindBeneath(syntax.Query, syntax.IsLateral ? scope : OutsideOf(scope), name);
        CheckAliases(syntax.Alias, name, query.Outputs.Count);
        return Single(query.Plan, RelationOf(query, name, syntax.Alias?.Columns)) with { IsLateral = syntax.IsLateral };
    }

    /// <summary>What a subquery in FROM that is not LATERAL sees: the enclosing levels, and this level's common tables.</summary>
    private static Scope OutsideOf(Scope scope)
    {
        Scope outside = new(scope.Parent);
        outside.CommonTables.AddRange(scope.CommonTables);
        return outside;
    }

    private static ScopeRelation RelationOf(BoundQuery query, string name, IReadOnlyList<string>? aliases)
    {
        ScopeColumn[] columns = new ScopeColumn[query.Outputs.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            BoundOutput output = query.Outputs[i];
            string columnName = aliases is not null && i < aliases.Count ? aliases[i] : output.Name;
            columns[i] = new ScopeColumn(columnName, new BoundColumn(output.Slot, output.Type, output.Modifier, columnName) { Relation = name })
            {
                TableOid = output.TableOid,
                AttributeNumber = output.AttributeNumber,
            };
        }

        return new ScopeRelation(name, columns);
    }

    private FromItem BindJoin(JoinSyntax syntax, Scope scope)
    {
        FromItem left = BindTable(syntax.Left, scope);
        Scope sideways = new(scope.Parent) { Clause = ClauseKind.From };
        sideways.CommonTables.AddRange(scope.CommonTables);
        foreach (ScopeRelation relation in scope.Relations) sideways.AddQualifiedOnly(relation);
        sideways.Columns.AddRange(scope.Columns);
        Scope rightScope = sideways;
        foreach (ScopeRelation relation in left.Relations) rightScope.AddQualifiedOnly(relation);
        rightScope.Columns.AddRange(left.Columns);
        FromItem right = BindTable(syntax.Right, rightScope);
        foreach (ScopeRelation relation in right.Relations)
        {
            if (left.Relations.Exists(other => other.Name == relation.Name && (other.SchemaName is null || relation.SchemaName is null || other.SchemaName == relation.SchemaName)))
            {
                throw new SqlException(SqlState.DuplicateAlias, $"table name \"{relation.Name}\" specified more than once");
            }
        }

        List<ScopeRelation> relations = [.. left.Relations, .. right.Relations];
        List<BoundExpression> conditions = [];
        List<ScopeColumn> columns;
        IReadOnlyList<string>? shared = syntax.Using;
        if (syntax.IsNatural)
        {
            shared = [.. left.Columns.Where(column => right.Columns.Exists(other => other.Name == column.Name)).Select(column => column.Name)];
        }

        if (shared is not null)
        {
            columns = MergeColumns(syntax, shared, left, right, conditions);
        }
        else
        {
            columns = [.. left.Columns, .. right.Columns];
            if (syntax.On is not null)
            {
                Scope on = new(scope.Parent) { Clause = ClauseKind.JoinCondition };
                on.CommonTables.AddRange(scope.CommonTables);
                foreach (ScopeRelation relation in relations) on.AddQualifiedOnly(relation);
                on.Columns.AddRange(columns);
                Conjunctions.Split(_expressions.BindCondition(syntax.On, on, "JOIN/ON"), conditions);
            }
        }

        FromItem joined = new(JoinOf(syntax.Kind, left.Plan, right.Plan, [.. conditions], right.IsLateral), relations, columns);
        // A join hides the system columns of its sides from bare names.
        foreach (ScopeRelation relation in relations) relation.IsJoined = true;
        if (syntax.Alias is null) return joined;
        _locking?.RefuseNamed(syntax.Alias.Name, "a join");
        return Aliased(joined, syntax.Alias);
    }

    private static LogicalJoin JoinOf(JoinKind kind, LogicalPlan left, LogicalPlan right, BoundExpression[] conditions, bool isLateral) => kind switch
    {
        JoinKind.Left => new LogicalJoin(LogicalJoinKind.Left, left, right, conditions, isLateral),
        JoinKind.Right => new LogicalJoin(LogicalJoinKind.Left, right, left, conditions),
        JoinKind.Full => new LogicalJoin(LogicalJoinKind.Full, left, right, conditions),
        _ => new LogicalJoin(LogicalJoinKind.Inner, left, right, conditions, isLateral),
    };

    private List<ScopeColumn> MergeColumns(JoinSyntax syntax, IReadOnlyList<string> shared, FromItem left, FromItem right, List<BoundExpression> conditions)
    {
        List<ScopeColumn> merged = [];
        List<ScopeColumn> leftRest = [.. left.Columns];
        List<ScopeColumn> rightRest = [.. right.Columns];
        foreach (string name in shared)
        {
            ScopeColumn l = CommonColumn(left.Columns, name, "left");
            ScopeColumn r = CommonColumn(right.Columns, name, "right");
            conditions.Add(_expressions.MakeOperator("=", l.Expression, r.Expression, syntax.Position));
            SqlType type = Coercion.CommonType([l.Expression, r.Expression], "JOIN/USING");
            BoundExpression fromLeft = _context.Coercion.ToCommon(l.Expression, type, "JOIN/USING");
            BoundExpression fromRight = _context.Coercion.ToCommon(r.Expression, type, "JOIN/USING");
            BoundExpression value = syntax.Kind switch
            {
                JoinKind.Right => fromRight,
                JoinKind.Full => new BoundCoalesce([fromLeft, fromRight], type),
                _ => fromLeft,
            };
            ScopeColumn source = syntax.Kind == JoinKind.Right ? r : l;
            merged.Add(value is BoundColumn ? source with { Expression = value } : new ScopeColumn(name, value));
            leftRest.Remove(l);
            rightRest.Remove(r);
        }

        return [.. merged, .. leftRest, .. rightRest];
    }

    private static ScopeColumn CommonColumn(List<ScopeColumn> columns, string name, string side)
    {
        ScopeColumn? found = null;
        foreach (ScopeColumn column in columns)
        {
            if (column.Name != name) continue;
            if (found is not null) throw new SqlException(SqlState.AmbiguousColumn, $"common column name \"{name}\" appears more than once in {side} table");
            found = column;
        }

        return found ?? throw new SqlException(SqlState.UndefinedColumn, $"column \"{name}\" specified in USING clause does not exist in {side} table");
    }

    private static FromItem Aliased(FromItem item, TableAliasSyntax alias)
    {
        CheckAliases(alias, alias.Name, item.Columns.Count);
        ScopeColumn[] columns = new ScopeColumn[item.Columns.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            ScopeColumn column = item.Columns[i];
            columns[i] = i < alias.Columns.Count ? column with { Name = alias.Columns[i] } : column;
        }

        return Single(item.Plan, new ScopeRelation(alias.Name, columns)) with { IsLateral = item.IsLateral };
    }
}
