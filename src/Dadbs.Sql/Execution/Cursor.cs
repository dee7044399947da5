namespace Dadbs.Sql.Execution;

/// <summary>
/// The run state of one operator. <see cref="MoveNext"/> leaves the row in the operator's slots of the frame, where it stays until the next step. One owner, one thread.
/// </summary>
public abstract class Cursor : IDisposable
{
    /// <summary>Steps to the next row; false at the end.</summary>
    public abstract bool MoveNext();

    /// <summary>Goes back before the first row, with the outer slots as they are now: the inner side of a nested loop, a subquery run again.</summary>
    public abstract void Reset();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
