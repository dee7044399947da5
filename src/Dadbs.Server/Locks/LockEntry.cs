namespace Dadbs.Server.Locks;

/// <summary>A transaction's hold on one entry.</summary>
internal sealed class LockHolder(LockOwner owner)
{
    public LockOwner Owner { get; } = owner;

    /// <summary>Bits of the modes held.</summary>
    public byte Modes { get; set; }

    /// <summary>The row was written, not only locked.</summary>
    public bool Writes { get; set; }

    /// <summary>More than the row's image was changed: the lock stays until the transaction was executed.</summary>
    public bool IsKept { get; set; }

    /// <summary>The transaction is submitted and the row free to be taken over.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>The image that the row will have; none where it was only locked.</summary>
    public ReadOnlyMemory<byte>? Image { get; set; }
}

/// <summary>A waiting acquisition. Settled once, by the lock table.</summary>
internal sealed class LockRequest(LockOwner owner, LockEntry entry, byte bit)
{
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LockOwner Owner { get; } = owner;

    public LockEntry Entry { get; } = entry;

    public byte Bit { get; } = bit;

    public long SinceTimestamp { get; init; }

    public Task Granted => _granted.Task;

    public void Grant() => _granted.TrySetResult();
}

/// <summary>One locked thing: who holds it, and who waits, first come first served. Under the lock table's gate.</summary>
internal sealed class LockEntry(LockName name)
{
    public LockName Name { get; } = name;

    /// <summary>In the order of the first grant.</summary>
    public List<LockHolder> Holders { get; } = new(1);

    public List<LockRequest> Queue { get; } = [];

    public LockHolder? HolderOf(LockOwner owner)
    {
        foreach (LockHolder holder in Holders)
        {
            if (ReferenceEquals(holder.Owner, owner)) return holder;
        }

        return null;
    }

    /// <summary>Whether another transaction's hold stands against the owner's wish.</summary>
    public bool IsHeldAgainst(LockOwner owner, byte bit, bool takesOver)
    {
        byte conflicts = LockModes.ConflictsOf(Name.IsRow, bit);
        foreach (LockHolder holder in Holders)
        {
            if (StandsAgainst(holder, owner, conflicts, takesOver)) return true;
        }

        return false;
    }

    /// <summary>Whether it is a hold of the other transaction that the request waits for, and not only its place in the queue.</summary>
    public bool IsHeldAgainst(LockRequest request, LockOwner other) =>
        HolderOf(other) is { } holder && StandsAgainst(holder, request.Owner, LockModes.ConflictsOf(Name.IsRow, request.Bit), request.Owner.TakesOver);

    /// <summary>Those for whom a request waits: holders, and requests before it in the queue.</summary>
    public IEnumerable<LockOwner> Blockers(LockRequest request)
    {
        byte conflicts = LockModes.ConflictsOf(Name.IsRow, request.Bit);
        foreach (LockHolder holder in Holders)
        {
            if (StandsAgainst(holder, request.Owner, conflicts, request.Owner.TakesOver)) yield return holder.Owner;
        }

        foreach (LockRequest earlier in Queue)
        {
            if (ReferenceEquals(earlier, request)) yield break;
            if ((conflicts & earlier.Bit) != 0) yield return earlier.Owner;
        }
    }

    /// <summary>The newest image of the row that a submitted transaction leaves and the wish would have waited for.</summary>
    public LockHolder? PendingImage(LockOwner owner, byte bit)
    {
        byte conflicts = LockModes.ConflictsOf(Name.IsRow, bit);
        for (int i = Holders.Count - 1; i >= 0; i--)
        {
            LockHolder holder = Holders[i];
            if (holder is { IsHandedOver: true, Image: not null } && (holder.Modes & conflicts) != 0 && !ReferenceEquals(holder.Owner, owner)) return holder;
        }

        return null;
    }

    /// <summary>
    /// The owner was executed, and with it whoever the row was handed over from before, although their sessions may not know yet: what they leave is no longer what the
    /// row will be, the executed state has it.
    /// </summary>
    public void ForgetImagesBefore(LockOwner owner)
    {
        foreach (LockHolder holder in Holders)
        {
            if (ReferenceEquals(holder.Owner, owner)) return;
            if (holder.IsHandedOver) holder.Image = null;
        }
    }

    private static bool StandsAgainst(LockHolder holder, LockOwner owner, byte conflicts, bool takesOver) =>
        (holder.Modes & conflicts) != 0 && !ReferenceEquals(holder.Owner, owner) && !(takesOver && holder.IsHandedOver);
}
