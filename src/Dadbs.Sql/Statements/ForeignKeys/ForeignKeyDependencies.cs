using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>Constraints that depend on what ALTER TABLE or TRUNCATE takes away: a column, a key, the rows.</summary>
internal static class ForeignKeyDependencies
{
    /// <summary>The constraint as messages name it.</summary>
    public static string Word(ForeignKey constraint, DefinitionScope scope) =>
        $"constraint {Identifiers.Quote(constraint.Descriptor.Name)} on table {DropObjects.Shown(constraint.Table, scope)}";

    /// <summary>Before an index of the table goes. 2BP01 without CASCADE.</summary>
    /// <param name="index">The index.</param>
    /// <param name="what">What is dropped, as the message names it.</param>
    /// <param name="behavior">CASCADE or not.</param>
    /// <param name="definition">Its table.</param>
    public static void RemoveIndex(IndexDescriptor index, string what, DropBehavior behavior, TableDefinition definition) => Remove(
        [.. To(definition).Where(key => key.Descriptor.IndexOid == index.Oid)], $"index {DropObjects.Shown(index, definition.Scope)}", what, behavior, definition);

    /// <summary>Before a column goes: its own constraints go with it, those of others need CASCADE.</summary>
    public static void RemoveColumn(ColumnDescriptor column, DropBehavior behavior, TableDefinition definition)
    {
        string word = $"column {Identifiers.Quote(column.Name)} of table {DropObjects.Shown(definition.Table, definition.Scope)}";
        // A constraint of the column's own goes silently, also where it references the column.
        definition.Replace(definition.Table with { ForeignKeys = [.. definition.Table.ForeignKeys.Where(key => !key.Columns.Contains(column.Number))] });
        Remove([.. To(definition).Where(key => key.Descriptor.ReferencedColumns.Contains(column.Number))], word, word, behavior, definition);
    }

    /// <summary>The tables that TRUNCATE empties: those named and, with CASCADE, all that reference them. 0A000 without.</summary>
    public static void CollectTruncated(List<TableDescriptor> tables, DropBehavior behavior, DefinitionScope scope)
    {
        for (int i = 0; i < tables.Count; i++)
        {
            foreach (ForeignKey constraint in scope.Catalog.ForeignKeys.To(tables[i].Oid))
            {
                if (tables.Exists(table => table.Oid == constraint.Table.Oid)) continue;
                if (behavior != DropBehavior.Cascade) throw CannotTruncate(constraint);
                scope.Notice($"truncate cascades to table \"{constraint.Table.Name}\"");
                Ownership.RequireUse([constraint.Table], scope.Context);
                tables.Add(constraint.Table);
            }
        }
    }

    private static SqlException CannotTruncate(ForeignKey constraint) =>
        new(SqlState.FeatureNotSupported, "cannot truncate a table referenced in a foreign key constraint")
        {
            Detail = $"Table \"{constraint.Table.Name}\" references \"{constraint.Referenced.Name}\".",
            Hint = $"Truncate table \"{constraint.Table.Name}\" at the same time, or use TRUNCATE ... CASCADE.",
        };

    /// <summary>Constraints that reference the table, those of its own as they are by now.</summary>
    private static IEnumerable<ForeignKey> To(TableDefinition definition) => definition.Scope.Catalog.ForeignKeys.To(definition.Table.Oid)
        .Where(key => key.Table.Oid != definition.Table.Oid || definition.Table.ForeignKeys.Any(own => own.Oid == key.Descriptor.Oid));

    private static void Remove(List<ForeignKey> dependents, string on, string what, DropBehavior behavior, TableDefinition definition)
    {
        if (dependents.Count == 0) return;
        DefinitionScope scope = definition.Scope;
        List<string> words = [.. dependents.Select(key => Word(key, scope))];
        if (behavior != DropBehavior.Cascade)
        {
            throw new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop {what} because other objects depend on it")
            {
                Detail = string.Join('\n', words.Select(word => $"{word} depends on {on}")),
                Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
            };
        }

        if (words.Count == 1) scope.Notice($"drop cascades to {words[0]}");
        else scope.Notice($"drop cascades to {words.Count} other objects", detail: string.Join('\n', words.Select(word => $"drop cascades to {word}")));
        foreach (IGrouping<uint, ForeignKey> table in dependents.GroupBy(key => key.Table.Oid))
        {
            HashSet<uint> gone = [.. table.Select(key => key.Descriptor.Oid)];
            TableDescriptor holder = table.Key == definition.Table.Oid ? definition.Table : table.First().Table;
            TableDescriptor left = holder with { ForeignKeys = [.. holder.ForeignKeys.Where(key => !gone.Contains(key.Oid))] };
            if (table.Key == definition.Table.Oid) definition.Replace(left);
            else scope.Writer.Put(left);
        }
    }
}
