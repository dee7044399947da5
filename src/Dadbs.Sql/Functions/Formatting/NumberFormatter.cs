using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>to_char of numbers: lays the digits of a rounded value into a <see cref="NumberPicture"/>.</summary>
internal sealed class NumberFormatter
{
    private readonly NumberPicture _picture;
    private readonly StringBuilder _output = new();
    private readonly bool _negative;

    /// <summary>The digits with a '.', without sign; '#' where they do not fit.</summary>
    private readonly string _number;

    /// <summary>Positions of the picture that are wider than the number.</summary>
    private readonly int _spareBefore;

    /// <summary>Under FM: index of the last digit that shows; -1: all do.</summary>
    private readonly int _lastShown = -1;

    private int _digit;
    private int _position;
    private bool _signWritten;
    private bool _inNumber;

    private NumberFormatter(NumberPicture picture, Datum value, int significantDigits)
    {
        _picture = picture;
        var shifted = picture.Shift > 0 ? NumericArithmetic.Multiply(value, NumericArithmetic.Divide(Numerics.FromBig(PowersOfTen.Big(picture.Shift), 0), Numerics.One)) : value;
        // A float shows no more than its significant digits, and rounds halves to even as C's printf does.
        var integralDigits = PowersOfTen.DigitsOf(Numerics.Unpack(Numerics.Truncate(shifted, 0)).Mantissa);
        var decimals = Math.Clamp(significantDigits - Math.Max(integralDigits, 1), 0, picture.After);
        var result = significantDigits == int.MaxValue ? Numerics.Round(shifted, picture.After) : RoundHalfEven(shifted, decimals);
        _negative = Numerics.SignOf(result) < 0;
        var rounded = NumericText.ToString(result).TrimStart('-');
        var width = picture.Before + picture.Shift;
        var integral = rounded.IndexOf('.', StringComparison.Ordinal) is var point && point < 0 ? rounded.Length : point;
        if (integral > width)
        {
            rounded = new string('#', width) + (picture.HasDecimal ? "." + new string('#', decimals) : "");
            integral = width;
        }
        _number = rounded;
        _spareBefore = width - integral;
        _lastShown = LastShown();
        _signWritten = picture.HasPlus || picture.HasMinus
            ? !(picture.HasPlus && !picture.HasMinus)
            : !_negative && picture.FillMode && !picture.HasLocaleSign;
    }

    private static Datum RoundHalfEven(Datum value, int scale)
    {
        var (mantissa, from) = Numerics.Unpack(value);
        if (from <= scale)
            return Numerics.Round(value, scale);
        var divisor = PowersOfTen.Big(from - scale);
        var quotient = System.Numerics.BigInteger.DivRem(mantissa, divisor, out var rest);
        var twice = System.Numerics.BigInteger.Abs(rest) * 2;
        if (twice > divisor || twice == divisor && !quotient.IsEven)
            quotient += mantissa.Sign;
        return Numerics.FromBig(quotient, scale);
    }

    private int LastShown()
    {
        var point = _number.IndexOf('.', StringComparison.Ordinal);
        if (!_picture.FillMode || !_picture.HasDecimal || point < 0)
            return -1;
        var last = point;
        for (var i = point + 1; i < _number.Length; i++)
        {
            if (_number[i] != '0')
                last = i;
        }
        // A 0 of the picture keeps its digit.
        if (_picture.ZeroEnd > _spareBefore)
            last = Math.Max(last, Math.Min(_number.Length - 1, _picture.ZeroEnd - _spareBefore));
        return last;
    }

    /// <summary>Of a float's exact value, <paramref name="significantDigits"/> show; a numeric shows all.</summary>
    public static string Format(string template, Datum value, int significantDigits = int.MaxValue)
    {
        if (template.Length == 0)
            return "";
        var picture = NumberPicture.Parse(template);
        if (picture.Exponent)
            return Scientific(picture, value, significantDigits != int.MaxValue);
        if (!Numerics.IsFinite(value))
            return Unprintable(picture, value);
        return picture.IsRoman ? Roman(picture, value) : new NumberFormatter(picture, value, significantDigits).Run();
    }

    private static string Unprintable(NumberPicture picture, Datum value)
    {
        var name = Numerics.IsNaN(value) ? "NaN" : "Infinity";
        var width = picture.Before + picture.Shift;
        return (Numerics.SignOf(value) < 0 ? "-" : " ") + (name.Length > width ? new string('#', width) + (picture.HasDecimal ? "." + new string('#', picture.After) : "") : name.PadLeft(width));
    }

    private string Run()
    {
        foreach (var (kind, text) in _picture.Elements)
            Write(kind, text);
        return _output.ToString();
    }

    private void Write(NumberElement kind, string text)
    {
        switch (kind)
        {
            case NumberElement.Nine or NumberElement.Zero or NumberElement.Decimal:
                WritePosition(kind);
                break;
            case NumberElement.Comma:
                if (_inNumber)
                    _output.Append(',');
                else if (!_picture.FillMode)
                    _output.Append(' ');
                break;
            case NumberElement.Currency:
                if (!_picture.FillMode)
                    _output.Append(' ');
                break;
            case NumberElement.Minus:
                if (_negative || !_picture.FillMode)
                    _output.Append(_negative ? '-' : ' ');
                break;
            case NumberElement.Plus:
                if (!_negative || !_picture.FillMode)
                    _output.Append(_negative ? ' ' : '+');
                break;
            case NumberElement.PlusMinus:
                _output.Append(_negative ? '-' : '+');
                break;
            case NumberElement.Ordinal:
                if (!_negative && !_picture.HasDecimal && _number[0] != '#')
                    _output.Append(OrdinalSuffix(_number, char.IsAsciiLetterUpper(text[0])));
                break;
            case NumberElement.Literal:
                _output.Append(text);
                break;
        }
    }

