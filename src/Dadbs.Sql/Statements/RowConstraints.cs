using System.Buffers;
using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>A CHECK constraint, ready to be evaluated over the row in the target's slots.</summary>
public sealed record CheckCondition(string Name, Evaluator Condition);

/// <summary>NOT NULL and CHECK, in PostgreSQL's order and words: columns by number first, then constraints by name.</summary>
internal static class RowConstraints
{
    /// <summary>Values longer than this are cut in DETAIL.</summary>
    private const int ShownBytesMax = 64;

    public static void CheckNotNull(TableDescriptor table, ReadOnlySpan<Datum> row, StatementContext context)
    {
        IReadOnlyList<ColumnDescriptor> columns = table.Columns;
        for (int i = 0; i < row.Length; i++)
        {
            if (!row[i].IsNull || !columns[i].NotNull) continue;
            throw new SqlException(
                SqlState.NotNullViolation, $"null value in column \"{columns[i].Name}\" of relation \"{table.Name}\" violates not-null constraint")
            {
                Detail = FailingRow(table, row, context),
                SchemaName = table.SchemaName,
                TableName = table.Name,
                ColumnName = columns[i].Name,
            };
        }
    }

    /// <summary>A CHECK holds unless it is false: NULL passes.</summary>
    public static void CheckConditions(
        TableDescriptor table, IReadOnlyList<CheckCondition> checks, ReadOnlySpan<Datum> row, ExecutionState state)
    {
        for (int i = 0; i < checks.Count; i++)
        {
            Datum holds = checks[i].Condition(state);
            if (holds.IsNull || holds.AsBool) continue;
            throw new SqlException(
                SqlState.CheckViolation, $"new row for relation \"{table.Name}\" violates check constraint \"{checks[i].Name}\"")
            {
                Detail = FailingRow(table, row, state.Context),
                SchemaName = table.SchemaName,
                TableName = table.Name,
                ConstraintName = checks[i].Name,
            };
        }
    }

    public static SqlException DuplicateKey(TableDescriptor table, IndexDescriptor index, ReadOnlySpan<Datum> row, StatementContext context) =>
        new(SqlState.UniqueViolation, $"duplicate key value violates unique constraint \"{index.Name}\"")
        {
            Detail = $"Key {DescribeKey(table, index, row, context)} already exists.",
            SchemaName = table.SchemaName,
            TableName = table.Name,
            ConstraintName = index.Name,
        };

    /// <summary>55000: ON CONFLICT needs to know at once whether there is one.</summary>
    public static SqlException DeferrableArbiter(TableDescriptor table, IndexDescriptor index) =>
        new(SqlState.ObjectNotInPrerequisiteState, "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters")
        {
            SchemaName = table.SchemaName,
            TableName = table.Name,
            ConstraintName = index.Name,
        };

    /// <summary><c>(a, b)=(1, x)</c>.</summary>
    public static string DescribeKey(TableDescriptor table, IndexDescriptor index, ReadOnlySpan<Datum> row, StatementContext context)
    {
        var names = new StringBuilder("(");
        var values = new StringBuilder("(");
        for (int i = 0; i < index.Parts.Count; i++)
        {
            int column = index.Parts[i].ColumnIndex;
            if (i > 0)
            {
                names.Append(", ");
                values.Append(", ");
            }

            names.Append(Identifiers.Quote(table.Columns[column].Name));
            values.Append(Show(table.Columns[column], row[column], context, int.MaxValue));
        }

        return $"{names})={values})";
    }

    private static string FailingRow(TableDescriptor table, ReadOnlySpan<Datum> row, StatementContext context)
    {
        var text = new StringBuilder("Failing row contains (");
        for (int i = 0; i < row.Length; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append(Show(table.Columns[i], row[i], context, ShownBytesMax));
        }

        return text.Append(").").ToString();
    }

    public static string Show(ColumnDescriptor column, Datum value, StatementContext context, int bytesMax)
    {
        if (value.IsNull) return "null";
        var text = new ArrayBufferWriter<byte>();
        column.Type.Type.Operations.FormatText(value, text, context.TypeSettings);
        if (text.WrittenCount <= bytesMax) return Encoding.UTF8.GetString(text.WrittenSpan);
        int cut = bytesMax;
        while (cut > 0 && (text.WrittenSpan[cut] & 0xC0) == 0x80) cut--;
        return Encoding.UTF8.GetString(text.WrittenSpan[..cut]) + "...";
    }
}
