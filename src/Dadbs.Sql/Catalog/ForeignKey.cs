using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Catalog;

/// <summary>A foreign key with both its tables, as one catalog snapshot knows them. Immutable but for the plans that it remembers.</summary>
public sealed class ForeignKey
{
    internal ForeignKey(ForeignKeyDescriptor descriptor, TableDescriptor table, TableDescriptor referenced, IndexDescriptor index)
    {
        Descriptor = descriptor;
        Table = table;
        Referenced = referenced;
        Index = index;
        Columns = IndicesOf(table, descriptor.Columns);
        ReferencedColumns = IndicesOf(referenced, descriptor.ReferencedColumns);
        SetColumns = descriptor.OnDeleteColumns.Count == 0 ? Columns : IndicesOf(table, descriptor.OnDeleteColumns);
        PartOrder = [.. index.Parts.Select(part => Array.IndexOf(ReferencedColumns, part.ColumnIndex))];
        IsDirect = true;
        for (int i = 0; i < Columns.Length; i++) IsDirect &= ShareKeys(ReferencingType(i), ReferencedType(i));
        Plans = new ForeignKeyPlans(this);
    }

    public ForeignKeyDescriptor Descriptor { get; }

    /// <summary>The referencing table.</summary>
    public TableDescriptor Table { get; }

    public TableDescriptor Referenced { get; }

    /// <summary>The unique index of the referenced table.</summary>
    public IndexDescriptor Index { get; }

    /// <summary>Indices of the referencing columns in <see cref="Table"/>.</summary>
    public int[] Columns { get; }

    /// <summary>Indices of the referenced columns in <see cref="Referenced"/>.</summary>
    public int[] ReferencedColumns { get; }

    /// <summary>What ON DELETE SET NULL and SET DEFAULT set.</summary>
    public int[] SetColumns { get; }

    /// <summary>For each part of <see cref="Index"/> its place among the constraint's columns.</summary>
    internal int[] PartOrder { get; }

    /// <summary>Values of one side are values of the other, so that a key can be looked up as it is; else look-ups compare by the operator.</summary>
    internal bool IsDirect { get; }

    internal ForeignKeyPlans Plans { get; }

    internal SqlType ReferencingType(int i) => Table.Columns[Columns[i]].Type.Type;

    internal SqlType ReferencedType(int i) => Referenced.Columns[ReferencedColumns[i]].Type.Type;

    private static bool ShareKeys(SqlType referencing, SqlType referenced) =>
        referencing == referenced || (IsInteger(referencing) && IsInteger(referenced)) || (IsText(referencing) && IsText(referenced));

    internal static bool IsInteger(SqlType type) => type == SqlTypes.SmallInt || type == SqlTypes.Integer || type == SqlTypes.BigInt;

    private static bool IsText(SqlType type) => type == SqlTypes.Text || type == SqlTypes.VarChar;

    private static int[] IndicesOf(TableDescriptor table, IReadOnlyList<int> numbers)
    {
        var indices = new int[numbers.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            int number = numbers[i];
            for (int c = 0; c < table.Columns.Count; c++)
            {
                if (table.Columns[c].Number == number) indices[i] = c;
            }
        }

        return indices;
    }
}
