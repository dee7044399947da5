namespace Dadbs.Server.Locks;

/// <summary>How far a transaction has come, as far as its locks are concerned.</summary>
internal enum LockOwnerState
{
    Live,

    /// <summary>On its way to the order: rows that it only locked, or changed in nothing but their image, are free to be taken over.</summary>
    Submitted,

    Executed,

    /// <summary>It aborted, or nobody knows: what was built on its rows must not stay.</summary>
    Failed,
}

/// <summary>
/// One transaction of a session, as the lock table knows it. The lists belong to the lock table, under its gate; <see cref="State"/> may be read by anyone.
/// </summary>
internal sealed class LockOwner(int processId, uint database, uint transactionNumber)
{
    private volatile int _state;

    public int ProcessId { get; } = processId;

    public uint Database { get; } = database;

    /// <summary>What messages and pg_locks call the transaction.</summary>
    public uint TransactionNumber { get; } = transactionNumber;

    /// <summary>READ COMMITTED: it may go on with the image of a row whose writer is submitted. Upper levels must know how the writer ends.</summary>
    public bool TakesOver { get; set; } = true;

    /// <summary>One autocommit statement that runs under locks: it does not make others do so, too.</summary>
    public bool IsSingle { get; init; }

    public LockOwnerState State
    {
        get => (LockOwnerState)_state;
        set => _state = (int)value;
    }

    /// <summary>In the order of acquisition: savepoints are places in it.</summary>
    public List<LockAcquisition> Acquired { get; } = [];

    /// <summary>Modes held on relations, by OID.</summary>
    public Dictionary<uint, byte> Relations { get; } = [];

    /// <summary>Images taken over with locks, by name; replaced as a whole when one is added, so that its transaction sees that something changed.</summary>
    public Dictionary<LockName, TakenRow> Taken { get; } = new(LockNameComparer.Instance);

    /// <summary>What it waits for; null while it runs.</summary>
    public LockRequest? Waiting { get; set; }

    /// <summary>It counts among those that make autocommit writes run under locks.</summary>
    public bool IsCounted { get; set; }

    /// <summary>It counts among those that make reads outside of blocks run under locks.</summary>
    public bool IsCountedExclusive { get; set; }
}

/// <summary>An entry that was locked, or locked in more modes, and the modes held before.</summary>
internal readonly record struct LockAcquisition(LockEntry Entry, byte Before);

/// <summary>The image of a row as a submitted transaction leaves it.</summary>
internal sealed record TakenRow(ReadOnlyMemory<byte> Image, LockOwner Source);
