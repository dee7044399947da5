namespace Dadbs.Storage;

/// <summary>
/// Writes on top of a view that is not changed: a transaction over a block, a block over a snapshot. Reads see the writes. Savepoints
/// are marks in an undo list, which is kept from the first <see cref="Mark"/> on. One owner thread. Scans may be open while
/// it is written: they go on from where they are, in order, and see what is written ahead of them; the parent must not be written meanwhile.
/// </summary>
public sealed class Overlay(IReadView parent) : IReadView
{
    /// <summary>Those in use in the order of their ids, then null, or empty ones to be used again.</summary>
    private OverlayRelation[] _relations = [];
    private int _relationCount;
    private List<Undo>? _undo;
    private long _undoBytes;
    private long _entries;

    /// <summary>An overlay over this one that has been used and is empty again.</summary>
    private Overlay? _spareChild;

    public IReadView Parent => parent;

    /// <summary>Nothing is written (or all of it was undone).</summary>
    public bool IsEmpty
    {
        get
        {
            for (int i = 0; i < _relationCount; i++)
            {
                if (!_relations[i].IsEmpty)
                    return false;
            }

            return true;
        }
    }

    /// <summary>Bytes of keys and values held, for budgets.</summary>
    public long Bytes { get; private set; }

    /// <summary>What it costs to hold, by a formula: <see cref="Bytes"/>, with what each entry costs beside them, and what is kept to undo.</summary>
    public long HeldBytes => Bytes + (_entries * EntryBytes) + _undoBytes;

    /// <summary>What an entry costs beside key and value.</summary>
    private const int EntryBytes = 64;

    /// <summary>Relations that are kept when they are empty again.</summary>
    private const int SpareRelations = 4;

    /// <summary>So few writes are looked up one by one.</summary>
    private const int FewWrites = 16;

    /// <summary>What a step of the undo list costs beside the value that it replaced.</summary>
    private const int UndoBytes = 96;

    /// <summary>Grows when a relation is written for the first time, so that open cursors look again.</summary>
    internal int RelationCount => _relationCount;

    public void Put(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        KeyCodec.CheckLength(key);
        if (value.Length > Limits.ValueBytesMax)
            throw new ValueTooLongException(value.Length);
        Enter(WritesOf(relation), Write.Of(key, value, isDelete: false));
    }

    public void Delete(RelationId relation, ReadOnlySpan<byte> key)
    {
        KeyCodec.CheckLength(key);
        Enter(WritesOf(relation), Write.Of(key, default, isDelete: true));
    }

    /// <summary>Everything beneath in this relation is hidden, and what was written here is gone; it can be filled again.</summary>
    public void DropRelation(RelationId relation)
    {
        OverlayRelation target = WritesOf(relation);
        Remember(Undo.OfDrop(target));
        Bytes -= target.Bytes;
        _entries -= target.Writes.Count;
        target.Drop();
    }

    /// <summary>A point to return to with <see cref="RollbackTo"/>.</summary>
    public int Mark() => (_undo ??= []).Count;

    /// <summary>Undoes every write since the mark. Later marks are void; this one stays good.</summary>
    public void RollbackTo(int mark)
    {
        Invariant.Check(_undo is not null && mark >= 0 && mark <= _undo.Count);
        for (int i = _undo.Count - 1; i >= mark; i--)
        {
            (long bytes, int entries) = _undo[i].Revert();
            Bytes += bytes;
            _entries += entries;
            _undoBytes -= UndoBytes + _undo[i].HeldBytes;
        }

        _undo.RemoveRange(mark, _undo.Count - mark);
    }

    /// <summary>Nobody will return to any mark that was taken: all of them are void, and what was kept for them is let go.</summary>
    public void ForgetMarks()
    {
        _undo?.Clear();
        _undoBytes = 0;
    }

    /// <summary>An empty overlay over this one: one that was given back, or a new one.</summary>
    public Overlay TakeChild()
    {
        Overlay child = _spareChild ?? new Overlay(this);
        _spareChild = null;
        return child;
    }

    /// <summary>Gives back what <see cref="TakeChild"/> gave, for the next that asks. Nobody looks into it, or writes it, any more.</summary>
    public void ReturnChild(Overlay child)
    {
        Invariant.Check(ReferenceEquals(child.Parent, this));
        child.Clear();
        _spareChild = child;
    }

