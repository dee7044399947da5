using System.Buffers;
using System.Buffers.Binary;

namespace Dadbs.Consensus;

/// <summary>Writes the one canonical form of everything in this project: fixed-width little-endian integers, raw digests, counted lists.</summary>
internal static class WireWriter
{
    public static void WriteByte(this IBufferWriter<byte> writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    public static void WriteInt32(this IBufferWriter<byte> writer, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }

    public static void WriteInt64(this IBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    public static void WriteDigest(this IBufferWriter<byte> writer, Digest value)
    {
        value.CopyTo(writer.GetSpan(Digest.Length));
        writer.Advance(Digest.Length);
    }

    public static void WriteSignature(this IBufferWriter<byte> writer, Signature value) => writer.Write(value.Span);

    public static void WriteCounted(this IBufferWriter<byte> writer, ReadOnlySpan<byte> value)
    {
        writer.WriteInt32(value.Length);
        writer.Write(value);
    }
}

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote. Never throws: past the end or out of range it sets <see cref="Failed"/>, and every later
/// read gives zeros. A decoder looks at <see cref="Failed"/> once, at its end. Byte lists are slices of the input, not copies.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> input)
{
    private ReadOnlyMemory<byte> _rest = input;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte ReadByte() => Take(1, out ReadOnlySpan<byte> bytes) ? bytes[0] : (byte)0;

    public int ReadInt32() => Take(4, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    public long ReadInt64() => Take(8, out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>A number that is never negative: views, heights, positions, times.</summary>
    public long ReadNatural()
    {
        long value = ReadInt64();
        if (value < 0)
            Failed = true;
        return value;
    }

    public Digest ReadDigest() => Take(Digest.Length, out ReadOnlySpan<byte> bytes) ? new Digest(bytes) : Digest.Zero;

    public Signature ReadSignature() => Take(Signature.Length, out ReadOnlySpan<byte> bytes) ? new Signature(bytes) : default;

    /// <summary>A list's length; refused when negative, over <paramref name="max"/> or more than the bytes left could hold.</summary>
    public int ReadCount(int max, int bytesEach)
    {
        int count = ReadInt32();
        if (count >= 0 && count <= max && (long)count * bytesEach <= _rest.Length)
            return count;
        Failed = true;
        return 0;
    }

    public bool ReadFlag()
    {
        byte value = ReadByte();
        if (value > 1)
            Failed = true;
        return value == 1;
    }

    public ValidatorId ReadValidator(EpochScope scope)
    {
        var validator = new ValidatorId(ReadInt32());
        if (scope.Contains(validator))
            return validator;
        Failed = true;
        return default;
    }

    public ReadOnlyMemory<byte> ReadCounted(int max)
    {
        int count = ReadCount(max, 1);
        if (Failed)
            return default;
        ReadOnlyMemory<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public void Fail() => Failed = true;

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if (Failed || _rest.Length < count)
        {
            Failed = true;
            bytes = default;
            return false;
        }
        bytes = _rest.Span[..count];
        _rest = _rest[count..];
        return true;
    }
}
