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
/// Makes a batch's payload out of the transactions that the lane put into it, in their order (the host gives their Merkle root as the content to be signed).
/// Called inside Step on the loop's thread, once per sealed batch.
/// </summary>
public interface IBatchSealer
{
    SealedPayload Seal(IReadOnlyList<LaneTransaction> transactions);

    /// <summary>A payload that no batch's signature covers, so it brings its own: what is handed over to another's lane (L4).</summary>
    ReadOnlyMemory<byte> SealApart(IReadOnlyList<LaneTransaction> transactions);
}

/// <summary>A payload, the <see cref="BatchHeader.Content"/> that the batch's signature shall cover, and what the batch shall have <see cref="Batch.Attached"/>.</summary>
public readonly record struct SealedPayload(ReadOnlyMemory<byte> Bytes, Digest Content, object? Attached = null);

/// <summary>
/// Whether every transaction of a batch is valid by its bytes and the epoch's constants alone (L2), how many there are, and whether the content is that of the payload.
/// Asked after the author's signature was found good.
/// </summary>
public interface IPayloadVerifier
{
    bool Verify(Batch batch);

    /// <summary>The same for a payload of <see cref="IBatchSealer.SealApart"/>.</summary>
    bool VerifyApart(ReadOnlyMemory<byte> payload, int transactionCount);
}

/// <summary>A transaction as the lane sees it. <see cref="Bytes"/> count towards the batch's size; a host may derive to carry its own object.</summary>
public record LaneTransaction(Digest Id, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>L4: of one session none overtakes the one before; 0: of none.</summary>
    public ulong Session { get; init; }

    public TransactionSource Source { get; init; }

    /// <summary>X1a: after this block time nobody executes it. Microseconds since 1970 UTC.</summary>
    public long ExpiryMicros { get; init; } = long.MaxValue;
}

/// <summary>How a transaction came to the lane.</summary>
public enum TransactionSource
{
    /// <summary>From a session of this node.</summary>
    Own,

    /// <summary>From a node without an open lane, whose home this one is: it has the next place here as own ones have (L4).</summary>
    HandedOver,

    /// <summary>From a validator, for this node's next proposal (L4).</summary>
    Forwarded,
}