    /// <summary>Repeats this overlay's writes on another, usually its parent.</summary>
    public void MergeInto(Overlay target)
    {
        for (int i = 0; i < _relationCount; i++)
        {
            OverlayRelation source = _relations[i];
            if (source.IsEmpty)
                continue;
            if (source.HidesParent)
                target.DropRelation(source.Id);
            OverlayRelation destination = target.WritesOf(source.Id);
            if (destination.Writes.Count == 0 && target._undo is null)
            {
                destination.CopyFrom(source);
                target.Bytes += source.Bytes;
                target._entries += source.Writes.Count;
                continue;
            }

            SortedWrites.Place place = source.Writes.Start;
            while (source.Writes.MoveForward(ref place))
                target.Enter(destination, source.Writes.At(place));
        }
    }

    /// <summary>The net changes against the parent: what equals the parent's own entry is left out.</summary>
    public ChangeSet ToChangeSet()
    {
        var changed = new List<RelationChanges>(_relationCount);
        for (int i = 0; i < _relationCount; i++)
        {
            RelationChanges? changes = NetChanges(_relations[i]);
            if (changes is not null)
                changed.Add(changes);
        }

        return changed.Count == 0 ? ChangeSet.Empty : new ChangeSet(changed);
    }

    /// <summary>The key was put or deleted here, or its relation dropped.</summary>
    public bool HasWritten(RelationId relation, ReadOnlySpan<byte> key)
    {
        OverlayRelation? written = Find(relation);
        return written is not null && (written.HidesParent || written.Writes.TryFind(key, out _));
    }

    /// <summary>Something of the relation was written here.</summary>
    public bool HasWritten(RelationId relation) => Find(relation) is { IsEmpty: false };

    /// <summary>What was written here itself, deletions included, of one relation; not what is beneath.</summary>
    public OwnWriteCursor OwnWrites(RelationId relation, in KeyRange range, bool descending = false) => new(Find(relation)?.Writes, range, descending);

    /// <summary>Something in one of the ranges was put or deleted here (even if it is now what it was), or its relation dropped.</summary>
    public bool Touches(RelationRanges ranges)
    {
        for (int i = 0; i < ranges.Count; i++)
        {
            if (Find(ranges.RelationAt(i)) is not { IsEmpty: false } written)
                continue;
            if (written.HidesParent)
                return true;
            foreach (KeyRange range in ranges.RangesAt(i))
            {
                if (new OwnWriteCursor(written.Writes, range, descending: false).MoveNext())
                    return true;
            }
        }

        return false;
    }

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        OverlayRelation? written = Find(relation);
        if (written is null)
            return parent.TryGet(relation, key, out value);
        if (written.Writes.TryFind(key, out Write write))
        {
            value = write.IsDelete ? default : write.Value;
            return !write.IsDelete;
        }

