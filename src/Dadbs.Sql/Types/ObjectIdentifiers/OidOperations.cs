using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>Unsigned 32 bits, zero-extended: oid, xid, cid, and the reg* types' stored form.</summary>
public class OidOperations(string typeName) : TypeOperations
{
    public static OidOperations Instance { get; } = new("oid");

    public static OidOperations Xid { get; } = new UnorderedOidOperations("xid");

    public static OidOperations Cid { get; } = new UnorderedOidOperations("cid");

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromUInt32(ParseNumber(utf8, typeName));

    /// <summary>As strtoul: a minus sign wraps around.</summary>
    public static uint ParseNumber(ReadOnlySpan<byte> utf8, string typeName)
    {
        var text = AsciiText.Trim(utf8);
        var negative = text.Length > 0 && text[0] == '-';
        var i = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (i == text.Length)
            throw InputErrors.InvalidSyntax(typeName, utf8);
        ulong value = 0;
        for (; i < text.Length; i++)
        {
            if (!AsciiText.IsDigit(text[i]))
                throw InputErrors.InvalidSyntax(typeName, utf8);
            value = Math.Min(value * 10 + (ulong)(text[i] - '0'), 1UL << 40);
        }
        var limit = negative ? 0x8000_0000UL : uint.MaxValue;
        if (value > limit)
            throw InputErrors.OutOfRange(typeName, utf8);
        return negative ? (uint)-(long)value : (uint)value;
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => AsciiText.WriteInt64(value.AsUInt32, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 4)
            throw bytes.Length < 4 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        return Datum.FromUInt32(BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value.AsUInt32);
        output.Advance(4);
    }

    public override int Compare(Datum left, Datum right) => left.AsUInt32.CompareTo(right.AsUInt32);

    public override ulong Hash(Datum value) => StableHash.Mix(value.AsUInt32);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteUInt32(value.AsUInt32);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.AsUInt32, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromUInt32((uint)CompactInteger.Read(buffer, offset, length));
}

/// <summary>xid and cid: equal or not; their order would depend on where the counter stands.</summary>
internal sealed class UnorderedOidOperations(string typeName) : OidOperations(typeName)
{
    public override bool IsOrderable => false;

    public override bool IsHashable => true;
}

/// <summary>xid8: unsigned 64 bits.</summary>
public sealed class Xid8Operations : TypeOperations
{
    public static Xid8Operations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        ulong value = 0;
        var text = AsciiText.Trim(utf8);
        if (text.Length == 0)
            throw InputErrors.InvalidSyntax("xid8", utf8);
        foreach (var b in text)
        {
            if (!AsciiText.IsDigit(b))
                throw InputErrors.InvalidSyntax("xid8", utf8);
            value = unchecked(value * 10 + (ulong)(b - '0'));
        }
        return Datum.FromInt64((long)value);
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var span = output.GetSpan(20);
        System.Buffers.Text.Utf8Formatter.TryFormat((ulong)value.Bits, span, out var written);
        output.Advance(written);
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => bytes.Length == 8
        ? Datum.FromInt64(BinaryPrimitives.ReadInt64BigEndian(bytes))
        : throw (bytes.Length < 8 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format"));

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), value.Bits);
        output.Advance(8);
    }

    public override int Compare(Datum left, Datum right) => ((ulong)left.Bits).CompareTo((ulong)right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteUInt64((ulong)value.Bits);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}

/// <summary>tid: (block, offset), 32 and 16 bits.</summary>
public sealed class TidOperations : TypeOperations
{
    public static TidOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var text = utf8;
        var comma = text.IndexOf((byte)',');
        if (text.Length < 5 || text[0] != '(' || text[^1] != ')' || comma < 2)
            throw InputErrors.InvalidSyntax("tid", utf8);
        if (!System.Buffers.Text.Utf8Parser.TryParse(text[1..comma], out uint block, out var used) || used != comma - 1
            || !System.Buffers.Text.Utf8Parser.TryParse(text[(comma + 1)..^1], out ushort offset, out used) || used != text.Length - comma - 2)
            throw InputErrors.InvalidSyntax("tid", utf8);
        return Datum.FromInt64((long)block << 16 | offset);
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        output.Write("("u8);
        AsciiText.WriteInt64(value.Bits >> 16, output);
        output.Write(","u8);
        AsciiText.WriteInt64(value.Bits & 0xFFFF, output);
        output.Write(")"u8);
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => bytes.Length == 6
        ? Datum.FromInt64((long)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]))
        : throw (bytes.Length < 6 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format"));

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(6);
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)(value.Bits >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], (ushort)value.Bits);
        output.Advance(6);
    }

    public override int Compare(Datum left, Datum right) => left.Bits.CompareTo(right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt64(value.Bits);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}
