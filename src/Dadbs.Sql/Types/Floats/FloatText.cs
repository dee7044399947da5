using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Dadbs.Sql.Types;

/// <summary>real and double precision in and out of text, in PostgreSQL's layout: <c>0.1</c>, <c>1e+20</c>, <c>1e-05</c>, <c>Infinity</c>, <c>NaN</c>.</summary>
internal static class FloatText
{
    public const int DoubleDigits = 15;
    public const int SingleDigits = 6;

    public static double ParseDouble(ReadOnlySpan<byte> utf8)
    {
        var text = AsciiText.Trim(utf8);
        if (Special(text) is { } special)
            return special;
        if (!IsNumber(text, out var hasNonZeroDigit))
            throw InputErrors.InvalidSyntax("double precision", utf8);
        var value = double.Parse(text, NumberStyles.Float, NumberFormatInfo.InvariantInfo);
        if (double.IsInfinity(value) || value == 0 && hasNonZeroDigit)
            throw OutOfRange("double precision", text);
        return value;
    }

    public static float ParseSingle(ReadOnlySpan<byte> utf8)
    {
        var text = AsciiText.Trim(utf8);
        if (Special(text) is { } special)
            return (float)special;
        if (!IsNumber(text, out var hasNonZeroDigit))
            throw InputErrors.InvalidSyntax("real", utf8);
        var value = float.Parse(text, NumberStyles.Float, NumberFormatInfo.InvariantInfo);
        if (float.IsInfinity(value) || value == 0 && hasNonZeroDigit)
            throw OutOfRange("real", text);
        return value;
    }

    private static SqlException OutOfRange(string type, ReadOnlySpan<byte> text) =>
        new(SqlState.NumericValueOutOfRange, $"\"{System.Text.Encoding.UTF8.GetString(text)}\" is out of range for type {type}");

