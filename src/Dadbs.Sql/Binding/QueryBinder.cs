using System.Diagnostics;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>
/// Queries: syntax → logical plan. One level of query is one <see cref="Scope"/>; the order in which clauses are bound is PostgreSQL's, so that the first of several errors is the
/// same. Things start here: <see cref="Bind"/>; SELECT and FROM have their own parts.
/// </summary>
public sealed partial class QueryBinder
{
    private readonly BindingContext _context;
    private readonly ExpressionBinder _expressions;

    public QueryBinder(BindingContext context)
    {
        _context = context;
        _expressions = new ExpressionBinder(context);
    }

    /// <summary>Binds a query; outputs still unknown become text.</summary>
    public BoundQuery Bind(QuerySyntax query, Scope? outer) => ResolveOutputs(BindOpen(query, outer), null);

    /// <summary>Binds a query but leaves literals of type unknown for the caller to settle (INSERT's columns, UNION's other side).</summary>
    internal BoundQuery BindOpen(QuerySyntax query, Scope? outer)
    {
        if (query is not SelectSyntax)
        {
            string? words = query.Locking.Count > 0 ? RowLocking.WordsOf(RowLocking.StrengthOf(query.Locking[0].Strength)) : _handedDown?.Locking.Words;
            _handedDown = null;
            if (words is not null && query is SetOperationSyntax) throw NotOverSets(words);
            if (query.Locking.Count > 0) throw new SqlException(SqlState.FeatureNotSupported, $"{words} cannot be applied to VALUES");
        }

        if (query.With is null) return BindBody(query, outer);

        Scope scope = new(outer);
        (RowLocking, RowLockingLevel)? handedDown = _handedDown;
        _handedDown = null;
        foreach (CommonTableExpressionSyntax expression in query.With.Expressions) BindCommonTable(expression, query.With.IsRecursive, scope);
        _handedDown = handedDown;
        BoundQuery body = BindBody(query, scope);
        return body with { Plan = CommonTableInlining.Around(body.Plan, scope.CommonTables) };
    }

    /// <summary>Converts outputs to the given types (text where a type is null and the output unknown).</summary>
    internal BoundQuery ResolveOutputs(BoundQuery query, SqlType?[]? types)
    {
        List<Projection> conversions = [];
        BoundOutput[] outputs = new BoundOutput[query.Outputs.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            BoundOutput output = query.Outputs[i];
            SqlType wanted = types?[i] ?? (output.Type.IsUnknown ? SqlTypes.Text : output.Type);
            if (output.Type == wanted)
            {
                outputs[i] = output;
                continue;
            }

            BoundExpression value = output.Literal ?? new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name);
            int slot = _context.Slots.Allocate();
            conversions.Add(new Projection(slot, _context.Coercion.Coerce(value, wanted)));
            outputs[i] = new BoundOutput(output.Name, slot, wanted, -1);
        }

