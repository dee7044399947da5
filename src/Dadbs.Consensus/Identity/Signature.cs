namespace Dadbs.Consensus;

/// <summary>64 bytes, compact form. The cores never look inside; low-S and range are the verifier's business (the rim refuses all else).</summary>
public readonly struct Signature : IEquatable<Signature>
{
    public const int Length = 64;

    private readonly byte[]? _bytes;

    public Signature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException("A signature has 64 bytes.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    public ReadOnlySpan<byte> Span => _bytes ?? new byte[Length];

    public bool Equals(Signature other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Signature other && Equals(other);

    /// <summary>In-process use only; the first bytes of a signature are already well mixed.</summary>
    public override int GetHashCode() => BitConverter.ToInt32(Span);

    public static bool operator ==(Signature left, Signature right) => left.Equals(right);

    public static bool operator !=(Signature left, Signature right) => !left.Equals(right);
}
