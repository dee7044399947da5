namespace Dadbs.Storage;

/// <summary>What one overlay holds of one relation: its writes, and whether it hides what the parent has.</summary>
internal sealed class OverlayRelation
{
    public RelationId Id { get; set; }

    public SortedWrites Writes { get; private set; } = new();

    /// <summary>The relation was dropped here: the parent's entries do not show.</summary>
    public bool HidesParent { get; private set; }

    public long Bytes { get; private set; }

    public bool IsEmpty => !HidesParent && Writes.Count == 0;

    public Write Set(in Write write)
    {
        Write replaced = Writes.Set(write);
        Bytes += write.Bytes - (replaced.Exists ? replaced.Bytes : 0);
        return replaced;
    }

    public void Unset(in Write written, in Write replaced)
    {
        Bytes += (replaced.Exists ? replaced.Bytes : 0) - written.Bytes;
        if (replaced.Exists)
            Writes.Set(replaced);
        else
            Writes.Remove(written.KeySpan);
    }

    /// <summary>Forgets all, for another relation; false where it holds too much room for that.</summary>
    public bool TryClear()
    {
        if (!Writes.TryClear())
            return false;
        (HidesParent, Bytes) = (false, 0);
        return true;
    }

    /// <summary>Takes over what another overlay wrote to the same relation. Nothing may be written here.</summary>
    public void CopyFrom(OverlayRelation other) => (Writes, Bytes) = (other.Writes.Clone(), other.Bytes);

    public void Drop() => (Writes, HidesParent, Bytes) = (new SortedWrites(), true, 0);

    public void Restore(SortedWrites writes, bool hidParent, long bytes) => (Writes, HidesParent, Bytes) = (writes, hidParent, bytes);
}
