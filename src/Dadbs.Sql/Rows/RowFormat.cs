namespace Dadbs.Sql.Rows;

/// <summary>The constants of stored rows; docs/formats.md draws them.</summary>
public static class RowFormat
{
    /// <summary>First byte of a row.</summary>
    public const byte Version = 2;

    /// <summary>Version, then the column count in 16 bits and xmin in 32, little-endian.</summary>
    public const int HeaderBytes = 7;

    /// <summary>Where in a row its xmin is.</summary>
    public const int XminOffset = 3;

    /// <summary>A row longer than this moves its largest variable columns to the overflow relation.</summary>
    public const int InlineBytesTarget = 1000;

    /// <summary>The longest row after that: PostgreSQL's bound for a heap tuple on an 8 KB page.</summary>
    public const int RowBytesMax = 8160;

    /// <summary>Marks a variable column whose bytes in the row are a stub: SHA-256 of the value, then its length in 32 bits.</summary>
    public const ushort OverflowFlag = 0x8000;

    public const int StubBytes = 36;

    /// <summary>Bytes of a value in one chunk of the overflow relation, so that four entries fit a page.</summary>
    public const int ChunkBytes = 960;

    /// <summary>After the row's key: column number in 16 bits, chunk number in 32, both big-endian.</summary>
    public const int ChunkSuffixBytes = 6;

    /// <summary>The longest value of a column.</summary>
    public const int FieldBytesMax = 64 * 1024 * 1024;

    /// <summary>PostgreSQL's MaxHeapAttributeNumber.</summary>
    public const int ColumnsMax = 1600;
}
