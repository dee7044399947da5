using System.Globalization;
using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Tests.Types;

/// <summary>Type declarations of the vector files, and the session they were recorded in.</summary>
internal static class DeclaredType
{
    public static TypeSettings Session { get; } = new() { TimeZone = TimeZone.Find("America/New_York")! };

    private static readonly Dictionary<string, int> IntervalFields = new(StringComparer.Ordinal)
    {
        ["day"] = 8,
        ["hour to minute"] = 1024 | 2048,
        ["second(1)"] = 4096,
        ["year to month"] = 4 | 2,
    };

    public static ColumnType Parse(string declared)
    {
        if (declared.StartsWith("interval ", StringComparison.Ordinal))
        {
            var fields = declared["interval ".Length..];
            return new ColumnType(SqlTypes.Interval, SqlTypes.Interval.Operations.EncodeModifier(SqlTypes.Interval, fields.EndsWith(')') ? [IntervalFields[fields], 1] : [IntervalFields[fields]]));
        }
        var isArray = declared.EndsWith("[]", StringComparison.Ordinal);
        var scalar = isArray ? declared[..^2] : declared;
        var open = scalar.IndexOf('(', StringComparison.Ordinal);
        var close = scalar.IndexOf(')', StringComparison.Ordinal);
        var name = open < 0 ? scalar : scalar[..open] + scalar[(close + 1)..];
        var type = name == "\"char\"" ? SqlTypes.InternalChar : SqlTypes.ByName(name) ?? throw new InvalidOperationException(name);
        var modifier = -1;
        if (open >= 0)
            modifier = type.Operations.EncodeModifier(type, [.. scalar[(open + 1)..close].Split(',').Select(x => int.Parse(x, CultureInfo.InvariantCulture))]);
        return new ColumnType(isArray ? type.ArrayType! : type, modifier);
    }

    /// <summary>What 'text'::declared does with a literal: the input function without a modifier (but interval's), then the explicit length coercion.</summary>
    public static Datum Read(ColumnType column, ReadOnlySpan<byte> utf8)
    {
        var operations = column.Type.Operations;
        var value = operations.ParseText(utf8, column.Type == SqlTypes.Interval ? column.Modifier : -1, Session);
        return operations.ApplyModifier(value, column.Modifier, explicitCast: true);
    }
}
