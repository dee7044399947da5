using System.Buffers.Binary;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>What became of the tail of a lease that its node wanted to give back.</summary>
public enum LeaseReturnResult
{
    /// <summary>The counter stands where the tail began.</summary>
    Accepted,

    /// <summary>The counter has moved on since: the values stay the node's.</summary>
    Kept,

    /// <summary>There is no such lease (any more): setval or a definition ended it.</summary>
    Gone,
}

/// <summary>
/// A range of sequence values that a node took off the counter for its explicit transactions, and which of them were spent: a row of
/// <see cref="SystemRelations.SequenceLeases"/> under (sequence, node key, first value). Leases of one node and sequence do not overlap.
/// </summary>
/// <remarks>
/// Row: first value (8 bytes), increment (8), count (4), stream (8), all big-endian, then a bit per value, set once it is spent. The stream is that of
/// the node's process: what an earlier one had left is dropped with the first lease of the next.
/// </remarks>
internal static class SequenceLease
{
    private const int HeaderBytes = 28;

    /// <summary>Takes up to <paramref name="count"/> values off the counter for a node. Fewer are given at the end of the sequence.</summary>
    /// <returns>First value, increment and count.</returns>
    public static (long First, long Increment, int Count) Take(
        Overlay overlay, uint database, SequenceDescriptor sequence, ReadOnlySpan<byte> nodeKey, ulong stream, int count)
    {
        count = Math.Clamp(count, 1, LeaseRequest.CountMax);
        DropOlderStreams(overlay, database, sequence.Oid, nodeKey, stream);
        SequenceState state = SequenceState.Read(overlay, database, sequence);
        long first = state.Next(sequence);
        Int128 distance = sequence.Increment > 0 ? (Int128)sequence.Maximum - first : (Int128)first - sequence.Minimum;
        long room = (long)Int128.Min(LeaseRequest.CountMax, distance / Int128.Abs(sequence.Increment));
        count = (int)Math.Min(count, room + 1);
        new SequenceState(first + (count - 1) * sequence.Increment, true).Write(overlay, database, sequence.Oid);
        var row = new byte[HeaderBytes + (count + 7) / 8];
        BinaryPrimitives.WriteInt64BigEndian(row, first);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(8), sequence.Increment);
        WriteCount(row, count);
        BinaryPrimitives.WriteUInt64BigEndian(row.AsSpan(20), stream);
        overlay.Put(SystemRelations.SequenceLeases(database), Key(sequence.Oid, nodeKey, first), row);
        return (first, sequence.Increment, count);
    }

    /// <summary>Whether the node's lease that starts with this value is there.</summary>
    public static bool Exists(IReadView state, uint database, uint sequenceOid, ReadOnlySpan<byte> nodeKey, long start) =>
        state.TryGet(SystemRelations.SequenceLeases(database), Key(sequenceOid, nodeKey, start), out _);

    /// <summary>Spends one value of the node's leases. False if it is in none of them, or was spent before.</summary>
    public static bool TrySpend(Overlay overlay, uint database, SequenceDescriptor sequence, ReadOnlySpan<byte> nodeKey, long value)
    {
        if (!TryFind(overlay, database, sequence, nodeKey, value, out byte[] key, out byte[] row)) return false;
        int index = IndexOf(row, value);
        if (index < 0 || IsSpent(row, index)) return false;
        row[HeaderBytes + (index >> 3)] |= (byte)(1 << (index & 7));
        Keep(overlay, database, key, row);
        return true;
    }

    /// <summary>
    /// Puts the counter back to where the unused tail of a lease began, if it still stands where the lease ended. A lease that the node
    /// calls over goes; so does one of which nothing is left.
    /// </summary>
    /// <returns>What became of it; if it was kept, the values' increment and number.</returns>
    public static (LeaseReturnResult Result, long Increment, int Count) Return(
        Overlay overlay, uint database, SequenceDescriptor sequence, ReadOnlySpan<byte> nodeKey, LeaseReturn tail)
    {
        RelationId leases = SystemRelations.SequenceLeases(database);
        byte[] key = Key(sequence.Oid, nodeKey, tail.LeaseStart);
        if (!overlay.TryGet(leases, key, out ReadOnlyMemory<byte> stored)) return (LeaseReturnResult.Gone, 0, 0);
        if (tail.IsOver)
        {
            overlay.Delete(leases, key);
            return (LeaseReturnResult.Accepted, 0, 0);
        }

        byte[] row = stored.ToArray();
        int count = CountOf(row);
        int kept = IndexOf(row, tail.FirstUnused);
        long last = tail.LeaseStart + (count - 1) * IncrementOf(row);
        if (kept < 0) return (LeaseReturnResult.Gone, 0, 0);
        bool isUntouched = SequenceState.Read(overlay, database, sequence) == new SequenceState(last, true);
        for (int i = kept; i < count; i++) isUntouched &= !IsSpent(row, i);
        if (!isUntouched) return (LeaseReturnResult.Kept, IncrementOf(row), count - kept);

        Before(sequence, tail.FirstUnused).Write(overlay, database, sequence.Oid);
        WriteCount(row, kept);
        Keep(overlay, database, key, row.AsSpan(0, HeaderBytes + (kept + 7) / 8).ToArray());
        return (LeaseReturnResult.Accepted, 0, 0);
    }

    /// <summary>setval, ALTER and DROP SEQUENCE end all leases: what was not spent is lost.</summary>
    public static void EndAll(Overlay overlay, uint database, uint sequenceOid) =>
        Delete(overlay, database, CatalogKeys.Oid(sequenceOid), _ => true);

    private static void DropOlderStreams(Overlay overlay, uint database, uint sequenceOid, ReadOnlySpan<byte> nodeKey, ulong stream) =>
        Delete(overlay, database, [.. CatalogKeys.Oid(sequenceOid), .. nodeKey], row => BinaryPrimitives.ReadUInt64BigEndian(row.AsSpan(20)) != stream);

    private static void Delete(Overlay overlay, uint database, byte[] prefix, Predicate<byte[]> isOver)
    {
        RelationId leases = SystemRelations.SequenceLeases(database);
        var keys = new List<byte[]>();
        using (RangeCursor cursor = overlay.Scan(leases, KeyRange.Prefix(prefix)))
        {
            while (cursor.MoveNext())
            {
                if (isOver(cursor.Value.ToArray())) keys.Add(cursor.Key.ToArray());
            }
        }

        foreach (byte[] key in keys) overlay.Delete(leases, key);
    }

    /// <summary>The state whose next value is this one.</summary>
    private static SequenceState Before(SequenceDescriptor sequence, long next)
    {
        Int128 previous = (Int128)next - sequence.Increment;
        return previous >= sequence.Minimum && previous <= sequence.Maximum ? new SequenceState((long)previous, true) : new SequenceState(next, false);
    }

    /// <summary>The lease that could hold the value: the nearest that starts at it or before it, in the sequence's direction.</summary>
    private static bool TryFind(
        Overlay overlay, uint database, SequenceDescriptor sequence, ReadOnlySpan<byte> nodeKey, long value, out byte[] key, out byte[] row)
    {
        byte[] at = Key(sequence.Oid, nodeKey, value);
        KeyRange own = KeyRange.Prefix(at.AsSpan(0, 4 + nodeKey.Length));
        bool ascends = sequence.Increment > 0;
        KeyRange range = ascends ? new KeyRange(own.Low, [.. at, 0]) : new KeyRange(at, own.High);
        using RangeCursor cursor = overlay.Scan(SystemRelations.SequenceLeases(database), range, descending: ascends);
        bool found = cursor.MoveNext();
        key = found ? cursor.Key.ToArray() : [];
        row = found ? cursor.Value.ToArray() : [];
        return found;
    }

    /// <summary>Stores what is left of a lease: nothing once all of it was spent.</summary>
    private static void Keep(Overlay overlay, uint database, byte[] key, byte[] row)
    {
        int spent = 0;
        int count = CountOf(row);
        for (int i = 0; i < count; i++) spent += IsSpent(row, i) ? 1 : 0;
        if (spent == count) overlay.Delete(SystemRelations.SequenceLeases(database), key);
        else overlay.Put(SystemRelations.SequenceLeases(database), key, row);
    }

    private static byte[] Key(uint sequenceOid, ReadOnlySpan<byte> nodeKey, long first)
    {
        var key = new byte[4 + nodeKey.Length + 8];
        CatalogKeys.Oid(sequenceOid).CopyTo(key.AsSpan());
        nodeKey.CopyTo(key.AsSpan(4));
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(4 + nodeKey.Length), first ^ long.MinValue);
        return key;
    }

    private static long IncrementOf(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadInt64BigEndian(row[8..]);

    private static int CountOf(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadInt32BigEndian(row[16..]);

    private static void WriteCount(Span<byte> row, int count) => BinaryPrimitives.WriteInt32BigEndian(row[16..], count);

    private static bool IsSpent(ReadOnlySpan<byte> row, int index) => (row[HeaderBytes + (index >> 3)] & (1 << (index & 7))) != 0;

    /// <summary>The value's place in the lease; −1 if it is not in it.</summary>
    private static int IndexOf(ReadOnlySpan<byte> row, long value)
    {
        Int128 distance = (Int128)value - BinaryPrimitives.ReadInt64BigEndian(row);
        if (distance % IncrementOf(row) != 0) return -1;
        Int128 index = distance / IncrementOf(row);
        return index >= 0 && index < CountOf(row) ? (int)index : -1;
    }
}
