using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>
/// Statements that change definitions, and those that only maintain (VACUUM, ANALYZE): each is one call, one tag, no rows. Things start here:
/// <see cref="Execute"/> says which file does what.
/// </summary>
public static class DefinitionOperator
{
    /// <summary>Whether this statement is executed here.</summary>
    public static bool Handles(StatementSyntax syntax) => syntax
        is CreateTableSyntax or CreateTableAsSyntax or AlterTableSyntax or CreateIndexSyntax or CreateViewSyntax or CreateSequenceSyntax
        or AlterSequenceSyntax or CreateSchemaSyntax or CreateRoleSyntax or AlterRoleSyntax or DropRoleSyntax or CreateDatabaseSyntax
        or DropDatabaseSyntax or DropSyntax or RenameSyntax or SetSchemaSyntax or ChangeObjectOwnerSyntax or CommentSyntax or TruncateSyntax
        or VacuumSyntax or ReindexSyntax or ClusterSyntax or CheckpointSyntax or GrantSyntax or GrantRoleSyntax or SetConstraintsSyntax;

    public static StatementCursor Open(StatementSyntax syntax, StatementContext context) => new DefinitionCursor(syntax, context);

    private static string Execute(StatementSyntax syntax, DefinitionScope scope) => syntax switch
    {
        CreateTableSyntax s => CreateTable.Execute(s, scope),
        CreateTableAsSyntax s => CreateTableAs.Execute(s, scope),
        AlterTableSyntax s => AlterTable.Execute(s, scope),
        CreateIndexSyntax s => CreateIndex.Execute(s, scope),
        CreateViewSyntax s => CreateView.Execute(s, scope),
        CreateSequenceSyntax s => SequenceDefinitions.Create(s, scope),
        AlterSequenceSyntax s => SequenceDefinitions.Alter(s, scope),
        CreateSchemaSyntax s => SchemaDefinitions.Create(s, scope),
        CreateRoleSyntax s => RoleDefinitions.Create(s, scope),
        AlterRoleSyntax s => RoleDefinitions.Alter(s, scope),
        DropRoleSyntax s => RoleDefinitions.Drop(s, scope),
        CreateDatabaseSyntax s => DatabaseDefinitions.Create(s, scope),
        DropDatabaseSyntax s => DatabaseDefinitions.Drop(s, scope),
        DropSyntax s => DropObjects.Execute(s, scope),
        RenameSyntax s => RenameObjects.Execute(s, scope),
        SetSchemaSyntax s => RenameObjects.SetSchema(s, scope),
        ChangeObjectOwnerSyntax s => RenameObjects.ChangeOwner(s, scope),
        CommentSyntax s => CommentDefinitions.Execute(s, scope),
        TruncateSyntax s => Truncate.Execute(s, scope),
        VacuumSyntax s => Maintenance.Vacuum(s, scope),
        ReindexSyntax s => Maintenance.Reindex(s, scope),
        ClusterSyntax => "CLUSTER",
        CheckpointSyntax => "CHECKPOINT",
        GrantSyntax s => RoleDefinitions.Grant(s, scope),
        GrantRoleSyntax s => s.IsGrant ? "GRANT ROLE" : "REVOKE ROLE",
        SetConstraintsSyntax s => SetConstraints.Execute(s, scope.Context),
        _ => throw DefinitionScope.Unsupported("this statement", syntax.Position),
    };

    private sealed class DefinitionCursor(StatementSyntax syntax, StatementContext context) : StatementCursor
    {
        private string? _tag;

        public override ReadOnlySpan<Datum> Current => [];

        public override string CommandTag => _tag ?? "";

        public override long RowCount { get; }

        public override bool MoveNext()
        {
            _tag ??= Execute(syntax, new DefinitionScope(context));
            return false;
        }
    }
}
