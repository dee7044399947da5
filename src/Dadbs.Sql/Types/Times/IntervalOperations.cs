using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>
/// interval: months, days, µs; ordered by span with months of 30 days. Modifier = (fields &lt;&lt; 16) | digits of fraction, as PostgreSQL's
/// INTERVAL_TYPMOD: it cuts fields below the declared ones and rounds seconds.
/// </summary>
public sealed class IntervalOperations : TypeOperations
{
    private const int FullRange = 0x7FFF;
    private const int FullPrecision = 0xFFFF;

    // Bits of the field mask.
    private const int Month = 1 << 1;
    private const int Year = 1 << 2;
    private const int Day = 1 << 3;
    private const int Hour = 1 << 10;
    private const int Minute = 1 << 11;
    private const int Second = 1 << 12;

    public static IntervalOperations Instance { get; } = new();

    public override bool KeyTellsValue => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) =>
        ApplyModifier(IntervalParser.Parse(utf8, LeastUnit(modifier), settings.IntervalStyle).ToDatum(), modifier, false);

    /// <summary>The unit of a bare number under a field mask: its least field.</summary>
    private static IntervalUnit LeastUnit(int modifier)
    {
        if (modifier < 0)
            return IntervalUnit.None;
        var range = (modifier >> 16) & FullRange;
        if (range == FullRange)
            return IntervalUnit.None;
        return (range & Second) != 0 ? IntervalUnit.Second
            : (range & Minute) != 0 ? IntervalUnit.Minute
            : (range & Hour) != 0 ? IntervalUnit.Hour
            : (range & Day) != 0 ? IntervalUnit.Day
            : (range & Month) != 0 ? IntervalUnit.Month
            : IntervalUnit.Year;
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) =>
        IntervalText.Format(value.As<IntervalValue>(), output, settings.IntervalStyle);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 16)
            throw bytes.Length < 16 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        var interval = new IntervalValue(BinaryPrimitives.ReadInt32BigEndian(bytes[12..]), BinaryPrimitives.ReadInt32BigEndian(bytes[8..]), BinaryPrimitives.ReadInt64BigEndian(bytes));
        return ApplyModifier(interval.ToDatum(), modifier, false);
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var interval = value.As<IntervalValue>();
        var span = output.GetSpan(16);
        BinaryPrimitives.WriteInt64BigEndian(span, interval.Micros);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], interval.Days);
        BinaryPrimitives.WriteInt32BigEndian(span[12..], interval.Months);
        output.Advance(16);
    }

    public override int Compare(Datum left, Datum right) => left.As<IntervalValue>().Span.CompareTo(right.As<IntervalValue>().Span);

    public override ulong Hash(Datum value)
    {
        var span = value.As<IntervalValue>().Span;
        return StableHash.Combine((ulong)(span >> 64), (ulong)span);
    }

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast)
    {
        if (modifier < 0)
            return value;
        var interval = value.As<IntervalValue>();
        var range = (modifier >> 16) & FullRange;
        interval = CutFields(interval, range);
        var precision = modifier & FullPrecision;
        if (precision < 6)
            interval = interval with { Micros = TimestampOperations.RoundMicros(interval.Micros, precision) };
        return interval.ToDatum();
    }

    private static IntervalValue CutFields(IntervalValue interval, int range)
    {
        if (range is FullRange or 0)
            return interval;
        if ((range & (Day | Hour | Minute | Second)) == 0)
            return new IntervalValue((range & Month) != 0 ? interval.Months : interval.Months / 12 * 12, 0, 0);
        if ((range & Second) != 0)
            return interval;
        if ((range & Minute) != 0)
            return interval with { Micros = interval.Micros / Calendar.MicrosPerMinute * Calendar.MicrosPerMinute };
        return interval with { Micros = (range & Hour) != 0 ? interval.Micros / Calendar.MicrosPerHour * Calendar.MicrosPerHour : 0 };
    }

    /// <summary>One argument: the field mask. Two: the mask and the precision.</summary>
    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments)
    {
        var range = arguments.Length > 0 ? arguments[0] : FullRange;
        var precision = arguments.Length > 1 ? arguments[1] : FullPrecision;
        if (precision < 0)
            throw new SqlException(SqlState.InvalidParameterValue, $"INTERVAL({precision}) precision must not be negative");
        if (precision != FullPrecision)
            precision = Math.Min(precision, 6);
        return ((range & FullRange) << 16) | precision;
    }

    public override string FormatModifier(int modifier)
    {
        if (modifier < 0)
            return "";
        var fields = ((modifier >> 16) & FullRange) switch
        {
            Year => " year",
            Month => " month",
            Year | Month => " year to month",
            Day => " day",
            Hour => " hour",
            Minute => " minute",
            Second => " second",
            Day | Hour => " day to hour",
            Day | Hour | Minute => " day to minute",
            Day | Hour | Minute | Second => " day to second",
            Hour | Minute => " hour to minute",
            Hour | Minute | Second => " hour to second",
            Minute | Second => " minute to second",
            _ => "",
        };
        var precision = modifier & FullPrecision;
        return precision == FullPrecision ? fields : $"{fields}({precision})";
    }

    public override void EncodeKey(Datum value, ref KeyWriter writer)
    {
        var span = value.As<IntervalValue>().Span;
        writer.WriteInt64((long)(span >> 64));
        writer.WriteUInt64((ulong)span);
    }

    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        var interval = value.As<IntervalValue>();
        var span = output.GetSpan(16);
        BinaryPrimitives.WriteInt64LittleEndian(span, interval.Micros);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], interval.Days);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], interval.Months);
        output.Advance(16);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => new IntervalValue(
        BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(offset + 12)),
        BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(offset + 8)),
        BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset))).ToDatum();
}
