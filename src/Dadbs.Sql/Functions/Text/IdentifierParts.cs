using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>parse_ident: a qualified name as the parser would read it, as an array of its parts (PostgreSQL manual 9.4).</summary>
internal static class IdentifierParts
{
    public static Datum Parse(EvaluationContext context, ReadOnlySpan<Datum> arguments)
    {
        string text = arguments[0].AsString();
        bool isStrict = arguments[1].AsBool;
        var parts = new List<Datum>();
        int at = SkipSpace(text, 0);
        for (bool isAfterDot = false; ; isAfterDot = true)
        {
            context.Budget.Step();
            parts.Add(Datum.FromString(Part(text, ref at, isAfterDot)));
            at = SkipSpace(text, at);
            if (at == text.Length) break;
            if (text[at] == '.')
            {
                at = SkipSpace(text, at + 1);
                continue;
            }

            if (isStrict) throw Invalid(text);
            break;
        }

        return ArrayValue.OneDimensional(SqlTypes.Text, [.. parts]).ToDatum();
    }

    private static string Part(string text, ref int at, bool isAfterDot)
    {
        if (at < text.Length && text[at] == '"') return Quoted(text, ref at);
        int start = at;
        if (at < text.Length && IsStart(text[at]))
        {
            while (at < text.Length && (IsStart(text[at]) || char.IsAsciiDigit(text[at]) || text[at] == '$')) at++;

            return Fold(text.AsSpan(start, at - start));
        }

        if (at < text.Length && text[at] == '.') throw Invalid(text, "No valid identifier before \".\".");
        throw Invalid(text, isAfterDot ? "No valid identifier after \".\"." : null);
    }

    /// <summary>As the parser in a database of UTF-8: only ASCII letters.</summary>
    private static string Fold(ReadOnlySpan<char> name)
    {
        var folded = new char[name.Length];
        for (int i = 0; i < folded.Length; i++) folded[i] = char.IsAsciiLetterUpper(name[i]) ? (char)(name[i] | 0x20) : name[i];
        return new string(folded);
    }

    private static string Quoted(string text, ref int at)
    {
        var part = new System.Text.StringBuilder();
        for (at++; ; at++)
        {
            if (at == text.Length) throw Invalid(text, "String has unclosed double quotes.");
            if (text[at] == '"')
            {
                at++;
                if (at == text.Length || text[at] != '"') break;
            }

            part.Append(text[at]);
        }

        if (part.Length == 0) throw Invalid(text, "Quoted identifier must not be empty.");
        return part.ToString();
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\n' or '\r' or '\f')) at++;
        return at;
    }

    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private static SqlException Invalid(string text, string? detail = null) =>
        new(SqlState.InvalidParameterValue, $"string is not a valid identifier: \"{text}\"") { Detail = detail };
}
