using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>The matches of a pattern in a text, found at once: a pattern belongs to one thread for one call only.</summary>
internal sealed class RegexMatches
{
    private readonly List<int> _places = [];
    private int _perMatch;
    private bool _hasGroups;

    private RegexMatches(SubjectText text) => Text = text;

    public SubjectText Text { get; }

    public int Count => _places.Count / (2 * _perMatch);

    /// <summary>
    /// All matches or the first one, from a place counted in code points; past the end nothing is found. For splitting, empty matches at either
    /// edge or just after another match are ignored.
    /// </summary>
    public static RegexMatches Find(EvaluationContext context, Datum text, Datum pattern, RegexOptions options, bool withGroups, bool all = false,
        bool ignoreDegenerate = false, int start = 0)
    {
        var compiled = RegularExpressionCache.Get(pattern.AsUtf8Span, options, context.Budget);
        var subject = new SubjectText(text);
        var hasGroups = withGroups && compiled.GroupCount > 0;
        var found = new RegexMatches(subject) { _perMatch = hasGroups ? compiled.GroupCount : 1, _hasGroups = hasGroups };
        var matcher = compiled.Matcher(subject, context.Budget);
        var previousEnd = 0;
        while (start <= subject.Length && matcher.Match(start, hasGroups))
        {
            var (from, to) = (matcher.Captures[0], matcher.Captures[1]);
            if (!ignoreDegenerate || from < subject.Length && to > previousEnd)
                found._places.AddRange(hasGroups ? matcher.Captures[2..] : matcher.Captures[..2]);
            context.Budget.Allocate(8L * found._perMatch);
            previousEnd = to;
            if (!all)
                break;
            start = from == to ? to + 1 : to;
        }
        return found;
    }

    /// <summary>Where a match, or a group of it, is; From -1 if there is none.</summary>
    public (int From, int To) Place(int match, int group)
    {
        if (match >= Count || group > (_hasGroups ? _perMatch : 0))
            return (-1, -1);
        var at = 2 * (match * _perMatch + Math.Max(group - 1, 0));
        return (_places[at], _places[at + 1]);
    }

    /// <summary>The texts of a match's groups (NULL: took no part), or of the whole match in a pattern without groups.</summary>
    public Datum Groups(int match)
    {
        var texts = new Datum[_perMatch];
        for (var i = 0; i < texts.Length; i++)
        {
            var at = 2 * (match * _perMatch + i);
            texts[i] = _places[at] < 0 ? Datum.Null : Text.Slice(_places[at], _places[at + 1]);
        }
        return ArrayValue.OneDimensional(SqlTypes.Text, texts).ToDatum();
    }
}
