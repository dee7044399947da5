using Dadbs.Sql.RegularExpressions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>The operators ~ ~* !~ !~*, regexp_…, substring(text from pattern) and SIMILAR TO (PostgreSQL manual 9.7.2 and 9.7.3).</summary>
internal static class RegularExpressionFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar(["textregexeq", "nameregexeq"], (c, a) => Datum.FromBool(IsMatch(c, a[0], a[1], RegexOptions.Advanced)));
        registry.Scalar(["textregexne", "nameregexne"], (c, a) => Datum.FromBool(!IsMatch(c, a[0], a[1], RegexOptions.Advanced)));
        registry.Scalar(["texticregexeq", "nameicregexeq"], (c, a) => Datum.FromBool(IsMatch(c, a[0], a[1], RegexOptions.Advanced | RegexOptions.IgnoreCase)));
        registry.Scalar(["texticregexne", "nameicregexne"], (c, a) => Datum.FromBool(!IsMatch(c, a[0], a[1], RegexOptions.Advanced | RegexOptions.IgnoreCase)));
        registry.Scalar("similar_to_escape_2", (_, a) => SimilarPattern.Translate(a[0].AsUtf8Span, a[1].AsUtf8Span));
        registry.Scalar("similar_to_escape_1", (_, a) => SimilarPattern.Translate(a[0].AsUtf8Span, "\\"u8));
        registry.Scalar("similar_escape", (_, a) => a[0].IsNull ? Datum.Null : SimilarPattern.Translate(a[0].AsUtf8Span, a[1].IsNull ? "\\"u8 : a[1].AsUtf8Span));
        registry.Scalar("textregexsubstr", (c, a) => FirstGroup(c, a[0], a[1]));
        registry.Scalar("substring(text,text,text)", (c, a) => FirstGroup(c, a[0], SimilarPattern.Translate(a[1].AsUtf8Span, a[2].AsUtf8Span)));
        RegisterMatching(registry);
        RegisterPlaces(registry);
        RegisterReplace(registry);
    }

    private static void RegisterMatching(FunctionRegistry registry)
    {
        registry.Scalar(["regexp_match_no_flags", "regexp_match"], (c, a) =>
        {
            var flags = Flags(a, 2);
            if (flags.IsGlobal)
                throw NotGlobal("regexp_match", "Use the regexp_matches function instead.");
            var found = RegexMatches.Find(c, a[0], a[1], flags.Options, withGroups: true);
            return found.Count == 0 ? Datum.Null : found.Groups(0);
        });
        registry.Set("regexp_matches_no_flags", (c, a) => Matches(c, a));
        registry.Set("regexp_matches", (c, a) => Matches(c, a));
        registry.Set("regexp_split_to_table_no_flags", (c, a) => Pieces(c, a, "regexp_split_to_table"));
        registry.Set("regexp_split_to_table", (c, a) => Pieces(c, a, "regexp_split_to_table"));
        registry.Scalar(["regexp_split_to_array_no_flags", "regexp_split_to_array"], (c, a) =>
            ArrayValue.OneDimensional(SqlTypes.Text, Pieces(c, a, "regexp_split_to_array")).ToDatum());
        registry.Scalar(["regexp_like_no_flags", "regexp_like"], (c, a) =>
        {
            var flags = Flags(a, 2);
            return flags.IsGlobal ? throw NotGlobal("regexp_like") : Datum.FromBool(IsMatch(c, a[0], a[1], flags.Options));
        });
    }

    private static void RegisterPlaces(FunctionRegistry registry)
    {
        registry.Scalar(["regexp_count_no_start", "regexp_count_no_flags", "regexp_count"], (c, a) =>
        {
            var start = Positive(a, 2, "start");
            var flags = NotGlobalFlags(a, 3, "regexp_count");
            return Datum.FromInt32(RegexMatches.Find(c, a[0], a[1], flags, withGroups: false, all: true, start: start - 1).Count);
        });
        registry.Scalar(["regexp_instr_no_start", "regexp_instr_no_n", "regexp_instr_no_endoption", "regexp_instr_no_flags", "regexp_instr_no_subexpr", "regexp_instr"], (c, a) =>
        {
            var start = Positive(a, 2, "start");
            var number = Positive(a, 3, "n");
            var atEnd = Number(a, 4, 0);
            if (atEnd is not (0 or 1))
                throw InvalidParameter("endoption", atEnd);
            var flags = NotGlobalFlags(a, 5, "regexp_instr", checkLater: true, out var isGlobal);
            var group = NotNegative(a, 6, "subexpr");
            if (isGlobal)
                throw NotGlobal("regexp_instr");
            var found = RegexMatches.Find(c, a[0], a[1], flags, withGroups: group > 0, all: true, start: start - 1);
            var place = found.Place(number - 1, group);
            return Datum.FromInt32(place.From < 0 ? 0 : (atEnd == 1 ? place.To : place.From) + 1);
        });
        registry.Scalar(["regexp_substr_no_start", "regexp_substr_no_n", "regexp_substr_no_flags", "regexp_substr_no_subexpr", "regexp_substr"], (c, a) =>
        {
            var start = Positive(a, 2, "start");
            var number = Positive(a, 3, "n");
            var flags = NotGlobalFlags(a, 4, "regexp_substr", checkLater: true, out var isGlobal);
            var group = NotNegative(a, 5, "subexpr");
            if (isGlobal)
                throw NotGlobal("regexp_substr");
            var found = RegexMatches.Find(c, a[0], a[1], flags, withGroups: group > 0, all: true, start: start - 1);
            var place = found.Place(number - 1, group);
            return place.From < 0 ? Datum.Null : found.Text.Slice(place.From, place.To);
        });
    }

    private static void RegisterReplace(FunctionRegistry registry)
    {
        registry.Scalar("textregexreplace_noopt", (c, a) => RegexReplacement.Replace(c, a[0], a[1], a[2], RegexOptions.Advanced, 0, 1));
        registry.Scalar("textregexreplace", (c, a) =>
        {
            // An untyped fourth argument may have been meant as a start.
            var letters = a[3].AsUtf8Span;
            if (letters.Length > 0 && AsciiText.IsDigit(letters[0]))
            {
                throw new SqlException(SqlState.InvalidParameterValue, $"invalid regular expression option: \"{(char)letters[0]}\"")
                {
                    Hint = "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.",
                };
            }
            var flags = Flags(a, 3);
            return RegexReplacement.Replace(c, a[0], a[1], a[2], flags.Options, 0, flags.IsGlobal ? 0 : 1);
        });
        registry.Scalar(["textregexreplace_extended_no_n", "textregexreplace_extended_no_flags", "textregexreplace_extended"], (c, a) =>
        {
            var start = Positive(a, 3, "start");
            var number = a.Length > 4 ? NotNegative(a, 4, "n") : 1;
            var flags = Flags(a, 5);
            return RegexReplacement.Replace(c, a[0], a[1], a[2], flags.Options, start - 1, number);
        });
    }

    private static bool IsMatch(EvaluationContext context, Datum text, Datum pattern, RegexOptions options)
    {
        var compiled = RegularExpressionCache.Get(pattern.AsUtf8Span, options, context.Budget);
        return compiled.Matcher(new SubjectText(text), context.Budget).IsMatch(0);
    }

    /// <summary>The first group if the pattern has any, else the match; NULL if either took no part.</summary>
    private static Datum FirstGroup(EvaluationContext context, Datum text, Datum pattern)
    {
        var compiled = RegularExpressionCache.Get(pattern.AsUtf8Span, RegexOptions.Advanced, context.Budget);
        var subject = new SubjectText(text);
        var matcher = compiled.Matcher(subject, context.Budget);
        if (!matcher.Match(0, withGroups: true))
            return Datum.Null;
        var at = compiled.GroupCount > 0 ? 2 : 0;
        return matcher.Captures[at] < 0 ? Datum.Null : subject.Slice(matcher.Captures[at], matcher.Captures[at + 1]);
    }

    private static IEnumerable<Datum> Matches(EvaluationContext context, Datum[] arguments)
    {
        var flags = Flags(arguments, 2);
        var found = RegexMatches.Find(context, arguments[0], arguments[1], flags.Options, withGroups: true, all: flags.IsGlobal);
        return Enumerable.Range(0, found.Count).Select(found.Groups);
    }

    private static Datum[] Pieces(EvaluationContext context, ReadOnlySpan<Datum> arguments, string function)
    {
        var flags = NotGlobalFlags(arguments, 2, function);
        var found = RegexMatches.Find(context, arguments[0], arguments[1], flags, withGroups: false, all: true, ignoreDegenerate: true);
        var pieces = new Datum[found.Count + 1];
        var from = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var (begin, end) = found.Place(i, 0);
            pieces[i] = found.Text.Slice(from, begin);
            from = end;
        }
        pieces[^1] = found.Text.Slice(from, found.Text.Length);
        return pieces;
    }

    private static RegexOptions NotGlobalFlags(ReadOnlySpan<Datum> arguments, int at, string function)
    {
        var flags = Flags(arguments, at);
        return flags.IsGlobal ? throw NotGlobal(function) : flags.Options;
    }

    private static RegexOptions NotGlobalFlags(ReadOnlySpan<Datum> arguments, int at, string function, bool checkLater, out bool isGlobal)
    {
        var flags = Flags(arguments, at);
        isGlobal = flags.IsGlobal;
        return isGlobal && !checkLater ? throw NotGlobal(function) : flags.Options;
    }

    private static (RegexOptions Options, bool IsGlobal) Flags(ReadOnlySpan<Datum> arguments, int at)
    {
        var options = RegexOptions.Advanced;
        var isGlobal = false;
        if (at >= arguments.Length)
            return (options, isGlobal);
        var letters = arguments[at].AsUtf8Span;
        for (var i = 0; i < letters.Length; i++)
        {
            if (letters[i] == 'g')
            {
                isGlobal = true;
                continue;
            }
            if (!RegexOptionLetters.TryApply(letters[i], options, out options))
            {
                var letter = System.Text.Encoding.UTF8.GetString(letters.Slice(i, Math.Min(AsciiText.CharacterLength(letters[i]), letters.Length - i)));
                throw new SqlException(SqlState.InvalidParameterValue, $"invalid regular expression option: \"{letter}\"");
            }
        }
        return (options, isGlobal);
    }

    private static int Number(ReadOnlySpan<Datum> arguments, int at, int otherwise) => at < arguments.Length ? arguments[at].AsInt32 : otherwise;

    private static int Positive(ReadOnlySpan<Datum> arguments, int at, string name)
    {
        var number = Number(arguments, at, 1);
        return number > 0 ? number : throw InvalidParameter(name, number);
    }

    private static int NotNegative(ReadOnlySpan<Datum> arguments, int at, string name)
    {
        var number = Number(arguments, at, 0);
        return number >= 0 ? number : throw InvalidParameter(name, number);
    }

    private static SqlException InvalidParameter(string name, int value) =>
        new(SqlState.InvalidParameterValue, $"invalid value for parameter \"{name}\": {value}");

    private static SqlException NotGlobal(string function, string? hint = null) =>
        new(SqlState.InvalidParameterValue, $"{function}() does not support the \"global\" option") { Hint = hint };
}
