using System.Buffers.Binary;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// A range of sequence values that a node took off the counter for its explicit transactions, and which of them were spent: a row of
/// <see cref="SystemRelations.SequenceLeases"/> under (sequence, node key, ordinal of the first value).
/// </summary>
/// <remarks>Row: first value (8 bytes), increment (8), count (4), all big-endian, then a bit per value, set once it is spent.</remarks>
internal static class SequenceLease
{
    /// <summary>The most values one lease holds.</summary>
    public const int CountMax = 1024;

    private const int HeaderBytes = 20;

    /// <summary>Takes up to <paramref name="count"/> values off the counter for a node. Fewer are given at the end of the sequence.</summary>
    /// <returns>First value, increment and count.</returns>
    public static (long First, long Increment, int Count) Take(Overlay overlay, uint database, SequenceDescriptor sequence, ReadOnlySpan<byte> nodeKey, int count)
    {
        count = Math.Clamp(count, 1, CountMax);
        SequenceState state = SequenceState.Read(overlay, database, sequence);
        long first = state.Next(sequence);
        Int128 distance = sequence.Increment > 0 ? (Int128)sequence.Maximum - first : (Int128)first - sequence.Minimum;
        long room = (long)Int128.Min(CountMax, distance / Int128.Abs(sequence.Increment));
        count = (int)Math.Min(count, room + 1);
        new SequenceState(first + (count - 1) * sequence.Increment, true).Write(overlay, database, sequence.Oid);
        var row = new byte[HeaderBytes + (count + 7) / 8];
        BinaryPrimitives.WriteInt64BigEndian(row, first);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(8), sequence.Increment);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(16), count);
        overlay.Put(SystemRelations.SequenceLeases(database), Key(sequence.Oid, nodeKey, first), row);
        return (first, sequence.Increment, count);
    }

    /// <summary>Spends one value of the node's leases. False if it is in none of them, or was spent before.</summary>
    public static bool TrySpend(Overlay overlay, uint database, uint sequenceOid, ReadOnlySpan<byte> nodeKey, long value)
    {
        RelationId leases = SystemRelations.SequenceLeases(database);
        byte[]? key = null;
        byte[]? row = null;
        int index = -1;
        using (RangeCursor cursor = overlay.Scan(leases, KeyRange.Prefix([.. CatalogKeys.Oid(sequenceOid), .. nodeKey])))
        {
            while (index < 0 && cursor.MoveNext())
            {
                index = IndexOf(cursor.Value.Span, value);
                if (index < 0) continue;
                key = cursor.Key.ToArray();
                row = cursor.Value.ToArray();
            }
        }

        if (index < 0 || (row![HeaderBytes + (index >> 3)] & (1 << (index & 7))) != 0) return false;
        row[HeaderBytes + (index >> 3)] |= (byte)(1 << (index & 7));
        if (IsSpent(row)) overlay.Delete(leases, key);
        else overlay.Put(leases, key, row);
        return true;
    }

    /// <summary>setval and ALTER SEQUENCE … RESTART end all leases: what was not spent is lost.</summary>
    public static void EndAll(Overlay overlay, uint database, uint sequenceOid)
    {
        var keys = new List<byte[]>();
        using (RangeCursor cursor = overlay.Scan(SystemRelations.SequenceLeases(database), KeyRange.Prefix(CatalogKeys.Oid(sequenceOid))))
        {
            while (cursor.MoveNext()) keys.Add(cursor.Key.ToArray());
        }

        foreach (byte[] key in keys) overlay.Delete(SystemRelations.SequenceLeases(database), key);
    }

    private static byte[] Key(uint sequenceOid, ReadOnlySpan<byte> nodeKey, long first)
    {
        var key = new byte[4 + nodeKey.Length + 8];
        CatalogKeys.Oid(sequenceOid).CopyTo(key.AsSpan());
        nodeKey.CopyTo(key.AsSpan(4));
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(4 + nodeKey.Length), first ^ long.MinValue);
        return key;
    }

    private static int IndexOf(ReadOnlySpan<byte> row, long value)
    {
        long first = BinaryPrimitives.ReadInt64BigEndian(row);
        long increment = BinaryPrimitives.ReadInt64BigEndian(row[8..]);
        Int128 distance = (Int128)value - first;
        if (distance % increment != 0) return -1;
        Int128 index = distance / increment;
        return index >= 0 && index < BinaryPrimitives.ReadInt32BigEndian(row[16..]) ? (int)index : -1;
    }

    private static bool IsSpent(ReadOnlySpan<byte> row)
    {
        int count = BinaryPrimitives.ReadInt32BigEndian(row[16..]);
        int spent = 0;
        foreach (byte bits in row[HeaderBytes..]) spent += System.Numerics.BitOperations.PopCount(bits);
        return spent == count;
    }
}
