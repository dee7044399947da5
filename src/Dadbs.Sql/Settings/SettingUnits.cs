using System.Globalization;

namespace Dadbs.Sql.Settings;

/// <summary>What a number without a unit of its own counts.</summary>
public enum SettingUnit
{
    None,
    Milliseconds,
    Seconds,
    Kilobytes,

    /// <summary>Pages of 8 kB.</summary>
    Blocks,
}

/// <summary>Numbers with units, read and printed as PostgreSQL's configuration does.</summary>
internal static class SettingUnits
{
    private static readonly (string Name, double Milliseconds)[] Times =
        [("us", 0.001), ("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Name, double Kilobytes)[] Sizes =
        [("B", 1 / 1024.0), ("kB", 1), ("MB", 1 << 10), ("GB", 1 << 20), ("TB", 1 << 30)];

    /// <summary>The number in the setting's own unit, or null.</summary>
    public static double? TryParse(string text, SettingUnit unit)
    {
        string trimmed = text.Trim();
        int end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] is '.' or '-' or '+' or 'e' or 'E'))
        {
            end++;
        }

        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(trimmed.AsSpan(2), NumberStyles.HexNumber, NumberFormatInfo.InvariantInfo, out long hex) ? hex : null;
        }

        if (!double.TryParse(trimmed[..end], NumberStyles.Float, NumberFormatInfo.InvariantInfo, out double number))
        {
            return null;
        }

        string suffix = trimmed[end..].Trim();
        if (suffix.Length == 0)
        {
            return number;
        }

        foreach ((string name, double factor) in Table(unit))
        {
            if (string.Equals(name, suffix, StringComparison.Ordinal))
            {
                return number * factor / Own(unit);
            }
        }

        return null;
    }

    public static string Print(long value, SettingUnit unit)
    {
        if (unit == SettingUnit.None)
        {
            return value.ToString(NumberFormatInfo.InvariantInfo);
        }

        if (value <= 0)
        {
            return value.ToString(NumberFormatInfo.InvariantInfo) + (value == 0 ? "" : Suffix(unit).Trim());
        }

        double inSmall = value * Own(unit);
        foreach ((string name, double factor) in Table(unit).Reverse())
        {
            if (factor >= 1 && inSmall >= factor && inSmall % factor == 0)
            {
                return (inSmall / factor).ToString("F0", NumberFormatInfo.InvariantInfo) + name;
            }
        }

        return value.ToString(NumberFormatInfo.InvariantInfo);
    }

    public static string Suffix(SettingUnit unit) => unit switch
    {
        SettingUnit.Milliseconds => " ms",
        SettingUnit.Seconds => " s",
        SettingUnit.Kilobytes => " kB",
        SettingUnit.Blocks => " 8kB",
        _ => "",
    };

    public static string? Hint(string text, SettingUnit unit)
    {
        bool hasUnit = text.Length > 0 && char.IsAsciiDigit(text.Trim().FirstOrDefault());
        return unit switch
        {
            _ when !hasUnit => null,
            SettingUnit.Milliseconds or SettingUnit.Seconds => "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".",
            SettingUnit.Kilobytes or SettingUnit.Blocks => "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".",
            _ => null,
        };
    }

    private static double Own(SettingUnit unit) => unit switch
    {
        SettingUnit.Seconds => 1_000,
        SettingUnit.Blocks => 8,
        _ => 1,
    };

    private static (string Name, double Factor)[] Table(SettingUnit unit) => unit switch
    {
        SettingUnit.Milliseconds or SettingUnit.Seconds => Times,
        SettingUnit.Kilobytes or SettingUnit.Blocks => Sizes,
        _ => [],
    };
}
