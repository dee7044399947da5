using System.Buffers;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>Whether two expressions are the same computation: positions and names aside. Subqueries are never the same.</summary>
internal static class ExpressionComparer
{
    public static bool Same(BoundExpression? left, BoundExpression? right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null || left.Type != right.Type) return false;
        return (left, right) switch
        {
            (BoundConstant l, BoundConstant r) => l.Lift == r.Lift && SameValue(l.Value, r.Value, l.Type),
            (BoundParameter l, BoundParameter r) => l.Index == r.Index,
            (BoundColumn l, BoundColumn r) => l.Slot == r.Slot,
            (BoundFunction l, BoundFunction r) => l.Function.Oid == r.Function.Oid && l.Function.Volatility != Functions.Volatility.Volatile && Same(l.Arguments, r.Arguments),
            (BoundOperator l, BoundOperator r) => l.Operator.Oid == r.Operator.Oid && Same(l.Left, r.Left) && Same(l.Right, r.Right),
            (BoundCast l, BoundCast r) => l.Modifier == r.Modifier && l.Method == r.Method && Same(l.Operand, r.Operand),
            (BoundLogical l, BoundLogical r) => l.IsAnd == r.IsAnd && Same(l.Operands, r.Operands),
            (BoundNot l, BoundNot r) => Same(l.Operand, r.Operand),
            (BoundIsNull l, BoundIsNull r) => l.Negated == r.Negated && Same(l.Operand, r.Operand),
            (BoundBooleanTest l, BoundBooleanTest r) => l.Expected == r.Expected && l.Negated == r.Negated && Same(l.Operand, r.Operand),
            (BoundDistinctFrom l, BoundDistinctFrom r) => l.Negated == r.Negated && Same(l.Left, r.Left) && Same(l.Right, r.Right),
            (BoundCase l, BoundCase r) => SameCase(l, r),
            (BoundCoalesce l, BoundCoalesce r) => Same(l.Arguments, r.Arguments),
            (BoundNullIf l, BoundNullIf r) => Same(l.Left, r.Left) && Same(((BoundOperator)l.Equality).Right, ((BoundOperator)r.Equality).Right),
            (BoundGreatest l, BoundGreatest r) => l.IsGreatest == r.IsGreatest && Same(l.Arguments, r.Arguments),
            (BoundInList l, BoundInList r) => l.Negated == r.Negated && l.Equality.Oid == r.Equality.Oid && Same(l.Operand, r.Operand) && Same(l.Items, r.Items),
            (BoundArrayComparison l, BoundArrayComparison r) => l.All == r.All && l.Operator.Oid == r.Operator.Oid && Same(l.Left, r.Left) && Same(l.Array, r.Array),
            (BoundArray l, BoundArray r) => Same(l.Elements, r.Elements),
            (BoundSubscript l, BoundSubscript r) => Same(l.Array, r.Array) && Same(l.Indexes, r.Indexes),
            (BoundRow l, BoundRow r) => Same(l.Fields, r.Fields),
            (BoundRowComparison l, BoundRowComparison r) => l.Operator == r.Operator && Same(l.Equal, r.Equal) && Same(l.Less, r.Less),
            _ => false,
        };
    }

    public static bool Same(BoundAggregate left, BoundAggregate right) =>
        left.Function.Oid == right.Function.Oid && left.IsDistinct == right.IsDistinct && left.IsStar == right.IsStar && left.Type == right.Type
        && Same(left.Arguments, right.Arguments) && Same(left.Filter, right.Filter) && left.OrderBy.Length == right.OrderBy.Length
        && left.OrderBy.Zip(right.OrderBy).All(pair => Same(pair.First, pair.Second));

    public static bool Same(SortKey left, SortKey right) =>
        left.Descending == right.Descending && left.NullsFirst == right.NullsFirst && Same(left.Expression, right.Expression);

    private static bool Same(BoundExpression[] left, BoundExpression[] right)
    {
        if (left.Length != right.Length) return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (!Same(left[i], right[i])) return false;
        }

        return true;
    }

    /// <summary>Slots of operands differ between two writings of one CASE; their conditions are compared with the operand in place.</summary>
    private static bool SameCase(BoundCase left, BoundCase right)
    {
        if (left.Whens.Length != right.Whens.Length || !Same(left.Operand, right.Operand) || !Same(left.Else, right.Else)) return false;
        for (int i = 0; i < left.Whens.Length; i++)
        {
            BoundExpression l = left.Whens[i].Condition;
            BoundExpression r = right.Whens[i].Condition;
            if (left.Operand is not null && l is BoundOperator lo && r is BoundOperator ro && lo.Operator.Oid == ro.Operator.Oid)
            {
                l = lo.Right;
                r = ro.Right;
            }

            if (!Same(l, r) || !Same(left.Whens[i].Result, right.Whens[i].Result)) return false;
        }

        return true;
    }

    /// <summary>Identical, not only equal: numeric 1.0 and 1.00 differ.</summary>
    private static bool SameValue(Datum left, Datum right, SqlType type)
    {
        if (left.IsNull || right.IsNull) return left.IsNull && right.IsNull;
        if (ReferenceEquals(left.Ref, right.Ref)) return left.Bits == right.Bits;
        ArrayBufferWriter<byte> l = new();
        ArrayBufferWriter<byte> r = new();
        type.Operations.FormatText(left, l, TypeSettings.Default);
        type.Operations.FormatText(right, r, TypeSettings.Default);
        return l.WrittenSpan.SequenceEqual(r.WrittenSpan);
    }
}