    public static string OrdinalSuffix(string number, bool upper)
    {
        var suffix = number.Length > 1 && number[^2] == '1'
            ? "th"
            : number[^1] switch
            {
                '1' => "st",
                '2' => "nd",
                '3' => "rd",
                _ => "th",
            };
        return upper ? suffix.ToUpperInvariant() : suffix;
    }

    private bool HasZero => _picture.ZeroStart >= 0;

    private bool ShowsNoDecimals => _lastShown >= 0 && _number[_lastShown] == '.';

    /// <summary>0.1 in a picture of nines has no digit before the point.</summary>
    private bool IsZeroBeforePoint => !HasZero && _digit == 0 && _number.StartsWith('0') && _picture.After != 0;

    private void WritePosition(NumberElement kind)
    {
        _inNumber = false;
        WriteLeadingSign();
        if (_position < _spareBefore)
            WriteSpare();
        else
            WriteDigit(kind);
        WriteTrailingSign();
        _position++;
    }

    private void WriteLeadingSign()
    {
        if (_signWritten || !(_position >= _spareBefore || HasZero && _picture.ZeroStart == _position) || IsZeroBeforePoint && !ShowsNoDecimals)
            return;
        if (_picture.HasLocaleSign)
        {
            if (_picture.LocaleSignAfter)
                return;
            _output.Append(_negative ? '-' : '+');
        }
        else if (_picture.Bracket)
        {
            if (_negative || !_picture.FillMode)
                _output.Append(_negative ? '<' : ' ');
        }
        else if (_negative)
        {
            _output.Append('-');
        }
        else if (!_picture.FillMode)
        {
            _output.Append(' ');
        }
        _signWritten = true;
    }

    private void WriteSpare()
    {
        if (HasZero && _picture.ZeroStart <= _position)
        {
            _output.Append('0');
            _inNumber = true;
        }
        else if (!_picture.FillMode)
        {
            _output.Append(' ');
        }
    }

    private void WriteDigit(NumberElement kind)
    {
        if (_digit >= _number.Length)
            return;
        if (_number[_digit] == '.')
        {
            if (!ShowsNoDecimals || _picture.FillMode)
                _output.Append('.');
        }
        else if (_lastShown >= 0 && _digit > _lastShown && kind != NumberElement.Zero)
        {
            // A trailing zero that FM drops.
        }
        else if (IsZeroBeforePoint)
        {
            if (!_picture.FillMode)
                _output.Append(' ');
            else if (ShowsNoDecimals)
                _output.Append('0');
        }
        else
        {
            _output.Append(_number[_digit]);
            _inNumber = true;
        }
        _digit++;
    }

    private void WriteTrailingSign()
    {
        var positions = _picture.Before + _picture.Shift + _picture.After + (_picture.HasDecimal ? 1 : 0);
        var isLast = _position == positions - 1 || _lastShown >= 0 && _digit == _lastShown + 1 && _position >= _spareBefore;
        if (!isLast)
            return;
        if (_picture.Bracket && _signWritten)
        {
            if (_negative || !_picture.FillMode)
                _output.Append(_negative ? '>' : ' ');
        }
        else if (_picture.HasLocaleSign && _picture.LocaleSignAfter && !_signWritten)
        {
            _output.Append(_negative ? '-' : '+');
            _signWritten = true;
        }
    }

    private static string Scientific(NumberPicture picture, Datum value, bool isFloat)
    {
        if (!Numerics.IsFinite(value))
            return " " + new string('#', picture.Before) + "." + new string('#', picture.After + 4);
        var (mantissa, scale) = Numerics.Unpack(value);
        var digits = PowersOfTen.DigitsOf(mantissa);
        var exponent = mantissa.IsZero ? 0 : digits - scale - 1;
        var shifted = exponent >= 0 ? Numerics.FromBig(mantissa, Math.Min(scale + exponent, Numerics.ScaleMax)) : Numerics.FromBig(mantissa * PowersOfTen.Big(Math.Max(0, -exponent - scale)), Math.Max(0, scale + exponent));
        // A numeric 999.99 in 9.99EEEE gives 10.00e+02, as PostgreSQL has it; a float carries into the exponent.
        var rounded = isFloat ? RoundHalfEven(shifted, picture.After) : Numerics.Round(shifted, picture.After);
        if (isFloat && PowersOfTen.DigitsOf(Numerics.Unpack(rounded).Mantissa) > picture.After + 1)
        {
            exponent++;
            rounded = Numerics.Round(NumericArithmetic.DivideAt(rounded, Numerics.FromInt64(10), picture.After + 1), picture.After);
        }
        var text = NumericText.ToString(rounded);
        return $"{(text.StartsWith('-') ? "" : " ")}{text}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}";
    }

    private static readonly (int Value, string Letters)[] RomanDigits =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

    private static string Roman(NumberPicture picture, Datum value)
    {
        var isLower = picture.Elements.Exists(element => element is (NumberElement.Roman, "rn"));
        var number = NumericFunctions.ToInteger(value, int.MinValue, int.MaxValue, "integer").AsInt64;
        if (number is < 1 or > 3999)
            return new string('#', 15);
        var roman = ToRoman((int)number);
        if (isLower)
            roman = roman.ToLowerInvariant();
        return picture.FillMode ? roman : roman.PadLeft(15);
    }

    public static string ToRoman(int number)
    {
        var text = new StringBuilder();
        foreach (var (digit, letters) in RomanDigits)
        {
            for (; number >= digit; number -= digit)
                text.Append(letters);
        }
        return text.ToString();
    }
}
