using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Rows;

/// <summary>The columns that a scan decodes, as ascending indices into <see cref="RelationDescriptor.Columns"/>.</summary>
public sealed class ColumnMask
{
    private readonly int[] _indices;

    private ColumnMask(int[] indices) => _indices = indices;

    public static ColumnMask None { get; } = new([]);

    public ReadOnlySpan<int> Indices => _indices;

    public bool IsEmpty => _indices.Length == 0;

    public static ColumnMask All(int columnCount)
    {
        var indices = new int[columnCount];
        for (int i = 0; i < columnCount; i++) indices[i] = i;
        return new ColumnMask(indices);
    }

    public static ColumnMask Of(IEnumerable<int> indices)
    {
        int[] sorted = [.. indices.Distinct()];
        Array.Sort(sorted);
        return new ColumnMask(sorted);
    }

    public bool Contains(int index) => Array.BinarySearch(_indices, index) >= 0;
}
