using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Makes and checks the payloads of batches, and keeps what was decoded beside the payload's memory for as long as somebody holds that, so
/// that execution decodes and hashes nothing twice. Thread-safe; sealing is the loop's.
/// </summary>
internal sealed class Payloads(NodeKey key, TransactionVerifier verifier, PeerCounters counters) : IBatchSealer, IPayloadVerifier
{
    private readonly ConditionalWeakTable<byte[], Decoded> _decoded = [];

    public ReadOnlyMemory<byte> Seal(IReadOnlyList<LaneTransaction> transactions)
    {
        var pending = new PendingTransaction[transactions.Count];
        for (int i = 0; i < pending.Length; i++)
            pending[i] = ((LaneSubmission)transactions[i]).Pending;
        byte[] payload = BatchPayload.SignAndEncode(pending, key, out List<SignedTransaction> signed);
        _decoded.AddOrUpdate(payload, new Decoded(payload, signed));
        return payload;
    }

    /// <summary>Rule L2: form, sizes, chain, keys and signatures of every transaction.</summary>
    public bool Verify(ReadOnlyMemory<byte> payload, int transactionCount)
    {
        if (TryDecode(payload) is not { } transactions || transactions.Count != transactionCount || verifier.RefuseAny(transactions) is not null)
        {
            counters.RefuseTransaction();
            return false;
        }
        if (MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment))
            _decoded.AddOrUpdate(segment.Array!, new Decoded(payload, transactions));
        return true;
    }

    /// <summary>
    /// The transactions of a batch that consensus delivered. They were verified when the batch came, or are now; a batch whose transactions
    /// are not valid got its proof of availability from f+1 liars, which nobody may step over alone (Rule X1).
    /// </summary>
    /// <exception cref="DamagedRecordException">The batch holds what no honest node would have acknowledged.</exception>
    public IReadOnlyList<SignedTransaction> TransactionsOf(Batch batch)
    {
        if (MemoryMarshal.TryGetArray(batch.Payload, out ArraySegment<byte> segment)
            && _decoded.TryGetValue(segment.Array!, out Decoded? known)
            && known.Payload.Equals(batch.Payload))
            return known.Transactions;
        if (TryDecode(batch.Payload) is { } transactions
            && transactions.Count == batch.Header.TransactionCount
            && verifier.RefuseAny(transactions) is null)
            return transactions;
        throw new DamagedRecordException($"{batch} was ordered, but holds transactions that are not valid: more validators lie than the chain tolerates");
    }

    private static List<SignedTransaction>? TryDecode(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return BatchPayload.Decode(payload);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Decoded(ReadOnlyMemory<byte> Payload, IReadOnlyList<SignedTransaction> Transactions);
}

/// <summary>What the lane carries for a pending transaction; its bytes count as they will in the payload.</summary>
internal sealed record LaneSubmission(PendingTransaction Pending) : LaneTransaction(Pending.Id.ToDigest(), Pending.Core);
