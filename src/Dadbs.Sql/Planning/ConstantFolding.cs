using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Shapes;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Rewrite rule: calls of immutable functions on constants are computed while planning; AND, OR, NOT and CASE lose what constants decide. A call that fails is the
/// statement's error, as in PostgreSQL, unless a constant before it decided that it is never reached.
/// </summary>
internal sealed class ConstantFolding(TypeSettings settings, LiteralLifting? lifting) : PlanRewriter
{
    private readonly EvaluationContext _context = new() { TypeSettings = settings };

    public override BoundExpression Rewrite(BoundExpression expression)
    {
        if (lifting is not null && expression is BoundConstant or BoundCast && Lifted(expression) is { } parameter) return parameter;

        // What decides early is looked at in order: a branch that can never be taken is not computed, so its error never comes.
        switch (expression)
        {
            case BoundLogical e:
                return Logical(e);
            case BoundCase { Operand: null } e:
                return Case(e);
            case BoundCoalesce e:
                return Coalesce(e);
        }

        BoundExpression rewritten = base.Rewrite(expression);
        return rewritten switch
        {
            BoundFunction e when e.Function.IsStrict && Array.Exists(e.Arguments, IsNull) => Null(e),
            BoundOperator e when e.Operator.Function.IsStrict && (IsNull(e.Right) || (e.Left is not null && IsNull(e.Left))) => Null(e),
            BoundFunction e when e.Function.Volatility == Volatility.Immutable && AllConstant(e.Arguments) => Call(e, e.Function, e.Arguments),
            BoundOperator e when e.Operator.Function.Volatility == Volatility.Immutable && e.Right is BoundConstant && e.Left is null or BoundConstant =>
                Call(e, e.Operator.Function, e.Left is null ? [e.Right] : [e.Left, e.Right]),
            BoundCast { Operand: BoundConstant operand, Volatility: Volatility.Immutable } e => Cast(e, operand),
            BoundNot e => Negate(e),
            BoundIsNull { Operand: BoundConstant operand } e => Boolean(operand.Value.IsNull != e.Negated),
            _ => rewritten,
        };
    }

    /// <summary>In WHERE unknown is as good as false: one condition that is never true decides for all.</summary>
    public override LogicalPlan Rewrite(LogicalPlan plan)
    {
        LogicalPlan rewritten = base.Rewrite(plan);
        if (rewritten is not LogicalFilter filter) return rewritten;
        List<BoundExpression> conditions = [];
        foreach (BoundExpression condition in filter.Conditions) Conjunctions.Split(condition, conditions);
        return conditions.Exists(condition => condition is BoundConstant constant && !constant.Value.IsTrue)
            ? filter with { Conditions = [Boolean(false)] }
            : filter;
    }

    /// <summary>NOT goes inwards: to the negated operator, or by De Morgan, where an index or a constant may meet it.</summary>
    private static BoundExpression Negate(BoundNot not)
    {
        switch (not.Operand)
        {
            case BoundConstant constant:
                return constant.Value.IsNull ? constant : Boolean(!constant.Value.AsBool);
            case BoundNot inner:
                return inner.Operand;
            case BoundLogical logical:
                return Simplify(new BoundLogical(!logical.IsAnd, Array.ConvertAll(logical.Operands, operand => Negate(new BoundNot(operand)))), static operand => operand);
            case BoundOperator { Operator.Negator: not 0 } comparison when BuiltinFunctions.OperatorByOid(comparison.Operator.Negator) is { Function.Body: not null } negator:
                return comparison with { Operator = negator };
            case BoundInList list:
                return list with { Negated = !list.Negated };
            case BoundIsNull { Operand: not BoundRow } test:
                return test with { Negated = !test.Negated };
            case BoundBooleanTest test:
                return test with { Negated = !test.Negated };
            case BoundDistinctFrom test:
                return test with { Negated = !test.Negated };
            default:
                return not;
        }
    }

    private static BoundConstant Boolean(bool value) => new(Datum.FromBool(value), SqlTypes.Boolean);

    private static bool AllConstant(BoundExpression[] expressions) => Array.TrueForAll(expressions, expression => expression is BoundConstant);

    private static bool IsNull(BoundExpression expression) => expression is BoundConstant { Value.IsNull: true };

