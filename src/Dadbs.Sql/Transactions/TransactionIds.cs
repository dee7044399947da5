using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// The id of a transaction as SQL shows it, derived from its seed, so that sessions and replay agree on it: 64 bits for txid_current() and
/// pg_current_xact_id(), whose low 32 bits are xmin of the rows that it writes; never 0, 1 or 2, which PostgreSQL gives a meaning of their own.
/// </summary>
public static class TransactionIds
{
    private const uint FirstNormal = 3;

    /// <summary>xmin of the rows that the transaction writes.</summary>
    public static uint XminOf(ReadOnlySpan<byte> seed) => (uint)Of(seed);

    public static ulong Of(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Span<byte> input = stackalloc byte[8 + 32];
        "dadbsxid"u8.CopyTo(input);
        seed.CopyTo(input[8..]);
        Hash256.Sha256(input[..(8 + seed.Length)]).CopyTo(hash);
        uint low = 0;
        for (int at = 8; at < hash.Length && low < FirstNormal; at += 4) low = BinaryPrimitives.ReadUInt32BigEndian(hash[at..]);

        // The upper half stays below 2^31: the value is a bigint too.
        return ((ulong)(BinaryPrimitives.ReadUInt32BigEndian(hash) & int.MaxValue) << 32) | Math.Max(low, FirstNormal);
    }
}
