namespace Dadbs.Storage;

/// <summary>
/// Walks what an overlay itself holds of one relation, deletions included: the keys whose state is not the parent's. The overlay must not be written
/// meanwhile.
/// </summary>
public sealed class OwnWriteCursor
{
    private readonly SortedWrites? _writes;
    private readonly KeyRange _range;
    private readonly bool _descending;
    private SortedWrites.Place _place;

    internal OwnWriteCursor(SortedWrites? writes, in KeyRange range, bool descending)
    {
        _writes = writes;
        _range = range;
        _descending = descending;
        if (writes is null)
            return;
        if (descending)
            _place = range.High is null ? writes.End : writes.PlaceAfter(range.High, inclusive: false);
        else
            _place = range.Low is null ? writes.Start : writes.PlaceBefore(range.Low, inclusive: false);
    }

    public ReadOnlyMemory<byte> Key { get; private set; }

    /// <summary>Empty for a deletion.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    public bool IsDelete { get; private set; }

    public bool MoveNext()
    {
        if (_writes is null || !(_descending ? _writes.MoveBack(ref _place) : _writes.MoveForward(ref _place)))
            return false;
        ref readonly Write write = ref _writes.At(_place);
        if (!_range.Contains(write.KeySpan))
            return false;
        Key = write.Key;
        IsDelete = write.IsDelete;
        Value = write.IsDelete ? default : write.Value;
        return true;
    }
}
