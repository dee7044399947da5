using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Statements;

/// <summary>
/// Whether stored SQL text mentions a name. Texts are printed from syntax trees with stars expanded, so a name that is used stands there as an
/// identifier; a string that happens to contain it only makes a dependency too many.
/// </summary>
internal static class SyntaxNames
{
    public static bool Mentions(string text, string name)
    {
        string quoted = Identifiers.Quote(name);
        for (int at = text.IndexOf(quoted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quoted, at + 1, StringComparison.Ordinal))
        {
            int end = at + quoted.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end]))) return true;
        }

        return false;
    }

    /// <summary>Whether a default takes its value from this sequence.</summary>
    public static bool CallsSequence(string text, SequenceDescriptor sequence) =>
        text.Contains("nextval", StringComparison.Ordinal) && Mentions(text, sequence.Name);

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > 127;
}
