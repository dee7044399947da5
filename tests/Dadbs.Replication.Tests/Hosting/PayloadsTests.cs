using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

/// <summary>A leader's batch: own transactions, and those that others forwarded under their signatures (Rule L4).</summary>
public sealed class PayloadsTests : IDisposable
{
    private readonly Genesis _genesis = TestChain.Genesis(4);
    private readonly NodeKey _leader = TestChain.Key(0);
    private readonly NodeKey _other = TestChain.Key(1);

    public void Dispose()
    {
        _leader.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void What_was_forwarded_together_stays_under_one_signature()
    {
        (Batch batch, Hash256[] ids) = Seal(own: 2, forwarded: [.. TestChain.Signed(_genesis, _other, 3)]);
        Assert.Equal(2, BatchPayload.GroupsIn(batch.Payload));
        Holds(batch, ids);
    }

    [Fact]
    public void Without_own_transactions_the_batchs_signature_covers_none()
    {
        (Batch batch, Hash256[] ids) = Seal(own: 0, forwarded: [.. TestChain.Signed(_genesis, _other, 3)]);
        Assert.Equal(Digest.Zero, batch.Header.Content);
        Holds(batch, ids);
    }

    /// <summary>Half of a tree proves itself leaf by leaf.</summary>
    [Fact]
    public void What_was_torn_apart_stands_alone()
    {
        List<SignedTransaction> tree = TestChain.Signed(_genesis, _other, 3);
        (Batch batch, Hash256[] ids) = Seal(own: 1, forwarded: [tree[2], tree[0]]);
        Assert.Equal(3, BatchPayload.GroupsIn(batch.Payload));
        Holds(batch, ids);
    }

    [Fact]
    public void A_node_need_not_check_again_what_it_signed()
    {
        var counters = new PeerCounters();
        var backend = new CountingBackend();
        var payloads = new Payloads(_other, new TransactionVerifier(_genesis, backend), counters);
        ReadOnlyMemory<byte> forwarded = payloads.SealApart([new LaneSubmission(TestChain.Pending(_genesis, _other, 1, [1])), new LaneSubmission(TestChain.Pending(_genesis, _other, 2, [2]))]);
        Assert.True(payloads.VerifyApart(forwarded, 2));
        Assert.Equal(0, backend.Verified);
        byte[] changed = forwarded.ToArray();
        changed[^1] ^= 1;
        Assert.False(payloads.VerifyApart(changed, 2));
    }

    private (Batch Batch, Hash256[] Ids) Seal(int own, SignedTransaction[] forwarded)
    {
        PendingTransaction[] pending = [.. Enumerable.Range(0, own).Select(i => TestChain.Pending(_genesis, _leader, (ulong)i, [(byte)i]))];
        LaneTransaction[] lane = [.. pending.Select(transaction => new LaneSubmission(transaction)), .. forwarded.Select(transaction => new HandedTransaction(transaction, TransactionSource.Forwarded))];
        var payloads = new Payloads(_leader, new TransactionVerifier(_genesis), new PeerCounters());
        SealedPayload payload = payloads.Seal(lane);
        EpochScope scope = _genesis.ToScope();
        var header = new BatchHeader(
            scope.Epoch, new ValidatorId(0), 1, Digest.Zero, Digest.Sha256(payload.Bytes.Span), payload.Bytes.Length, lane.Length, payload.Content);
        var signer = new StatementSigner(_genesis, _leader, new StatementVerifier(_genesis, new PeerCounters()));
        Signature signature = signer.Sign(SigningBytes.OfBatch(scope, Batch.DigestOf(scope, header), header.Content).Span);
        return (Batch.Create(scope, header, signature, payload.Bytes, payload.Attached), [.. pending.Select(transaction => transaction.Id), .. forwarded.Select(transaction => transaction.Id)]);
    }

    /// <summary>At its author and at another validator that knows nothing of it.</summary>
    private void Holds(Batch batch, Hash256[] ids)
    {
        Payloads author = new(_leader, new TransactionVerifier(_genesis), new PeerCounters());
        Assert.Equal(ids, author.TransactionsOf(batch).Select(transaction => transaction.Id));
        Batch received = Batch.Create(_genesis.ToScope(), batch.Header, batch.Signature, batch.Payload);
        Payloads receiver = new(_other, new TransactionVerifier(_genesis), new PeerCounters());
        Assert.True(receiver.Verify(received));
        Assert.Equal(ids, receiver.TransactionsOf(received).Select(transaction => transaction.Id));
    }

    private sealed class CountingBackend : SignatureBackend
    {
        public int Verified { get; private set; }

        public override string Name => "counting";

        public override bool IsOnCurve(in PublicKey key) => Default.IsOnCurve(key);

        public override void Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest, Span<byte> signature) => Default.Sign(secret, digest, signature);

        public override PublicKey DerivePublicKey(ReadOnlySpan<byte> secret) => Default.DerivePublicKey(secret);

        protected override bool VerifyCanonical(in PublicKey key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
        {
            Verified++;
            return Default.Verify(key, digest, signature);
        }
    }
}
