using Dadbs.Consensus;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests;

/// <summary>A chain with known keys: the secret of validator i is i + 1.</summary>
internal static class TestChain
{
    public const long Time = 1_700_000_000_000_000;

    public static NodeKey Key(int number)
    {
        Span<byte> secret = stackalloc byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(secret[28..], number + 1);
        return NodeKey.FromSecret(secret);
    }

    public static Genesis Genesis(int validators, Func<int, int>? port = null, ChainParameters? parameters = null, int observers = 0) => new(
        engineLevel: 1,
        parameters ?? new ChainParameters(),
        Enumerable.Range(0, validators).Select(i => new GenesisValidator(Key(i).PublicKey, new PeerAddress("127.0.0.1", port?.Invoke(i) ?? 6432 + i))),
        Time,
        Hash256.Sha256("state"u8),
        Enumerable.Range(validators, observers).Select(i => Key(i).PublicKey));

    public static PendingTransaction Pending(Genesis genesis, NodeKey key, ulong sequence, ReadOnlySpan<byte> body, uint role = 10)
    {
        byte[] core = TransactionEnvelope.Encode(genesis.ChainId, key.PublicKey, role, stream: 0x0102030405060708, sequence, Time + 1_000_000, body);
        return new PendingTransaction(core, Hash256.Sha256(core), role, Time + 1_000_000);
    }

    public static List<SignedTransaction> Signed(Genesis genesis, NodeKey key, int count) =>
        BatchPayload.Decode(BatchPayload.SignAndEncode(
            [.. Enumerable.Range(0, count).Select(i => Pending(genesis, key, (ulong)i, [(byte)i, 7]))], key));

    /// <summary>A batch of validator 0's lane with <paramref name="count"/> transactions under its own signature.</summary>
    public static Batch Sealed(Genesis genesis, NodeKey key, int count, Func<BatchHeader, BatchHeader>? change = null)
    {
        byte[] payload = BatchPayload.EncodeOwn([.. Enumerable.Range(0, count).Select(i => Pending(genesis, key, (ulong)i, [(byte)i, 7]))], out Hash256[] ids);
        EpochScope scope = genesis.ToScope();
        var header = new BatchHeader(
            scope.Epoch, new ValidatorId(0), 1, Digest.Zero, Digest.Sha256(payload), payload.Length, count, TransactionTree.Root(ids).ToDigest());
        header = change?.Invoke(header) ?? header;
        using NodeKey author = Key(0);
        var signer = new StatementSigner(genesis, author, new StatementVerifier(genesis, new PeerCounters()));
        return Batch.Create(scope, header, signer.Sign(SigningBytes.OfBatch(scope, Batch.DigestOf(scope, header), header.Content).Span), payload);
    }
}