    private static double? Special(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || AsciiText.IsDigit(text[^1]))
            return null;
        if (AsciiText.EqualsIgnoreCase(text, "nan"u8))
            return double.NaN;
        var negative = text[0] == '-';
        var word = text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (AsciiText.EqualsIgnoreCase(word, "infinity"u8) || AsciiText.EqualsIgnoreCase(word, "inf"u8))
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        return null;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, out bool hasNonZeroDigit)
    {
        hasNonZeroDigit = false;
        var i = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        var digits = 0;
        var seenPoint = false;
        for (; i < text.Length && (AsciiText.IsDigit(text[i]) || text[i] == '.' && !seenPoint); i++)
        {
            seenPoint |= text[i] == '.';
            digits += text[i] == '.' ? 0 : 1;
            hasNonZeroDigit |= text[i] is not ((byte)'.' or (byte)'0');
        }
        if (digits == 0)
            return false;
        if (i == text.Length)
            return true;
        if (text[i++] is not ((byte)'e' or (byte)'E'))
            return false;
        if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
            i++;
        var exponentStart = i;
        while (i < text.Length && AsciiText.IsDigit(text[i]))
            i++;
        return i == text.Length && i > exponentStart;
    }

    public static void Format(double value, int extraDigits, IBufferWriter<byte> output)
    {
        if (FormatSpecial(value, output))
            return;
        if (extraDigits > 0)
        {
            var (digits, exponent) = ShortestDecimal.Of(value);
            Layout(value < 0, digits, exponent, DoubleDigits, output);
            return;
        }
        FormatRounded(value, Math.Max(DoubleDigits + extraDigits, 1), output);
    }

    public static void Format(float value, int extraDigits, IBufferWriter<byte> output)
    {
        if (FormatSpecial(value, output))
            return;
        if (extraDigits > 0)
        {
            var (digits, exponent) = ShortestDecimal.Of(value);
            Layout(value < 0, digits, exponent, SingleDigits, output);
            return;
        }
        FormatRounded(value, Math.Max(SingleDigits + extraDigits, 1), output);
    }

    private static bool FormatSpecial(double value, IBufferWriter<byte> output)
    {
        if (double.IsNaN(value))
            output.Write("NaN"u8);
        else if (double.IsInfinity(value))
            output.Write(value > 0 ? "Infinity"u8 : "-Infinity"u8);
        else if (value == 0)
            output.Write(double.IsNegative(value) ? "-0"u8 : "0"u8);
        else
            return false;
        return true;
    }

    /// <summary>C's <c>%.{precision}g</c>: the exact value rounded half to even at a number of significant digits, trailing zeros dropped.</summary>
    public static void FormatRounded(double value, int precision, IBufferWriter<byte> output)
    {
        var (digits, exponent) = Round(value, precision);
        while (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
        Layout(value < 0, digits, exponent, precision, output);
    }

    /// <summary>The exact binary value as digits · 10^exponent with that many digits, half to even. Precision ≤ 18.</summary>
    public static (ulong Digits, int Exponent) Round(double value, int precision)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var biased = (int)(bits >> 52) & 0x7FF;
        BigInteger numerator = biased == 0 ? bits & 0xF_FFFF_FFFF_FFFF : (bits & 0xF_FFFF_FFFF_FFFF) | (1UL << 52);
        var binaryExponent = biased == 0 ? -1074 : biased - 1075;
        var denominator = BigInteger.One;
        if (binaryExponent >= 0)
            numerator <<= binaryExponent;
        else
            denominator <<= -binaryExponent;
        // One division tells the number of integral digits or leading zeros; a second one after rescaling gives the digits.
        var magnitude = PowersOfTen.DigitsOf(numerator) - PowersOfTen.DigitsOf(denominator);
        var exponent = magnitude - precision;
        while (true)
        {
            var scaled = exponent >= 0 ? (numerator, denominator * PowersOfTen.Big(exponent)) : (numerator * PowersOfTen.Big(-exponent), denominator);
            var quotient = BigInteger.DivRem(scaled.Item1, scaled.Item2, out var rest);
            var twice = (rest * 2).CompareTo(scaled.Item2);
            if (twice > 0 || twice == 0 && !quotient.IsEven)
                quotient++;
            if (quotient < PowersOfTen.Big(precision - 1))
                exponent--;
            else if (quotient >= PowersOfTen.Big(precision))
                exponent++;
            else
                return ((ulong)quotient, exponent);
        }
    }

    /// <summary>Plain digits while -4 ≤ exponent of the first digit &lt; plainDigits, else <c>d.ddde±dd</c>.</summary>
    private static void Layout(bool negative, ulong digits, int exponent, int plainDigits, IBufferWriter<byte> output)
    {
        Span<byte> reversed = stackalloc byte[20];
        var count = 0;
        for (; digits != 0; digits /= 10)
            reversed[count++] = (byte)('0' + digits % 10);
        reversed[..count].Reverse();
        var text = reversed[..count];
        var first = exponent + count - 1;
        var span = output.GetSpan(40);
        var at = 0;
        if (negative)
            span[at++] = (byte)'-';
        if (first < -4 || first >= plainDigits)
            at = LayoutScientific(text, first, span, at);
        else
            at = LayoutPlain(text, exponent, first, span, at);
        output.Advance(at);
    }

    private static int LayoutScientific(ReadOnlySpan<byte> text, int first, Span<byte> span, int at)
    {
        span[at++] = text[0];
        if (text.Length > 1)
        {
            span[at++] = (byte)'.';
            text[1..].CopyTo(span[at..]);
            at += text.Length - 1;
        }
        span[at++] = (byte)'e';
        span[at++] = (byte)(first < 0 ? '-' : '+');
        var magnitude = Math.Abs(first);
        if (magnitude >= 100)
            span[at++] = (byte)('0' + magnitude / 100);
        span[at++] = (byte)('0' + magnitude / 10 % 10);
        span[at++] = (byte)('0' + magnitude % 10);
        return at;
    }

    private static int LayoutPlain(ReadOnlySpan<byte> text, int exponent, int first, Span<byte> span, int at)
    {
        if (first < 0)
        {
            "0.0000"u8[..(1 - first)].CopyTo(span[at..]);
            at += 1 - first;
            text.CopyTo(span[at..]);
            return at + text.Length;
        }
        var integral = Math.Min(first + 1, text.Length);
        text[..integral].CopyTo(span[at..]);
        at += integral;
        for (var i = 0; i < exponent; i++)
            span[at++] = (byte)'0';
        if (integral < text.Length)
        {
            span[at++] = (byte)'.';
            text[integral..].CopyTo(span[at..]);
            at += text.Length - integral;
        }
        return at;
    }
}
