using System.Buffers.Binary;
using Dadbs.Sql.Rows;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Hidden row ids of tables without a key, as an explicit transaction gives them on its own node: from 2^62 on, above every real one, so that rows of others
/// that arrive meanwhile never meet them, and taking one reads nothing. The replay gives real ids, the ones after the largest; the n-th provisional id is then
/// the n-th after it. They are never shown or hashed as they are.
/// </summary>
/// <remarks>Keys of other tables begin with a column's marker (1 to 3), so eight bytes that begin with 0x40, or with 0, can only be a row id.</remarks>
internal static class ProvisionalRowIds
{
    public const long First = 1L << 62;

    private const byte FirstByte = 0x40;

    /// <summary>How the first 2^32 of them begin.</summary>
    private static ReadOnlySpan<byte> Beginning => [FirstByte, 0, 0, 0];

    /// <summary>The next id for a row that is written to <paramref name="writes"/>, of a transaction on its own node.</summary>
    public static long NextProvisional(Overlay writes, RelationId rows)
    {
        using RangeCursor last = writes.Scan(rows, new KeyRange(IndexKeys.RowId(First), null), descending: true);
        return last.MoveNext() ? BinaryPrimitives.ReadInt64BigEndian(last.Key.Span) + 1 : First;
    }

    /// <summary>
    /// The next id for a row at the transaction's place in the order: after the largest, also of those that the transaction deleted beneath, so that the numbering
    /// is that of the provisional ids.
    /// </summary>
    public static long Next(Overlay writes, RelationId rows) => 1 + (writes.HasWritten(rows) ? Math.Max(Largest(writes, rows), Largest(writes.Parent, rows)) : Largest(writes, rows));

    public static long Largest(IReadView state, RelationId rows)
    {
        using RangeCursor last = state.Scan(rows, KeyRange.All, descending: true);
        return last.MoveNext() ? BinaryPrimitives.ReadInt64BigEndian(last.Key.Span) : 0;
    }

    /// <summary>The key of a row that the transaction itself added to a table without a key.</summary>
    public static bool IsProvisional(ReadOnlySpan<byte> key) => key.Length == IndexKeys.RowIdBytes && key[0] == FirstByte;

    /// <summary>
    /// Something that names such a row without being it: its overflow chunks, its entry in an index. What it says follows from the row.
    /// </summary>
    public static bool Mentions(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        (key.Length > IndexKeys.RowIdBytes && (key.StartsWith(Beginning) || key[^IndexKeys.RowIdBytes..].StartsWith(Beginning))) || IsProvisional(value);

    /// <summary>Where the transaction's own row ids begin in a relation, seen from beneath its writes; without meaning for tables with a key.</summary>
    public static long FirstReal(IReadView beneath, RelationId rows)
    {
        using RangeCursor last = beneath.Scan(rows, KeyRange.All, descending: true);
        return last.MoveNext() && last.Key.Length == IndexKeys.RowIdBytes ? BinaryPrimitives.ReadInt64BigEndian(last.Key.Span) + 1 : 1;
    }

    /// <summary>The real key, where real ids of the transaction begin at <paramref name="firstRowId"/>.</summary>
    public static byte[] ToReal(byte[] key, long firstRowId) =>
        IsProvisional(key) ? IndexKeys.RowId(BinaryPrimitives.ReadInt64BigEndian(key) - First + firstRowId) : key;

    /// <summary>Back again: the key as the transaction's own node has it.</summary>
    public static byte[] ToProvisional(ReadOnlySpan<byte> key, long firstRowId)
    {
        if (key.Length != IndexKeys.RowIdBytes || key[0] is not (0 or FirstByte)) return key.ToArray();
        long id = BinaryPrimitives.ReadInt64BigEndian(key);
        return id < firstRowId ? key.ToArray() : IndexKeys.RowId(id - firstRowId + First);
    }
}
