using System.Buffers;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>Key values of either side: picked from rows, compared, carried over to the other side's type.</summary>
internal static class ForeignKeyValues
{
    public static Datum[] Pick(ReadOnlySpan<Datum> row, int[] columns)
    {
        var values = new Datum[columns.Length];
        for (int i = 0; i < columns.Length; i++) values[i] = row[columns[i]];
        return values;
    }

    public static int CountNulls(ReadOnlySpan<Datum> values)
    {
        int nulls = 0;
        foreach (Datum value in values) nulls += value.IsNull ? 1 : 0;
        return nulls;
    }

    /// <summary>Whether two rows of the referencing table have equal keys; NULLs are equal to each other.</summary>
    public static bool Equal(ForeignKey constraint, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow)
    {
        for (int i = 0; i < constraint.Columns.Length; i++)
        {
            int column = constraint.Columns[i];
            if (!Equal(constraint.ReferencingType(i), oldRow[column], newRow[column])) return false;
        }

        return true;
    }

    public static bool Equal(SqlType type, Datum a, Datum b) => a.IsNull || b.IsNull ? a.IsNull && b.IsNull : type.Operations.Compare(a, b) == 0;

    /// <summary>Whether two rows of the referenced table have the very same key: 1.0 and 1.00 are not, and ON UPDATE CASCADE carries that on, as PostgreSQL's does.</summary>
    public static bool SameImage(ForeignKey constraint, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow)
    {
        for (int i = 0; i < constraint.ReferencedColumns.Length; i++)
        {
            (Datum a, Datum b) = (oldRow[constraint.ReferencedColumns[i]], newRow[constraint.ReferencedColumns[i]]);
            if (a.IsNull != b.IsNull) return false;
            if (!a.IsNull && !SameImage(constraint.ReferencedType(i), a, b)) return false;
        }

        return true;
    }

    /// <summary>Whether the values can be values of the types at all: an integer may be too large for the other side.</summary>
    public static bool Fit(ReadOnlySpan<Datum> values, ForeignKey constraint, Func<ForeignKey, int, SqlType> type)
    {
        for (int i = 0; i < values.Length; i++)
        {
            SqlType target = type(constraint, i);
            if (!ForeignKey.IsInteger(target)) continue;
            long value = values[i].AsInt64;
            if (target == SqlTypes.Integer && value != (int)value) return false;
            if (target == SqlTypes.SmallInt && value != (short)value) return false;
        }

        return true;
    }

    private static bool SameImage(SqlType type, Datum a, Datum b)
    {
        if (type.Operations.Compare(a, b) != 0) return false;
        var (first, second) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        type.Operations.EncodeRow(a, first);
        type.Operations.EncodeRow(b, second);
        return first.WrittenSpan.SequenceEqual(second.WrittenSpan);
    }
}
