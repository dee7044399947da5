using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>
/// timestamp: µs since 2000-01-01 00:00 of no particular zone; long.MinValue and long.MaxValue are the infinities. Modifier: digits of fraction, 0–6.
/// </summary>
public class TimestampOperations : TypeOperations
{
    public static TimestampOperations Instance { get; } = new();

    protected virtual bool HasZone => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var parsed = DateTimeParser.Parse(utf8, HasZone ? "timestamp with time zone" : "timestamp", settings);
        var value = parsed.Special switch
        {
            DateTimeParser.SpecialValue.Infinity => Calendar.TimestampInfinity,
            DateTimeParser.SpecialValue.NegativeInfinity => Calendar.TimestampNegativeInfinity,
            DateTimeParser.SpecialValue.Epoch => Calendar.UnixEpochMicros,
            DateTimeParser.SpecialValue.Now => HasZone ? settings.NowMicros : settings.TimeZone.ToLocal(settings.NowMicros),
            _ => Assemble(parsed, settings) ?? throw new SqlException(SqlState.DatetimeFieldOverflow, $"timestamp out of range: \"{Encoding.UTF8.GetString(utf8)}\""),
        };
        return ApplyModifier(Datum.FromInt64(value), modifier, false);
    }

    private long? Assemble(DateTimeParser parsed, TypeSettings settings)
    {
        if (parsed.Fields.ToTimestamp() is not { } local)
            return null;
        if (!HasZone)
            return local;
        var offset = parsed.OffsetSeconds ?? (parsed.Zone ?? settings.TimeZone).OffsetAtLocal(local);
        var utc = local - offset * Calendar.MicrosPerSecond;
        return Calendar.IsValidTimestamp(utc) ? utc : null;
    }

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) =>
        DateTimeText.FormatTimestamp(value.AsInt64, HasZone ? settings.TimeZone : null, output, settings);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 8)
            throw bytes.Length < 8 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        var value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (Calendar.IsFinite(value) && !Calendar.IsValidTimestamp(value))
            throw new SqlException(SqlState.DatetimeFieldOverflow, "timestamp out of range");
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
        modifier is < 0 or > 5 || !Calendar.IsFinite(value.AsInt64) ? value : Datum.FromInt64(RoundMicros(value.AsInt64, modifier));

    /// <summary>Rounds µs to a number of decimals of the second, half away from zero.</summary>
    public static long RoundMicros(long micros, int decimals)
    {
        var unit = PowersOfTen.Int64(6 - decimals);
        return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
    }

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => EncodePrecision(HasZone ? "TIMESTAMP({0}) WITH TIME ZONE" : "TIMESTAMP({0})", arguments);

    /// <summary>22023 below 0; PostgreSQL warns and takes 6 above it.</summary>
    internal static int EncodePrecision(string declared, ReadOnlySpan<int> arguments)
    {
        if (arguments.Length != 1)
            throw new SqlException(SqlState.InvalidParameterValue, "invalid type modifier");
        if (arguments[0] < 0)
            throw new SqlException(SqlState.InvalidParameterValue, $"{declared.Replace("{0}", $"{arguments[0]}", StringComparison.Ordinal)} precision must not be negative");
        return Math.Min(arguments[0], 6);
    }

    public override string FormatModifier(int modifier) => modifier >= 0 ? $"({modifier})" : "";

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt64(value.AsInt64);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}

/// <summary>timestamptz: an instant, µs since 2000-01-01 00:00 UTC; read and printed in the session's time zone.</summary>
public sealed class TimestampTzOperations : TimestampOperations
{
    public static new TimestampTzOperations Instance { get; } = new();

    protected override bool HasZone => true;
}
