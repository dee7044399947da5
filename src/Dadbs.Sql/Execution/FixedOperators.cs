using Dadbs.Sql.Binding;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>
/// Operators on values that order as their <see cref="Datum.Bits"/> do (integers, dates, timestamps, booleans, oids), compiled without a call of the function body. The results are
/// those of the functions; a test compares them.
/// </summary>
internal static class FixedOperators
{
    private enum Comparison
    {
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    }

    /// <summary>A specialised closure, or null: then the function body serves.</summary>
    public static Evaluator? TryCompile(BoundOperator expression, ExpressionCompiler compiler)
    {
        if (expression.Left is null) return null;
        if (ComparisonOf(expression) is { } comparison) return Compare(comparison, compiler.Value(expression.Left), compiler.Value(expression.Right));
        return IsInteger(expression.Left.Type) && IsInteger(expression.Right.Type) ? Arithmetic(expression, compiler) : null;
    }

    public static RowPredicate? TryCompilePredicate(BoundOperator expression, ExpressionCompiler compiler)
    {
        if (ComparisonOf(expression) is not { } comparison) return null;
        BoundExpression left = expression.Left!;
        BoundExpression right = expression.Right;
        if (left is BoundColumn column && right is BoundConstant { Value.IsNull: false, Lift: 0 } constant) return ColumnConstant(comparison, column.Slot, constant.Value.Bits);
        if (left is BoundColumn other && right is BoundParameter parameter) return ColumnParameter(comparison, other.Slot, parameter.Index);
        if (left is BoundColumn a && right is BoundColumn b) return ColumnColumn(comparison, a.Slot, b.Slot);
        Evaluator l = compiler.Value(left);
        Evaluator r = compiler.Value(right);
        return comparison switch
        {
            Comparison.Equal => state => Both(l, r, state, out long x, out long y) && x == y,
            Comparison.NotEqual => state => Both(l, r, state, out long x, out long y) && x != y,
            Comparison.Less => state => Both(l, r, state, out long x, out long y) && x < y,
            Comparison.LessOrEqual => state => Both(l, r, state, out long x, out long y) && x <= y,
            Comparison.Greater => state => Both(l, r, state, out long x, out long y) && x > y,
            _ => state => Both(l, r, state, out long x, out long y) && x >= y,
        };
    }

    private static RowPredicate ColumnParameter(Comparison comparison, int slot, int index)
    {
        return comparison switch
        {
            Comparison.Equal => state => Known(state, slot, index, out long x, out long y) && x == y,
            Comparison.NotEqual => state => Known(state, slot, index, out long x, out long y) && x != y,
            Comparison.Less => state => Known(state, slot, index, out long x, out long y) && x < y,
            Comparison.LessOrEqual => state => Known(state, slot, index, out long x, out long y) && x <= y,
            Comparison.Greater => state => Known(state, slot, index, out long x, out long y) && x > y,
            _ => state => Known(state, slot, index, out long x, out long y) && x >= y,
        };

        static bool Known(ExecutionState state, int slot, int index, out long x, out long y)
        {
            ref readonly Datum column = ref state.Slots[slot];
            ref readonly Datum value = ref state.Parameters[index];
            x = column.Bits;
            y = value.Bits;
            return column.Ref is not null && value.Ref is not null;
        }
    }

    /// <summary>Types whose values compare as 64-bit integers.</summary>
    public static bool OrdersAsBits(SqlType type) => type.Oid is 16 or 20 or 21 or 23 or 26 or 1082 or 1083 or 1114 or 1184;

    public static bool IsInteger(SqlType type) => type.Oid is 20 or 21 or 23;

    private static bool Both(Evaluator left, Evaluator right, ExecutionState state, out long x, out long y)
    {
        Datum a = left(state);
        Datum b = right(state);
        x = a.Bits;
        y = b.Bits;
        return a.Ref is not null && b.Ref is not null;
    }

    private static Comparison? ComparisonOf(BoundOperator expression)
    {
        if (expression.Left is null || expression.Type.Oid != 16) return null;
        SqlType left = expression.Left.Type;
        SqlType right = expression.Right.Type;
        bool comparable = (IsInteger(left) && IsInteger(right)) || (left == right && OrdersAsBits(left));
        if (!comparable) return null;
        return expression.Operator.Name switch
        {
            "=" => Comparison.Equal,
            "<>" => Comparison.NotEqual,
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            _ => null,
        };
    }

