using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>A time of day with its offset, seconds east of UTC.</summary>
public sealed record TimeTzValue(long Micros, int OffsetSeconds)
{
    /// <summary>The time at UTC, which orders first.</summary>
    public long UtcMicros => Micros - OffsetSeconds * Calendar.MicrosPerSecond;
}

/// <summary>timetz: ordered by the instant, then by the offset (larger offsets first, as PostgreSQL counts westwards).</summary>
public sealed class TimeTzOperations : TypeOperations
{
    public static TimeTzOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var parsed = DateTimeParser.Parse(utf8, "time with time zone", settings, timeOnly: true);
        if (parsed.Special == DateTimeParser.SpecialValue.Now)
        {
            var offset = settings.TimeZone.OffsetAt(settings.NowMicros);
            var now = Calendar.SplitTimestamp(settings.NowMicros + offset * Calendar.MicrosPerSecond).TimeOfDay;
            return ApplyModifier(Datum.FromObject(new TimeTzValue(now, offset)), modifier, false);
        }
        if (parsed.Special != DateTimeParser.SpecialValue.None || !parsed.HasTime)
            throw InputErrors.InvalidDateTime("time with time zone", utf8);
        var zone = parsed.Zone ?? settings.TimeZone;
        var day = parsed.HasDate ? parsed.Fields.ToTimestamp() ?? 0 : Calendar.SplitTimestamp(zone.ToLocal(settings.NowMicros)).Date * Calendar.MicrosPerDay + parsed.Fields.TimeOfDay;
        var seconds = parsed.OffsetSeconds ?? zone.OffsetAtLocal(day);
        return ApplyModifier(Datum.FromObject(new TimeTzValue(parsed.Fields.TimeOfDay, seconds)), modifier, false);
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var time = value.As<TimeTzValue>();
        var text = new StringBuilder(24);
        DateTimeText.AppendTime(text, DateTimeFields.OfTime(time.Micros));
        DateTimeText.AppendOffset(text, time.OffsetSeconds);
        AsciiText.Write(text.ToString(), output);
    }

    /// <summary>int64 µs, int32 seconds west of UTC.</summary>
    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 12)
            throw bytes.Length < 12 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        var micros = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var west = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
        if (micros is < 0 or > Calendar.MicrosPerDay)
            throw new SqlException(SqlState.DatetimeFieldOverflow, "time out of range");
        if (west is <= -57600 or >= 57600)
            throw new SqlException(SqlState.InvalidTimeZoneDisplacementValue, "time zone displacement out of range");
        return ApplyModifier(Datum.FromObject(new TimeTzValue(micros, -west)), modifier, false);
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var time = value.As<TimeTzValue>();
        var span = output.GetSpan(12);
        BinaryPrimitives.WriteInt64BigEndian(span, time.Micros);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], -time.OffsetSeconds);
        output.Advance(12);
    }

    public override int Compare(Datum left, Datum right)
    {
        var (a, b) = (left.As<TimeTzValue>(), right.As<TimeTzValue>());
        var order = a.UtcMicros.CompareTo(b.UtcMicros);
        return order != 0 ? order : b.OffsetSeconds.CompareTo(a.OffsetSeconds);
    }

    public override ulong Hash(Datum value)
    {
        var time = value.As<TimeTzValue>();
        return StableHash.Combine((ulong)time.Micros, (ulong)time.OffsetSeconds);
    }

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast) => modifier is < 0 or > 5
        ? value
        : Datum.FromObject(value.As<TimeTzValue>() with { Micros = TimestampOperations.RoundMicros(value.As<TimeTzValue>().Micros, modifier) });

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => TimestampOperations.EncodePrecision("TIME({0}) WITH TIME ZONE", arguments);

    public override string FormatModifier(int modifier) => modifier >= 0 ? $"({modifier})" : "";

    public override void EncodeKey(Datum value, ref KeyWriter writer)
    {
        var time = value.As<TimeTzValue>();
        writer.WriteInt64(time.UtcMicros);
        writer.WriteInt32(-time.OffsetSeconds);
    }

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        var time = value.As<TimeTzValue>();
        var span = output.GetSpan(12);
        BinaryPrimitives.WriteInt64LittleEndian(span, time.Micros);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], time.OffsetSeconds);
        output.Advance(12);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromObject(new TimeTzValue(
        BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset)),
        BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(offset + 8))));
}
