using System.Diagnostics;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Shapes;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>Plans a subquery met inside an expression; the physical planner is the one implementation, expressions without subqueries need none.</summary>
public delegate Evaluator SubqueryCompiler(BoundSubquery subquery, ExpressionCompiler compiler);

/// <summary>
/// Bound expressions → closures. Comparisons and arithmetic on values kept in <see cref="Datum.Bits"/> are specialised by shape (column or constant); everything else calls the function's
/// body. Closures hold no run state, so they are shared by all executions. Things start here: <see cref="Value"/> and <see cref="Condition"/>.
/// </summary>
public sealed class ExpressionCompiler(SubqueryCompiler? subqueries = null)
{
    /// <summary>Compiles an expression without subqueries.</summary>
    public static Evaluator Compile(BoundExpression expression) => new ExpressionCompiler().Value(expression);

    public Evaluator[] Values(IReadOnlyList<BoundExpression> expressions)
    {
        Evaluator[] compiled = new Evaluator[expressions.Count];
        for (int i = 0; i < compiled.Length; i++) compiled[i] = Value(expressions[i]);
        return compiled;
    }

    /// <summary>The closure that computes an expression.</summary>
    public Evaluator Value(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant { Lift: > 0 }:
                throw new LiftingRefusedException();
            case BoundConstant e:
                Datum constant = e.Value;
                return _ => constant;
            case BoundParameter e:
                int index = e.Index;
                return state => state.Parameters[index];
            case BoundColumn e:
                int slot = e.Slot;
                return state => state.Slots[slot];
            case BoundFunction e:
                return Call(e.Function, e.Arguments);
            case BoundOperator e:
                return FixedOperators.TryCompile(e, this) ?? Call(e.Operator.Function, e.Left is null ? [e.Right] : [e.Left, e.Right]);
            case BoundCast e:
                return Cast(e);
            case BoundLogical e:
                return e.IsAnd ? And(Values(e.Operands)) : Or(Values(e.Operands));
            case BoundNot e:
                Evaluator negated = Value(e.Operand);
                return state =>
                {
                    Datum value = negated(state);
                    return value.IsNull ? value : Datum.FromBool(!value.AsBool);
                };
            case BoundIsNull e:
                return IsNull(e);
            case BoundBooleanTest e:
                return BooleanTest(e);
            case BoundDistinctFrom e:
                return DistinctFrom(e);
            case BoundCase e:
                return Case(e);
            case BoundCoalesce e:
                return Coalesce(Values(e.Arguments));
            case BoundNullIf e:
                return NullIf(e);
            case BoundGreatest e:
                return Greatest(e);
            case BoundInList e:
                return InListEvaluators.Compile(e, this);
            case BoundArrayComparison e:
                return ArrayEvaluators.Comparison(e, this);
            case BoundArray e:
                return ArrayEvaluators.Constructor(e, this);
            case BoundSubscript e:
                return ArrayEvaluators.Subscript(e, this);
            case BoundRow e:
                return Row(e);
            case BoundRowComparison e:
                return RowComparison(e);
            case BoundSubquery e:
                return subqueries is null
                    ? throw new SqlException(SqlState.FeatureNotSupported, "cannot use subquery here", e.Position < 0 ? null : e.Position)
                    : subqueries(e, this);
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    /// <summary>All of these conditions at once; null when there are none.</summary>
    public RowPredicate? Conditions(IReadOnlyList<BoundExpression> conditions)
    {
        switch (conditions.Count)
        {
            case 0:
                return null;
            case 1:
                return Condition(conditions[0]);
            case 2:
                RowPredicate first = Condition(conditions[0]);
                RowPredicate second = Condition(conditions[1]);
                return state => first(state) && second(state);
            default:
                RowPredicate[] all = new RowPredicate[conditions.Count];
                for (int i = 0; i < all.Length; i++) all[i] = Condition(conditions[i]);
                return state =>
                {
                    foreach (RowPredicate predicate in all)
                    {
                        if (!predicate(state)) return false;
                    }

                    return true;
                };
        }
    }

    /// <summary>The closure that tells whether a condition holds: true, not false or unknown.</summary>
    public RowPredicate Condition(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundOperator e when FixedOperators.TryCompilePredicate(e, this) is { } predicate:
                return predicate;
            case BoundLogical { IsAnd: true } e:
                return Conditions(e.Operands)!;
            case BoundLogical { IsAnd: false } e:
                RowPredicate[] any = Array.ConvertAll(e.Operands, Condition);
                return state =>
                {
                    foreach (RowPredicate predicate in any)
                    {
                        if (predicate(state)) return true;
                    }

                    return false;
                };
            case BoundIsNull { Operand: not BoundRow } e:
                Evaluator operand = Value(e.Operand);
                bool negated = e.Negated;
                return state => operand(state).IsNull != negated;
            case BoundNot e:
                Evaluator inner = Value(e.Operand);
                return state =>
                {
                    Datum value = inner(state);
                    return !value.IsNull && !value.AsBool;
                };
            default:
                Evaluator compiled = Value(expression);
                return state => compiled(state).IsTrue;
        }
    }

