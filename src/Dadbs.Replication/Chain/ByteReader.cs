using System.Buffers.Binary;

namespace Dadbs.Replication;

/// <summary>Reads big-endian fields from bytes that may come from outside; running past the end is a <see cref="FormatException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public byte ReadByte() => ReadBytes(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(ReadBytes(8));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(ReadBytes(8));

    /// <summary>A 32-bit length that must fit what is left, divided by the least size of what is counted: nothing is allocated on a lie.</summary>
    public int ReadCount(int itemBytesMin)
    {
        uint count = ReadUInt32();
        return count <= Remaining / itemBytesMin ? (int)count : throw new FormatException("a count exceeds the bytes that are there");
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
            throw new FormatException("the bytes end too early");
        ReadOnlySpan<byte> slice = _bytes.Slice(Position, count);
        Position += count;
        return slice;
    }

    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
            throw new FormatException("there are bytes after the end");
    }
}
