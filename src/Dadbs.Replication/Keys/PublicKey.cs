using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Dadbs.Replication;

/// <summary>
/// A secp256k1 public key in its compressed form: 02 or 03, then the x coordinate, 33 bytes. Ordered as bytes.
/// That the point lies on the curve is checked where the key is first used (<see cref="SignatureBackend.IsOnCurve"/>).
/// </summary>
public readonly struct PublicKey : IEquatable<PublicKey>, IComparable<PublicKey>
{
    public const int Length = 33;

    private readonly Bytes33 _bytes;

    /// <exception cref="FormatException">Not 33 bytes, or neither 02 nor 03 in front.</exception>
    public PublicKey(ReadOnlySpan<byte> compressed)
    {
        if (!HasCanonicalForm(compressed))
            throw new FormatException("a public key is 33 bytes that begin with 02 or 03");
        compressed.CopyTo(_bytes);
    }

    /// <summary>The only form accepted: 33 bytes, compressed, x below the field's prime.</summary>
    public static bool HasCanonicalForm(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length && bytes[0] is 2 or 3 && bytes[1..].SequenceCompareTo(Secp256k1.FieldPrime) < 0;

    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _bytes;

    public static PublicKey Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return new PublicKey(Convert.FromHexString(hex));
    }

    public bool Equals(PublicKey other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is PublicKey other && Equals(other);

    /// <summary>Local tables only: x is spread well enough, and who chooses keys to collide is bounded by the tables' sizes.</summary>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(Span[8..]);

    public int CompareTo(PublicKey other) => Span.SequenceCompareTo(other.Span);

    public override string ToString() => Convert.ToHexStringLower(Span);

    public static bool operator ==(PublicKey left, PublicKey right) => left.Equals(right);

    public static bool operator !=(PublicKey left, PublicKey right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Bytes33
    {
        private byte _first;
    }
}