    private Evaluator Call(FunctionDescriptor function, BoundExpression[] expressions)
    {
        ScalarFunction body = function.Body!;
        Evaluator[] arguments = Values(expressions);
        bool strict = function.IsStrict;
        switch (arguments.Length)
        {
            case 0:
                return state => body(state.Context, []);
            case 1:
                Evaluator only = arguments[0];
                return state =>
                {
                    Datum a = only(state);
                    return strict && a.IsNull ? default : body(state.Context, [a]);
                };
            case 2:
                Evaluator left = arguments[0];
                Evaluator right = arguments[1];
                return state =>
                {
                    Datum a = left(state);
                    if (strict && a.IsNull) return default;
                    Datum b = right(state);
                    return strict && b.IsNull ? default : body(state.Context, [a, b]);
                };
            case 3:
                Evaluator first = arguments[0];
                Evaluator second = arguments[1];
                Evaluator third = arguments[2];
                return state =>
                {
                    Datum a = first(state);
                    Datum b = second(state);
                    Datum c = third(state);
                    return strict && (a.IsNull || b.IsNull || c.IsNull) ? default : body(state.Context, [a, b, c]);
                };
            default:
                return state =>
                {
                    Datum[] values = new Datum[arguments.Length];
                    for (int i = 0; i < values.Length; i++)
                    {
                        values[i] = arguments[i](state);
                        if (strict && values[i].IsNull) return default;
                    }

                    return body(state.Context, values);
                };
        }
    }

    private Evaluator Cast(BoundCast cast)
    {
        Evaluator operand = Value(cast.Operand);
        SqlType source = cast.Operand.Type;
        SqlType target = cast.Type;
        switch (cast.Method)
        {
            case BoundCastMethod.Relabel:
                return operand;
            case BoundCastMethod.Function:
                ScalarFunction body = cast.Body!;
                return state =>
                {
                    Datum value = operand(state);
                    return value.IsNull ? value : body(state.Context, [value]);
                };
            case BoundCastMethod.Modifier:
                TypeOperations operations = target.Operations;
                int modifier = cast.Modifier;
                bool isExplicit = cast.Explicit;
                return state =>
                {
                    Datum value = operand(state);
                    return value.IsNull ? value : operations.ApplyModifier(value, modifier, isExplicit);
                };
            case BoundCastMethod.Text:
                return state =>
                {
                    Datum value = operand(state);
                    return value.IsNull ? value : BuiltinFunctions.ThroughText(source, target, state.Context, value);
                };
            default:
                throw new UnreachableException();
        }
    }

    private static Evaluator And(Evaluator[] operands) => state =>
    {
        bool unknown = false;
        foreach (Evaluator operand in operands)
        {
            Datum value = operand(state);
            if (value.IsNull) unknown = true;
            else if (!value.AsBool) return Datum.False;
        }

        return unknown ? default : Datum.True;
    };

    private static Evaluator Or(Evaluator[] operands) => state =>
    {
        bool unknown = false;
        foreach (Evaluator operand in operands)
        {
            Datum value = operand(state);
            if (value.IsNull) unknown = true;
            else if (value.AsBool) return Datum.True;
        }

        return unknown ? default : Datum.False;
    };

