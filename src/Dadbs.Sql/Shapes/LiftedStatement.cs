using System.Diagnostics.CodeAnalysis;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Shapes;

/// <summary>A statement whose literals are the values of its shape's plan. To its user it is the statement as written: it has no parameters.</summary>
internal sealed class LiftedStatement : PreparedStatement
{
    private readonly PlannedStatement _plan;
    private readonly Datum[] _values;
    private readonly LiftedText _text;
    private readonly SqlEngine _engine;
    private readonly PlanningContext _planning;

    [SetsRequiredMembers]
    public LiftedStatement(PlannedStatement plan, Datum[] values, LiftedText text, SqlEngine engine, PlanningContext planning)
    {
        (_plan, _values, _text, _engine, _planning) = (plan, values, text, engine, planning);
        Kind = plan.Kind;
        Text = text.Statement;
        Syntax = plan.Syntax;
        Columns = plan.Columns;
        IsReadOnly = plan.IsReadOnly;
        IsReplicable = plan.IsReplicable;
        Sequences = plan.Sequences;
        RelationLocks = plan.RelationLocks;
        LocksRows = plan.LocksRows;
        IsPointAccess = plan.IsPointAccess;
    }

    public override bool IsExecutable => true;

    public override StatementCursor Open(StatementContext context)
    {
        context.Parameters = _values;
        return _plan.Open(context);
    }

    /// <summary>The plan of the text as written, which is what EXPLAIN shows.</summary>
    public override IReadOnlyList<string> Explain(bool costs) => _engine.PlanAsWritten(_text.Statement, _planning).Explain(costs);
}
