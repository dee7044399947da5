using Dadbs.Sql.Binding;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>ARRAY[…], array[i], and <c>x op ANY|ALL (array)</c>.</summary>
internal static class ArrayEvaluators
{
    public static Evaluator Comparison(BoundArrayComparison comparison, ExpressionCompiler compiler)
    {
        Evaluator left = compiler.Value(comparison.Left);
        Evaluator array = compiler.Value(comparison.Array);
        ScalarFunction body = comparison.Operator.Function.Body!;
        bool strict = comparison.Operator.Function.IsStrict;
        bool all = comparison.All;
        return state =>
        {
            Datum arrayValue = array(state);
            if (arrayValue.IsNull) return default;
            Datum value = left(state);
            bool unknown = false;
            foreach (Datum element in ElementsOf(arrayValue))
            {
                if (strict && (value.IsNull || element.IsNull))
                {
                    unknown = true;
                    continue;
                }

                Datum holds = body(state.Context, [value, element]);
                if (holds.IsNull) unknown = true;
                else if (holds.AsBool != all) return Datum.FromBool(!all);
            }

            return unknown ? default : Datum.FromBool(all);
        };
    }

    public static Evaluator Constructor(BoundArray array, ExpressionCompiler compiler)
    {
        Evaluator[] elements = compiler.Values(array.Elements);
        SqlType element = array.Type.ElementType!;
        bool nested = array.Elements.Length > 0 && array.Elements[0].Type.IsArray;
        return state =>
        {
            Datum[] values = new Datum[elements.Length];
            for (int i = 0; i < values.Length; i++) values[i] = elements[i](state).Detach();
            state.Context.Budget.Step(values.Length);
            return nested ? Stack(element, values) : ArrayValue.OneDimensional(element, values).ToDatum();
        };
    }

    public static Evaluator Subscript(BoundSubscript subscript, ExpressionCompiler compiler)
    {
        Evaluator array = compiler.Value(subscript.Array);
        Evaluator[] indexes = compiler.Values(subscript.Indexes);
        if (subscript.Array.Type == SqlTypes.Name) return ByteOfName(array, indexes);
        return state =>
        {
            Datum value = array(state);
            if (value.IsNull) return default;
            Span<int> at = stackalloc int[indexes.Length];
            for (int i = 0; i < at.Length; i++)
            {
                Datum index = indexes[i](state);
                if (index.IsNull) return default;
                at[i] = index.AsInt32;
            }

            return value.As<ArrayValue>().Element(at);
        };
    }

    /// <summary>A name is an array of "char" whose first byte has the index 0; after its end all are zero.</summary>
    private static Evaluator ByteOfName(Evaluator name, Evaluator[] indexes) => state =>
    {
        const int NameBytes = 64;
        Datum value = name(state);
        Datum index = indexes[0](state);
        if (value.IsNull || index.IsNull || indexes.Length != 1 || index.AsInt32 is < 0 or >= NameBytes) return default;
        ReadOnlySpan<byte> bytes = value.AsUtf8Span;
        return Datum.FromInt64(index.AsInt32 < bytes.Length ? bytes[index.AsInt32] : 0);
    };

    private static Datum[] ElementsOf(Datum array) => array.As<ArrayValue>().Elements;

    /// <summary>Arrays of equal shape as one array of one more dimension.</summary>
    private static Datum Stack(SqlType element, Datum[] values)
    {
        List<Datum> all = [];
        int[]? inner = null;
        foreach (Datum value in values)
        {
            if (value.IsNull) continue;
            ArrayValue part = value.As<ArrayValue>();
            inner ??= part.Lengths;
            if (!inner.AsSpan().SequenceEqual(part.Lengths))
            {
                throw new SqlException(SqlState.ArraySubscriptError, "multidimensional arrays must have array expressions with matching dimensions");
            }

            all.AddRange(part.Elements);
        }

        if (inner is null || inner.Length == 0) return ArrayValue.Empty(element).ToDatum();
        int[] lengths = [values.Length, .. inner];
        int[] bounds = new int[lengths.Length];
        Array.Fill(bounds, 1);
        return new ArrayValue(element, lengths, bounds, [.. all]).ToDatum();
    }
}
