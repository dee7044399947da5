using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>~, ~*, regexp_*, substring(… from pattern), SIMILAR TO.</summary>
internal static class RegexFunctions
{
    private static readonly RegexOptions Sensitive = default;
    private static readonly RegexOptions Insensitive = new() { IgnoreCase = true };

    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar(["textregexeq", "nameregexeq"], (context, a) => Datum.FromBool(IsMatch(context, a[0], a[1], Sensitive)));
        registry.Scalar(["textregexne", "nameregexne"], (context, a) => Datum.FromBool(!IsMatch(context, a[0], a[1], Sensitive)));
        registry.Scalar(["texticregexeq", "nameicregexeq"], (context, a) => Datum.FromBool(IsMatch(context, a[0], a[1], Insensitive)));
        registry.Scalar(["texticregexne", "nameicregexne"], (context, a) => Datum.FromBool(!IsMatch(context, a[0], a[1], Insensitive)));
        registry.Scalar("regexp_like_no_flags", (context, a) => Datum.FromBool(IsMatch(context, a[0], a[1], Sensitive)));
        registry.Scalar("regexp_like", (context, a) => Datum.FromBool(IsMatch(context, a[0], a[1], Options(a[2], "regexp_like"))));
        registry.Scalar("textregexsubstr", (context, a) => Substring(context, a[0], a[1]));
        registry.Scalar("substring(text,text,text)", (context, a) => Substring(context, a[0], SimilarPattern.Convert(a[1], a[2])));
        registry.Scalar(["similar_to_escape_1"], (_, a) => SimilarPattern.Convert(a[0], Datum.FromUtf8("\\"u8)));
        registry.Scalar(["similar_to_escape_2"], (_, a) => SimilarPattern.Convert(a[0], a[1]));
        registry.Scalar("similar_escape", (_, a) => a[0].IsNull ? Datum.Null : SimilarPattern.Convert(a[0], a[1].IsNull ? Datum.FromUtf8("\\"u8) : a[1]));
        RegisterMatches(registry);
        RegisterReplace(registry);
        RegisterCounting(registry);
    }

    private static SqlException NoGlobal(string function) =>
        new(SqlState.InvalidParameterValue, $"{function}() does not support the \"global\" option");

    private static RegexOptions Options(Datum flags, string? refusesGlobal = null)
    {
        var options = RegexOptions.Parse(flags.AsString(), allowGlobal: true);
        return options.Global && refusesGlobal is not null ? throw NoGlobal(refusesGlobal) : options;
    }

    private static RegularExpression Compile(EvaluationContext context, Datum pattern, RegexOptions options) =>
        context.RegularExpressions.Get(pattern.AsString(), options with { Global = false });

    private static bool IsMatch(EvaluationContext context, Datum text, Datum pattern, RegexOptions options) =>
        Compile(context, pattern, options).IsMatch(RegularExpression.Prepare(text.AsUtf8Span, context.Budget));

    /// <summary>Characters from–to of the prepared text as a text value.</summary>
    private static Datum Slice(RegexInput input, (int Start, int End) span)
    {
        if (span.Start < 0)
            return Datum.Null;
        var text = new StringBuilder(span.End - span.Start);
        for (var i = span.Start; i < span.End; i++)
            text.Append(new Rune(input.Text[i]).ToString());
        return Datum.FromString(text.ToString());
    }

    /// <summary>The first group if there is one, else the whole match.</summary>
    private static Datum Substring(EvaluationContext context, Datum text, Datum pattern)
    {
        var expression = Compile(context, pattern, Sensitive);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return expression.Find(input, 0) is { } spans ? Slice(input, spans[Math.Min(expression.Groups, 1)]) : Datum.Null;
    }

    /// <summary>Successive matches; after an empty one the search goes on a character later.</summary>
    private static IEnumerable<(int Start, int End)[]> FindAll(RegularExpression expression, RegexInput input, int from)
    {
        while (from <= input.Text.Length && expression.Find(input, from) is { } spans)
        {
            yield return spans;
            from = spans[0].End > spans[0].Start ? spans[0].End : spans[0].End + 1;
        }
    }

    private static void RegisterMatches(FunctionRegistry registry)
    {
        registry.Scalar("regexp_match_no_flags", (context, a) => First(context, a[0], a[1], Sensitive));
        registry.Scalar("regexp_match", (context, a) =>
        {
            var options = RegexOptions.Parse(a[2].AsString(), allowGlobal: true);
            return options.Global
                ? throw new SqlException(SqlState.InvalidParameterValue, "regexp_match() does not support the \"global\" option") { Hint = "Use the regexp_matches function instead." }
                : First(context, a[0], a[1], options);
        });
        registry.Set("regexp_matches_no_flags", (context, a) => All(context, a[0], a[1], Sensitive));
        registry.Set("regexp_matches", (context, a) => All(context, a[0], a[1], Options(a[2])));
        registry.Scalar("regexp_split_to_array_no_flags", (context, a) => ArrayValue.OneDimensional(SqlTypes.Text, [.. Split(context, a[0], a[1], Sensitive)]).ToDatum());
        registry.Scalar("regexp_split_to_array", (context, a) =>
            ArrayValue.OneDimensional(SqlTypes.Text, [.. Split(context, a[0], a[1], Options(a[2], "regexp_split_to_array"))]).ToDatum());
        registry.Set("regexp_split_to_table_no_flags", (context, a) => Split(context, a[0], a[1], Sensitive));
        registry.Set("regexp_split_to_table", (context, a) => Split(context, a[0], a[1], Options(a[2], "regexp_split_to_table")));
    }

    /// <summary>A text array of the groups, or of the whole match where there are none.</summary>
    private static Datum Groups(RegularExpression expression, RegexInput input, (int, int)[] spans)
    {
        var groups = expression.Groups == 0 ? spans[..1] : spans[1..];
        return ArrayValue.OneDimensional(SqlTypes.Text, Array.ConvertAll(groups, span => Slice(input, span))).ToDatum();
    }

    private static Datum First(EvaluationContext context, Datum text, Datum pattern, RegexOptions options)
    {
        var expression = Compile(context, pattern, options);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return expression.Find(input, 0) is { } spans ? Groups(expression, input, spans) : Datum.Null;
    }

    private static List<Datum> All(EvaluationContext context, Datum text, Datum pattern, RegexOptions options)
    {
        var expression = Compile(context, pattern, options);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return [.. FindAll(expression, input, 0).Take(options.Global ? int.MaxValue : 1).Select(spans => Groups(expression, input, spans))];
    }

    /// <summary>The pieces between matches. An empty match at the text's ends or right after another match splits nothing.</summary>
    private static List<Datum> Split(EvaluationContext context, Datum text, Datum pattern, RegexOptions options)
    {
        var expression = Compile(context, pattern, options);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        var pieces = new List<Datum>();
        var from = 0;
        foreach (var spans in FindAll(expression, input, 0))
        {
            var (start, end) = spans[0];
            if (start == end && (start == from || start >= input.Text.Length))
                continue;
            pieces.Add(Slice(input, (from, start)));
            from = end;
        }
        pieces.Add(Slice(input, (from, input.Text.Length)));
        return pieces;
    }

    private static void RegisterReplace(FunctionRegistry registry)
    {
        registry.Scalar("textregexreplace_noopt", (context, a) => Replace(context, a[0], a[1], a[2], Sensitive, 1, 1));
        registry.Scalar("textregexreplace", (context, a) =>
        {
            // A digit here is meant for the start position of the longer form.
            var letters = a[3].AsString();
            if (letters.Length > 0 && char.IsAsciiDigit(letters[0]))
            {
                throw new SqlException(SqlState.InvalidParameterValue, $"invalid regular expression option: \"{letters[0]}\"")
                {
                    Hint = "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.",
                };
            }
            var options = RegexOptions.Parse(letters, allowGlobal: true);
            return Replace(context, a[0], a[1], a[2], options, 1, options.Global ? 0 : 1);
        });
        registry.Scalar("textregexreplace_extended", (context, a) => Replace(context, a[0], a[1], a[2], Options(a[5]), a[3].AsInt32, a[4].AsInt32));
        registry.Scalar("textregexreplace_extended_no_flags", (context, a) => Replace(context, a[0], a[1], a[2], Sensitive, a[3].AsInt32, a[4].AsInt32));
        registry.Scalar("textregexreplace_extended_no_n", (context, a) => Replace(context, a[0], a[1], a[2], Sensitive, a[3].AsInt32, 1));
    }

    private static SqlException InvalidParameter(string name, int value) =>
        new(SqlState.InvalidParameterValue, $"invalid value for parameter \"{name}\": {value}");

    /// <summary>n = 0 replaces every match, else the n-th.</summary>
    private static Datum Replace(EvaluationContext context, Datum text, Datum pattern, Datum replacement, RegexOptions options, int start, int n)
    {
        if (start <= 0)
            throw InvalidParameter("start", start);
        if (n < 0)
            throw InvalidParameter("n", n);
        var expression = Compile(context, pattern, options);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        var output = new StringBuilder();
        var template = replacement.AsString();
        var from = 0;
        var count = 0;
        foreach (var spans in FindAll(expression, input, start - 1))
        {
            count++;
            if (n > 0 && count < n)
                continue;
            Append(output, input, from, spans[0].Start);
            AppendTemplate(output, template, input, spans);
            Budget.CheckValueLength(output.Length);
            from = spans[0].End;
            if (n > 0)
                break;
        }
        Append(output, input, from, input.Text.Length);
        return Datum.FromString(output.ToString());
    }

    private static void Append(StringBuilder output, RegexInput input, int from, int to)
    {
        for (var i = from; i < to; i++)
            output.Append(new Rune(input.Text[i]).ToString());
    }

    /// <summary>\1 … \9 a group, \&amp; the match, \\ a backslash.</summary>
    private static void AppendTemplate(StringBuilder output, string template, RegexInput input, (int Start, int End)[] spans)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '\\' || i + 1 == template.Length)
            {
                output.Append(template[i]);
                continue;
            }
            var next = template[++i];
            if (next is '&' or (>= '1' and <= '9'))
            {
                var group = next == '&' ? 0 : next - '0';
                if (group < spans.Length && spans[group].Start >= 0)
                    Append(output, input, spans[group].Start, spans[group].End);
            }
            else if (next == '\\')
            {
                output.Append('\\');
            }
            else
            {
                output.Append('\\').Append(next);
            }
        }
    }

    private static void RegisterCounting(FunctionRegistry registry)
    {
        registry.Scalar("regexp_count_no_start", (context, a) => Count(context, a[0], a[1], 1, Sensitive));
        registry.Scalar("regexp_count_no_flags", (context, a) => Count(context, a[0], a[1], a[2].AsInt32, Sensitive));
        registry.Scalar("regexp_count", (context, a) => Count(context, a[0], a[1], a[2].AsInt32, Options(a[3], "regexp_count")));
        registry.Scalar("regexp_substr_no_start", (context, a) => Nth(context, a[0], a[1], 1, 1, Sensitive, 0));
        registry.Scalar("regexp_substr_no_n", (context, a) => Nth(context, a[0], a[1], a[2].AsInt32, 1, Sensitive, 0));
        registry.Scalar("regexp_substr_no_flags", (context, a) => Nth(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, Sensitive, 0));
        registry.Scalar("regexp_substr_no_subexpr", (context, a) => Nth(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, Options(a[4], "regexp_substr"), 0));
        registry.Scalar("regexp_substr", (context, a) => Nth(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, Options(a[4], "regexp_substr"), a[5].AsInt32));
        registry.Scalar("regexp_instr_no_start", (context, a) => Position(context, a[0], a[1], 1, 1, 0, Sensitive, 0));
        registry.Scalar("regexp_instr_no_n", (context, a) => Position(context, a[0], a[1], a[2].AsInt32, 1, 0, Sensitive, 0));
        registry.Scalar("regexp_instr_no_endoption", (context, a) => Position(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, 0, Sensitive, 0));
        registry.Scalar("regexp_instr_no_flags", (context, a) => Position(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, a[4].AsInt32, Sensitive, 0));
        registry.Scalar("regexp_instr_no_subexpr", (context, a) => Position(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, a[4].AsInt32, Options(a[5], "regexp_instr"), 0));
        registry.Scalar("regexp_instr", (context, a) =>
            Position(context, a[0], a[1], a[2].AsInt32, a[3].AsInt32, a[4].AsInt32, Options(a[5], "regexp_instr"), a[6].AsInt32));
    }

    private static Datum Count(EvaluationContext context, Datum text, Datum pattern, int start, RegexOptions options)
    {
        if (start <= 0)
            throw InvalidParameter("start", start);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return Datum.FromInt32(FindAll(Compile(context, pattern, options), input, start - 1).Count());
    }

    private static Datum Nth(EvaluationContext context, Datum text, Datum pattern, int start, int n, RegexOptions options, int group)
    {
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return FindNth(context, input, pattern, start, n, options, group) is { } span ? Slice(input, span) : Datum.Null;
    }

    private static Datum Position(EvaluationContext context, Datum text, Datum pattern, int start, int n, int endOption, RegexOptions options, int group)
    {
        if (endOption is not (0 or 1))
            throw InvalidParameter("endoption", endOption);
        var input = RegularExpression.Prepare(text.AsUtf8Span, context.Budget);
        return FindNth(context, input, pattern, start, n, options, group) is { Start: >= 0 } span
            ? Datum.FromInt32((endOption == 0 ? span.Start : span.End) + 1)
            : Datum.FromInt32(0);
    }

    private static (int Start, int End)? FindNth(EvaluationContext context, RegexInput input, Datum pattern, int start, int n, RegexOptions options, int group)
    {
        if (start <= 0)
            throw InvalidParameter("start", start);
        if (n <= 0)
            throw InvalidParameter("n", n);
        if (group < 0)
            throw InvalidParameter("subexpr", group);
        var spans = FindAll(Compile(context, pattern, options), input, start - 1).Skip(n - 1).FirstOrDefault();
        return spans is null || group >= spans.Length ? null : spans[group];
    }
}
