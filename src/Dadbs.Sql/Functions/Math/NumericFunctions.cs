using System.Numerics;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Arithmetic and mathematics of numeric, and its casts.</summary>
internal static class NumericFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("numeric_add", (_, a) => NumericArithmetic.Add(a[0], a[1]));
        registry.Scalar("numeric_sub", (_, a) => NumericArithmetic.Subtract(a[0], a[1]));
        registry.Scalar("numeric_mul", (context, a) =>
        {
            NumericArithmetic.Count(context, a[0], a[1]);
            return NumericArithmetic.Multiply(a[0], a[1]);
        });
        registry.Scalar("numeric_div", (context, a) =>
        {
            NumericArithmetic.Count(context, a[0], a[1]);
            return NumericArithmetic.Divide(a[0], a[1]);
        });
        registry.Scalar("numeric_mod", (context, a) =>
        {
            NumericArithmetic.Count(context, a[0], a[1]);
            return NumericArithmetic.Modulo(a[0], a[1]);
        });
        registry.Scalar("numeric_div_trunc", (_, a) => NumericArithmetic.DivideTruncating(a[0], a[1]));
        registry.Scalar("numeric_uminus", (_, a) => NumericArithmetic.Negate(a[0]));
        registry.Scalar("numeric_uplus", (_, a) => a[0]);
        registry.Scalar("numeric_abs", (_, a) => Numerics.SignOf(a[0]) < 0 ? NumericArithmetic.Negate(a[0]) : a[0]);
        registry.Scalar("numeric_inc", (_, a) => NumericArithmetic.Add(a[0], Numerics.One));
        registry.Scalar("numeric_sign", (_, a) => Numerics.IsNaN(a[0]) ? a[0] : Numerics.FromInt64(Numerics.SignOf(a[0])));
        RegisterRounding(registry);
        RegisterTranscendental(registry);
        RegisterIntegral(registry);
        RegisterCasts(registry);
        registry.Scalar("width_bucket_numeric", (_, a) => WidthBucket(a[0], a[1], a[2], a[3].AsInt32));
    }

    private static void RegisterRounding(FunctionRegistry registry)
    {
        registry.Scalar("numeric_round", (_, a) => Numerics.Round(a[0], Math.Clamp(a[1].AsInt32, -2000, 2000)));
        registry.Scalar("round(numeric)", (_, a) => Numerics.Round(a[0], 0));
        registry.Scalar("numeric_trunc", (_, a) => Numerics.Truncate(a[0], Math.Clamp(a[1].AsInt32, -2000, 2000)));
        registry.Scalar("trunc(numeric)", (_, a) => Numerics.Truncate(a[0], 0));
        registry.Scalar("numeric_ceil", (_, a) => Ceiling(a[0]));
        registry.Scalar("numeric_floor", (_, a) => NumericArithmetic.Negate(Ceiling(NumericArithmetic.Negate(a[0]))));
        registry.Scalar("numeric_scale", (_, a) => Numerics.IsFinite(a[0]) ? Datum.FromInt32(Numerics.ScaleOf(a[0])) : Datum.Null);
        registry.Scalar("numeric_min_scale", (_, a) => Numerics.IsFinite(a[0]) ? Datum.FromInt32(MinimalScale(a[0])) : Datum.Null);
        registry.Scalar("numeric_trim_scale", (_, a) => Numerics.IsFinite(a[0]) ? Numerics.Round(a[0], MinimalScale(a[0])) : a[0]);
        registry.Scalar("numeric(numeric,int4)", (_, a) => NumericOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, true));
    }

    private static int MinimalScale(Datum value) => Math.Max(0, -Numerics.Normalize(value).Exponent);

    private static Datum Ceiling(Datum value)
    {
        var cut = Numerics.Truncate(value, 0);
        return Numerics.Compare(cut, value) < 0 ? NumericArithmetic.Add(cut, Numerics.One) : cut;
    }

    private static void RegisterTranscendental(FunctionRegistry registry)
    {
        registry.Scalar("numeric_sqrt", (_, a) => NumericArithmetic.SquareRoot(a[0]));
        registry.Scalar("numeric_exp", (context, a) => NumericTranscendental.Exp(context, a[0]));
        registry.Scalar("numeric_ln", (context, a) => NumericTranscendental.Ln(context, a[0]));
        registry.Scalar("numeric_log", (context, a) => NumericTranscendental.Log(context, a[0], a[1]));
        registry.Scalar(["log(numeric)", "log10(numeric)"], (context, a) => NumericTranscendental.Log(context, Numerics.FromInt64(10), a[0]));
        registry.Scalar("numeric_power", (context, a) => NumericTranscendental.Power(context, a[0], a[1]));
        registry.Scalar("numeric_fac", (context, a) => Factorial(context, a[0].AsInt64));
    }

    private static Datum Factorial(EvaluationContext context, long n)
    {
        if (n < 0)
            throw new SqlException(SqlState.NumericValueOutOfRange, "factorial of a negative number is undefined");
        if (n > 32177)
            throw Numerics.Overflow();
        var product = BigInteger.One;
        for (var i = 2; i <= n; i++)
        {
            context.Budget.Step(1 + i / 8);
            product *= i;
        }
        return Numerics.FromBig(product, 0);
    }

    private static void RegisterIntegral(FunctionRegistry registry)
    {
        registry.Scalar("numeric_gcd", (context, a) => GreatestCommonDivisor(context, a[0], a[1]));
        registry.Scalar("numeric_lcm", (context, a) =>
        {
            if (!Numerics.IsFinite(a[0]) || !Numerics.IsFinite(a[1]))
                return Numerics.NaN;
            var scale = Math.Max(Numerics.ScaleOf(a[0]), Numerics.ScaleOf(a[1]));
            if (Numerics.SignOf(a[0]) == 0 || Numerics.SignOf(a[1]) == 0)
                return Numerics.Round(Numerics.Zero, scale);
            var part = NumericArithmetic.DivideTruncating(a[0], GreatestCommonDivisor(context, a[0], a[1]));
            var product = Numerics.Round(NumericArithmetic.Multiply(part, a[1]), scale);
            return Numerics.SignOf(product) < 0 ? NumericArithmetic.Negate(product) : product;
        });
    }

    private static Datum GreatestCommonDivisor(EvaluationContext context, Datum left, Datum right)
    {
        if (!Numerics.IsFinite(left) || !Numerics.IsFinite(right))
            return Numerics.NaN;
        var scale = Math.Max(Numerics.ScaleOf(left), Numerics.ScaleOf(right));
        NumericArithmetic.Count(context, left, right);
        var (a, b) = (Numerics.Unpack(Numerics.Round(left, scale)).Mantissa, Numerics.Unpack(Numerics.Round(right, scale)).Mantissa);
        return Numerics.FromBig(BigInteger.GreatestCommonDivisor(a, b), scale);
    }

    private static void RegisterCasts(FunctionRegistry registry)
    {
        registry.Scalar(["int2_numeric", "int4_numeric", "int8_numeric"], (_, a) => Numerics.FromInt64(a[0].Bits));
        registry.Scalar("numeric_int2", (_, a) => ToInteger(a[0], short.MinValue, short.MaxValue, "smallint"));
        registry.Scalar("numeric_int4", (_, a) => ToInteger(a[0], int.MinValue, int.MaxValue, "integer"));
        registry.Scalar("numeric_int8", (_, a) => ToInteger(a[0], long.MinValue, long.MaxValue, "bigint"));
        registry.Scalar("numeric_float8", (_, a) => Datum.FromDouble(ToDouble(a[0])));
        registry.Scalar("numeric_float4", (_, a) => Datum.FromSingle(ToSingle(a[0])));
        registry.Scalar("float8_numeric", (_, a) => FromDouble(a[0].AsDouble, 15));
        registry.Scalar("float4_numeric", (_, a) => FromDouble(a[0].AsSingle, 6));
    }

    public static Datum ToInteger(Datum value, long lowest, long highest, string typeName)
    {
        if (!Numerics.IsFinite(value))
            throw new SqlException(SqlState.FeatureNotSupported, $"cannot convert {(Numerics.IsNaN(value) ? "NaN" : "infinity")} to {typeName}");
        if (Numerics.TrySmall(Numerics.Round(value, 0), out var whole, out _) && whole >= lowest && whole <= highest)
            return Datum.FromInt64(whole);
        throw InputErrors.OutOfRange(typeName);
    }

    public static double ToDouble(Datum value)
    {
        if (!Numerics.IsFinite(value))
            return Numerics.IsNaN(value) ? double.NaN : Numerics.SignOf(value) * double.PositiveInfinity;
        return FloatText.ParseDouble(System.Text.Encoding.ASCII.GetBytes(NumericText.ToString(value)));
    }

    private static float ToSingle(Datum value)
    {
        if (!Numerics.IsFinite(value))
            return (float)ToDouble(value);
        return FloatText.ParseSingle(System.Text.Encoding.ASCII.GetBytes(NumericText.ToString(value)));
    }

    /// <summary>Through %.15g (%.6g for real), as PostgreSQL converts.</summary>
    public static Datum FromDouble(double value, int digits)
    {
        if (double.IsNaN(value))
            return Numerics.NaN;
        if (double.IsInfinity(value))
            return Datum.FromObject(value > 0 ? BigNumeric.PositiveInfinity : BigNumeric.NegativeInfinity);
        if (value == 0)
            return Numerics.Zero;
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        FloatText.FormatRounded(value, digits, text);
        return NumericText.Parse(text.WrittenSpan);
    }

    private static Datum WidthBucket(Datum operand, Datum low, Datum high, int count)
    {
        if (count <= 0)
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "count must be greater than zero");
        if (Numerics.IsNaN(operand) || Numerics.IsNaN(low) || Numerics.IsNaN(high))
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "operand, lower bound, and upper bound cannot be NaN");
        if (!Numerics.IsFinite(low) || !Numerics.IsFinite(high))
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "lower and upper bounds must be finite");
        var direction = Numerics.Compare(low, high);
        if (direction == 0)
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "lower bound cannot equal upper bound");
        // Ascending or descending: the distance from the lower bound in the direction of the upper.
        if (Numerics.Compare(operand, low) * -direction < 0)
            return Datum.FromInt32(0);
        if (Numerics.Compare(operand, high) * -direction >= 0)
            return IntegerFunctions.Int4(count + 1L);
        var distance = NumericArithmetic.Multiply(NumericArithmetic.Subtract(operand, low), Numerics.FromInt64(count));
        var bucket = NumericArithmetic.DivideTruncating(distance, NumericArithmetic.Subtract(high, low));
        return Datum.FromInt64(ToInteger(bucket, int.MinValue, int.MaxValue, "integer").AsInt64 + 1);
    }
}
