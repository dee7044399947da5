using System.Buffers;
using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// What the execution of a block led to, as the block log keeps it beside the block: a receipt for each transaction, then the net change set. Bytes:
/// docs/formats.md, "Execution record".
/// </summary>
public sealed class ExecutionRecord
{
    private const byte FormatVersion = 1;
    private const int HeaderBytes = 5;
    private static ReadOnlySpan<byte> RootDomain => "dadbs receipts 1\0"u8;

    public ExecutionRecord(IReadOnlyList<Receipt> receipts, ChangeSet changes)
    {
        Receipts = receipts;
        Changes = changes;
    }

    /// <summary>One for each transaction of the block, in order.</summary>
    public IReadOnlyList<Receipt> Receipts { get; }

    public ChangeSet Changes { get; }

    /// <summary>
    /// SHA-256 over the domain, the number of transactions, each transaction's id and receipt in order, and the hash of the change set: what the block
    /// that names this height as executed certifies.
    /// </summary>
    public Hash256 Root(IReadOnlyList<SignedTransaction> transactions)
    {
        int length = RootDomain.Length + 4 + Receipts.Count * (Hash256.Size + 1) + Hash256.Size;
        byte[] covered = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> rest = covered.AsSpan(0, length);
        RootDomain.CopyTo(rest);
        rest = rest[RootDomain.Length..];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(rest, Receipts.Count);
        rest = rest[4..];
        for (int i = 0; i < Receipts.Count; i++)
        {
            transactions[i].Id.CopyTo(rest);
            rest[Hash256.Size] = (byte)Receipts[i];
            rest = rest[(Hash256.Size + 1)..];
        }

        Changes.Hash.CopyTo(rest);
        Hash256 root = Hash256.Sha256(covered.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(covered);
        return root;
    }

    public byte[] Encode()
    {
        var changes = Changes.Encode();
        byte[] bytes = new byte[HeaderBytes + Receipts.Count + changes.Length];
        bytes[0] = FormatVersion;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), Receipts.Count);
        for (int i = 0; i < Receipts.Count; i++) bytes[HeaderBytes + i] = (byte)Receipts[i];
        changes.Span.CopyTo(bytes.AsSpan(HeaderBytes + Receipts.Count));
        return bytes;
    }

    /// <exception cref="FormatException">Not an execution record.</exception>
    public static ExecutionRecord Decode(ReadOnlyMemory<byte> bytes)
    {
        int count = ReadCount(bytes.Span);
        var receipts = new Receipt[count];
        for (int i = 0; i < count; i++) receipts[i] = ReadReceipt(bytes.Span, i);
        return new ExecutionRecord(receipts, ChangeSet.Decode(bytes[(HeaderBytes + count)..]));
    }

    /// <summary>One transaction's receipt, without decoding the rest.</summary>
    /// <exception cref="FormatException">Not an execution record, or of fewer transactions.</exception>
    public static Receipt ReceiptAt(ReadOnlySpan<byte> bytes, int position)
    {
        if (position >= ReadCount(bytes)) throw new FormatException("the execution record has fewer receipts than its block transactions");
        return ReadReceipt(bytes, position);
    }

    private static int ReadCount(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != FormatVersion) throw new FormatException("not an execution record");
        int count = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        if (count < 0 || count > bytes.Length - HeaderBytes) throw new FormatException("the execution record is cut short");
        return count;
    }

    private static Receipt ReadReceipt(ReadOnlySpan<byte> bytes, int position)
    {
        var receipt = (Receipt)bytes[HeaderBytes + position];
        return Enum.IsDefined(receipt) ? receipt : throw new FormatException($"unknown receipt {(byte)receipt}");
    }
}
