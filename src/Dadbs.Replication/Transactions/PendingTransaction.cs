using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// A transaction of this node between its preparation and its batch: it has its id, but no signature yet, since the lane signs one root
/// for all transactions of a batch when it seals it.
/// </summary>
public sealed class PendingTransaction
{
    internal PendingTransaction(byte[] core, Hash256 id, uint role, long expiryMicros, ulong session = 0)
    {
        Core = core;
        Id = id;
        Role = role;
        ExpiryMicros = expiryMicros;
        Session = session;
    }

    /// <summary>Final: known before submission, so that an unknown outcome can be asked for by it.</summary>
    public Hash256 Id { get; }

    public uint Role { get; }

    public long ExpiryMicros { get; }

    /// <summary>Whose order it keeps when it is handed over (Rule L4); 0: nobody's. Local.</summary>
    public ulong Session { get; }

    /// <summary>Envelope and body.</summary>
    internal byte[] Core { get; }
}
