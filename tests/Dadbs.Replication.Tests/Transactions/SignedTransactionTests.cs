using Dadbs.Consensus;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Transactions;

/// <summary>The envelope, the tree under one signature (docs/consensus.md, "Amortised signatures"), and what of Rule L2 a transaction's bytes decide.</summary>
public sealed class SignedTransactionTests
{
    private readonly Genesis _genesis = TestChain.Genesis(4);
    private readonly NodeKey _key = TestChain.Key(0);
    private readonly TransactionVerifier _verifier;

    public SignedTransactionTests() => _verifier = new TransactionVerifier(_genesis);

    [Fact]
    public void Envelope_has_the_bytes_of_the_format()
    {
        SignedTransaction transaction = TestChain.Signed(_genesis, _key, 1)[0];
        string expected =
            "44545801" +
            _genesis.ChainId.ToHex() +
            "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
            "0000000a" + "0102030405060708" + "0000000000000000" +
            Convert.ToHexStringLower(BigEndian(TestChain.Time + 1_000_000)) +
            "00000002" + "0007";
        Assert.Equal(expected, Convert.ToHexStringLower(transaction.Core.Span));
        Assert.Equal(Hash256.Sha256(transaction.Core.Span), transaction.Id);
        Assert.Equal(10u, transaction.Role);
        Assert.Equal(0x0102030405060708u, transaction.Stream);
        Assert.Equal(0u, transaction.Sequence);
        Assert.Equal(TestChain.Time + 1_000_000, transaction.ExpiryMicros);
        Assert.Equal([0, 7], transaction.Body.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public void Every_leaf_verifies_alone_with_its_path(int count)
    {
        List<SignedTransaction> tree = TestChain.Signed(_genesis, _key, count);
        Assert.Equal(count, tree.Count);
        foreach (SignedTransaction transaction in tree)
        {
            SignedTransaction alone = SignedTransaction.Decode(transaction.Encode());
            Assert.Equal(transaction.Id, alone.Id);
            Assert.Equal(count, alone.LeafCount);
            Assert.Null(new TransactionVerifier(_genesis).Refuse(alone));
            Assert.Equal(transaction.Encode(), alone.Encode());
        }
    }

    [Fact]
    public void Any_changed_byte_is_refused()
    {
        byte[] bytes = TestChain.Signed(_genesis, _key, 3)[1].Encode();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = (byte[])bytes.Clone();
            changed[i] ^= 0x01;
            Assert.True(IsRefused(changed), $"byte {i}");
        }
    }

    [Fact]
    public void Any_truncation_and_any_tail_is_refused()
    {
        byte[] bytes = TestChain.Signed(_genesis, _key, 3)[2].Encode();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => SignedTransaction.Decode(bytes.AsMemory(0, length)));
        Assert.Throws<FormatException>(() => SignedTransaction.Decode((byte[])[.. bytes, 0]));
    }

    [Fact]
    public void A_leaf_cannot_claim_another_place_or_count()
    {
        List<SignedTransaction> tree = TestChain.Signed(_genesis, _key, 4);
        SignedTransaction leaf = tree[1];
        Assert.NotEqual(
            leaf.SignedRoot.RootFrom(leaf.Id, 1),
            TransactionTree.RootFromPath(leaf.Id, 4, 3, leaf.Path()));
        // Three leaves give the last one a shorter path; a root over four must not pass for one over three.
        Assert.NotEqual(TransactionTree.Root([leaf.Id]), leaf.Id);
    }

    [Fact]
    public void An_inner_node_is_no_transaction()
    {
        Hash256[] ids = [.. TestChain.Signed(_genesis, _key, 4).Select(transaction => transaction.Id)];
        Hash256 four = TransactionTree.Root(ids);
        Hash256[] path = TransactionTree.Path(ids, 0);
        Assert.Equal(four, TransactionTree.RootFromPath(ids[0], 4, 0, path));
        // The top of the tree presented as the only leaf has another root, because the leaf count is in it.
        Assert.NotEqual(four, TransactionTree.RootFromPath(ids[0], 2, 0, path.AsSpan(0, 1)));
    }