    private static BoundConstant Null(BoundExpression of) => new(Datum.Null, of.Type) { Position = of.Position };

    /// <summary>A lifted literal with the conversions that would be folded into it: one parameter, whose value they are applied to before the plan runs.</summary>
    private BoundParameter? Lifted(BoundExpression expression)
    {
        List<BoundCast> conversions = [];
        BoundExpression inner = expression;
        while (inner is BoundCast { Volatility: Volatility.Immutable, Method: not BoundCastMethod.Text } cast)
        {
            conversions.Insert(0, cast);
            inner = cast.Operand;
        }

        return inner is BoundConstant { Lift: > 0 } constant
            ? new BoundParameter(lifting!.Add(constant, conversions), expression.Type) { Position = expression.Position }
            : null;
    }

    private BoundConstant Call(BoundExpression call, FunctionDescriptor function, BoundExpression[] arguments)
    {
        Datum[] values = Array.ConvertAll(arguments, argument => ((BoundConstant)argument).Value);
        if (function.IsStrict && Array.Exists(values, value => value.IsNull)) return new BoundConstant(Datum.Null, call.Type) { Position = call.Position };
        return new BoundConstant(function.Body!(_context, values).Detach(), call.Type, call.Modifier) { Position = call.Position };
    }

    private BoundExpression Cast(BoundCast cast, BoundConstant operand)
    {
        if (operand.Value.IsNull) return new BoundConstant(Datum.Null, cast.Type, cast.Modifier) { Position = cast.Position };
        Datum? value = cast.Method switch
        {
            BoundCastMethod.Relabel => operand.Value,
            BoundCastMethod.Function => cast.Body!(_context, [operand.Value]),
            BoundCastMethod.Modifier => cast.Type.Operations.ApplyModifier(operand.Value, cast.Modifier, cast.Explicit),
            _ => null,
        };
        return value is { } known ? new BoundConstant(known.Detach(), cast.Type, cast.Modifier) { Position = cast.Position } : cast;
    }

    private BoundExpression Logical(BoundLogical logical) => Simplify(logical, Rewrite);

    private static BoundExpression Simplify(BoundLogical logical, Func<BoundExpression, BoundExpression> rewrite)
    {
        List<BoundExpression> left = [];
        bool changed = false;
        foreach (BoundExpression given in logical.Operands)
        {
            BoundExpression operand = rewrite(given);
            changed |= !ReferenceEquals(operand, given);
            if (operand is BoundConstant { Value.IsNull: false } constant)
            {
                if (constant.Value.AsBool != logical.IsAnd) return constant;
                changed = true;
            }
            else
            {
                left.Add(operand);
            }
        }

        if (!changed) return logical;
        return left.Count switch
        {
            0 => Boolean(logical.IsAnd),
            1 => left[0],
            _ => logical with { Operands = [.. left] },
        };
    }

    private BoundExpression Case(BoundCase expression)
    {
        List<BoundWhen> whens = [];
        foreach (BoundWhen when in expression.Whens)
        {
            BoundExpression condition = Rewrite(when.Condition);
            if (condition is not BoundConstant constant)
            {
                whens.Add(new BoundWhen(condition, Rewrite(when.Result)));
                continue;
            }

            if (!constant.Value.IsTrue) continue;
            BoundExpression result = Rewrite(when.Result);
            return whens.Count == 0 ? result : expression with { Whens = [.. whens], Else = result };
        }

        BoundExpression otherwise = expression.Else is null ? new BoundConstant(Datum.Null, expression.Type) : Rewrite(expression.Else);
        return whens.Count == 0 ? otherwise : expression with { Whens = [.. whens], Else = otherwise };
    }

    private BoundExpression Coalesce(BoundCoalesce expression)
    {
        List<BoundExpression> arguments = [];
        foreach (BoundExpression given in expression.Arguments)
        {
            BoundExpression argument = Rewrite(given);
            if (argument is BoundConstant { Value.IsNull: true }) continue;
            arguments.Add(argument);
            if (argument is BoundConstant) break;
        }

        return arguments.Count switch
        {
            0 => new BoundConstant(Datum.Null, expression.Type),
            1 => arguments[0],
            _ => expression with { Arguments = [.. arguments] },
        };
    }
}