    private Evaluator IsNull(BoundIsNull test)
    {
        bool negated = test.Negated;
        if (test.Operand is BoundRow row)
        {
            Evaluator[] fields = Values(row.Fields);
            return state =>
            {
                foreach (Evaluator field in fields)
                {
                    if (field(state).IsNull == negated) return Datum.False;
                }

                return Datum.True;
            };
        }

        Evaluator operand = Value(test.Operand);
        return state => Datum.FromBool(operand(state).IsNull != negated);
    }

    private Evaluator BooleanTest(BoundBooleanTest test)
    {
        Evaluator operand = Value(test.Operand);
        bool negated = test.Negated;
        if (test.Expected is not { } expected) return state => Datum.FromBool(operand(state).IsNull != negated);
        return state =>
        {
            Datum value = operand(state);
            return Datum.FromBool((!value.IsNull && value.AsBool == expected) != negated);
        };
    }

    private Evaluator DistinctFrom(BoundDistinctFrom test)
    {
        Evaluator left = Value(test.Left);
        Evaluator right = Value(test.Right);
        ScalarFunction equality = test.Equality.Function.Body!;
        bool negated = test.Negated;
        return state =>
        {
            Datum a = left(state);
            Datum b = right(state);
            bool distinct = a.IsNull || b.IsNull ? a.IsNull != b.IsNull : !equality(state.Context, [a, b]).IsTrue;
            return Datum.FromBool(distinct != negated);
        };
    }

    private Evaluator Case(BoundCase expression)
    {
        Evaluator? operand = expression.Operand is null ? null : Value(expression.Operand);
        int slot = expression.OperandSlot;
        RowPredicate[] conditions = Array.ConvertAll(expression.Whens, when => Condition(when.Condition));
        Evaluator[] results = Array.ConvertAll(expression.Whens, when => Value(when.Result));
        Evaluator otherwise = expression.Else is null ? static _ => default : Value(expression.Else);
        return state =>
        {
            if (operand is not null) state.Slots[slot] = operand(state);
            for (int i = 0; i < conditions.Length; i++)
            {
                if (conditions[i](state)) return results[i](state);
            }

            return otherwise(state);
        };
    }

    private static Evaluator Coalesce(Evaluator[] arguments) => state =>
    {
        foreach (Evaluator argument in arguments)
        {
            Datum value = argument(state);
            if (!value.IsNull) return value;
        }

        return default;
    };

    private Evaluator NullIf(BoundNullIf expression)
    {
        Evaluator left = Value(expression.Left);
        int slot = expression.LeftSlot;
        RowPredicate equal = Condition(expression.Equality);
        return state =>
        {
            Datum value = left(state);
            state.Slots[slot] = value;
            return equal(state) ? default : value;
        };
    }

    private Evaluator Greatest(BoundGreatest expression)
    {
        Evaluator[] arguments = Values(expression.Arguments);
        TypeOperations operations = expression.Type.Operations;
        int sign = expression.IsGreatest ? 1 : -1;
        return state =>
        {
            Datum best = default;
            foreach (Evaluator argument in arguments)
            {
                Datum value = argument(state);
                if (!value.IsNull && (best.IsNull || operations.Compare(value, best) * sign > 0)) best = value;
            }

            return best;
        };
    }

    private Evaluator Row(BoundRow row)
    {
        Evaluator[] fields = Values(row.Fields);
        SqlType[] types = Array.ConvertAll(row.Fields, field => field.Type);
        return state =>
        {
            Datum[] values = new Datum[fields.Length];
            for (int i = 0; i < values.Length; i++) values[i] = fields[i](state).Detach();
            return new RecordValue(types, values).ToDatum();
        };
    }

    private Evaluator RowComparison(BoundRowComparison comparison)
    {
        Evaluator[] equal = Values(comparison.Equal);
        Evaluator[] less = Values(comparison.Less);
        bool whenAllEqual = comparison.Operator.Length == 2;
        return state =>
        {
            for (int i = 0; i < equal.Length; i++)
            {
                Datum same = equal[i](state);
                if (same.IsNull) return default;
                if (!same.AsBool) return less[i](state);
            }

            return Datum.FromBool(whenAllEqual);
        };
    }
}
