using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary><c>x [NOT] IN (…)</c>: constants are hashed once per plan, anything else is compared item by item.</summary>
internal static class InListEvaluators
{
    /// <summary>Shorter lists are compared in turn: that is as fast as hashing.</summary>
    private const int HashedItemsMin = 5;

    public static Evaluator Compile(BoundInList list, ExpressionCompiler compiler)
    {
        Evaluator operand = compiler.Value(list.Operand);
        bool negated = list.Negated;
        bool allConstant = Array.TrueForAll(list.Items, item => item is BoundConstant { Lift: 0 });
        if (allConstant && list.Items.Length >= HashedItemsMin && list.Operand.Type == list.Items[0].Type && list.Operand.Type.Operations.IsHashable)
        {
            return Hashed(list, operand);
        }

        Evaluator[] items = compiler.Values(list.Items);
        ScalarFunction equality = list.Equality.Function.Body!;
        return state =>
        {
            Datum value = operand(state);
            if (value.IsNull) return default;
            bool unknown = false;
            foreach (Evaluator item in items)
            {
                Datum candidate = item(state);
                if (candidate.IsNull) unknown = true;
                else if (equality(state.Context, [value, candidate]).IsTrue) return Datum.FromBool(!negated);
            }

            return unknown ? default : Datum.FromBool(negated);
        };
    }

    private static Evaluator Hashed(BoundInList list, Evaluator operand)
    {
        bool negated = list.Negated;
        bool hasNull = false;
        RowHashTable table = new([list.Operand.Type.Operations]);
        foreach (BoundExpression item in list.Items)
        {
            Datum value = ((BoundConstant)item).Value;
            if (value.IsNull) hasNull = true;
            else table.FindOrAdd([value], out _);
        }

        return state =>
        {
            Datum value = operand(state);
            if (value.IsNull) return default;
            if (table.Find([value]) >= 0) return Datum.FromBool(!negated);
            return hasNull ? default : Datum.FromBool(negated);
        };
    }
}
