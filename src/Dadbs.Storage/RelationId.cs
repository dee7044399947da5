using System.Buffers.Binary;

namespace Dadbs.Storage;

/// <summary>
/// Names one relation (the rows of a table, or one index) in the state: the key of the top tree. Database 0 holds the shared
/// catalogs. A file id is never used for a second relation: TRUNCATE and rewrites take a new one.
/// </summary>
public readonly record struct RelationId(uint Database, uint File) : IComparable<RelationId>
{
    /// <summary>Bytes of the encoded form: database, then file, both big-endian, so that byte order is numeric order.</summary>
    public const int Size = 8;

    internal ulong Packed => ((ulong)Database << 32) | File;

    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, Packed);

    public static RelationId FromSpan(ReadOnlySpan<byte> bytes)
    {
        ulong packed = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return new RelationId((uint)(packed >> 32), (uint)packed);
    }

    public int CompareTo(RelationId other) => Packed.CompareTo(other.Packed);

    public override string ToString() => $"{Database}/{File}";
}
