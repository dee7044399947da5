namespace Dadbs.Replication;

/// <summary>A local failure of replication; the message is one line for the operator.</summary>
public class ReplicationException : Exception
{
    public ReplicationException(string message)
        : base(message)
    {
    }

    public ReplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>
/// The vote log is empty although this node has a past. It could vote against what it said before, so it never votes
/// (docs/formats.md, "Recovery"; exit code 1).
/// </summary>
public sealed class VoteLogMissingException(string message) : ReplicationException(message);

/// <summary>A log, key or genesis was made for another chain or another validator.</summary>
public sealed class WrongChainException(string message) : ReplicationException(message);

/// <summary>A record was read back whole, but does not say what it must.</summary>
public class DamagedRecordException(string message) : ReplicationException(message);

/// <summary>The block log lacks a block, or holds one that does not belong there; a node with peers heals it from them.</summary>
public sealed class BlockLogDamagedException(string message) : DamagedRecordException(message);

/// <summary>Execution here led to another state than before or than others (Rule X3).</summary>
public sealed class DivergenceException(string message) : ReplicationException(message);

/// <summary>A transaction's envelope and body exceed what the chain allows (SQLSTATE 54000).</summary>
public sealed class TransactionTooLargeException(long bytes, long bytesMax)
    : ReplicationException($"a transaction of {bytes} bytes exceeds maximum {bytesMax}");
