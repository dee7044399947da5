namespace Dadbs.Sql.RegularExpressions;

/// <summary>The option letters, alike in (?…) and in the flags argument of functions (which knows g besides).</summary>
internal static class RegexOptionLetters
{
    public static bool TryApply(int letter, RegexOptions options, out RegexOptions result)
    {
        result = letter switch
        {
            'b' => options & ~(RegexOptions.Advanced | RegexOptions.Quote),
            'c' => options & ~RegexOptions.IgnoreCase,
            'e' => options & ~(RegexOptions.Advanced | RegexOptions.Quote) | RegexOptions.Extended,
            'i' => options | RegexOptions.IgnoreCase,
            'm' or 'n' => options | RegexOptions.Newline,
            'p' => options & ~RegexOptions.NewlineAnchors | RegexOptions.NewlineStops,
            'q' => options & ~RegexOptions.Advanced | RegexOptions.Quote,
            's' => options & ~RegexOptions.Newline,
            't' => options & ~RegexOptions.Expanded,
            'w' => options & ~RegexOptions.NewlineStops | RegexOptions.NewlineAnchors,
            'x' => options | RegexOptions.Expanded,
            _ => options,
        };
        return letter is 'b' or 'c' or 'e' or 'i' or 'm' or 'n' or 'p' or 'q' or 's' or 't' or 'w' or 'x';
    }
}
