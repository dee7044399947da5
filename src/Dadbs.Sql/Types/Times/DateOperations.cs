using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>date: days since 2000-01-01; int.MinValue and int.MaxValue are -infinity and infinity.</summary>
public sealed class DateOperations : TypeOperations
{
    public static DateOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var parsed = DateTimeParser.Parse(utf8, "date", settings);
        switch (parsed.Special)
        {
            case DateTimeParser.SpecialValue.Infinity:
                return Datum.FromInt32(Calendar.DateInfinity);
            case DateTimeParser.SpecialValue.NegativeInfinity:
                return Datum.FromInt32(Calendar.DateNegativeInfinity);
            case DateTimeParser.SpecialValue.Epoch:
                return Datum.FromInt32(Calendar.UnixEpochJulian - Calendar.PostgresEpochJulian);
            case DateTimeParser.SpecialValue.Now:
                return Datum.FromInt32(Calendar.SplitTimestamp(settings.TimeZone.ToLocal(settings.NowMicros)).Date);
        }
        var fields = parsed.Fields;
        if (!Calendar.IsValidJulian(fields.Year, fields.Month))
            throw OutOfRange(utf8);
        var date = Calendar.DateFrom(fields.Year, fields.Month, fields.Day);
        return date is >= Calendar.DateMin and < Calendar.DateEnd ? Datum.FromInt32(date) : throw OutOfRange(utf8);
    }

    private static SqlException OutOfRange(ReadOnlySpan<byte> utf8) => new(SqlState.DatetimeFieldOverflow, $"date out of range: \"{Encoding.UTF8.GetString(utf8)}\"");

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => DateTimeText.FormatDate(value.AsInt32, output, settings);

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        if (bytes.Length != 4)
            throw bytes.Length < 4 ? InputErrors.InsufficientData() : InputErrors.InvalidBinary("incorrect binary data format");
        var date = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (Calendar.IsFiniteDate(date) && date is < Calendar.DateMin or >= Calendar.DateEnd && Calendar.IsFiniteDate(date))
            throw new SqlException(SqlState.DatetimeFieldOverflow, "date out of range");
        return Datum.FromInt32(date);
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), value.AsInt32);
        output.Advance(4);
    }

    public override int Compare(Datum left, Datum right) => left.Bits.CompareTo(right.Bits);

    public override ulong Hash(Datum value) => StableHash.Mix((ulong)value.Bits);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteInt32(value.AsInt32);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => CompactInteger.Write(value.Bits, output);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromInt64(CompactInteger.Read(buffer, offset, length));
}