        return conversions.Count == 0 ? query : new BoundQuery(new LogicalProject(query.Plan, [.. conversions]), outputs);
    }

    private BoundQuery BindBody(QuerySyntax query, Scope? outer) => query switch
    {
        SelectSyntax select => BindSelect(select, outer),
        ValuesSyntax values => BindOrderAndLimit(BindValues(values, outer), values, outer),
        SetOperationSyntax operation => BindOrderAndLimit(BindSetOperation(operation, outer), operation, outer),
        _ => throw new UnreachableException(),
    };

    private BoundQuery BindValues(ValuesSyntax values, Scope? outer)
    {
        Scope scope = new(outer) { Clause = ClauseKind.Values };
        int width = values.Rows[0].Count;
        BoundExpression[][] rows = new BoundExpression[values.Rows.Count][];
        for (int i = 0; i < rows.Length; i++)
        {
            IReadOnlyList<ExpressionSyntax> row = values.Rows[i];
            if (row.Count != width) throw new SqlException(SqlState.SyntaxError, "VALUES lists must all be the same length", row[0].Position);
            rows[i] = new BoundExpression[width];
            for (int j = 0; j < width; j++) rows[i][j] = _expressions.Bind(row[j], scope);
        }

        return ValuesOf(rows);
    }

    /// <summary>Rows of bound expressions as a query, each column of its common type (unknown if every row is).</summary>
    private BoundQuery ValuesOf(BoundExpression[][] rows)
    {
        int width = rows[0].Length;
        SqlType[] types = new SqlType[width];
        int[] modifiers = new int[width];
        for (int j = 0; j < width; j++)
        {
            BoundExpression[] column = new BoundExpression[rows.Length];
            for (int i = 0; i < rows.Length; i++) column[i] = rows[i][j];
            bool open = rows.Length == 1 && column[0].Type.IsUnknown;
            types[j] = open ? SqlTypes.Unknown : Coercion.CommonType(column, "VALUES");
            if (!open)
            {
                for (int i = 0; i < rows.Length; i++) rows[i][j] = _context.Coercion.ToCommon(column[i], types[j], "VALUES");
            }

            modifiers[j] = Coercion.CommonModifier(column, types[j]);
        }

        int first = _context.Slots.Allocate(width);
        BoundOutput[] outputs = new BoundOutput[width];
        for (int j = 0; j < width; j++)
        {
            outputs[j] = new BoundOutput($"column{j + 1}", first + j, types[j], modifiers[j]) { Literal = types[j].IsUnknown ? rows[0][j] : null };
        }

        return new BoundQuery(new LogicalValues(rows, first, types), outputs);
    }

    private BoundQuery BindSetOperation(SetOperationSyntax operation, Scope? outer)
    {
        foreach (QuerySyntax side in new[] { operation.Left, operation.Right })
        {
            if (side.Locking.Count > 0) throw NotOverSets(RowLocking.WordsOf(RowLocking.StrengthOf(side.Locking[0].Strength)));
        }

        BoundQuery left = BindOpen(operation.Left, outer);
        BoundQuery right = BindOpen(operation.Right, outer);
        string name = operation.Operator.ToString().ToUpperInvariant();
        if (left.Outputs.Count != right.Outputs.Count)
        {
            throw new SqlException(SqlState.SyntaxError, $"each {name} query must have the same number of columns", PositionOf(operation.Right));
        }

        int width = left.Outputs.Count;
        SqlType[] types = new SqlType[width];
        int first = _context.Slots.Allocate(width);
        BoundOutput[] outputs = new BoundOutput[width];
        for (int i = 0; i < width; i++)
        {
            BoundExpression l = ValueOf(left.Outputs[i]);
            BoundExpression r = ValueOf(right.Outputs[i]);
            types[i] = Coercion.CommonType([l, r], name);
            if (!(operation.IsAll && operation.Operator == SetOperator.Union) && !types[i].Operations.IsHashable)
            {
                throw new SqlException(SqlState.UndefinedFunction, $"could not identify an equality operator for type {types[i].DisplayName}", Coercion.At(l));
            }

            outputs[i] = new BoundOutput(left.Outputs[i].Name, first + i, types[i], Coercion.CommonModifier([l, r], types[i]));
        }

        left = ResolveOutputs(left, types);
        right = ResolveOutputs(right, types);
        LogicalSetOperation plan = new(operation.Operator, operation.IsAll, left.Plan, SlotsOf(left), right.Plan, SlotsOf(right), first, types);
        return new BoundQuery(plan, outputs);
    }

    /// <summary>Where PostgreSQL points for a whole query: at its first output.</summary>
    private static int PositionOf(QuerySyntax query) => query is SelectSyntax { Items: [var first, ..] } ? first.Position : query.Position;

    private static BoundExpression ValueOf(BoundOutput output) =>
        output.Literal ?? new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name) { Position = output.Position };

    internal static int[] SlotsOf(BoundQuery query) => [.. query.Outputs.Select(output => output.Slot)];

    /// <summary>ORDER BY, LIMIT and OFFSET of VALUES and set operations, where only output columns can be named.</summary>
    private BoundQuery BindOrderAndLimit(BoundQuery query, QuerySyntax syntax, Scope? outer)
    {
        LogicalPlan plan = query.Plan;
        List<SortKey> keys = [];
        foreach (SortKeySyntax key in syntax.OrderBy)
        {
            int at = key.Expression switch
            {
                IntegerLiteralSyntax number => Position(number, query.Outputs.Count, "ORDER BY"),
                ColumnReferenceSyntax { Parts.Count: 1 } name => OutputNamed(query.Outputs, name),
                _ => -1,
            };
            if (at < 0)
            {
                if (key.Expression is ColumnReferenceSyntax { Parts.Count: 1 } missing)
                {
                    throw new SqlException(SqlState.UndefinedColumn, $"column \"{missing.Parts[0]}\" does not exist", missing.Position);
                }

                throw new SqlException(SqlState.FeatureNotSupported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause", key.Expression.Position)
                {
                    Detail = "Only result column names can be used, not expressions or functions.",
                    Hint = "Add the expression/function to every SELECT, or move the UNION into a FROM clause.",
                };
            }

            BoundOutput output = query.Outputs[at];
            keys.Add(_expressions.BindSortKey(new BoundColumn(output.Slot, output.Type, output.Modifier, output.Name), key));
        }

        if (keys.Count > 0) plan = new LogicalSort(plan, [.. keys]);
        return query with { Plan = BindLimit(plan, syntax, keys, outer) };
    }

    private static int OutputNamed(IReadOnlyList<BoundOutput> outputs, ColumnReferenceSyntax name)
    {
        int found = -1;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Name != name.Parts[0]) continue;
            if (found >= 0) throw new SqlException(SqlState.AmbiguousColumn, $"ORDER BY \"{name.Parts[0]}\" is ambiguous", name.Position);
            found = i;
        }

        return found;
    }

    private static int Position(IntegerLiteralSyntax number, int count, string clause)
    {
        if (number.Value < 1 || number.Value > count) throw new SqlException(SqlState.InvalidColumnReference, $"{clause} position {number.Value} is not in select list", number.Position);
        return number.Value - 1;
    }

    private LogicalPlan BindLimit(LogicalPlan plan, QuerySyntax syntax, List<SortKey> keys, Scope? outer)
    {
        BoundExpression? limit = BindCount(syntax.Limit, "LIMIT", ClauseKind.Limit, outer);
        BoundExpression? offset = BindCount(syntax.Offset, "OFFSET", ClauseKind.Offset, outer);
        if (limit is null && offset is null) return plan;
        if (syntax.LimitWithTies && keys.Count == 0) throw new SqlException(SqlState.SyntaxError, "WITH TIES cannot be specified without ORDER BY clause", syntax.Position);
        return new LogicalLimit(plan, limit, offset) { Ties = syntax.LimitWithTies ? [.. keys] : null };
    }

    private BoundExpression? BindCount(ExpressionSyntax? syntax, string construct, ClauseKind clause, Scope? outer)
    {
        if (syntax is null or NullLiteralSyntax) return null;
        Scope scope = new(outer) { Clause = clause };
        BoundExpression bound;
        try
        {
            bound = _expressions.Bind(syntax, scope);
        }
        catch (SqlException error) when (error.State == SqlState.UndefinedColumn && syntax is ColumnReferenceSyntax)
        {
            throw new SqlException(SqlState.InvalidColumnReference, $"argument of {construct} must not contain variables", syntax.Position);
        }

        return _context.Coercion.TryCoerce(bound, SqlTypes.BigInt, -1, Functions.CastContext.Assignment)
            ?? throw new SqlException(SqlState.DatatypeMismatch, $"argument of {construct} must be type bigint, not type {bound.Type.DisplayName}", syntax.Position);
    }

    internal void BindCommonTable(CommonTableExpressionSyntax syntax, bool isRecursive, Scope scope)
    {
        if (syntax.Body is not QuerySyntax body) throw new SqlException(SqlState.FeatureNotSupported, "data-modifying statements in WITH are not supported", syntax.Position);
        if (scope.CommonTables.Exists(table => table.Name == syntax.Name)) throw new SqlException(SqlState.DuplicateAlias, $"WITH query name \"{syntax.Name}\" specified more than once", syntax.Position);
        CommonTable table = new(syntax.Name, _context.NextRun()) { IsMaterialized = syntax.IsMaterialized };
        bool wasVolatile = _context.CallsVolatileFunction;
        bool lockedRows = _context.LocksRows;
        _context.LocksRows = false;
        if (isRecursive && body is SetOperationSyntax { Operator: SetOperator.Union } union && RecursiveReferences.Contains(union.Right, syntax.Name))
        {
            BindRecursive(table, syntax, union, scope);
        }
        else
        {
            BoundQuery query = Bind(body, scope);
            table.Query = query;
            table.ColumnNames = Rename(query, syntax);
            table.ColumnTypes = [.. query.Outputs.Select(output => new ColumnType(output.Type, output.Modifier))];
            scope.CommonTables.Add(table);
        }

        table.IsVolatile = (!wasVolatile && _context.CallsVolatileFunction) || table.IsRecursive || _context.LocksRows;
        _context.LocksRows |= lockedRows;
    }

    private static string[] Rename(BoundQuery query, CommonTableExpressionSyntax syntax)
    {
        if (syntax.Columns.Count > query.Outputs.Count)
        {
            throw new SqlException(SqlState.InvalidColumnReference, $"WITH query \"{syntax.Name}\" has {query.Outputs.Count} columns available but {syntax.Columns.Count} columns specified", syntax.Position);
        }

        string[] names = new string[query.Outputs.Count];
        for (int i = 0; i < names.Length; i++) names[i] = i < syntax.Columns.Count ? syntax.Columns[i] : query.Outputs[i].Name;
        return names;
    }

    private void BindRecursive(CommonTable table, CommonTableExpressionSyntax syntax, SetOperationSyntax union, Scope scope)
    {
        BoundQuery first = Bind(union.Left, scope);
        table.ColumnNames = Rename(first, syntax);
        table.ColumnTypes = [.. first.Outputs.Select(output => new ColumnType(output.Type, output.Modifier))];
        table.IsRecursive = true;
        table.IsWorkingTable = true;
        table.WorkingNumber = _context.NextRun();
        scope.CommonTables.Add(table);
        BoundQuery next = BindOpen(union.Right, scope);
        table.IsWorkingTable = false;
        if (first.Outputs.Count != next.Outputs.Count) throw new SqlException(SqlState.SyntaxError, "each UNION query must have the same number of columns", union.Right.Position);
        SqlType[] types = [.. first.Outputs.Select(output => output.Type)];
        for (int i = 0; i < types.Length; i++)
        {
            SqlType common = Coercion.CommonType([ValueOf(first.Outputs[i]), ValueOf(next.Outputs[i])], "UNION");
            if (common == types[i]) continue;
            throw new SqlException(SqlState.DatatypeMismatch, $"recursive query \"{syntax.Name}\" column {i + 1} has type {types[i].DisplayName} in non-recursive term but type {common.DisplayName} overall", PositionOf(union.Left))
            {
                Hint = "Cast the output of the non-recursive term to the correct type.",
            };
        }

        next = ResolveOutputs(next, types);
        int slots = _context.Slots.Allocate(types.Length);
        LogicalRecursiveUnion plan = new(first.Plan, SlotsOf(first), next.Plan, SlotsOf(next), union.IsAll, table.WorkingNumber, slots, types);
        table.Query = new BoundQuery(plan, [.. first.Outputs.Select((output, i) => new BoundOutput(output.Name, slots + i, output.Type, output.Modifier))]);
    }
}
