using Dadbs.Sql.Binding;

namespace Dadbs.Sql.Planning;

/// <summary>Whether a condition cannot be true when some columns are NULL: above an outer join it makes the join an inner one.</summary>
internal static class NullRejection
{
    public static bool Any(IReadOnlyList<BoundExpression> conditions, HashSet<int> slots) => conditions.Any(condition => Rejects(condition, slots));

    private static bool Rejects(BoundExpression condition, HashSet<int> slots) => condition switch
    {
        BoundOperator e => IsNullOn(e, slots),
        BoundInList e => IsNullOn(e.Operand, slots),
        BoundIsNull { Negated: true } e => IsNullOn(e.Operand, slots),
        BoundBooleanTest { Negated: false, Expected: not null } e => IsNullOn(e.Operand, slots),
        BoundNot e => IsNullOn(e.Operand, slots),
        BoundLogical { IsAnd: true } e => e.Operands.Any(operand => Rejects(operand, slots)),
        BoundLogical e => e.Operands.All(operand => Rejects(operand, slots)),
        BoundColumn e => slots.Contains(e.Slot),
        _ => false,
    };

    /// <summary>Whether the value is NULL whenever these columns are: strict all the way down to one of them.</summary>
    private static bool IsNullOn(BoundExpression expression, HashSet<int> slots) => expression switch
    {
        BoundColumn e => slots.Contains(e.Slot),
        BoundOperator e => e.Operator.Function.IsStrict && ((e.Left is not null && IsNullOn(e.Left, slots)) || IsNullOn(e.Right, slots)),
        BoundFunction e => e.Function.IsStrict && e.Arguments.Any(argument => IsNullOn(argument, slots)),
        BoundCast e => IsNullOn(e.Operand, slots),
        BoundNot e => IsNullOn(e.Operand, slots),
        BoundInList e => IsNullOn(e.Operand, slots),
        _ => false,
    };
}
