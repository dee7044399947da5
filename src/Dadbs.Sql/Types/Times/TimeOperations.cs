using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>time: µs since midnight, 0 … 24:00:00 inclusive. Modifier: digits of fraction.</summary>
public sealed class TimeOperations : TypeOperations
{
    public static TimeOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var parsed = DateTimeParser.Parse(utf8, "time", settings, timeOnly: true);
        var micros = parsed.Special switch
        {
            DateTimeParser.SpecialValue.Now => Calendar.SplitTimestamp(settings.TimeZone.ToLocal(settings.NowMicros)).TimeOfDay,
            DateTimeParser.SpecialValue.None when parsed.HasTime => parsed.Fields.TimeOfDay,
            _ => throw InputErrors.InvalidDateTime("time", utf8),
        };
        if (micros > Calendar.MicrosPerDay)
            throw new SqlException(SqlState.DatetimeFieldOverflow, $"date/time field value out of range: \"{Encoding.UTF8.GetString(utf8)}\"");
        return ApplyModifier(Datum.FromInt64(micros), modifier, false);
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => DateTimeText.FormatTime(value.AsInt64, output);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 8)
            throw bytes.Length < 8 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        var value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (value is < 0 or > Calendar.MicrosPerDay)
            throw new SqlException(SqlState.DatetimeFieldOverflow, "time out of range");
        return ApplyModifier(Datum.FromInt64(value), modifier, false);
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), value.AsInt64);
        output.Advance(8);
    }

    public override int Compare(Datum left, Datum right) => left.Bits.CompareTo(right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast) =>
        modifier is < 0 or > 5 ? value : Datum.FromInt64(TimestampOperations.RoundMicros(value.AsInt64, modifier));

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => TimestampOperations.EncodePrecision("TIME({0})", arguments);

    public override string FormatModifier(int modifier) => modifier >= 0 ? $"({modifier})" : "";

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt64(value.AsInt64);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}
