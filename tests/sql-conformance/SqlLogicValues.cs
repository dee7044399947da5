using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dadbs.SqlConformance;

/// <summary>Turns a result into the lines that sqllogictest compares.</summary>
internal static class SqlLogicValues
{
    /// <summary>The result as values in the record's order, or, when the file gives a hash, as its count and hash.</summary>
    public static List<string> Render(IReadOnlyList<string?[]> rows, Expectation.Rows expected)
    {
        var rendered = rows.Select(row => row.Select((value, i) => Render(value, i < expected.Types.Length ? expected.Types[i] : 'T')).ToArray()).ToList();
        if (expected.Sort == "rowsort") rendered.Sort(CompareRows);
        var values = rendered.SelectMany(row => row).ToList();
        if (expected.Sort == "valuesort") values.Sort(string.CompareOrdinal);
        if (expected.Lines is not [var only] || !only.Contains(" values hashing to ", StringComparison.Ordinal)) return values;
        return [$"{values.Count} values hashing to {Hash(values)}"];
    }

    private static string Render(string? value, char type)
    {
        if (value is null) return "NULL";
        switch (type)
        {
            case 'I':
                // SQLite's suites take booleans and decimals as integers.
                if (value is "t" or "f") return value == "t" ? "1" : "0";
                return decimal.TryParse(value, NumberStyles.Float, NumberFormatInfo.InvariantInfo, out var number) ? decimal.Truncate(number).ToString(NumberFormatInfo.InvariantInfo) : value;
            case 'R':
                return double.TryParse(value, NumberStyles.Float, NumberFormatInfo.InvariantInfo, out var real) ? real.ToString("F3", NumberFormatInfo.InvariantInfo) : value;
            default:
                return value.Length == 0 ? "(empty)" : string.Create(value.Length, value, static (span, text) =>
                {
                    for (var i = 0; i < span.Length; i++) span[i] = text[i] < ' ' ? '@' : text[i];
                });
        }
    }

    private static int CompareRows(string[] left, string[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0) return order;
        }

        return 0;
    }

#pragma warning disable CA5351 // The format's own checksum, no protection.
    private static string Hash(List<string> values) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Concat(values.Select(v => v + "\n")))));
#pragma warning restore CA5351
}
