using Dadbs.Sql.Binding;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Which operands need no parentheses: what reads as a unit, arithmetic of plain precedence, AND under OR.</summary>
internal static class Precedence
{
    public static bool IsSimple(BoundExpression node, BoundExpression parent)
    {
        if (node.Spelling is not null) return true;
        switch (node)
        {
            case BoundConstant or BoundColumn or BoundFunction or BoundCoalesce or BoundGreatest or BoundNullIf or BoundRow or BoundArray or BoundSubscript or BoundCase:
                return true;
            case BoundOperator { Left: null, Operator.Name: "-", Right: BoundConstant }:
                return true;
            case BoundCast { Method: BoundCastMethod.Function or BoundCastMethod.Modifier }:
                // A cast by a function is a call, however it is written.
                return true;
            case BoundCast cast:
                return IsSimple(cast.Operand, cast);
            case BoundOperator { Left: not null } child when parent is BoundOperator { Left: not null } above && Level(child) is { } own && Level(above) is { } outer:
                return own > outer || (own == outer && ReferenceEquals(above.Left, child));
            case BoundOperator or BoundIsNull or BoundBooleanTest or BoundDistinctFrom { Negated: false }:
                return parent is BoundLogical or BoundNot || OwnsParentheses(parent);
            case BoundLogical { IsAnd: false }:
                return parent is BoundLogical { IsAnd: false } || OwnsParentheses(parent);
            case BoundLogical or BoundNot or BoundDistinctFrom:
                return parent is BoundLogical || OwnsParentheses(parent);
            default:
                return false;
        }
    }

    private static bool OwnsParentheses(BoundExpression parent) => parent is BoundFunction or BoundSubscript or BoundArray or BoundRow or BoundCoalesce or BoundGreatest or BoundNullIf or BoundCase;

    private static int? Level(BoundOperator node) => node.Operator.Name switch
    {
        "*" or "/" or "%" => 2,
        "+" or "-" => 1,
        _ => null,
    };
}