        if (!written.HidesParent)
            return parent.TryGet(relation, key, out value);
        value = default;
        return false;
    }

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false) =>
        new OverlayCursor(this, relation, parent.Scan(relation, range, descending), range, descending);

    public long CountEntries(RelationId relation) => CountRange(relation, KeyRange.All);

    public long CountRange(RelationId relation, in KeyRange range)
    {
        OverlayRelation? written = Find(relation);
        if (written is null)
            return parent.CountRange(relation, range);
        long count = written.HidesParent ? 0 : parent.CountRange(relation, range);
        SortedWrites.Place place = range.Low is null ? written.Writes.Start : written.Writes.PlaceBefore(range.Low, inclusive: false);
        while (written.Writes.MoveForward(ref place))
        {
            ref readonly Write write = ref written.Writes.At(place);
            if (range.High is not null && write.KeySpan.SequenceCompareTo(range.High) >= 0)
                break;
            bool beneath = !written.HidesParent && parent.TryGet(relation, write.KeySpan, out _);
            count += (write.IsDelete ? 0 : 1) - (beneath ? 1 : 0);
        }

        return count;
    }

    internal OverlayRelation? Find(RelationId relation)
    {
        int index = Search(relation);
        return index >= 0 ? _relations[index] : null;
    }

    private OverlayRelation WritesOf(RelationId relation)
    {
        int index = Search(relation);
        if (index >= 0)
            return _relations[index];
        if (_relationCount == _relations.Length)
            Array.Resize(ref _relations, Math.Max(2, _relations.Length * 2));
        OverlayRelation spare = _relations[_relationCount] ?? new OverlayRelation();
        spare.Id = relation;
        Array.Copy(_relations, ~index, _relations, ~index + 1, _relationCount - ~index);
        _relationCount++;
        return _relations[~index] = spare;
    }

    /// <summary>Nothing was ever written here. What a few small relations took is kept behind the last one.</summary>
    private void Clear()
    {
        for (int i = 0; i < _relationCount; i++)
        {
            if (i >= SpareRelations || !_relations[i].TryClear())
                _relations[i] = null!;
        }

        if (_relationCount > SpareRelations)
            Array.Resize(ref _relations, SpareRelations);
        _relationCount = 0;
        _undo = null;
        _undoBytes = 0;
        _entries = 0;
        Bytes = 0;
    }

    private int Search(RelationId relation)
    {
        ulong wanted = relation.Packed;
        int low = 0;
        int high = _relationCount - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ulong found = _relations[middle].Id.Packed;
            if (found == wanted)
                return middle;
            if (found < wanted)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private void Enter(OverlayRelation relation, in Write write)
    {
        Write replaced = relation.Set(write);
        Bytes += write.Bytes - (replaced.Exists ? replaced.Bytes : 0);
        _entries += replaced.Exists ? 0 : 1;
        Remember(Undo.OfWrite(relation, write, replaced));
    }

    private void Remember(in Undo step)
    {
        if (_undo is null)
            return;
        _undo.Add(step);
        _undoBytes += UndoBytes + step.HeldBytes;
    }

    private RelationChanges? NetChanges(OverlayRelation relation)
    {
        bool dropped = relation.HidesParent && parent.CountEntries(relation.Id) > 0;
        var changes = new Change[relation.Writes.Count];
        int count = 0;
        SortedWrites.Place place = relation.Writes.Start;
        while (relation.Writes.MoveForward(ref place))
        {
            ReadOnlySpan<Write> run = relation.Writes.RestOfRun(place, out place);
            bool meets = !relation.HidesParent && (run.Length < FewWrites || MeetsParent(relation.Id, run));
            foreach (ref readonly Write write in run)
            {
                ReadOnlyMemory<byte> before = default;
                bool existed = meets && parent.TryGet(relation.Id, write.KeySpan, out before);
                if (write.IsDelete ? !existed : existed && before.Span.SequenceEqual(write.Value.Span))
                    continue;
                changes[count++] = new Change(write.Key, write.IsDelete ? default : write.Value, write.IsDelete);
            }
        }

        Array.Resize(ref changes, count);
        return dropped || count > 0 ? new RelationChanges(relation.Id, dropped, changes) : null;
    }

    /// <summary>Whether the parent has anything between the first and the last of a run: where rows are appended, it has not, and no key need be looked up.</summary>
    private bool MeetsParent(RelationId relation, ReadOnlySpan<Write> run) =>
        parent.TryGet(relation, run[^1].KeySpan, out _)
        || parent.CountRange(relation, new KeyRange(run[0].KeySpan.ToArray(), run[^1].KeySpan.ToArray())) > 0;

    /// <summary>How to take back one step: a write, or the drop of a relation.</summary>
    private readonly struct Undo(OverlayRelation relation, Write written, Write replaced, SortedWrites? dropped, bool hidParent, long droppedBytes)
    {
        public static Undo OfWrite(OverlayRelation relation, in Write written, in Write replaced) =>
            new(relation, written, replaced, null, false, 0);

        public static Undo OfDrop(OverlayRelation relation) =>
            new(relation, default, default, relation.Writes, relation.HidesParent, relation.Bytes);

        /// <summary>Bytes that only this step holds: what was replaced.</summary>
        public long HeldBytes => dropped is not null ? droppedBytes + ((long)dropped.Count * EntryBytes) : replaced.Exists ? replaced.Bytes : 0;

        /// <summary>Returns by how much the overlay's bytes and entries change.</summary>
        public (long Bytes, int Entries) Revert()
        {
            long before = relation.Bytes;
            int entriesBefore = relation.Writes.Count;
            if (dropped is not null)
                relation.Restore(dropped, hidParent, droppedBytes);
            else
                relation.Unset(written, replaced);
            return (relation.Bytes - before, relation.Writes.Count - entriesBefore);
        }
    }
}
