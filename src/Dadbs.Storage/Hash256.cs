using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Dadbs.Storage;

/// <summary>A SHA-256 digest, by value. The default value is <see cref="Zero"/>, which no content hashes to in practice.</summary>
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Hash256(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    public static Hash256 Zero => default;

    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>Takes the first 32 bytes of <paramref name="bytes"/>.</summary>
    public static Hash256 FromSpan(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new ArgumentException($"a digest has {Size} bytes, not {bytes.Length}", nameof(bytes));
        return new Hash256(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
    }

    public static Hash256 Sha256(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Size];
        if (!NativeSha256.TryHash(content, digest))
            SHA256.HashData(content, digest);
        return FromSpan(digest);
    }

    /// <summary>Reads the form that <see cref="ToHex"/> writes; letters of either case.</summary>
    public static Hash256 FromHex(string hex) => FromSpan(Convert.FromHexString(hex));

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHex() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    public override string ToString() => ToHex();

    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The digest's own first bytes: they are as random as a hash code can be, and equal in every process.</summary>
    public override int GetHashCode() => (int)_a;

    /// <summary>Order of the bytes.</summary>
    public int CompareTo(Hash256 other)
    {
        int order = _a.CompareTo(other._a);
        if (order == 0)
            order = _b.CompareTo(other._b);
        if (order == 0)
            order = _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
