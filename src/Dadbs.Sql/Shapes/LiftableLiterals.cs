using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Shapes;

/// <summary>
/// Finds the literals of a statement that may become parameters of its plan, by syntax alone: items of an INSERT's VALUES rows, right-hand sides of SET (alone, or in arithmetic on a column), and in the
/// outermost WHERE what a column is compared with (operators, BETWEEN, short IN lists). Everything else stays part of the plan's key: LIMIT, ORDER BY n, select lists, function
/// arguments, subqueries, literals beside literals (which folding may decide).
/// </summary>
internal sealed class LiftableLiterals
{
    /// <summary>Longer lists of constants are hashed once a plan, which is worth more than sharing it.</summary>
    private const int ListItemsMax = 4;

    private readonly string _text;
    private readonly LiteralToken[] _tokens;
    private readonly List<Found> _found = [];

    private LiftableLiterals(string text, LiteralToken[] tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <param name="Node">The literal.</param>
    /// <param name="Ordinal">Its place among the text's literals.</param>
    /// <param name="IsNegated">A minus before it belongs to it, as the parser has it.</param>
    internal readonly record struct Found(ExpressionSyntax Node, int Ordinal, bool IsNegated);

    /// <param name="statement">The parse of <paramref name="text"/>.</param>
    /// <param name="text">The statement's own text.</param>
    /// <param name="tokens">All literals in it.</param>
    public static List<Found> Of(StatementSyntax statement, string text, LiteralToken[] tokens)
    {
        LiftableLiterals finder = new(text, tokens);
        switch (statement)
        {
            case SelectSyntax { From.Count: > 0, Into: null } select:
                finder.Condition(select.Where);
                break;
            case InsertSyntax insert:
                if (insert.Source is ValuesSyntax { With: null, Limit: null, Offset: null, OrderBy.Count: 0 } values) finder.Values(values);
                if (insert.OnConflict is { } conflict)
                {
                    finder.Assignments(conflict.Assignments);
                    finder.Condition(conflict.Where);
                }

                break;
            case UpdateSyntax update:
                finder.Assignments(update.Assignments);
                finder.Condition(update.Where);
                break;
            case DeleteSyntax delete:
                finder.Condition(delete.Where);
                break;
        }

        return finder._found;
    }

    private void Values(ValuesSyntax values)
    {
        foreach (IReadOnlyList<ExpressionSyntax> row in values.Rows)
        {
            foreach (ExpressionSyntax item in row) Literal(item);
        }
    }

    private void Assignments(IReadOnlyList<AssignmentSyntax> assignments)
    {
        foreach (AssignmentSyntax assignment in assignments)
        {
            if (assignment.IsMultiple) continue;
            if (!Literal(assignment.Value)) Arithmetic(assignment.Value);
        }
    }

    /// <summary>column op literal, and the same with more operators around it; true if the expression has a column at its core.</summary>
    private bool Arithmetic(ExpressionSyntax expression)
    {
        if (expression is ColumnReferenceSyntax) return true;
        if (expression is not BinaryOperatorSyntax { Operator: { Schema: null, Symbol: "+" or "-" or "*" or "/" or "%" or "||" } } binary) return false;
        if (IsLiteral(binary.Right)) return Arithmetic(binary.Left) && Literal(binary.Right);
        if (IsLiteral(binary.Left)) return Arithmetic(binary.Right) && Literal(binary.Left);
        bool left = Arithmetic(binary.Left);
        return Arithmetic(binary.Right) && left;
    }

    private void Condition(ExpressionSyntax? condition)
    {
        switch (condition)
        {
            case LogicalSyntax logical:
                foreach (ExpressionSyntax operand in logical.Operands) Condition(operand);
                break;
            case NotSyntax not:
                Condition(not.Operand);
                break;
            case BinaryOperatorSyntax { Operator: { Schema: null, Symbol: "=" or "<>" or "<" or "<=" or ">" or ">=" } } comparison:
                if (comparison.Left is ColumnReferenceSyntax) Literal(comparison.Right);
                else if (comparison.Right is ColumnReferenceSyntax) Literal(comparison.Left);
                break;
            case BetweenSyntax { IsSymmetric: false, Operand: ColumnReferenceSyntax } between:
                Literal(between.Low);
                Literal(between.High);
                break;
            case InListSyntax { Operand: ColumnReferenceSyntax, Items.Count: <= ListItemsMax } list when list.Items.All(IsLiteral):
                foreach (ExpressionSyntax item in list.Items) Literal(item);
                break;
        }
    }

    private static bool IsLiteral(ExpressionSyntax expression) => expression is IntegerLiteralSyntax or NumericLiteralSyntax or StringLiteralSyntax;

    /// <summary>Notes a literal. One behind more than a minus, as in -(5), stays in the plan's key; false for what is no literal.</summary>
    private bool Literal(ExpressionSyntax expression)
    {
        if (!IsLiteral(expression)) return false;
        int position = expression.Position;
        bool isNegated = _text[position] == '-';
        if (isNegated)
        {
            position++;
            while (position < _text.Length && char.IsWhiteSpace(_text[position])) position++;
        }

        int ordinal = Array.FindIndex(_tokens, token => token.Start == position);
        if (ordinal >= 0) _found.Add(new Found(expression, ordinal, isNegated));
        return true;
    }
}