    [Fact]
    public void Another_chain_is_refused()
    {
        Genesis other = TestChain.Genesis(3);
        Assert.Contains("another chain", _verifier.Refuse(TestChain.Signed(other, _key, 1)[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_larger_than_the_chain_allows_is_refused()
    {
        var small = new ChainParameters { BatchBytes = 200, TransactionBytes = 200 };
        Genesis genesis = TestChain.Genesis(1, parameters: small);
        PendingTransaction pending = TestChain.Pending(genesis, _key, 0, new byte[201 - TransactionEnvelope.HeadLength]);
        SignedTransaction signed = BatchPayload.Decode(BatchPayload.SignAndEncode([pending], _key))[0];
        Assert.Contains("larger", new TransactionVerifier(genesis).Refuse(signed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_is_refused_when_one_leaf_carries_a_key_that_did_not_sign_it()
    {
        using NodeKey other = TestChain.Key(1);
        byte[] payload = BatchPayload.SignAndEncode(
            [TestChain.Pending(_genesis, _key, 0, [1]), TestChain.Pending(_genesis, other, 1, [2])], _key);
        Assert.NotNull(_verifier.RefuseAny(BatchPayload.Decode(payload)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_transaction_that_leaves_its_batch_verifies_alone_by_the_batchs_signature(int count)
    {
        Batch batch = TestChain.Sealed(_genesis, _key, count);
        List<SignedTransaction> transactions = BatchPayload.Decode(batch);
        Assert.Equal(count, transactions.Count);
        Assert.Null(_verifier.RefuseAny(transactions, batch));
        foreach (SignedTransaction transaction in transactions)
        {
            SignedTransaction alone = SignedTransaction.Decode(transaction.Encode());
            Assert.Equal(transaction.Id, alone.Id);
            Assert.Equal(batch.Signature.Span.ToArray(), alone.Signature.ToArray());
            Assert.Null(new TransactionVerifier(_genesis).Refuse(alone));
            Assert.Equal(transaction.Encode(), alone.Encode());
        }
        Assert.Null(_verifier.RefuseAny(BatchPayload.Decode(BatchPayload.EncodeSingle(transactions))));
    }

    [Fact]
    public void Any_changed_byte_of_a_transaction_that_left_its_batch_is_refused()
    {
        byte[] bytes = BatchPayload.Decode(TestChain.Sealed(_genesis, _key, 3))[1].Encode();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = (byte[])bytes.Clone();
            changed[i] ^= 0x01;
            Assert.True(IsRefused(changed), $"byte {i}");
        }
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => SignedTransaction.Decode(bytes.AsMemory(0, length)));
    }

    [Fact]
    public void A_batch_whose_content_is_not_the_root_of_its_own_transactions_is_refused()
    {
        Batch other = TestChain.Sealed(_genesis, _key, 3, header => header with { Content = Digest.Sha256("else"u8) });
        Assert.Contains("content", _verifier.RefuseAny(BatchPayload.Decode(other), other), StringComparison.Ordinal);
        Batch none = TestChain.Sealed(_genesis, _key, 3, header => header with { Content = Digest.Zero });
        Assert.Contains("content", _verifier.RefuseAny(BatchPayload.Decode(none), none), StringComparison.Ordinal);
        Batch batch = TestChain.Sealed(_genesis, _key, 2);
        Assert.Contains("no transactions", _verifier.RefuseAny(TestChain.Signed(_genesis, _key, 2), batch), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batchs_signature_is_not_for_transactions_of_another_key()
    {
        using NodeKey other = TestChain.Key(1);
        Batch batch = TestChain.Sealed(_genesis, other, 2);
        Assert.Contains("another key", _verifier.RefuseAny(BatchPayload.Decode(batch), batch), StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_over_a_root_alone_is_not_one_over_a_batch_and_the_reverse()
    {
        SignedTransaction sealedOne = BatchPayload.Decode(TestChain.Sealed(_genesis, _key, 1))[0];
        byte[] bytes = sealedOne.Encode();
        byte[] withoutBatch = bytes[..^40];
        withoutBatch[sealedOne.Core.Length + 64] &= 0x7F;
        Assert.True(IsRefused(withoutBatch));
        byte[] byItself = TestChain.Signed(_genesis, _key, 1)[0].Encode();
        byItself[sealedOne.Core.Length + 64] |= 0x80;
        Assert.True(IsRefused([.. byItself, .. new byte[40]]));
    }

    [Fact]
    public void A_batch_of_single_leaves_is_the_same_transactions()
    {
        List<SignedTransaction> tree = TestChain.Signed(_genesis, _key, 5);
        List<SignedTransaction> singles = BatchPayload.Decode(BatchPayload.EncodeSingle(tree));
        Assert.Equal(tree.Select(transaction => transaction.Id), singles.Select(transaction => transaction.Id));
        Assert.Null(_verifier.RefuseAny(singles));
        Assert.Null(_verifier.RefuseAny(tree));
    }

    [Fact]
    public void A_batch_decoder_survives_any_truncation_and_random_bytes()
    {
        byte[] payload = BatchPayload.SignAndEncode(
            [TestChain.Pending(_genesis, _key, 0, [1]), TestChain.Pending(_genesis, _key, 1, [2, 3])], _key);
        for (int length = 0; length < payload.Length; length++)
            Assert.Throws<FormatException>(() => BatchPayload.Decode(payload.AsMemory(0, length)));
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])payload.Clone();
            for (int i = 0; i < 4; i++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                List<SignedTransaction> decoded = BatchPayload.Decode(changed);
                Assert.True(changed.AsSpan().SequenceEqual(payload) || _verifier.RefuseAny(decoded) is not null);
            }
            catch (FormatException)
            {
                continue;
            }
        }
    }

    private bool IsRefused(byte[] bytes)
    {
        try
        {
            return _verifier.Refuse(SignedTransaction.Decode(bytes)) is not null;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static byte[] BigEndian(long value)
    {
        byte[] bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
