namespace Dadbs.Sql.RegularExpressions;

/// <summary>How a pattern is read and matched; the letters of PostgreSQL manual 9.7.3.4 switch them.</summary>
[Flags]
internal enum RegexOptions
{
    /// <summary>A basic RE: what is left without <see cref="Extended"/> and <see cref="Quote"/>.</summary>
    None = 0,
    Extended = 1,
    AdvancedFeatures = 2,

    /// <summary>Extended syntax with escapes, non-greedy quantifiers and constraints: the default.</summary>
    Advanced = Extended | AdvancedFeatures,

    /// <summary>The pattern is a literal string.</summary>
    Quote = 4,
    IgnoreCase = 8,

    /// <summary>White space and comments in the pattern are skipped.</summary>
    Expanded = 32,

    /// <summary>. and [^…] never match a newline.</summary>
    NewlineStops = 64,

    /// <summary>^ and $ match beside newlines too.</summary>
    NewlineAnchors = 128,
    Newline = NewlineStops | NewlineAnchors,
}

/// <summary>The refusals of a pattern, in PostgreSQL's words.</summary>
internal static class RegexError
{
    public const string CollatingElement = "invalid collating element";
    public const string CharacterClass = "invalid character class";
    public const string Escape = "invalid escape \\ sequence";
    public const string BackReference = "invalid backreference number";
    public const string Brackets = "brackets [] not balanced";
    public const string Parentheses = "parentheses () not balanced";
    public const string Braces = "braces {} not balanced";
    public const string RepetitionCount = "invalid repetition count(s)";
    public const string Range = "invalid character range";
    public const string Quantifier = "quantifier operand invalid";
    public const string Argument = "invalid argument to regex function";
    public const string EmbeddedOption = "invalid embedded option";
    public const string Pattern = "invalid regexp (reg version 0.8)";
    public const string TooComplex = "regular expression is too complex";

    public static SqlException Of(string reason) => new(SqlState.InvalidRegularExpression, "invalid regular expression: " + reason);
}
