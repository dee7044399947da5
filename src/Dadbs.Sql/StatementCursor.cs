using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// One execution of a prepared statement, pulled row by row. A statement without a result does its work in the first <see cref="MoveNext"/>, which returns false. Owned by one thread.
/// </summary>
public abstract class StatementCursor : IDisposable
{
    /// <summary>Steps to the next row; false at the end, when <see cref="CommandTag"/> is known.</summary>
    public abstract bool MoveNext();

    /// <summary>The row, one value a column of the statement's <see cref="RowDescription"/>; valid until the next step.</summary>
    public abstract ReadOnlySpan<Datum> Current { get; }

    /// <summary>CommandComplete's text ("SELECT 3", "INSERT 0 1"), counting the rows so far.</summary>
    public abstract string CommandTag { get; }

    /// <summary>Rows returned or affected so far.</summary>
    public abstract long RowCount { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
