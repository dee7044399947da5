namespace Dadbs.Consensus;

/// <summary>This validator's key. Must be deterministic (RFC 6979): the same bytes always get the same signature.</summary>
public interface IStatementSigner
{
    Signature Sign(ReadOnlySpan<byte> signingBytes);
}

/// <summary>Everybody's public keys in this epoch. Must refuse high-S and anything else that is not the one canonical form.</summary>
public interface IStatementVerifier
{
    bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature);
}

/// <summary>
/// Makes a batch's payload out of the transactions that the lane put into it, in their order (the host signs their Merkle root here).
/// Called inside Step on the loop's thread, once per sealed batch.
/// </summary>
public interface IBatchSealer
{
    ReadOnlyMemory<byte> Seal(IReadOnlyList<LaneTransaction> transactions);
}

/// <summary>Whether every transaction of a payload is valid by its bytes and the epoch's constants alone (L2), and how many there are.</summary>
public interface IPayloadVerifier
{
    bool Verify(ReadOnlyMemory<byte> payload, int transactionCount);
}

/// <summary>A transaction as the lane sees it. <see cref="Bytes"/> count towards the batch's size; a host may derive to carry its own object.</summary>
public record LaneTransaction(Digest Id, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>L4: of one session none overtakes the one before; 0: of none.</summary>
    public ulong Session { get; init; }

    /// <summary>X1a: after this block time nobody executes it. Microseconds since 1970 UTC.</summary>
    public long ExpiryMicros { get; init; } = long.MaxValue;
}
