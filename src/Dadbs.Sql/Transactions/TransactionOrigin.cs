namespace Dadbs.Sql.Transactions;

/// <summary>What the envelope of a signed transaction says, its signature already verified at the rim.</summary>
/// <param name="PublicKey">33 bytes, compressed.</param>
/// <param name="RoleOid">The role it acts for.</param>
/// <param name="Stream">64 random bits, new at every start of the signing process.</param>
/// <param name="Sequence">Its number within the stream.</param>
/// <param name="ExpiryMicros">Block time past which it must not be executed.</param>
public sealed record TransactionOrigin(byte[] PublicKey, uint RoleOid, ulong Stream, long Sequence, long ExpiryMicros);
