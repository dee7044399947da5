using Dadbs.Sql.Functions;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// The patterns that a thread used last, most recent first, as many as PostgreSQL keeps. Per thread because a pattern learns while it matches;
/// a call never leaves its thread. Compilation counts the same steps whether or not it was remembered.
/// </summary>
internal static class RegularExpressionCache
{
    private const int EntriesMax = 32;
    private const int PatternBytesMax = 16_384;

    [ThreadStatic]
    private static List<Entry>? _entries;

    public static RegularExpression Get(ReadOnlySpan<byte> pattern, RegexOptions options, Budget budget)
    {
        budget.Step(16 + 4L * pattern.Length);
        var entries = _entries ??= new List<Entry>(EntriesMax);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Options != options || !pattern.SequenceEqual(entry.Pattern))
                continue;
            if (i > 0)
            {
                entries.RemoveAt(i);
                entries.Insert(0, entry);
            }
            return entry.Compiled;
        }
        var compiled = RegularExpression.Compile(pattern, options);
        if (pattern.Length > PatternBytesMax)
            return compiled;
        if (entries.Count == EntriesMax)
            entries.RemoveAt(EntriesMax - 1);
        entries.Insert(0, new Entry(pattern.ToArray(), options, compiled));
        return compiled;
    }

    private sealed record Entry(byte[] Pattern, RegexOptions Options, RegularExpression Compiled);
}
