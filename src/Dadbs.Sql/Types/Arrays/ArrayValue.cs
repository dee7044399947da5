namespace Dadbs.Sql.Types;

/// <summary>An array value: dimensions, lower bounds and elements in row-major order. An empty array has no dimensions. Immutable once shared.</summary>
public sealed class ArrayValue : IRetained
{
    /// <summary>PostgreSQL's MAXDIM.</summary>
    public const int DimensionsMax = 6;

    public ArrayValue(SqlType elementType, int[] lengths, int[] lowerBounds, Datum[] elements)
    {
        ElementType = elementType;
        Lengths = lengths;
        LowerBounds = lowerBounds;
        Elements = elements;
    }

    public SqlType ElementType { get; }

    public int[] Lengths { get; }

    public int[] LowerBounds { get; }

    public Datum[] Elements { get; }

    public int Dimensions => Lengths.Length;

    public static ArrayValue Empty(SqlType elementType) => new(elementType, [], [], []);

    /// <summary>One dimension, lower bound 1; no elements give the empty array.</summary>
    public static ArrayValue OneDimensional(SqlType elementType, Datum[] elements) =>
        elements.Length == 0 ? Empty(elementType) : new ArrayValue(elementType, [elements.Length], [1], elements);

    public Datum ToDatum() => Datum.FromObject(this);

    /// <summary>array[i, j, …]: NULL when out of bounds or with the wrong number of subscripts.</summary>
    public Datum Element(ReadOnlySpan<int> subscripts)
    {
        if (subscripts.Length != Dimensions || Dimensions == 0)
            return Datum.Null;
        var index = 0;
        for (var i = 0; i < subscripts.Length; i++)
        {
            var at = (long)subscripts[i] - LowerBounds[i];
            if (at < 0 || at >= Lengths[i])
                return Datum.Null;
            index = index * Lengths[i] + (int)at;
        }
        return Elements[index];
    }

    public long RetainedBytes
    {
        get
        {
            var bytes = 64L + Elements.Length * 16L;
            foreach (var element in Elements)
                bytes += element.RetainedBytes;
            return bytes;
        }
    }
}
