using System.Buffers.Binary;

namespace Dadbs.Storage;

/// <summary>
/// Takes a key apart in the order it was written. Set <see cref="Descending"/> as the writer had it. Bytes that are not such a
/// key throw <see cref="MalformedBytesException"/>.
/// </summary>
public ref struct KeyReader(ReadOnlySpan<byte> key)
{
    private ReadOnlySpan<byte> _rest = key;

    public bool Descending { get; set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a NULL marker of either placement, or the marker of a value: true if a value follows.</summary>
    public bool ReadNotNull() => Take(1)[0] switch
    {
        KeyCodec.NotNull => true,
        KeyCodec.NullFirst or KeyCodec.NullLast => false,
        byte other => throw new MalformedBytesException($"0x{other:x2} is no NULL marker of a key"),
    };

    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new MalformedBytesException($"0x{other:x2} is no boolean of a key"),
    };

    public byte ReadByte()
    {
        byte value = Take(1)[0];
        return Descending ? (byte)~value : value;
    }

    public short ReadInt16() => (short)(ReadUInt16() ^ 0x8000);

    public int ReadInt32() => (int)ReadUInt32() ^ int.MinValue;

    public long ReadInt64() => (long)ReadUInt64() ^ long.MinValue;

    public ushort ReadUInt16()
    {
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(Take(2));
        return Descending ? (ushort)~value : value;
    }

    public uint ReadUInt32()
    {
        uint value = BinaryPrimitives.ReadUInt32BigEndian(Take(4));
        return Descending ? ~value : value;
    }

    public ulong ReadUInt64()
    {
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(Take(8));
        return Descending ? ~value : value;
    }

    public float ReadSingle() => KeyCodec.FromOrderedBits(ReadUInt32());

    public double ReadDouble() => KeyCodec.FromOrderedBits(ReadUInt64());

    /// <summary>A string of <see cref="KeyWriter.WriteBytes"/>: a slice of the key where it needs no decoding, else a new array.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        byte escape = Descending ? (byte)0xFF : (byte)0x00;
        int end = _rest.IndexOf(escape);
        if (end < 0 || end + 1 >= _rest.Length)
            throw new MalformedBytesException("a byte string of a key has no end");
        if (!Descending && _rest[end + 1] == KeyCodec.Terminator)
        {
            ReadOnlySpan<byte> plain = _rest[..end];
            _rest = _rest[(end + 2)..];
            return plain;
        }

        return DecodeEscaped();
    }

    /// <summary>The next <paramref name="length"/> bytes as written by <see cref="KeyWriter.WriteRaw"/>.</summary>
    public ReadOnlySpan<byte> ReadRaw(int length)
    {
        ReadOnlySpan<byte> raw = Take(length);
        if (!Descending)
            return raw;
        byte[] inverted = raw.ToArray();
        foreach (ref byte b in inverted.AsSpan())
            b = (byte)~b;
        return inverted;
    }

    private ReadOnlySpan<byte> DecodeEscaped()
    {
        var decoded = new byte[_rest.Length];
        int length = 0;
        while (true)
        {
            byte b = ReadByte();
            if (b != KeyCodec.Escape)
            {
                decoded[length++] = b;
                continue;
            }

            switch (ReadByte())
            {
                case KeyCodec.Terminator:
                    return decoded.AsSpan(0, length);
                case KeyCodec.EscapedZero:
                    decoded[length++] = 0;
                    break;
                default:
                    throw new MalformedBytesException("a byte string of a key holds an unknown escape");
            }
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
            throw new MalformedBytesException("a key ends inside a column");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
