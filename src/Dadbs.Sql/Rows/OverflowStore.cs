using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Rows;

/// <summary>Where a row's moved columns are read from: the state, the overflow relation and the row's key.</summary>
public readonly struct OverflowSource(IReadView state, RelationId relation, ReadOnlyMemory<byte> rowKey)
{
    /// <summary>Reads all chunks of a column's value.</summary>
    public byte[] Read(ushort columnNumber, int length)
    {
        var value = new byte[length];
        byte[] key = OverflowStore.ChunkKey(rowKey.Span, columnNumber, 0);
        int read = 0;
        using RangeCursor chunks = state.Scan(relation, KeyRange.Prefix(key.AsSpan(0, key.Length - 4)));
        while (chunks.MoveNext())
        {
            if (chunks.Value.Length > length - read) throw new MalformedBytesException("overflow chunks longer than their value");
            chunks.Value.Span.CopyTo(value.AsSpan(read));
            read += chunks.Value.Length;
        }

        if (read != length) throw new MalformedBytesException("overflow chunks shorter than their value");
        return value;
    }
}

/// <summary>Writes and removes the chunks of moved columns: key = row key, column number, chunk number; value = up to 960 bytes.</summary>
internal static class OverflowStore
{
    public static byte[] ChunkKey(ReadOnlySpan<byte> rowKey, ushort columnNumber, uint chunk)
    {
        var key = new byte[rowKey.Length + RowFormat.ChunkSuffixBytes];
        rowKey.CopyTo(key);
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(rowKey.Length), columnNumber);
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(rowKey.Length + 2), chunk);
        return key;
    }

    public static void Write(Overlay overlay, RelationId relation, ReadOnlySpan<byte> rowKey, in MovedColumn column)
    {
        byte[] key = ChunkKey(rowKey, column.ColumnNumber, 0);
        uint chunk = 0;
        for (int at = 0; at < column.Value.Length; at += RowFormat.ChunkBytes)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(key.Length - 4), chunk++);
            overlay.Put(relation, key, column.Value.AsSpan(at, Math.Min(RowFormat.ChunkBytes, column.Value.Length - at)));
        }
    }

    public static void Remove(Overlay overlay, RelationId relation, ReadOnlySpan<byte> rowKey, in StoredStub stub)
    {
        byte[] key = ChunkKey(rowKey, stub.ColumnNumber, 0);
        uint chunks = (uint)((stub.Length + RowFormat.ChunkBytes - 1) / RowFormat.ChunkBytes);
        for (uint chunk = 0; chunk < chunks; chunk++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(key.Length - 4), chunk);
            overlay.Delete(relation, key);
        }
    }
}
