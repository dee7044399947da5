using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Statements;

/// <summary>
/// INSERT: all source rows are computed first (so INSERT … SELECT never meets its own rows), then each is checked and written in source
/// order, as PostgreSQL numbers and reports them.
/// </summary>
public sealed class InsertOperator(InsertPlan plan)
{
    public InsertPlan Plan { get; } = plan;

    public StatementCursor Open(StatementContext context) => new InsertCursor(Plan, context);
}
