using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Makes and checks the payloads of batches, and attaches to a batch what was decoded of it (of one that was sealed here: the ids), so that execution decodes and hashes
/// nothing twice. Thread-safe; sealing is the loop's.
/// </summary>
internal sealed class Payloads(NodeKey key, TransactionVerifier verifier, PeerCounters counters, Action<IReadOnlyList<SignedTransaction>>? announced = null) : IBatchSealer, IPayloadVerifier
{
    /// <summary>The content that the batch's signature covers is the Merkle root of the transactions' ids.</summary>
    public SealedPayload Seal(IReadOnlyList<LaneTransaction> transactions)
    {
        if (transactions.Any(transaction => transaction is HandedTransaction))
            return SealMixed(transactions);
        var pending = new PendingTransaction[transactions.Count];
        for (int i = 0; i < pending.Length; i++)
            pending[i] = ((LaneSubmission)transactions[i]).Pending;
        byte[] payload = BatchPayload.EncodeOwn(pending, out Hash256[] ids);
        return new SealedPayload(payload, TransactionTree.Root(ids).ToDigest(), Attached: ids);
    }

    public ReadOnlyMemory<byte> SealApart(IReadOnlyList<LaneTransaction> transactions)
    {
        byte[] payload = BatchPayload.SignAndEncode([.. transactions.Select(transaction => ((LaneSubmission)transaction).Pending)], key, out List<SignedTransaction> signed);
        // It comes back in another's batch.
        verifier.Remember(signed[0]);
        return payload;
    }

    public bool VerifyApart(ReadOnlyMemory<byte> payload, int transactionCount) => TryDecodeApart(payload, transactionCount) is not null;

    /// <summary>The transactions of a payload that stands apart, if they are valid and so many.</summary>
    public List<SignedTransaction>? TryDecodeApart(ReadOnlyMemory<byte> payload, int transactionCount)
    {
        try
        {
            List<SignedTransaction> transactions = BatchPayload.Decode(payload);
            if (transactions.Count == transactionCount && verifier.RefuseAny(transactions) is null)
                return transactions;
        }
        catch (FormatException)
        {
            // Refused like a bad signature.
        }
        counters.RefuseTransaction();
        return null;
    }

    /// <summary>Rule L4: own transactions under the batch's signature, then others', each under its author's own.</summary>
    private static SealedPayload SealMixed(IReadOnlyList<LaneTransaction> transactions)
    {
        PendingTransaction[] own = [.. transactions.OfType<LaneSubmission>().Select(submission => submission.Pending)];
        SignedTransaction[] others = [.. transactions.OfType<HandedTransaction>().Select(handed => handed.Signed)];
        Hash256[] ids = [.. own.Select(transaction => transaction.Id), .. others.Select(transaction => transaction.Id)];
        if (own.Length == 0)
            return new SealedPayload(BatchPayload.Join(null, others), Digest.Zero, ids);
        byte[] tree = BatchPayload.EncodeOwn(own, out Hash256[] ownIds);
        return new SealedPayload(BatchPayload.Join(tree, others), TransactionTree.Root(ownIds).ToDigest(), ids);
    }

    /// <summary>Rule L2: form, sizes, chain, keys and signatures of every transaction.</summary>
    public bool Verify(Batch batch)
    {
        if (TryDecode(batch, null) is not { } transactions || transactions.Count != batch.Header.TransactionCount || verifier.RefuseAny(transactions, batch) is not null)
        {
            counters.RefuseTransaction();
            return false;
        }
        batch.Attached = transactions;
        Announce(transactions);
        return true;
    }

    /// <summary>Others' transactions are on their way into the order.</summary>
    public void Announce(IReadOnlyList<SignedTransaction> transactions) => announced?.Invoke(transactions);

    /// <summary>
    /// The transactions of a batch that consensus delivered. They were verified when the batch came, or are now; a batch whose transactions
    /// are not valid got its proof of availability from f+1 liars, which nobody may step over alone (Rule X1).
    /// </summary>
    /// <exception cref="DamagedRecordException">The batch holds what no honest node would have acknowledged.</exception>
    public IReadOnlyList<SignedTransaction> TransactionsOf(Batch batch)
    {
        if (batch.Attached is List<SignedTransaction> known)
            return known;
        // Sealed here: nothing in it needs a check.
        var ids = batch.Attached as Hash256[];
        if (TryDecode(batch, ids) is { } transactions
            && transactions.Count == batch.Header.TransactionCount
            && (ids is not null || verifier.RefuseAny(transactions, batch) is null))
            return transactions;
        throw new DamagedRecordException($"{batch} was ordered, but holds transactions that are not valid: more validators lie than the chain tolerates");
    }

    private static List<SignedTransaction>? TryDecode(Batch batch, Hash256[]? ids)
    {
        try
        {
            return BatchPayload.Decode(batch, ids);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>What the lane carries for a pending transaction; its bytes count as they will in the payload.</summary>
internal sealed record LaneSubmission : LaneTransaction
{
    public LaneSubmission(PendingTransaction pending)
        : base(pending.Id.ToDigest(), pending.Core)
    {
        Pending = pending;
        Session = pending.Session;
        ExpiryMicros = pending.ExpiryMicros;
    }

    public PendingTransaction Pending { get; }
}

/// <summary>Another node's transaction on its way into the own lane (Rule L4), under its author's signature.</summary>
internal sealed record HandedTransaction : LaneTransaction
{
    public HandedTransaction(SignedTransaction signed, TransactionSource source)
        : base(signed.Id.ToDigest(), signed.Core)
    {
        Signed = signed;
        Source = source;
    }

    public SignedTransaction Signed { get; }
}
