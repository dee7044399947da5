using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>to_number: takes the digits out of a text that follows a <see cref="NumberPicture"/>.</summary>
internal static class NumberReader
{
    public static Datum Read(string text, string template)
    {
        var picture = NumberPicture.Parse(template);
        if (picture.IsRoman)
            throw new SqlException(SqlState.FeatureNotSupported, "\"RN\" not supported for input");
        if (picture.Exponent)
            throw new SqlException(SqlState.FeatureNotSupported, "\"EEEE\" not supported for input");
        var digits = new StringBuilder();
        var negative = false;
        var at = 0;
        foreach (var (kind, literal) in picture.Elements)
        {
            if (at >= text.Length)
                break;
            switch (kind)
            {
                case NumberElement.Nine or NumberElement.Zero or NumberElement.Decimal:
                    TakeDigit(text, ref at, digits, ref negative, picture);
                    break;
                case NumberElement.Sign or NumberElement.Minus or NumberElement.Plus or NumberElement.PlusMinus:
                    TakeSign(text, ref at, ref negative);
                    break;
                case NumberElement.Comma:
                    if (text[at] == ',')
                        at++;
                    break;
                case NumberElement.Ordinal:
                    at += 2;
                    break;
                default:
                    at += literal.Length;
                    break;
            }
        }
        if (at < text.Length)
            TakeSign(text, ref at, ref negative);
        var number = digits.ToString().TrimEnd('.');
        if (number.Length == 0)
            throw InputErrors.InvalidSyntax("numeric", " "u8);
        var value = NumericText.Parse(Encoding.ASCII.GetBytes((negative ? "-" : "") + number));
        if (picture.Shift > 0)
            value = NumericArithmetic.Multiply(value, Numerics.FromBig(1, picture.Shift));
        return picture.ShiftsDigits ? value : Numerics.Round(value, picture.After);
    }

    private static void TakeDigit(string text, ref int at, StringBuilder digits, ref bool negative, NumberPicture picture)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        TakeSign(text, ref at, ref negative);
        if (at >= text.Length)
            return;
        if (char.IsAsciiDigit(text[at]) || text[at] == '.' && picture.HasDecimal && !digits.ToString().Contains('.', StringComparison.Ordinal))
            digits.Append(text[at++]);
        else if (text[at] == ',')
            at++;
    }

    private static void TakeSign(string text, ref int at, ref bool negative)
    {
        if (at < text.Length && text[at] is '-' or '+' or '<' or '>')
            negative |= text[at++] is '-' or '<';
    }
}
