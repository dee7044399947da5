using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Planning;

/// <summary>Whether evaluating something twice, or not at all, could be noticed.</summary>
internal sealed class VolatileCalls : PlanRewriter
{
    private bool _found;

    public static bool In(BoundExpression expression)
    {
        VolatileCalls search = new();
        search.Rewrite(expression);
        return search._found;
    }

    public static bool In(LogicalPlan plan)
    {
        VolatileCalls search = new();
        search.Rewrite(plan);
        return search._found;
    }

    public override BoundExpression Rewrite(BoundExpression expression)
    {
        _found |= expression switch
        {
            BoundFunction e => e.Function.Volatility == Volatility.Volatile,
            BoundOperator e => e.Operator.Function.Volatility == Volatility.Volatile,
            _ => false,
        };
        return base.Rewrite(expression);
    }

    public override LogicalPlan Rewrite(LogicalPlan plan)
    {
        _found |= plan switch
        {
            LogicalFunctionScan p => p.Function?.Volatility == Volatility.Volatile,
            LogicalProjectSet p => p.Functions.Any(call => call.Function.Volatility == Volatility.Volatile),
            _ => false,
        };
        return base.Rewrite(plan);
    }
}
