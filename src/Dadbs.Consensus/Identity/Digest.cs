using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dadbs.Consensus;

/// <summary>A SHA-256 value: the name of a block, a batch, a payload, a chain. Ordered as its bytes are.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException("A digest has 32 bytes.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>All zero: the parent of a lane's first batch, the digest of a Nullify.</summary>
    public static Digest Zero => default;

    public static Digest Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public int CompareTo(Digest other)
    {
        int order = _a.CompareTo(other._a);
        if (order == 0)
            order = _b.CompareTo(other._b);
        if (order == 0)
            order = _c.CompareTo(other._c);
        return order == 0 ? _d.CompareTo(other._d) : order;
    }

    public string ToHex() => Convert.ToHexStringLower(ToArray());

    /// <summary>The first eight hexadecimal digits, for printouts.</summary>
    public override string ToString() => ToHex()[..8];
}
