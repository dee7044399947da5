using System.Buffers;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>regexp_replace: \1 … \9 stand for groups, \&amp; for the match, \\ for a backslash; any other backslash for itself.</summary>
internal static class RegexReplacement
{
    /// <summary>Replaces the match of a number, from 1, counted from a place in code points; 0: all of them.</summary>
    public static Datum Replace(EvaluationContext context, Datum text, Datum pattern, Datum replacement, RegexOptions options, int start, int number)
    {
        var compiled = RegularExpressionCache.Get(pattern.AsUtf8Span, options, context.Budget);
        var subject = new SubjectText(text);
        var matcher = compiled.Matcher(subject, context.Budget);
        var template = replacement.AsUtf8Span;
        var withGroups = template.Contains((byte)'\\');
        var output = new ArrayBufferWriter<byte>(Math.Max(subject.Length, 16));
        var (copied, matches) = (0, 0);
        while (start <= subject.Length && matcher.Match(start, withGroups))
        {
            var (from, to) = (matcher.Captures[0], matcher.Captures[1]);
            start = from == to ? to + 1 : to;
            matches++;
            if (number > 0 && matches != number)
                continue;
            output.Write(subject.Utf8(copied, from));
            WriteReplacement(output, template, subject, matcher.Captures);
            Budget.CheckValueLength(output.WrittenCount);
            context.Budget.Step(1 + template.Length);
            copied = to;
            if (number > 0)
                break;
        }
        if (matches == 0)
            return text;
        output.Write(subject.Utf8(copied, subject.Length));
        Budget.CheckValueLength(output.WrittenCount);
        return Datum.FromUtf8(output.WrittenSpan);
    }

    private static void WriteReplacement(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> template, SubjectText subject, ReadOnlySpan<int> captures)
    {
        while (template.Length > 0)
        {
            var escape = template.IndexOf((byte)'\\');
            if (escape < 0 || escape == template.Length - 1)
            {
                output.Write(template);
                return;
            }
            output.Write(template[..escape]);
            var selector = template[escape + 1];
            template = template[(escape + 2)..];
            switch (selector)
            {
                case (byte)'\\':
                    output.Write("\\"u8);
                    continue;
                case (byte)'&':
                    output.Write(subject.Utf8(captures[0], captures[1]));
                    continue;
                case >= (byte)'1' and <= (byte)'9':
                    var at = 2 * (selector - '0');
                    if (at < captures.Length && captures[at] >= 0)
                        output.Write(subject.Utf8(captures[at], captures[at + 1]));
                    continue;
                default:
                    output.Write("\\"u8);
                    output.Write([selector]);
                    continue;
            }
        }
    }
}
