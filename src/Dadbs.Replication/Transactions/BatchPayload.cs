using System.Buffers.Binary;
using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// The transactions of a batch as one byte string: a count of groups, each either the batch's own tree (the envelopes of all its leaves, under the batch's signature), a whole tree
/// with a signature of its own, or a single leaf of a tree whose others are elsewhere (a transaction that stands alone). A tree costs one node hash a
/// transaction to check, and no path is sent. Bytes: docs/formats.md, "Batch payload".
/// </summary>
internal static class BatchPayload
{
    private const byte WholeTree = 1;
    private const byte SingleLeaf = 2;
    private const byte OwnTree = 3;
    private const int WholeTreeHead = 1 + CompactSignature.Length + 4;

    /// <summary>The payload of own transactions, whose root the batch's signature will cover, and their ids in order.</summary>
    public static byte[] EncodeOwn(ReadOnlySpan<PendingTransaction> transactions, out Hash256[] ids)
    {
        ids = new Hash256[transactions.Length];
        int length = 4 + 1 + 4;
        for (int i = 0; i < transactions.Length; i++)
        {
            ids[i] = transactions[i].Id;
            length += LengthInTree(transactions[i].Core.Length);
        }
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        BinaryPrimitives.WriteInt32BigEndian(bytes, 1);
        bytes[4] = OwnTree;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), transactions.Length);
        int position = 9;
        foreach (PendingTransaction transaction in transactions)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(position), transaction.Core.Length);
            transaction.Core.CopyTo(bytes, position + 4);
            position += LengthInTree(transaction.Core.Length);
        }
        return bytes;
    }

    /// <summary>Bytes that a transaction of this length takes in a whole tree.</summary>
    public static int LengthInTree(int coreLength) => 4 + coreLength;

    /// <summary>The payload of own transactions, signed here: one root, one signature.</summary>
    public static byte[] SignAndEncode(ReadOnlySpan<PendingTransaction> transactions, NodeKey key) => SignAndEncode(transactions, key, out _);

    /// <summary>Also gives the transactions as <see cref="Decode(ReadOnlyMemory{byte})"/> would.</summary>
    public static byte[] SignAndEncode(ReadOnlySpan<PendingTransaction> transactions, NodeKey key, out List<SignedTransaction> signed)
    {
        int length = 4 + WholeTreeHead;
        var ids = new Hash256[transactions.Length];
        for (int i = 0; i < transactions.Length; i++)
        {
            ids[i] = transactions[i].Id;
            length += LengthInTree(transactions[i].Core.Length);
        }
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        Span<byte> rest = bytes;
        BinaryPrimitives.WriteInt32BigEndian(rest, 1);
        rest[4] = WholeTree;
        Span<byte> root = stackalloc byte[Hash256.Size];
        TransactionTree.Root(ids).CopyTo(root);
        key.Sign(root, rest.Slice(5, CompactSignature.Length));
        BinaryPrimitives.WriteInt32BigEndian(rest[(5 + CompactSignature.Length)..], transactions.Length);
        var tree = SignedRoot.OfLeaves(bytes.AsMemory(5, CompactSignature.Length), ids);
        signed = new List<SignedTransaction>(transactions.Length);
        int position = 4 + WholeTreeHead;
        foreach (PendingTransaction transaction in transactions)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(position), transaction.Core.Length);
            transaction.Core.CopyTo(bytes, position + 4);
            signed.Add(new SignedTransaction(bytes.AsMemory(position + 4, transaction.Core.Length), transaction.Id, tree, signed.Count));
            position += LengthInTree(transaction.Core.Length);
        }
        return bytes;
    }

    /// <summary>The payload of transactions that were signed elsewhere, each with its own path.</summary>
    public static byte[] EncodeSingle(IReadOnlyList<SignedTransaction> transactions) => Join(null, transactions);

    /// <summary>A payload of own transactions, if there are any, with more groups after it: transactions that were signed elsewhere. Those of one tree that are all here stay a tree.</summary>
    public static byte[] Join(byte[]? own, IReadOnlyList<SignedTransaction> transactions)
    {
        using var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        int groups = own is null ? 0 : BinaryPrimitives.ReadInt32BigEndian(own);
        stream.Write(number);
        if (own is not null)
            stream.Write(own.AsSpan(4));
        for (int i = 0; i < transactions.Count; groups++)
        {
            if (!IsWholeTree(transactions, i))
            {
                stream.WriteByte(SingleLeaf);
                stream.Write(transactions[i++].Encode());
                continue;
            }
            SignedRoot tree = transactions[i].SignedRoot;
            stream.WriteByte(WholeTree);
            stream.Write(tree.Signature.Span);
            BinaryPrimitives.WriteInt32BigEndian(number, tree.LeafCount);
            stream.Write(number);
            for (int end = i + tree.LeafCount; i < end; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(number, transactions[i].Core.Length);
                stream.Write(number);
                stream.Write(transactions[i].Core.Span);
            }
        }
        byte[] joined = stream.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(joined, groups);
        return joined;
    }

    private static bool IsWholeTree(IReadOnlyList<SignedTransaction> transactions, int first)
    {
        SignedRoot tree = transactions[first].SignedRoot;
        if (tree.Seal is not null || first + tree.LeafCount > transactions.Count)
            return false;
        for (int i = 0; i < tree.LeafCount; i++)
        {
            if (!ReferenceEquals(transactions[first + i].SignedRoot, tree) || transactions[first + i].LeafIndex != i)
                return false;
        }
        return true;
    }

    /// <summary>As many as it says, each with a signature to check; 0 if it is too short to say.</summary>
    public static int GroupsIn(ReadOnlyMemory<byte> payload) => payload.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(payload.Span);

    /// <summary>The transactions in their order; they share the payload's memory.</summary>
    /// <exception cref="FormatException">Not exactly one canonical encoding, or empty.</exception>
    public static List<SignedTransaction> Decode(ReadOnlyMemory<byte> payload) => Decode(payload, null, null);

    /// <summary>Of a batch that may hold a tree under its own signature. <paramref name="ids"/>: those of all its transactions, in their order, where they are known.</summary>
    /// <exception cref="FormatException">Not exactly one canonical encoding, or empty.</exception>
    public static List<SignedTransaction> Decode(Batch batch, Hash256[]? ids = null) => Decode(batch.Payload, batch, ids);

    private static List<SignedTransaction> Decode(ReadOnlyMemory<byte> payload, Batch? batch, Hash256[]? ids)
    {
        var transactions = new List<SignedTransaction>();
        var reader = new ByteReader(payload.Span);
        int groups = reader.ReadCount(itemBytesMin: 1 + 4);
        if (groups == 0)
            throw new FormatException("a batch is not empty");
        int position = reader.Position;
        for (int group = 0; group < groups; group++)
        {
            if (position >= payload.Length)
                throw new FormatException("a batch ends too early");
            position += 1 + payload.Span[position] switch
            {
                WholeTree => DecodeTree(payload[(position + 1)..], ids, transactions),
                OwnTree when batch is not null && group == 0 => DecodeOwn(payload[(position + 1)..], batch, ids, transactions),
                SingleLeaf => DecodeSingle(payload[(position + 1)..], transactions),
                _ => throw new FormatException("a batch holds a group of unknown kind"),
            };
        }
        return position == payload.Length ? transactions : throw new FormatException("there are bytes after the batch");
    }

    private static int DecodeSingle(ReadOnlyMemory<byte> bytes, List<SignedTransaction> transactions)
    {
        transactions.Add(SignedTransaction.Decode(bytes, out int consumed));
        return consumed;
    }

    private static int DecodeTree(ReadOnlyMemory<byte> bytes, Hash256[]? known, List<SignedTransaction> transactions)
    {
        var reader = new ByteReader(bytes.Span);
        reader.ReadBytes(CompactSignature.Length);
        return DecodeLeaves(bytes, reader, ids => SignedRoot.OfLeaves(bytes[..CompactSignature.Length], ids), known, transactions);
    }

    private static int DecodeOwn(ReadOnlyMemory<byte> bytes, Batch batch, Hash256[]? known, List<SignedTransaction> transactions)
    {
        byte[] signature = batch.Signature.Span.ToArray();
        var seal = new BatchSeal(batch.Header.Epoch, batch.Digest);
        return DecodeLeaves(bytes, new ByteReader(bytes.Span), ids => SignedRoot.OfLeaves(signature, ids, seal), known, transactions);
    }

    private static int DecodeLeaves(
        ReadOnlyMemory<byte> bytes, ByteReader reader, Func<Hash256[], SignedRoot> rootOf, Hash256[]? known, List<SignedTransaction> transactions)
    {
        int leaves = reader.ReadCount(itemBytesMin: 4 + TransactionEnvelope.HeadLength);
        if (leaves is 0 or > TransactionTree.LeavesMax)
            throw new FormatException("a tree of transactions has an impossible number of leaves");
        Hash256[] ids = known is null ? new Hash256[leaves] : known.Length == leaves ? known : known[transactions.Count..(transactions.Count + leaves)];
        SignedRoot root = rootOf(ids);
        transactions.EnsureCapacity(transactions.Count + leaves);
        for (int i = 0; i < leaves; i++)
        {
            int length = reader.ReadCount(itemBytesMin: 1);
            ReadOnlyMemory<byte> core = bytes.Slice(reader.Position, length);
            reader.ReadBytes(length);
            if (!TransactionEnvelope.HasCanonicalForm(core.Span))
                throw new FormatException("a transaction has an unknown version, a wrong length or a key that is not canonical");
            if (known is null)
                ids[i] = Hash256.Sha256(core.Span);
            transactions.Add(new SignedTransaction(core, ids[i], root, i));
        }
        return reader.Position;
    }
}
