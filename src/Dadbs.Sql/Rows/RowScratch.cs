namespace Dadbs.Sql.Rows;

/// <summary>
/// What encoding one row needs besides the row, used again row by row and statement by statement. Nothing in it outlives the writing of a row. One thread.
/// </summary>
internal sealed class RowScratch
{
    /// <summary>A buffer over this came of a row with a large value: few have one.</summary>
    private const int KeptBytesMax = 64 * 1024;

    private const int KeptColumnsMax = 64;

    /// <summary>The row's bytes.</summary>
    public RowBuffer Row { get; private set; } = new();

    /// <summary>Columns that go to overflow chunks.</summary>
    public List<MovedColumn> Moved { get; private set; } = [];

    /// <summary>Columns of the replaced row that have them.</summary>
    public List<StoredStub> Stubs { get; } = [];

    /// <summary>Lets go of the values that the last row held, and of buffers too large to be kept.</summary>
    public void Trim()
    {
        if (Row.Capacity > KeptBytesMax) Row = new RowBuffer();
        if (Moved.Capacity > KeptColumnsMax) Moved = [];
        Moved.Clear();
    }
}
