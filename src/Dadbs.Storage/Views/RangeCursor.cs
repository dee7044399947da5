namespace Dadbs.Storage;

/// <summary>
/// Walks a key range. <see cref="Key"/> and <see cref="Value"/> belong to the entry of the last MoveNext that returned true; by contract
/// they are used until the next one, though the memory itself is immutable. One thread.
/// </summary>
public abstract class RangeCursor : IDisposable
{
    /// <summary>The cursor over nothing.</summary>
    public static RangeCursor Empty { get; } = new EmptyCursor();

    public abstract ReadOnlyMemory<byte> Key { get; }

    public abstract ReadOnlyMemory<byte> Value { get; }

    public abstract bool MoveNext();

    /// <summary>
    /// Passes over up to <paramref name="count"/> entries, so that the next MoveNext gives the one after them; returns how many there were. On a
    /// tree it is O(log n) (OFFSET); elsewhere it walks.
    /// </summary>
    public virtual long Skip(long count)
    {
        long skipped = 0;
        while (skipped < count && MoveNext())
            skipped++;
        return skipped;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class EmptyCursor : RangeCursor
    {
        public override ReadOnlyMemory<byte> Key => default;

        public override ReadOnlyMemory<byte> Value => default;

        public override bool MoveNext() => false;
    }
}