    private static RowPredicate ColumnConstant(Comparison comparison, int slot, long constant) => comparison switch
    {
        Comparison.Equal => state => state.Slots[slot].Bits == constant && state.Slots[slot].Ref is not null,
        Comparison.NotEqual => state => state.Slots[slot].Bits != constant && state.Slots[slot].Ref is not null,
        Comparison.Less => state => state.Slots[slot].Bits < constant && state.Slots[slot].Ref is not null,
        Comparison.LessOrEqual => state => state.Slots[slot].Bits <= constant && state.Slots[slot].Ref is not null,
        Comparison.Greater => state => state.Slots[slot].Bits > constant && state.Slots[slot].Ref is not null,
        _ => state => state.Slots[slot].Bits >= constant && state.Slots[slot].Ref is not null,
    };

    private static RowPredicate ColumnColumn(Comparison comparison, int left, int right)
    {
        return comparison switch
        {
            Comparison.Equal => state => NotNull(state, left, right) && state.Slots[left].Bits == state.Slots[right].Bits,
            Comparison.NotEqual => state => NotNull(state, left, right) && state.Slots[left].Bits != state.Slots[right].Bits,
            Comparison.Less => state => NotNull(state, left, right) && state.Slots[left].Bits < state.Slots[right].Bits,
            Comparison.LessOrEqual => state => NotNull(state, left, right) && state.Slots[left].Bits <= state.Slots[right].Bits,
            Comparison.Greater => state => NotNull(state, left, right) && state.Slots[left].Bits > state.Slots[right].Bits,
            _ => state => NotNull(state, left, right) && state.Slots[left].Bits >= state.Slots[right].Bits,
        };

        static bool NotNull(ExecutionState state, int a, int b) => state.Slots[a].Ref is not null && state.Slots[b].Ref is not null;
    }

    private static Evaluator Compare(Comparison comparison, Evaluator left, Evaluator right) => state =>
    {
        Datum a = left(state);
        if (a.IsNull) return default;
        Datum b = right(state);
        if (b.IsNull) return default;
        return Datum.FromBool(comparison switch
        {
            Comparison.Equal => a.Bits == b.Bits,
            Comparison.NotEqual => a.Bits != b.Bits,
            Comparison.Less => a.Bits < b.Bits,
            Comparison.LessOrEqual => a.Bits <= b.Bits,
            Comparison.Greater => a.Bits > b.Bits,
            _ => a.Bits >= b.Bits,
        });
    };

    private static Evaluator? Arithmetic(BoundOperator expression, ExpressionCompiler compiler)
    {
        (long low, long high, string name) = expression.Type.Oid switch
        {
            21 => (short.MinValue, short.MaxValue, "smallint"),
            23 => (int.MinValue, int.MaxValue, "integer"),
            20 => (long.MinValue, long.MaxValue, "bigint"),
            _ => (0L, 0L, ""),
        };
        if (name.Length == 0 || expression.Operator.Name is not ("+" or "-" or "*")) return null;
        Evaluator left = compiler.Value(expression.Left!);
        Evaluator right = compiler.Value(expression.Right);
        char symbol = expression.Operator.Name[0];
        return state =>
        {
            Datum a = left(state);
            if (a.IsNull) return default;
            Datum b = right(state);
            if (b.IsNull) return default;
            long x = a.Bits;
            long y = b.Bits;
            long result;
            bool overflow;
            switch (symbol)
            {
                case '+':
                    result = unchecked(x + y);
                    overflow = ((x ^ result) & (y ^ result)) < 0;
                    break;
                case '-':
                    result = unchecked(x - y);
                    overflow = ((x ^ y) & (x ^ result)) < 0;
                    break;
                default:
                    Int128 product = (Int128)x * y;
                    result = (long)product;
                    overflow = product != result;
                    break;
            }

            if (overflow || result < low || result > high) throw new SqlException(SqlState.NumericValueOutOfRange, $"{name} out of range");
            return Datum.FromInt64(result);
        };
    }
}
