using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>TRUNCATE: the table and its indexes take new, empty file ids, so it costs the same for any size.</summary>
internal static class Truncate
{
    public static string Execute(TruncateSyntax syntax, DefinitionScope scope)
    {
        var tables = new List<TableDescriptor>();
        foreach (NamedTableSyntax name in syntax.Tables)
        {
            TableDescriptor table = scope.RequireTable(name.Name);
            if (tables.Exists(other => other.Oid == table.Oid)) continue;
            Ownership.RequireUse([table], scope.Context);
            tables.Add(table);
        }

        ForeignKeyDependencies.CollectTruncated(tables, syntax.Behavior, scope);
        foreach (TableDescriptor table in tables)
        {
            scope.Context.Deferred?.RequireNonePending(table, "TRUNCATE", scope.Catalog);
            Empty(table, scope);
            if (syntax.RestartIdentity) RestartSequences(table, scope);
        }

        return "TRUNCATE TABLE";
    }

    private static void Empty(TableDescriptor table, DefinitionScope scope)
    {
        TableRewrite.DropTrees(table, scope);
        RelationId New() => new(scope.Database, scope.Writer.NextOid());
        RelationId rows = New();
        TableDescriptor emptied = table with { Rows = rows, Overflow = New() };
        scope.Writer.Put(emptied);
        foreach (IndexDescriptor index in table.Indexes.Where(i => !i.IsPrimary)) scope.Writer.Put(index with { Entries = New() }, emptied);
    }

    private static void RestartSequences(TableDescriptor table, DefinitionScope scope)
    {
        foreach (SequenceDescriptor sequence in scope.Catalog.Relations.OfType<SequenceDescriptor>().Where(s => s.OwnerTableOid == table.Oid))
        {
            new SequenceState(sequence.Start, false).Write(scope.Overlay, scope.Database, sequence.Oid);
            SequenceLease.EndAll(scope.Overlay, scope.Database, sequence.Oid);
        }
    }
}
