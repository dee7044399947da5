namespace Dadbs.Sql.Binding;

/// <summary>AND as a list.</summary>
internal static class Conjunctions
{
    public static void Split(BoundExpression condition, List<BoundExpression> into)
    {
        if (condition is BoundLogical { IsAnd: true } and)
        {
            foreach (BoundExpression operand in and.Operands) Split(operand, into);
        }
        else
        {
            into.Add(condition);
        }
    }

    public static BoundExpression? Join(IReadOnlyList<BoundExpression> conditions) => conditions.Count switch
    {
        0 => null,
        1 => conditions[0],
        _ => new BoundLogical(true, [.. conditions]),
    };
}
