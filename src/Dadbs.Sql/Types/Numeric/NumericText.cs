using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>numeric in and out of text: <c>-12.50</c>, <c>1.5e10</c>, <c>NaN</c>, <c>Infinity</c>. Output never has an exponent.</summary>
internal static class NumericText
{
    /// <summary>PostgreSQL refuses exponents past INT_MAX / 2 as syntax.</summary>
    private const int ExponentMax = int.MaxValue / 2;

    public static Datum Parse(ReadOnlySpan<byte> utf8)
    {
        var text = AsciiText.Trim(utf8);
        var i = 0;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
            negative = text[i++] == '-';
        if (i >= text.Length)
            throw InputErrors.InvalidSyntax("numeric", utf8);
        if (!AsciiText.IsDigit(text[i]) && text[i] != '.')
            return ParseSpecial(text, utf8);
        return ParseFinite(text, i, negative, utf8);
    }

    private static Datum ParseSpecial(ReadOnlySpan<byte> text, ReadOnlySpan<byte> whole)
    {
        if (AsciiText.EqualsIgnoreCase(text, "nan"u8))
            return Numerics.NaN;
        var signed = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (AsciiText.EqualsIgnoreCase(signed, "infinity"u8) || AsciiText.EqualsIgnoreCase(signed, "inf"u8))
            return Datum.FromObject(text[0] == '-' ? BigNumeric.NegativeInfinity : BigNumeric.PositiveInfinity);
        throw InputErrors.InvalidSyntax("numeric", whole);
    }

    private static Datum ParseFinite(ReadOnlySpan<byte> text, int i, bool negative, ReadOnlySpan<byte> whole)
    {
        long small = 0;
        var digits = 0;
        var scale = 0;
        var seenPoint = false;
        var start = i;
        for (; i < text.Length; i++)
        {
            if (AsciiText.IsDigit(text[i]))
            {
                if (digits < 18)
                    small = small * 10 + (text[i] - '0');
                if (digits > 0 || text[i] != '0' || seenPoint)
                    digits += digits > 0 || text[i] != '0' ? 1 : 0;
                if (seenPoint)
                    scale++;
            }
            else if (text[i] == '.' && !seenPoint)
            {
                seenPoint = true;
            }
            else
            {
                break;
            }
        }
        var end = i;
        if (end == start || seenPoint && end == start + 1)
            throw InputErrors.InvalidSyntax("numeric", whole);
        var exponent = i < text.Length ? ParseExponent(text, i, whole) : 0;
        if (digits <= 18 && scale <= Numerics.SmallScaleMax && exponent == 0)
            return Numerics.Small(negative ? -small : small, scale);
        return Assemble(text[start..end], negative, scale, exponent);
    }

    private static int ParseExponent(ReadOnlySpan<byte> text, int i, ReadOnlySpan<byte> whole)
    {
        if (text[i] is not ((byte)'e' or (byte)'E'))
            throw InputErrors.InvalidSyntax("numeric", whole);
        i++;
        var negative = false;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
            negative = text[i++] == '-';
        if (i == text.Length)
            throw InputErrors.InvalidSyntax("numeric", whole);
        long exponent = 0;
        for (; i < text.Length; i++)
        {
            if (!AsciiText.IsDigit(text[i]))
                throw InputErrors.InvalidSyntax("numeric", whole);
            exponent = Math.Min(exponent * 10 + (text[i] - '0'), long.MaxValue / 20);
        }
        if (exponent >= ExponentMax)
            throw Numerics.Overflow();
        return (int)(negative ? -exponent : exponent);
    }

    private static Datum Assemble(ReadOnlySpan<byte> digitsAndPoint, bool negative, int scale, int exponent)
    {
        var digits = new char[digitsAndPoint.Length];
        var count = 0;
        foreach (var b in digitsAndPoint)
        {
            if (b != '.')
                digits[count++] = (char)b;
        }
        var mantissa = BigInteger.Parse(digits.AsSpan(0, count), NumberStyles.None, NumberFormatInfo.InvariantInfo);
        if (negative)
            mantissa = -mantissa;
        var shifted = (long)scale - exponent;
        if (shifted >= 0)
            return shifted > Numerics.ScaleMax ? throw Numerics.Overflow() : Numerics.FromBig(mantissa, (int)shifted);
        if (mantissa.IsZero)
            return Numerics.Zero;
        if (-shifted > Numerics.IntegralDigitsMax)
            throw Numerics.Overflow();
        return Numerics.FromBig(mantissa * PowersOfTen.Big((int)-shifted), 0);
    }

    public static void Format(Datum value, IBufferWriter<byte> output)
    {
        if (Numerics.TrySmall(value, out var mantissa, out var scale))
        {
            FormatSmall(mantissa, scale, output);
            return;
        }
        var big = value.As<BigNumeric>();
        AsciiText.Write(big.Kind switch
        {
            NumericKind.NaN => "NaN",
            NumericKind.PositiveInfinity => "Infinity",
            NumericKind.NegativeInfinity => "-Infinity",
            _ => FormatBig(big.Mantissa, big.Scale),
        }, output);
    }

    public static string ToString(Datum value)
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        Format(value, buffer);
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static void FormatSmall(long mantissa, int scale, IBufferWriter<byte> output)
    {
        if (scale == 0)
        {
            AsciiText.WriteInt64(mantissa, output);
            return;
        }
        Span<byte> digits = stackalloc byte[24];
        var magnitude = mantissa < 0 ? (ulong)-mantissa : (ulong)mantissa;
        var at = digits.Length;
        var written = 0;
        while (magnitude != 0 || written <= scale)
        {
            digits[--at] = (byte)('0' + magnitude % 10);
            magnitude /= 10;
            if (++written == scale)
                digits[--at] = (byte)'.';
        }
        if (mantissa < 0)
            digits[--at] = (byte)'-';
        output.Write(digits[at..]);
    }

    private static string FormatBig(BigInteger mantissa, int scale)
    {
        var digits = BigInteger.Abs(mantissa).ToString("D", NumberFormatInfo.InvariantInfo);
        if (digits.Length <= scale)
            digits = new string('0', scale - digits.Length + 1) + digits;
        var sign = mantissa.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }
}
