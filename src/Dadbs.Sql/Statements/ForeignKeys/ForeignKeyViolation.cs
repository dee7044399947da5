using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>23503 in PostgreSQL's words; the table and constraint fields name the referencing side, whichever side was written.</summary>
internal static class ForeignKeyViolation
{
    public static SqlException Missing(ForeignKey constraint, Datum[] values, StatementContext context) => Of(
        constraint,
        $"insert or update on table \"{constraint.Table.Name}\" violates foreign key constraint \"{constraint.Descriptor.Name}\"",
        $"Key {Describe(constraint.Table, constraint.Columns, values, context)} is not present in table \"{constraint.Referenced.Name}\".");

    public static SqlException MixedNulls(ForeignKey constraint) => Of(
        constraint,
        $"insert or update on table \"{constraint.Table.Name}\" violates foreign key constraint \"{constraint.Descriptor.Name}\"",
        "MATCH FULL does not allow mixing of null and nonnull key values.");

    public static SqlException StillReferenced(ForeignKey constraint, Datum[] values, StatementContext context) => Of(
        constraint,
        $"update or delete on table \"{constraint.Referenced.Name}\" violates foreign key constraint \"{constraint.Descriptor.Name}\" on table \"{constraint.Table.Name}\"",
        $"Key {Describe(constraint.Referenced, constraint.ReferencedColumns, values, context)} is still referenced from table \"{constraint.Table.Name}\".");

    private static SqlException Of(ForeignKey constraint, string message, string detail) => new(SqlState.ForeignKeyViolation, message)
    {
        Detail = detail,
        SchemaName = constraint.Table.SchemaName,
        TableName = constraint.Table.Name,
        ConstraintName = constraint.Descriptor.Name,
    };

    private static string Describe(TableDescriptor table, int[] columns, Datum[] values, StatementContext context)
    {
        var names = new StringBuilder("(");
        var shown = new StringBuilder("(");
        for (int i = 0; i < columns.Length; i++)
        {
            if (i > 0)
            {
                names.Append(", ");
                shown.Append(", ");
            }

            ColumnDescriptor column = table.Columns[columns[i]];
            names.Append(column.Name);
            shown.Append(RowConstraints.Show(column, values[i], context, int.MaxValue));
        }

        return $"{names})={shown})";
    }
}
