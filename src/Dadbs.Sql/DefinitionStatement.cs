using Dadbs.Sql.Statements;

namespace Dadbs.Sql;

/// <summary>A statement that changes definitions, or maintains: bound and executed in its first step.</summary>
internal sealed class DefinitionStatement : PreparedStatement
{
    public override bool IsExecutable => true;

    public override StatementCursor Open(StatementContext context) => DefinitionOperator.Open(Syntax, context);

    public override IReadOnlyList<string> Explain(bool costs) => ["Utility statements have no plan structure"];
}
