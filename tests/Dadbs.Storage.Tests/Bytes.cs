using System.Buffers.Binary;
using System.Text;

namespace Dadbs.Storage.Tests;

/// <summary>Short ways to write keys and values in tests.</summary>
internal static class Bytes
{
    public static readonly RelationId Accounts = new(5, 16384);
    public static readonly RelationId Branches = new(5, 16385);

    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Key(int number)
    {
        var key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return key;
    }

    public static byte[] Filler(int length, byte value = 0x5A)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    public static List<(string Key, string Value)> Text(RangeCursor cursor)
    {
        using (cursor)
        {
            var all = new List<(string, string)>();
            while (cursor.MoveNext())
                all.Add((Encoding.UTF8.GetString(cursor.Key.Span), Encoding.UTF8.GetString(cursor.Value.Span)));
            return all;
        }
    }

    public static ChangeSet Puts(RelationId relation, params (byte[] Key, byte[] Value)[] entries)
    {
        var overlay = new Overlay(EmptyView.Instance);
        foreach ((byte[] key, byte[] value) in entries)
            overlay.Put(relation, key, value);
        return overlay.ToChangeSet();
    }
}

/// <summary>The state before anything exists.</summary>
internal sealed class EmptyView : IReadView
{
    public static readonly EmptyView Instance = new();

    public bool TryGet(RelationId relation, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return false;
    }

    public RangeCursor Scan(RelationId relation, in KeyRange range, bool descending = false) => RangeCursor.Empty;

    public long CountEntries(RelationId relation) => 0;

    public long CountRange(RelationId relation, in KeyRange range) => 0;
}
