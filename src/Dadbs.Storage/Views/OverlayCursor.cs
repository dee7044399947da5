namespace Dadbs.Storage;

/// <summary>
/// Merges an overlay's own writes with its parent's cursor in key order. The parent's next entry is read ahead by one; the own place is
/// kept as (run, index) and looked up again by the last key passed whenever the overlay has been written since.
/// </summary>
internal sealed class OverlayCursor(Overlay overlay, RelationId relationId, RangeCursor parent, KeyRange range, bool descending) : RangeCursor
{
    private OverlayRelation? _relation;
    private int _relationsSeen = -1;
    private SortedWrites? _writes;
    private int _version;
    private SortedWrites.Place _place;
    private bool _parentAhead;
    private bool _parentEnded;
    private bool _parentWasHidden;
    private bool _started;
    private ReadOnlyMemory<byte> _passed;
    private ReadOnlyMemory<byte> _value;

    public override ReadOnlyMemory<byte> Key => _passed;

    public override ReadOnlyMemory<byte> Value => _value;

    public override bool MoveNext()
    {
        while (true)
        {
            bool own = NextOwn(out SortedWrites.Place place);
            bool beneath = NextOfParent();
            if (!own)
                return beneath && TakeParent();
            ref readonly Write write = ref _writes!.At(place);
            int order = beneath ? Order(write.KeySpan, parent.Key.Span) : -1;
            if (order > 0)
                return TakeParent();
            if (order == 0)
                _parentAhead = false;
            _place = place;
            _started = true;
            _passed = write.Key;
            if (write.IsDelete)
                continue;
            _value = write.Value;
            return true;
        }
    }

    public override void Dispose()
    {
        parent.Dispose();
        base.Dispose();
    }

    private int Order(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int order = left.SequenceCompareTo(right);
        return descending ? -order : order;
    }

    private bool TakeParent()
    {
        _passed = parent.Key;
        _value = parent.Value;
        _parentAhead = false;
        _started = true;
        return true;
    }

    /// <summary>The place of the first own write past the last key, without going there.</summary>
    private bool NextOwn(out SortedWrites.Place place)
    {
        place = default;
        if (_relationsSeen != overlay.RelationCount)
        {
            _relation = overlay.Find(relationId);
            _relationsSeen = overlay.RelationCount;
        }

        if (_relation is null)
            return false;
        if (!ReferenceEquals(_writes, _relation.Writes) || _version != _writes.Version)
            Seek(_relation.Writes);
        place = _place;
        if (!(descending ? _writes!.MoveBack(ref place) : _writes!.MoveForward(ref place)))
            return false;
        return descending
            ? range.Low is null || _writes.At(place).KeySpan.SequenceCompareTo(range.Low) >= 0
            : range.High is null || _writes.At(place).KeySpan.SequenceCompareTo(range.High) < 0;
    }

    private void Seek(SortedWrites writes)
    {
        _writes = writes;
        _version = writes.Version;
        if (_started)
            _place = descending ? writes.PlaceAfter(_passed.Span, inclusive: false) : writes.PlaceBefore(_passed.Span, inclusive: true);
        else if (descending)
            _place = range.High is null ? writes.End : writes.PlaceAfter(range.High, inclusive: false);
        else
            _place = range.Low is null ? writes.Start : writes.PlaceBefore(range.Low, inclusive: false);
    }

    private bool NextOfParent()
    {
        if (_relation is { HidesParent: true })
        {
            _parentWasHidden = true;
            return false;
        }

        if (_parentEnded)
            return false;
        while (!_parentAhead || IsBehind())
        {
            if (!parent.MoveNext())
            {
                _parentEnded = true;
                return false;
            }

            _parentAhead = true;
        }

        return true;
    }

    /// <summary>A drop was rolled back, and own writes had led past the parent's entry that did not show then.</summary>
    private bool IsBehind() => _parentWasHidden && _started && Order(parent.Key.Span, _passed.Span) <= 0;
}
