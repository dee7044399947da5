using Dadbs.Sql.Catalog;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>Work over all rows of a table: building an index, rewriting rows under other keys or with other values, checking a new constraint.</summary>
internal static class TableRewrite
{
    /// <summary>Calls <paramref name="visit"/> for every row in key order with its key and values; both may be kept.</summary>
    public static void ForEachRow(TableDescriptor table, DefinitionScope scope, Action<byte[], Datum[]> visit)
    {
        var all = ColumnMask.All(table.Columns.Count);
        using RangeCursor cursor = scope.Overlay.Scan(table.Rows, KeyRange.All);
        while (cursor.MoveNext())
        {
            scope.Context.Budget.Step();
            var row = new Datum[table.Columns.Count];
            table.Codec.Decode(cursor.Value, all, new OverflowSource(scope.Overlay, table.Overflow, cursor.Key), row);
            visit(cursor.Key.ToArray(), row);
        }
    }

    public static bool HasRows(TableDescriptor table, DefinitionScope scope)
    {
        using RangeCursor cursor = scope.Overlay.Scan(table.Rows, KeyRange.All);
        return cursor.MoveNext();
    }

    /// <summary>Fills a new index. 23505 if it is unique and the rows are not.</summary>
    public static void BuildIndex(TableDescriptor table, IndexDescriptor index, DefinitionScope scope)
    {
        var writer = new TableWriter(table, scope.Context, isRewrite: true);
        var indexed = ColumnMask.Of(index.Parts.Select(part => part.ColumnIndex));
        var row = new Datum[table.Columns.Count];
        using RangeCursor cursor = scope.Overlay.Scan(table.Rows, KeyRange.All);
        while (cursor.MoveNext())
        {
            scope.Context.Budget.Step();
            table.Codec.Decode(cursor.Value, indexed, new OverflowSource(scope.Overlay, table.Overflow, cursor.Key), row);
            writer.AddBuiltEntry(index, row, cursor.Key.Span);
        }
    }

    /// <summary>
    /// Writes all rows anew, under new file ids: the result has the same columns and indexes as <paramref name="target"/>, its rows keyed as
    /// its primary key says.
    /// </summary>
    /// <param name="source">The table as its rows are stored now.</param>
    /// <param name="target">The table as it shall be.</param>
    /// <param name="change">Row in the shape of the source → row in the shape of the target.</param>
    /// <param name="scope">The statement.</param>
    public static TableDescriptor Rewrite(TableDescriptor source, TableDescriptor target, Func<Datum[], Datum[]> change, DefinitionScope scope)
    {
        RelationId rows = new(scope.Database, scope.Writer.NextOid());
        RelationId overflow = new(scope.Database, scope.Writer.NextOid());
        IndexDescriptor[] indexes = [.. target.Indexes.Select(i => i with { Entries = i.IsPrimary ? rows : new RelationId(scope.Database, scope.Writer.NextOid()) })];
        target = target with
        {
            Rows = rows,
            Overflow = overflow,
            Indexes = indexes,
            PrimaryKey = Array.Find(indexes, i => i.IsPrimary),
            // Every row is written with all columns, so nothing is missing any more.
            Columns = [.. target.Columns.Select(c => c with { MissingValue = null })],
        };
        var writer = new TableWriter(target, scope.Context, isRewrite: true);
        ForEachRow(source, scope, (_, old) =>
        {
            Datum[] row = change(old);
            CheckNotNull(target, row);
            foreach (IndexDescriptor index in target.Indexes)
            {
                if (writer.FindConflict(index, row) is not null) throw writer.DuplicateInBuild(index, row);
            }

            writer.InsertUnchecked(writer.NewRowKey(row), row);
        });
        DropTrees(source, scope);
        return target;
    }

    /// <summary>23502 in the words of ALTER TABLE.</summary>
    public static void CheckNotNull(TableDescriptor table, ReadOnlySpan<Datum> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!row[i].IsNull || !table.Columns[i].NotNull) continue;
            throw new SqlException(SqlState.NotNullViolation, $"column \"{table.Columns[i].Name}\" of relation \"{table.Name}\" contains null values")
            {
                SchemaName = table.SchemaName,
                TableName = table.Name,
                ColumnName = table.Columns[i].Name,
            };
        }
    }

    /// <summary>Removes a table's rows, chunks and index entries.</summary>
    public static void DropTrees(TableDescriptor table, DefinitionScope scope)
    {
        scope.Overlay.DropRelation(table.Rows);
        scope.Overlay.DropRelation(table.Overflow);
        foreach (IndexDescriptor index in table.Indexes)
        {
            if (!index.IsPrimary) scope.Overlay.DropRelation(index.Entries);
        }
    }
}
