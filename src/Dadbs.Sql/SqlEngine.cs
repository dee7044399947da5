using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Shapes;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// The engine's front door: a parsed statement becomes a prepared one, which opens cursors. Any thread; holds no state but the plan cache. The way of a query from here:
/// <see cref="QueryBinder"/> → <see cref="PhysicalPlanner"/> → <see cref="PhysicalOperator.Open"/>.
/// </summary>
public sealed class SqlEngine
{
    private readonly PlanCache _plans = new();
    private readonly ParseCache _parses = new();
    private readonly ShapeCache _shapes = new();

    /// <summary>
    /// All statements of a string, as <see cref="SqlParser.Parse"/> gives them; one statement that differs in literals only from another that came before is recognised without being parsed, its
    /// syntax then the other's.
    /// </summary>
    /// <exception cref="SqlException">42601 with position where the text is no SQL.</exception>
    public IReadOnlyList<ParsedStatement> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _shapes.Read(text, 0, text.Length) is { } lifted
            ? [new ParsedStatement(lifted.Shape.Syntax!, lifted.Start, lifted.Length, 0) { Lifted = lifted }]
            : SqlParser.Parse(text);
    }

    /// <summary>Binds and plans one statement of a text, or takes the plan from the cache.</summary>
    /// <param name="text">The string that was parsed.</param>
    /// <param name="statement">One of its statements.</param>
    /// <param name="declaredParameterTypes">Types that the client gave for $1, $2, …; null or missing: inferred.</param>
    /// <param name="context">The catalog and settings that the plan may depend on.</param>
    /// <exception cref="SqlException">Whatever binding refuses, with its position in <paramref name="text"/>.</exception>
    public PreparedStatement Prepare(string text, ParsedStatement statement, ReadOnlySpan<SqlType?> declaredParameterTypes, PlanningContext context)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!IsPlanned(statement.Syntax)) return Make(text, statement, declaredParameterTypes, context);
        if (declaredParameterTypes.Length == 0 && statement.ParameterCount == 0
            && (statement.Lifted ?? _shapes.Read(text, statement.Start, statement.Length)) is { } lifted && ByShape(lifted, context) is { } shaped)
        {
            return shaped;
        }

        return PrepareAsWritten(text, statement.Lifted is null ? statement : SqlParser.Parse(text)[0], declaredParameterTypes, context);
    }

    /// <summary>As the other, for a text that is one statement, parsed once as long as its parse is remembered. 42601 if it is none or several.</summary>
    public PreparedStatement PrepareSingle(string text, ReadOnlySpan<SqlType?> declaredParameterTypes, PlanningContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (declaredParameterTypes.Length == 0 && _shapes.Read(text, 0, text.Length) is { } lifted && ByShape(lifted, context) is { } shaped) return shaped;
        ParsedStatement statement = _parses.Get(text);
        return IsPlanned(statement.Syntax) ? PrepareAsWritten(text, statement, declaredParameterTypes, context) : Make(text, statement, declaredParameterTypes, context);
    }

    /// <summary>The plan of one statement with its literals in place.</summary>
    internal PreparedStatement PlanAsWritten(string text, PlanningContext context) => PrepareAsWritten(text, SqlParser.Parse(text)[0], [], context);

    private PreparedStatement PrepareAsWritten(string text, ParsedStatement statement, ReadOnlySpan<SqlType?> declaredParameterTypes, PlanningContext context)
    {
        PlanCache.Key key = PlanCache.KeyOf(text, statement, declaredParameterTypes, context);
        if (_plans.Find(key) is { } known) return known;
        PreparedStatement made = Make(text, statement, declaredParameterTypes, context);
        _plans.Add(key, made);
        return made;
    }

    /// <summary>The type that a type name means.</summary>
    public ColumnType ResolveType(TypeNameSyntax name, PlanningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return TypeNameResolver.Resolve(name);
    }

    /// <summary>The logical plan as text, for tests of the binder.</summary>
    internal static BoundQuery BindQuery(QuerySyntax query, PlanningContext context) => new QueryBinder(new BindingContext(context, ParameterTypes.None)).Bind(query, null);

    private static bool IsPlanned(StatementSyntax syntax) => syntax is QuerySyntax or ModificationSyntax;

    /// <summary>The statement over its shape's plan; null where lifting is refused, or where planning fails in a way that the ordinary way reports with its place in the whole text.</summary>
    private LiftedStatement? ByShape(LiftedText text, PlanningContext context)
    {
        ShapePlan? plan = text.Shape.Find(text, context);
        if (plan is null)
        {
            plan = MakeShapePlan(text, context);
            if (plan is null) return null;
            text.Shape.Add(plan);
        }

        return plan.Plan is { } planned && plan.Values(text) is { } values ? new LiftedStatement(planned, values, text, this, context) : null;
    }

    private ShapePlan? MakeShapePlan(LiftedText text, PlanningContext context)
    {
        string own = text.Statement;
        ParsedStatement parsed = SqlParser.Parse(own)[0];
        LiteralLifting lifting = new(text, parsed.Syntax);
        BindingContext binding = new(context, ParameterTypes.None) { Lifting = lifting };
        try
        {
            var planned = Make(own, parsed, [], context, binding) as PlannedStatement;
            return new ShapePlan(text, context, binding.TypeSettings, lifting.IsComplete ? planned : null, [.. lifting.Parameters]);
        }
        catch (LiftingRefusedException)
        {
            return new ShapePlan(text, context, binding.TypeSettings, null, []);
        }
        catch (SqlException)
        {
            // Either every text of the shape fails, or this one's literals: nothing is remembered, so that what came before decides nothing.
            return null;
        }
    }

    private PreparedStatement Make(string text, ParsedStatement statement, ReadOnlySpan<SqlType?> declared, PlanningContext planning) =>
        Make(text, statement, declared, planning, new BindingContext(planning, new ParameterTypes(declared)));

    private PreparedStatement Make(string text, ParsedStatement statement, ReadOnlySpan<SqlType?> declared, PlanningContext planning, BindingContext context)
    {
        string own = text.Substring(statement.Start, statement.Length);
        switch (statement.Syntax)
        {
            case QuerySyntax query:
                return MakeQuery(own, query, context);
            case InsertSyntax insert:
                InsertPlanner insertPlanner = new(context);
                InsertPlan insertPlan = insertPlanner.Plan(insert);
                return Modification(StatementKind.Insert, own, insert, context, insertPlan.Table, insertPlan.Returning, new InsertOperator(insertPlan).Open, insertPlan.Source, insertPlanner.Physical);
            case UpdateSyntax update:
                UpdatePlanner updatePlanner = new(context);
                UpdatePlan updatePlan = updatePlanner.Plan(update);
                return Modification(StatementKind.Update, own, update, context, updatePlan.Table, updatePlan.Returning, new UpdateOperator(updatePlan).Open, updatePlan.Target.Plan, updatePlanner.Physical);
            case DeleteSyntax delete:
                UpdatePlanner deletePlanner = new(context);
                DeletePlan deletePlan = deletePlanner.Plan(delete);
                return Modification(StatementKind.Delete, own, delete, context, deletePlan.Table, deletePlan.Returning, new DeleteOperator(deletePlan).Open, deletePlan.Target.Plan, deletePlanner.Physical);
            case ExplainSyntax explain:
                return MakeExplain(text, own, statement, explain, declared, planning);
            case StatementSyntax definition when DefinitionOperator.Handles(definition):
                return new DefinitionStatement { Kind = StatementKinds.Of(definition), Text = own, Syntax = definition, IsReadOnly = false, RelationLocks = DefinitionLocks.Of(definition, planning) };
            case StatementSyntax unsupported when StatementKinds.Of(unsupported) == StatementKind.Definition:
                throw new SqlException(SqlState.FeatureNotSupported, $"{StatementNames.Of(unsupported)} is not supported", unsupported.Position);
            default:
                return new UtilityStatement { Kind = StatementKinds.Of(statement.Syntax), Text = own, Syntax = statement.Syntax, IsReadOnly = StatementKinds.IsReadOnly(statement.Syntax) };
        }
    }

    private static PlannedStatement MakeQuery(string text, QuerySyntax query, BindingContext context)
    {
        BoundQuery bound = new QueryBinder(context).Bind(query, null);
        IReadOnlyList<SqlType> types = context.Parameters.Finish();
        PhysicalPlanner planner = new(context);
        int[] outputs = QueryBinder.SlotsOf(bound);
        PhysicalOperator plan = planner.PlanQuery(bound.Plan, outputs);
        int slots = context.Slots.Count;
        if (context.CallsWritingFunction) RefuseLocalRelation(context);
        return new PlannedStatement(state => new QueryCursor(plan, outputs, slots, state))
        {
            Kind = StatementKind.Query,
            Text = text,
            Syntax = query,
            ParameterTypes = types,
            Columns = bound.Describe(),
            IsReadOnly = !context.CallsWritingFunction,
            IsReplicable = context.LocalRelation is null,
            Sequences = context.Sequences,
            Plan = plan,
            Subplans = planner.Subplans,
            Relations = context.Relations,
            RelationLocks = context.RelationLocks,
            LocksRows = context.LocksRows,
            IsPointAccess = plan.IsPoint && IsBounded(context, planner),
        };
    }

    /// <summary>What its expressions do is bounded.</summary>
    private static bool IsBounded(BindingContext context, PhysicalPlanner planner) => planner.Subplans.Count == 0 && !context.CallsLongFunction;

    private static PlannedStatement Modification(
        StatementKind kind, string text, ModificationSyntax syntax, BindingContext context, TableDescriptor table, ReturningList? returning, Func<StatementContext, StatementCursor> open, PhysicalOperator? source, PhysicalPlanner planner)
    {
        RefuseLocalRelation(context);
        return new PlannedStatement(open)
        {
            Kind = kind,
            Text = text,
            Syntax = syntax,
            ParameterTypes = context.Parameters.Finish(),
            Columns = returning?.Columns,
            IsReadOnly = false,
            Sequences = context.Sequences,
            Plan = new ModificationLine($"{kind} on {table.Name}", source),
            Subplans = planner.Subplans,
            Relations = context.Relations,
            RelationLocks = context.RelationLocks,
            LocksRows = context.LocksRows,
            IsPointAccess = source is not { IsPoint: false } && IsBounded(context, planner) && !context.Planning.Catalog.ForeignKeys.Concerns(table.Oid),
        };
    }

    /// <summary>What writes is executed by every node, and each would find other rows there. 0A000.</summary>
    private static void RefuseLocalRelation(BindingContext context)
    {
        if (context.LocalRelation is { } relation)
            throw new SqlException(SqlState.FeatureNotSupported, $"relation \"{relation.Name}\" is local to a node and cannot be read in a replicated statement");
    }

    private ExplainStatement MakeExplain(string text, string own, ParsedStatement statement, ExplainSyntax explain, ReadOnlySpan<SqlType?> declared, PlanningContext planning)
    {
        ExplainOptions options = ExplainOptions.Read(explain.Options);
        SqlType?[] types = declared.ToArray();
        PreparedStatement Plan() => Make(text, statement with { Syntax = explain.Statement }, types, planning);
        PreparedStatement inner = Plan();
        return new ExplainStatement(Plan, inner, options)
        {
            Kind = StatementKind.Explain,
            Text = own,
            Syntax = explain,
            ParameterTypes = inner.ParameterTypes,
            Columns = new RowDescription([new ResultColumn("QUERY PLAN", new ColumnType(SqlTypes.Text))]),
            IsReadOnly = !options.Analyze || inner.IsReadOnly,
            IsReplicable = inner.IsReplicable,
            Sequences = inner.Sequences,
            RelationLocks = options.Analyze ? inner.RelationLocks : [],
            LocksRows = options.Analyze && inner.LocksRows,
        };
    }
}
