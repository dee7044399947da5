using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Rewrite rule: calls of immutable functions on constants are computed while planning; AND, OR, NOT and CASE lose what constants decide. A call that fails is left alone: its error comes when, and
/// only if, it is executed.
/// </summary>
internal sealed class ConstantFolding(TypeSettings settings) : PlanRewriter
{
    private readonly EvaluationContext _context = new() { TypeSettings = settings };

    public override BoundExpression Rewrite(BoundExpression expression)
    {
        BoundExpression rewritten = base.Rewrite(expression);
        return rewritten switch
        {
            BoundFunction e when e.Function.Volatility == Volatility.Immutable && AllConstant(e.Arguments) => Call(e, e.Function, e.Arguments),
            BoundOperator e when e.Operator.Function.Volatility == Volatility.Immutable && e.Right is BoundConstant && e.Left is null or BoundConstant =>
                Call(e, e.Operator.Function, e.Left is null ? [e.Right] : [e.Left, e.Right]),
            BoundCast { Operand: BoundConstant operand, Volatility: Volatility.Immutable } e => Cast(e, operand),
            BoundLogical e => Logical(e),
            BoundNot { Operand: BoundConstant operand } => operand.Value.IsNull ? operand : Boolean(!operand.Value.AsBool),
            BoundIsNull { Operand: BoundConstant operand } e => Boolean(operand.Value.IsNull != e.Negated),
            BoundCase { Operand: null } e => Case(e),
            BoundCoalesce e => Coalesce(e),
            _ => rewritten,
        };
    }

    private static BoundConstant Boolean(bool value) => new(Datum.FromBool(value), SqlTypes.Boolean);

    private static bool AllConstant(BoundExpression[] expressions) => Array.TrueForAll(expressions, expression => expression is BoundConstant);

    private BoundExpression Call(BoundExpression call, FunctionDescriptor function, BoundExpression[] arguments)
    {
        Datum[] values = Array.ConvertAll(arguments, argument => ((BoundConstant)argument).Value);
        if (function.IsStrict && Array.Exists(values, value => value.IsNull)) return new BoundConstant(Datum.Null, call.Type) { Position = call.Position };
        try
        {
            return new BoundConstant(function.Body!(_context, values).Detach(), call.Type, call.Modifier) { Position = call.Position };
        }
        catch (SqlException)
        {
            return call;
        }
    }

    private BoundExpression Cast(BoundCast cast, BoundConstant operand)
    {
        if (operand.Value.IsNull) return new BoundConstant(Datum.Null, cast.Type, cast.Modifier) { Position = cast.Position };
        try
        {
            Datum? value = cast.Method switch
            {
                BoundCastMethod.Relabel => operand.Value,
                BoundCastMethod.Function => cast.Body!(_context, [operand.Value]),
                BoundCastMethod.Modifier => cast.Type.Operations.ApplyModifier(operand.Value, cast.Modifier, cast.Explicit),
                _ => null,
            };
            return value is { } known ? new BoundConstant(known.Detach(), cast.Type, cast.Modifier) { Position = cast.Position } : cast;
        }
        catch (SqlException)
        {
            return cast;
        }
    }

    private static BoundExpression Logical(BoundLogical logical)
    {
        List<BoundExpression> left = [];
        bool changed = false;
        foreach (BoundExpression operand in logical.Operands)
        {
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

    private static BoundExpression Case(BoundCase expression)
    {
        List<BoundWhen> whens = [];
        foreach (BoundWhen when in expression.Whens)
        {
            if (when.Condition is not BoundConstant constant)
            {
                whens.Add(when);
                continue;
            }

            if (!constant.Value.IsTrue) continue;
            if (whens.Count == 0) return when.Result;
            return expression with { Whens = [.. whens], Else = when.Result };
        }

        if (whens.Count == 0) return expression.Else ?? new BoundConstant(Datum.Null, expression.Type);
        return whens.Count == expression.Whens.Length ? expression : expression with { Whens = [.. whens] };
    }

    private static BoundExpression Coalesce(BoundCoalesce expression)
    {
        List<BoundExpression> arguments = [];
        foreach (BoundExpression argument in expression.Arguments)
        {
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
