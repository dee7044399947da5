using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Shapes;

/// <summary>
/// All texts that differ in literals only: one syntax (of the text that came first: only its literals and positions are that text's own), which literals are lifted, and the plans made for it.
/// </summary>
internal sealed class StatementShape
{
    /// <summary>Texts whose literals cannot be lifted, or that are no SQL.</summary>
    public static readonly StatementShape None = new(null, []);

    private const int PlansMax = 8;

    private readonly Lock _lock = new();
    private readonly bool[] _isLifted;
    private volatile ShapePlan[] _plans = [];

    private StatementShape(StatementSyntax? syntax, bool[] isLifted)
    {
        Syntax = syntax;
        _isLifted = isLifted;
    }

    /// <summary>Null: there is nothing to lift.</summary>
    public StatementSyntax? Syntax { get; }

    /// <summary>The shape of a text with these literals.</summary>
    public static StatementShape Of(string statement, LiteralToken[] literals)
    {
        ParsedStatement parsed;
        try
        {
            if (SqlParser.Parse(statement) is not [{ ParameterCount: 0, Start: 0 } only] || only.Length != statement.Length) return None;
            parsed = only;
        }
        catch (SqlException)
        {
            // The ordinary way raises it, with its place in the whole text.
            return None;
        }

        var isLifted = new bool[literals.Length];
        foreach (LiftableLiterals.Found found in LiftableLiterals.Of(parsed.Syntax, statement, literals)) isLifted[found.Ordinal] = true;

        return Array.IndexOf(isLifted, true) < 0 ? None : new StatementShape(parsed.Syntax, isLifted);
    }

    /// <summary>The plan for a text's other literals under this catalog and these settings, or null.</summary>
    public ShapePlan? Find(LiftedText text, PlanningContext context)
    {
        foreach (ShapePlan plan in _plans)
        {
            if (plan.IsFor(context) && SameFixedLiterals(plan.Source, text)) return plan;
        }

        return null;
    }

    /// <summary>Newest first; the oldest go.</summary>
    public void Add(ShapePlan plan)
    {
        lock (_lock)
        {
            _plans = [plan, .. _plans.Take(PlansMax - 1)];
        }
    }

    private bool SameFixedLiterals(LiftedText left, LiftedText right)
    {
        for (int i = 0; i < _isLifted.Length; i++)
        {
            if (!_isLifted[i] && !left.Raw(i).SequenceEqual(right.Raw(i))) return false;
        }

        return true;
    }
}

/// <summary>One text of a shape, with its literals' places in it.</summary>
internal sealed class LiftedText(StatementShape shape, string text, int start, int length, LiteralToken[] literals)
{
    private static readonly string[] ClockWords = ["now", "today", "tomorrow", "yesterday"];

    public StatementShape Shape { get; } = shape;

    /// <summary>The string that the statement was found in.</summary>
    public string Text { get; } = text;

    public int Start { get; } = start;

    public int Length { get; } = length;

    /// <summary>Places count from <see cref="Start"/>.</summary>
    public LiteralToken[] Literals { get; } = literals;

    public string Statement => Length == Text.Length ? Text : Text.Substring(Start, Length);

    /// <summary>The literal as written.</summary>
    public ReadOnlySpan<char> Raw(int ordinal) => Text.AsSpan(Start + Literals[ordinal].Start, Literals[ordinal].Length);

    /// <summary>A string of it may stand for the clock (<c>'now'</c>, <c>'today'</c>): such a text is never lifted, whatever the string's type turns out to be.</summary>
    public bool NamesClock()
    {
        for (int i = 0; i < Literals.Length; i++)
        {
            if (Literals[i].Class != LiteralClass.String) continue;
            foreach (string word in ClockWords)
            {
                if (Raw(i).Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }
}
