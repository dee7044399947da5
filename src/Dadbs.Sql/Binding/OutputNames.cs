using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Binding;

/// <summary>Names of output columns without AS, by PostgreSQL's FigureColname.</summary>
internal static class OutputNames
{
    public const string Anonymous = "?column?";

    public static string Of(ExpressionSyntax expression) => Find(expression, out _) ?? Anonymous;

    private static string? Find(ExpressionSyntax expression, out bool isWeak)
    {
        isWeak = false;
        switch (expression)
        {
            case ColumnReferenceSyntax column:
                return column.Parts[^1];
            case FieldSelectionSyntax field:
                return field.Field;
            case SubscriptSyntax subscript:
                return Find(subscript.Operand, out isWeak);
            case CollateSyntax collate:
                return Find(collate.Operand, out isWeak);
            case FunctionCallSyntax call:
                return call.Name.Name;
            case CastSyntax cast:
                string? inner = Find(cast.Operand, out bool weak);
                if (inner is not null && !weak) return inner;
                isWeak = true;
                return cast.Type.Name.Name;
            case CaseSyntax @case:
                string? fallback = @case.Else is null ? null : Find(@case.Else, out isWeak);
                if (fallback is not null && !isWeak) return fallback;
                isWeak = true;
                return "case";
            case CoalesceSyntax:
                return "coalesce";
            case GreatestLeastSyntax greatest:
                return greatest.IsGreatest ? "greatest" : "least";
            case NullIfSyntax:
                return "nullif";
            case ExistsSyntax:
                return "exists";
            case ArraySyntax or ArraySubquerySyntax:
                return "array";
            case RowSyntax:
                return "row";
            case GroupingSyntax:
                return "grouping";
            case ScalarSubquerySyntax subquery:
                return FirstColumn(subquery.Query);
            case BooleanLiteralSyntax:
                // PostgreSQL's grammar makes TRUE a cast of 't' to bool.
                isWeak = true;
                return "bool";
            case SessionValueSyntax value:
                return NameOf(value.Value);
            default:
                return null;
        }
    }

    private static string? FirstColumn(QuerySyntax query) => query switch
    {
        SelectSyntax { Items: [{ Expression: not StarSyntax } first, ..] } => first.Alias ?? Of(first.Expression),
        SetOperationSyntax operation => FirstColumn(operation.Left),
        ValuesSyntax => "column1",
        _ => null,
    };

    private static string NameOf(SessionValue value) => value switch
    {
        SessionValue.CurrentDate => "current_date",
        SessionValue.CurrentTime => "current_time",
        SessionValue.CurrentTimestamp => "current_timestamp",
        SessionValue.LocalTime => "localtime",
        SessionValue.LocalTimestamp => "localtimestamp",
        SessionValue.CurrentRole => "current_role",
        SessionValue.CurrentUser => "current_user",
        SessionValue.User => "user",
        SessionValue.SessionUser => "session_user",
        SessionValue.CurrentCatalog => "current_catalog",
        _ => "current_schema",
    };
}
