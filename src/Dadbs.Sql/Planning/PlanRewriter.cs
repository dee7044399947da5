using System.Diagnostics;
using Dadbs.Sql.Binding;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Rebuilds expressions and logical plans bottom-up, subqueries included. A rule overrides <see cref="Rewrite(BoundExpression)"/> or <see cref="Rewrite(LogicalPlan)"/>, changes what it is
/// about and calls the base for the rest. Nodes without a change keep their identity.
/// </summary>
internal abstract class PlanRewriter
{
    public virtual BoundExpression Rewrite(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConstant or BoundParameter or BoundColumn:
                return expression;
            case BoundFunction e:
                return Changed(e.Arguments, out BoundExpression[] arguments) ? e with { Arguments = arguments } : e;
            case BoundOperator e:
                BoundExpression? left = e.Left is null ? null : Rewrite(e.Left);
                BoundExpression right = Rewrite(e.Right);
                return ReferenceEquals(left, e.Left) && ReferenceEquals(right, e.Right) ? e : e with { Left = left, Right = right };
            case BoundCast e:
                BoundExpression operand = Rewrite(e.Operand);
                return ReferenceEquals(operand, e.Operand) ? e : e with { Operand = operand };
            case BoundLogical e:
                return Changed(e.Operands, out BoundExpression[] operands) ? e with { Operands = operands } : e;
            case BoundNot e:
                return e with { Operand = Rewrite(e.Operand) };
            case BoundIsNull e:
                return e with { Operand = Rewrite(e.Operand) };
            case BoundBooleanTest e:
                return e with { Operand = Rewrite(e.Operand) };
            case BoundDistinctFrom e:
                return e with { Left = Rewrite(e.Left), Right = Rewrite(e.Right) };
            case BoundCase e:
                return e with
                {
                    Operand = e.Operand is null ? null : Rewrite(e.Operand),
                    Whens = Array.ConvertAll(e.Whens, when => new BoundWhen(Rewrite(when.Condition), Rewrite(when.Result))),
                    Else = e.Else is null ? null : Rewrite(e.Else),
                };
            case BoundCoalesce e:
                return e with { Arguments = Map(e.Arguments) };
            case BoundNullIf e:
                return e with { Left = Rewrite(e.Left), Equality = Rewrite(e.Equality) };
            case BoundGreatest e:
                return e with { Arguments = Map(e.Arguments) };
            case BoundInList e:
                return e with { Operand = Rewrite(e.Operand), Items = Map(e.Items) };
            case BoundArrayComparison e:
                return e with { Left = Rewrite(e.Left), Array = Rewrite(e.Array) };
            case BoundArray e:
                return e with { Elements = Map(e.Elements) };
            case BoundSubscript e:
                return e with { Array = Rewrite(e.Array), Indexes = Map(e.Indexes) };
            case BoundRow e:
                return e with { Fields = Map(e.Fields) };
            case BoundRowComparison e:
                return e with { Equal = Map(e.Equal), Less = Map(e.Less) };
            case BoundSubquery e:
                LogicalPlan plan = Rewrite(e.Query.Plan);
                BoundSubquery subquery = e with
                {
                    Query = e.Query with { Plan = plan },
                    Test = e.Test is null ? null : Rewrite(e.Test),
                    Operands = Map(e.Operands),
                };
                return subquery with { OuterSlots = SlotUsage.OuterSlots(plan) };
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    public virtual LogicalPlan Rewrite(LogicalPlan plan)
    {
        switch (plan)
        {
            case LogicalOneRow or LogicalScan or LogicalVirtualScan or LogicalCommonTableScan:
                return plan;
            case LogicalFunctionScan p:
                return p with { Value = Rewrite(p.Value), Arguments = Map(p.Arguments), Beside = Array.ConvertAll(p.Beside, other => (LogicalFunctionScan)Rewrite(other)) };
            case LogicalValues p:
                return p with { Rows = Array.ConvertAll(p.Rows, Map) };
            case LogicalFilter p:
                return p with { Input = Rewrite(p.Input), Conditions = Map(p.Conditions) };
            case LogicalProject p:
                return p with { Input = Rewrite(p.Input), Items = Map(p.Items) };
            case LogicalProjectSet p:
                return p with { Input = Rewrite(p.Input), Functions = Array.ConvertAll(p.Functions, call => call with { Arguments = Map(call.Arguments) }) };
            case LogicalJoin p:
                return p with { Left = Rewrite(p.Left), Right = Rewrite(p.Right), Conditions = Map(p.Conditions) };
            case LogicalAggregate p:
                return p with { Input = Rewrite(p.Input), Keys = Map(p.Keys), Aggregates = Array.ConvertAll(p.Aggregates, Map) };
            case LogicalWindow p:
                return p with { Input = Rewrite(p.Input), Window = Map(p.Window), Calls = Array.ConvertAll(p.Calls, Map) };
            case LogicalDistinct p:
                return p with { Input = Rewrite(p.Input), Keys = Map(p.Keys) };
            case LogicalSort p:
                return p with { Input = Rewrite(p.Input), Keys = Map(p.Keys) };
            case LogicalLockRows p:
                return p with { Input = Rewrite(p.Input) };
            case LogicalLimit p:
                return p with
                {
                    Input = Rewrite(p.Input),
                    Limit = p.Limit is null ? null : Rewrite(p.Limit),
                    Offset = p.Offset is null ? null : Rewrite(p.Offset),
                    Ties = p.Ties is null ? null : Map(p.Ties),
                };
            case LogicalSetOperation p:
                return p with { Left = Rewrite(p.Left), Right = Rewrite(p.Right) };
            case LogicalWith p:
                return p with { Tables = [.. p.Tables.Select(table => table with { Plan = Rewrite(table.Plan) })], Input = Rewrite(p.Input) };
            case LogicalRecursiveUnion p:
                return p with { First = Rewrite(p.First), Recursive = Rewrite(p.Recursive) };
            default:
                throw new UnreachableException(plan.GetType().Name);
        }
    }

    protected BoundExpression[] Map(BoundExpression[] expressions) => Changed(expressions, out BoundExpression[] mapped) ? mapped : expressions;

    private Projection[] Map(Projection[] items) => Array.ConvertAll(items, item => item with { Expression = Rewrite(item.Expression) });

    private SortKey[] Map(SortKey[] keys) => Array.ConvertAll(keys, key => key with { Expression = Rewrite(key.Expression) });

    private BoundAggregate Map(BoundAggregate call) => call with
    {
        Arguments = Map(call.Arguments),
        OrderBy = Map(call.OrderBy),
        Filter = call.Filter is null ? null : Rewrite(call.Filter),
    };

    private BoundWindow Map(BoundWindow window) => window with
    {
        PartitionBy = Map(window.PartitionBy),
        OrderBy = Map(window.OrderBy),
        StartOffset = window.StartOffset is null ? null : Rewrite(window.StartOffset),
        EndOffset = window.EndOffset is null ? null : Rewrite(window.EndOffset),
        StartCondition = window.StartCondition is null ? null : Rewrite(window.StartCondition),
        EndCondition = window.EndCondition is null ? null : Rewrite(window.EndCondition),
    };

    private BoundWindowCall Map(BoundWindowCall call) => call with
    {
        Arguments = Map(call.Arguments),
        Window = Map(call.Window),
        Filter = call.Filter is null ? null : Rewrite(call.Filter),
    };

    private bool Changed(BoundExpression[] expressions, out BoundExpression[] mapped)
    {
        mapped = expressions;
        for (int i = 0; i < expressions.Length; i++)
        {
            BoundExpression rewritten = Rewrite(expressions[i]);
            if (ReferenceEquals(rewritten, expressions[i])) continue;
            if (ReferenceEquals(mapped, expressions)) mapped = [.. expressions];
            mapped[i] = rewritten;
        }

        return !ReferenceEquals(mapped, expressions);
    }
}
