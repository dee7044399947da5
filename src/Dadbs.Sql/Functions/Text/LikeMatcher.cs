using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>LIKE and ILIKE: <c>%</c> any run, <c>_</c> one character, backslash escapes. Backtracks only to the last %, so the work is at most text × pattern, counted.</summary>
internal static class LikeMatcher
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar(["textlike", "namelike", "bytealike"], (context, a) => Datum.FromBool(IsMatch(context, a[0].AsUtf8Span, a[1].AsUtf8Span, false)));
        registry.Scalar(["textnlike", "namenlike", "byteanlike"], (context, a) => Datum.FromBool(!IsMatch(context, a[0].AsUtf8Span, a[1].AsUtf8Span, false)));
        registry.Scalar(["texticlike", "nameiclike"], (context, a) => Datum.FromBool(IsMatch(context, a[0].AsUtf8Span, a[1].AsUtf8Span, true)));
        registry.Scalar(["texticnlike", "nameicnlike"], (context, a) => Datum.FromBool(!IsMatch(context, a[0].AsUtf8Span, a[1].AsUtf8Span, true)));
        registry.Scalar(["like_escape", "like_escape_bytea"], (_, a) => ReplaceEscape(a[0].AsUtf8Span, a[1].AsUtf8Span));
    }

    /// <summary>22025 for a pattern that ends in its escape character.</summary>
    public static bool IsMatch(EvaluationContext context, ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, bool ignoreCase)
    {
        var (t, p) = (0, 0);
        var (retryText, retryPattern) = (-1, -1);
        long steps = 0;
        while (true)
        {
            if (++steps >= 1024)
            {
                context.Budget.Step(steps);
                steps = 0;
            }
            if (p < pattern.Length && pattern[p] == '%')
            {
                while (p < pattern.Length && pattern[p] == '%')
                    p++;
                if (p == pattern.Length)
                    return true;
                (retryText, retryPattern) = (t, p);
                continue;
            }
            if (t >= text.Length)
                return p == pattern.Length;
            if (p < pattern.Length && MatchOne(text, pattern, ref t, ref p, ignoreCase))
                continue;
            if (retryPattern < 0)
                return false;
            // The last % takes one character more.
            retryText += Math.Min(AsciiText.CharacterLength(text[retryText]), text.Length - retryText);
            if (retryText > text.Length)
                return false;
            (t, p) = (retryText, retryPattern);
            if (t == text.Length)
                return false;
        }
    }

    private static bool MatchOne(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, ref int t, ref int p, bool ignoreCase)
    {
        if (pattern[p] == '_')
        {
            t += Math.Min(AsciiText.CharacterLength(text[t]), text.Length - t);
            p++;
            return true;
        }
        var literal = p;
        if (pattern[p] == '\\')
        {
            literal++;
            if (literal == pattern.Length)
                throw new SqlException(SqlState.InvalidEscapeSequence, "LIKE pattern must not end with escape character");
        }
        var same = ignoreCase ? AsciiText.ToLower(pattern[literal]) == AsciiText.ToLower(text[t]) : pattern[literal] == text[t];
        if (!same)
            return false;
        p = literal + 1;
        t++;
        return true;
    }

    /// <summary>LIKE … ESCAPE c: the pattern rewritten to escape with backslash; an empty escape means none.</summary>
    private static Datum ReplaceEscape(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> escape)
    {
        if (escape.Length > 0 && (AsciiText.CountCharacters(escape) != 1))
            throw new SqlException(SqlState.InvalidEscapeSequence, "invalid escape string") { Hint = "Escape string must be empty or one character." };
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(pattern.Length * 2 + 1);
        for (var i = 0; i < pattern.Length;)
        {
            var size = Math.Min(AsciiText.CharacterLength(pattern[i]), pattern.Length - i);
            var character = pattern.Slice(i, size);
            i += size;
            if (escape.Length > 0 && character.SequenceEqual(escape))
            {
                System.Buffers.BuffersExtensions.Write(buffer, "\\"u8);
                if (i < pattern.Length)
                {
                    var nextSize = Math.Min(AsciiText.CharacterLength(pattern[i]), pattern.Length - i);
                    System.Buffers.BuffersExtensions.Write(buffer, pattern.Slice(i, nextSize));
                    i += nextSize;
                }
            }
            else if (character[0] == '\\')
            {
                System.Buffers.BuffersExtensions.Write(buffer, "\\\\"u8);
            }
            else
            {
                System.Buffers.BuffersExtensions.Write(buffer, character);
            }
        }
        return Datum.FromUtf8(buffer.WrittenSpan);
    }
}
