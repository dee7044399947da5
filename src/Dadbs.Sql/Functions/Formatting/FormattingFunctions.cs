using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>to_char, to_number, to_date and to_timestamp with templates.</summary>
internal static class FormattingFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("int4_to_char", (_, a) => Format(a[1], Numerics.FromInt64(a[0].AsInt64), a[1].AsString().Contains("EEEE", StringComparison.OrdinalIgnoreCase) ? 15 : int.MaxValue));
        registry.Scalar("int8_to_char", (_, a) => Format(a[1], Numerics.FromInt64(a[0].AsInt64), int.MaxValue));
        registry.Scalar("numeric_to_char", (_, a) => Format(a[1], a[0], int.MaxValue));
        registry.Scalar("float8_to_char", (_, a) => Format(a[1], Exact(a[0].AsDouble), 15));
        registry.Scalar("float4_to_char", (_, a) => Format(a[1], Exact(a[0].AsSingle), 6));
        registry.Scalar("timestamp_to_char", (_, a) => FormatTimestamp(a[0].AsInt64, a[1], 0, ""));
        registry.Scalar("timestamptz_to_char", (context, a) => FormatInstant(context, a[0].AsInt64, a[1]));
        registry.Scalar("interval_to_char", (_, a) => FormatInterval(a[0].As<IntervalValue>(), a[1]));
        registry.Scalar("numeric_to_number", (_, a) => NumberReader.Read(a[0].AsString(), a[1].AsString()));
        registry.Scalar("to_date", (_, a) => Datum.FromInt32(Calendar.SplitTimestamp(DateTimeReader.Read(a[0].AsString(), a[1].AsString(), null)).Date));
        registry.Scalar("to_timestamp", (context, a) => Datum.FromInt64(DateTimeReader.Read(a[0].AsString(), a[1].AsString(), context.TypeSettings.TimeZone)));
    }

    private static Datum Format(Datum template, Datum value, int significantDigits) =>
        Datum.FromString(NumberFormatter.Format(template.AsString(), value, significantDigits));

    /// <summary>The binary value as a decimal, every digit of it.</summary>
    private static Datum Exact(double value)
    {
        if (!double.IsFinite(value))
            return NumericFunctions.FromDouble(value, 15);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)(bits >> 52) & 0x7FF;
        System.Numerics.BigInteger mantissa = biased == 0 ? bits & 0xF_FFFF_FFFF_FFFF : (bits & 0xF_FFFF_FFFF_FFFF) | (1L << 52);
        var exponent = biased == 0 ? -1074 : biased - 1075;
        if (value < 0)
            mantissa = -mantissa;
        return exponent >= 0
            ? Numerics.FromBig(mantissa << exponent, 0)
            : Numerics.FromBig(mantissa * System.Numerics.BigInteger.Pow(5, -exponent), -exponent);
    }

    private static Datum FormatTimestamp(long local, Datum template, int offset, string zone)
    {
        if (template.AsUtf8Span.Length == 0 || !Calendar.IsFinite(local))
            return Datum.Null;
        var fields = DateTimeFields.Of(local);
        var julian = Calendar.ToJulian(fields.Year, fields.Month, fields.Day);
        return Datum.FromString(DateTimeFormatter.Format(template.AsString(), new DateTimeFace(fields, julian, offset, zone, false, fields.Hour)));
    }

    private static Datum FormatInstant(EvaluationContext context, long instant, Datum template)
    {
        if (!Calendar.IsFinite(instant))
            return Datum.Null;
        var offset = context.TypeSettings.TimeZone.OffsetAt(instant, out var name);
        return FormatTimestamp(instant + offset * Calendar.MicrosPerSecond, template, offset, name);
    }

    private static Datum FormatInterval(IntervalValue interval, Datum template)
    {
        if (template.AsUtf8Span.Length == 0)
            return Datum.Null;
        var fields = new DateTimeFields
        {
            Year = interval.Months / 12,
            Month = interval.Months % 12,
            Day = interval.Days,
            Minute = (int)(interval.Micros / Calendar.MicrosPerMinute % 60),
            Second = (int)(interval.Micros / Calendar.MicrosPerSecond % 60),
            Micros = (int)(interval.Micros % Calendar.MicrosPerSecond),
        };
        return Datum.FromString(DateTimeFormatter.Format(template.AsString(), new DateTimeFace(fields, 0, 0, "", true, interval.Micros / Calendar.MicrosPerHour)));
    }
}
