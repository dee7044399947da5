using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>double precision: IEEE bits. NaN equals itself and comes last, -0 equals 0.</summary>
public sealed class DoubleOperations : TypeOperations
{
    public static DoubleOperations Instance { get; } = new();

    public override bool KeyTellsValue => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromDouble(FloatText.ParseDouble(utf8));

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) =>
        FloatText.Format(value.AsDouble, settings.ExtraFloatDigits, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 8)
            throw bytes.Length < 8 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        return Datum.FromDouble(BinaryPrimitives.ReadDoubleBigEndian(bytes));
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteDoubleBigEndian(output.GetSpan(8), value.AsDouble);
        output.Advance(8);
    }

    public override int Compare(Datum left, Datum right) => CompareDoubles(left.AsDouble, right.AsDouble);

    public static int CompareDoubles(double left, double right)
    {
        if (left < right)
            return -1;
        if (left > right)
            return 1;
        if (left == right)
            return 0;
        return double.IsNaN(left).CompareTo(double.IsNaN(right));
    }

    public override ulong Hash(Datum value) => HashDouble(value.AsDouble);

    /// <summary>real hashes as the double of its value.</summary>
    public static ulong HashDouble(double value)
    {
        if (value == 0)
            value = 0;
        return StableHash.Mix(double.IsNaN(value) ? 0x7FF8_0000_0000_0000UL : BitConverter.DoubleToUInt64Bits(value));
    }

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteDouble(value.AsDouble);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value.Bits);
        output.Advance(8);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length) =>
        Datum.FromDouble(BinaryPrimitives.ReadDoubleLittleEndian(buffer.AsSpan(offset, length)));
}

/// <summary>real: IEEE bits of 32.</summary>
public sealed class RealOperations : TypeOperations
{
    public static RealOperations Instance { get; } = new();

    public override bool KeyTellsValue => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromSingle(FloatText.ParseSingle(utf8));

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) =>
        FloatText.Format(value.AsSingle, settings.ExtraFloatDigits, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 4)
            throw bytes.Length < 4 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        return Datum.FromSingle(BinaryPrimitives.ReadSingleBigEndian(bytes));
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteSingleBigEndian(output.GetSpan(4), value.AsSingle);
        output.Advance(4);
    }

    public override int Compare(Datum left, Datum right) => DoubleOperations.CompareDoubles(left.AsSingle, right.AsSingle);

    public override ulong Hash(Datum value) => DoubleOperations.HashDouble(value.AsSingle);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteSingle(value.AsSingle);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), (int)value.Bits);
        output.Advance(4);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length) =>
        Datum.FromSingle(BinaryPrimitives.ReadSingleLittleEndian(buffer.AsSpan(offset, length)));
}
