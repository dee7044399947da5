using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>format(): <c>%[n$][-][width|*|*n$]s|I|L</c> and <c>%%</c>.</summary>
internal static class FormatFunction
{
    public static Datum Run(EvaluationContext context, SqlType[] types, ReadOnlySpan<Datum> arguments)
    {
        var pattern = arguments[0].AsString();
        var output = new StringBuilder();
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                output.Append(pattern[i]);
                continue;
            }
            if (++i >= pattern.Length)
                throw Unterminated();
            if (pattern[i] == '%')
            {
                output.Append('%');
                continue;
            }
            var specifier = Read(pattern, ref i, ref next, types, arguments, context);
            var text = Convert(context, types, arguments, specifier);
            var missing = specifier.Width - AsciiText.CountCharacters(Encoding.UTF8.GetBytes(text));
            Budget.CheckValueLength(output.Length + Math.Max(0L, missing));
            if (missing > 0 && !specifier.AlignLeft)
                output.Append(' ', missing);
            output.Append(text);
            if (missing > 0 && specifier.AlignLeft)
                output.Append(' ', missing);
        }
        return Datum.FromString(output.ToString());
    }

    private readonly record struct Specifier(int Argument, int Width, bool AlignLeft, char Conversion);

    private static SqlException Unterminated() =>
        new(SqlState.InvalidParameterValue, "unterminated format() type specifier") { Hint = "For a single \"%\" use \"%%\"." };

    private static SqlException TooFew() => new(SqlState.InvalidParameterValue, "too few arguments for format()");

    private static Specifier Read(string pattern, ref int i, ref int next, SqlType[] types, ReadOnlySpan<Datum> arguments, EvaluationContext context)
    {
        var argument = ReadPosition(pattern, ref i);
        var alignLeft = false;
        while (i < pattern.Length && pattern[i] == '-')
        {
            alignLeft = true;
            i++;
        }
        var width = 0;
        if (i < pattern.Length && pattern[i] == '*')
        {
            i++;
            var widthArgument = ReadPosition(pattern, ref i) ?? next++;
            if (widthArgument >= arguments.Length)
                throw TooFew();
            width = ReadWidth(types[widthArgument], arguments[widthArgument], context);
            if (width < 0)
                (alignLeft, width) = (true, -width);
        }
        else
        {
            width = ReadNumber(pattern, ref i) ?? 0;
        }
        if (i >= pattern.Length)
            throw Unterminated();
        if (pattern[i] is not ('s' or 'I' or 'L'))
            throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized format() type specifier \"{pattern[i]}\"") { Hint = "For a single \"%\" use \"%%\"." };
        var index = argument ?? next;
        next = index + 1;
        return index >= arguments.Length ? throw TooFew() : new Specifier(index, width, alignLeft, pattern[i]);
    }

    private static int ReadWidth(SqlType type, Datum value, EvaluationContext context)
    {
        if (value.IsNull)
            return 0;
        return type == SqlTypes.Integer || type == SqlTypes.SmallInt
            ? value.AsInt32
            : SqlTypes.Integer.Operations.ParseText(TextFunctions.Format(type, value, context), -1, context.TypeSettings).AsInt32;
    }

    /// <summary>n$, or null without moving.</summary>
    private static int? ReadPosition(string pattern, ref int i)
    {
        var at = i;
        if (ReadNumber(pattern, ref at) is not { } position || at >= pattern.Length || pattern[at] != '$')
            return null;
        if (position == 0)
            throw new SqlException(SqlState.InvalidParameterValue, "format specifies argument 0, but arguments are numbered from 1");
        i = at + 1;
        return position;
    }

    private static int? ReadNumber(string pattern, ref int i)
    {
        long value = 0;
        var start = i;
        while (i < pattern.Length && char.IsAsciiDigit(pattern[i]))
        {
            value = value * 10 + pattern[i++] - '0';
            if (value > int.MaxValue)
                throw new SqlException(SqlState.NumericValueOutOfRange, "number is out of range");
        }
        return i == start ? null : (int)value;
    }

    private static string Convert(EvaluationContext context, SqlType[] types, ReadOnlySpan<Datum> arguments, Specifier specifier)
    {
        var value = arguments[specifier.Argument];
        if (value.IsNull)
        {
            return specifier.Conversion switch
            {
                's' => "",
                'L' => "NULL",
                _ => throw new SqlException(SqlState.NullValueNotAllowed, "null values cannot be formatted as an SQL identifier"),
            };
        }
        var text = Encoding.UTF8.GetString(TextFunctions.Format(types[specifier.Argument], value, context));
        return specifier.Conversion switch
        {
            's' => text,
            'I' => QualifiedName.Quote(text),
            _ => TextFunctions.QuoteLiteral(text),
        };
    }
}
