using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Arithmetic of real and double precision with PostgreSQL's overflow checks (22003), their casts, and the mathematics of double precision.</summary>
internal static class FloatFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        RegisterArithmetic(registry);
        RegisterCasts(registry);
        RegisterRounding(registry);
        RegisterPowers(registry);
        RegisterAngles(registry);
        RegisterHyperbolic(registry);
        registry.Scalar("drandom", (context, _) => Datum.FromDouble(context.Random.NextDouble()));
        registry.Scalar("setseed", (context, a) => Reseed(context, a[0].AsDouble));
        registry.Scalar("width_bucket_float8", (_, a) => WidthBucket(a[0].AsDouble, a[1].AsDouble, a[2].AsDouble, a[3].AsInt32));
    }

    private static Datum Reseed(EvaluationContext context, double seed)
    {
        if (seed is < -1 or > 1 || double.IsNaN(seed))
        {
            var text = new System.Buffers.ArrayBufferWriter<byte>();
            FloatText.FormatRounded(seed, 6, text);
            throw new SqlException(SqlState.InvalidParameterValue, $"setseed parameter {System.Text.Encoding.ASCII.GetString(text.WrittenSpan)} is out of allowed range [-1,1]");
        }
        context.Random.Reseed(seed);
        return Datum.FromInt64(0);
    }

    private static void RegisterArithmetic(FunctionRegistry registry)
    {
        registry.Scalar("float8pl", (_, a) => Datum.FromDouble(Add(a[0].AsDouble, a[1].AsDouble)));
        registry.Scalar("float8mi", (_, a) => Datum.FromDouble(Add(a[0].AsDouble, -a[1].AsDouble)));
        registry.Scalar("float8mul", (_, a) => Datum.FromDouble(Multiply(a[0].AsDouble, a[1].AsDouble)));
        registry.Scalar("float8div", (_, a) => Datum.FromDouble(Divide(a[0].AsDouble, a[1].AsDouble)));
        registry.Scalar("float48pl", (_, a) => Datum.FromDouble(Add(a[0].AsSingle, a[1].AsDouble)));
        registry.Scalar("float48mi", (_, a) => Datum.FromDouble(Add(a[0].AsSingle, -a[1].AsDouble)));
        registry.Scalar("float48mul", (_, a) => Datum.FromDouble(Multiply(a[0].AsSingle, a[1].AsDouble)));
        registry.Scalar("float48div", (_, a) => Datum.FromDouble(Divide(a[0].AsSingle, a[1].AsDouble)));
        registry.Scalar("float84pl", (_, a) => Datum.FromDouble(Add(a[0].AsDouble, a[1].AsSingle)));
        registry.Scalar("float84mi", (_, a) => Datum.FromDouble(Add(a[0].AsDouble, -a[1].AsSingle)));
        registry.Scalar("float84mul", (_, a) => Datum.FromDouble(Multiply(a[0].AsDouble, a[1].AsSingle)));
        registry.Scalar("float84div", (_, a) => Datum.FromDouble(Divide(a[0].AsDouble, a[1].AsSingle)));
        registry.Scalar("float4pl", (_, a) => Single(a[0].AsSingle + a[1].AsSingle, a[0].AsSingle, a[1].AsSingle));
        registry.Scalar("float4mi", (_, a) => Single(a[0].AsSingle - a[1].AsSingle, a[0].AsSingle, a[1].AsSingle));
        registry.Scalar("float4mul", (_, a) => Product(a[0].AsSingle, a[1].AsSingle));
        registry.Scalar("float4div", (_, a) => Quotient(a[0].AsSingle, a[1].AsSingle));
        registry.Scalar("float8um", (_, a) => Datum.FromDouble(-a[0].AsDouble));
        registry.Scalar("float4um", (_, a) => Datum.FromSingle(-a[0].AsSingle));
        registry.Scalar(["float8up", "float4up"], (_, a) => a[0]);
        registry.Scalar("float8abs", (_, a) => Datum.FromDouble(Math.Abs(a[0].AsDouble)));
        registry.Scalar("float4abs", (_, a) => Datum.FromSingle(Math.Abs(a[0].AsSingle)));
    }

    private static SqlException Overflow() => new(SqlState.NumericValueOutOfRange, "value out of range: overflow");

    private static SqlException Underflow() => new(SqlState.NumericValueOutOfRange, "value out of range: underflow");

    public static double Add(double left, double right)
    {
        var sum = left + right;
        return double.IsInfinity(sum) && double.IsFinite(left) && double.IsFinite(right) ? throw Overflow() : sum;
    }

    public static double Multiply(double left, double right)
    {
        var product = left * right;
        if (double.IsInfinity(product) && double.IsFinite(left) && double.IsFinite(right))
            throw Overflow();
        return product == 0 && left != 0 && right != 0 ? throw Underflow() : product;
    }

    public static double Divide(double left, double right)
    {
        if (right == 0 && !double.IsNaN(left))
            throw InputErrors.DivisionByZero();
        var quotient = left / right;
        if (double.IsInfinity(quotient) && double.IsFinite(left))
            throw Overflow();
        return quotient == 0 && left != 0 && double.IsFinite(right) ? throw Underflow() : quotient;
    }

    private static Datum Single(float result, float left, float right) =>
        float.IsInfinity(result) && float.IsFinite(left) && float.IsFinite(right) ? throw Overflow() : Datum.FromSingle(result);

    private static Datum Product(float left, float right)
    {
        var product = left * right;
        return product == 0 && left != 0 && right != 0 ? throw Underflow() : Single(product, left, right);
    }

    private static Datum Quotient(float left, float right)
    {
        if (right == 0 && !float.IsNaN(left))
            throw InputErrors.DivisionByZero();
        var quotient = left / right;
        if (float.IsInfinity(quotient) && float.IsFinite(left))
            throw Overflow();
        return quotient == 0 && left != 0 && float.IsFinite(right) ? throw Underflow() : Datum.FromSingle(quotient);
    }

    private static void RegisterCasts(FunctionRegistry registry)
    {
        registry.Scalar(["i2tod", "i4tod", "i8tod"], (_, a) => Datum.FromDouble(a[0].Bits));
        registry.Scalar(["i2tof", "i4tof", "i8tof"], (_, a) => Datum.FromSingle(a[0].Bits));
        registry.Scalar("ftod", (_, a) => Datum.FromDouble(a[0].AsSingle));
        registry.Scalar("dtof", (_, a) => ToSingle(a[0].AsDouble));
        registry.Scalar("dtoi2", (_, a) => ToInteger(a[0].AsDouble, short.MinValue, -(double)short.MinValue, "smallint"));
        registry.Scalar("dtoi4", (_, a) => ToInteger(a[0].AsDouble, int.MinValue, -(double)int.MinValue, "integer"));
        registry.Scalar("dtoi8", (_, a) => ToInteger(a[0].AsDouble, long.MinValue, -(double)long.MinValue, "bigint"));
        registry.Scalar("ftoi2", (_, a) => ToInteger(a[0].AsSingle, short.MinValue, -(double)short.MinValue, "smallint"));
        registry.Scalar("ftoi4", (_, a) => ToInteger(a[0].AsSingle, int.MinValue, -(double)int.MinValue, "integer"));
        registry.Scalar("ftoi8", (_, a) => ToInteger(a[0].AsSingle, long.MinValue, -(double)long.MinValue, "bigint"));
    }

    private static Datum ToSingle(double value)
    {
        var single = (float)value;
        if (float.IsInfinity(single) && double.IsFinite(value))
            throw Overflow();
        return single == 0 && value != 0 ? throw Underflow() : Datum.FromSingle(single);
    }

    /// <summary>Rounds half to even. The upper limit is exclusive.</summary>
    private static Datum ToInteger(double value, double lowest, double limit, string typeName)
    {
        var rounded = Math.Round(value, MidpointRounding.ToEven);
        return rounded >= lowest && rounded < limit ? Datum.FromInt64((long)rounded) : throw InputErrors.OutOfRange(typeName);
    }

    private static void RegisterRounding(FunctionRegistry registry)
    {
        registry.Scalar("dround", (_, a) => Datum.FromDouble(Math.Round(a[0].AsDouble, MidpointRounding.ToEven)));
        registry.Scalar("dtrunc", (_, a) => Datum.FromDouble(Math.Truncate(a[0].AsDouble)));
        registry.Scalar("dceil", (_, a) => Datum.FromDouble(Math.Ceiling(a[0].AsDouble)));
        registry.Scalar("dfloor", (_, a) => Datum.FromDouble(Math.Floor(a[0].AsDouble)));
        registry.Scalar("dsign", (_, a) => Datum.FromDouble(a[0].AsDouble > 0 ? 1 : a[0].AsDouble < 0 ? -1 : 0));
    }

    private static void RegisterPowers(FunctionRegistry registry)
    {
        registry.Scalar("dsqrt", (_, a) => a[0].AsDouble < 0
            ? throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "cannot take square root of a negative number")
            : Datum.FromDouble(Math.Sqrt(a[0].AsDouble)));
        registry.Scalar("dcbrt", (_, a) => Datum.FromDouble(Transcendentals.Cbrt(a[0].AsDouble)));
        registry.Scalar("dpow", (_, a) => Datum.FromDouble(Power(a[0].AsDouble, a[1].AsDouble)));
        registry.Scalar("dexp", (_, a) => Datum.FromDouble(Exponential(a[0].AsDouble)));
        registry.Scalar("dlog1", (_, a) => Datum.FromDouble(Transcendentals.Log(Logarithmic(a[0].AsDouble))));
        registry.Scalar("dlog10", (_, a) => Datum.FromDouble(Transcendentals.Log10(Logarithmic(a[0].AsDouble))));
    }

    private static double Power(double x, double y)
    {
        if (x == 0 && y < 0)
            throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "zero raised to a negative power is undefined");
        if (x < 0 && double.IsFinite(y) && Math.Floor(y) != y)
            throw new SqlException(SqlState.InvalidArgumentForPowerFunction, "a negative number raised to a non-integer power yields a complex result");
        var result = Transcendentals.Pow(x, y);
        if (double.IsInfinity(result) && double.IsFinite(x) && double.IsFinite(y))
            throw Overflow();
        return result == 0 && x != 0 && double.IsFinite(x) && double.IsFinite(y) ? throw Underflow() : result;
    }

    private static double Exponential(double x)
    {
        var result = Transcendentals.Exp(x);
        if (double.IsInfinity(result) && double.IsFinite(x))
            throw Overflow();
        return result == 0 && double.IsFinite(x) ? throw Underflow() : result;
    }

    private static double Logarithmic(double x)
    {
        if (x == 0)
            throw new SqlException(SqlState.InvalidArgumentForLog, "cannot take logarithm of zero");
        return x < 0 ? throw new SqlException(SqlState.InvalidArgumentForLog, "cannot take logarithm of a negative number") : x;
    }

    private static void RegisterAngles(FunctionRegistry registry)
    {
        Finite(registry, "dsin", Transcendentals.Sin);
        Finite(registry, "dcos", Transcendentals.Cos);
        Finite(registry, "dtan", Transcendentals.Tan);
        Finite(registry, "dcot", Transcendentals.Cot);
        Finite(registry, "dsind", Transcendentals.SinDegrees);
        Finite(registry, "dcosd", Transcendentals.CosDegrees);
        Finite(registry, "dtand", Transcendentals.TanDegrees);
        Finite(registry, "dcotd", Transcendentals.CotDegrees);
        Within(registry, "dasin", Transcendentals.Asin);
        Within(registry, "dacos", Transcendentals.Acos);
        Within(registry, "dasind", x => DegreesOf(Transcendentals.Asin(x)));
        Within(registry, "dacosd", x => DegreesOf(Transcendentals.Acos(x)));
        registry.Scalar("datan", (_, a) => Datum.FromDouble(Transcendentals.Atan(a[0].AsDouble)));
        registry.Scalar("datand", (_, a) => Datum.FromDouble(DegreesOf(Transcendentals.Atan(a[0].AsDouble))));
        registry.Scalar("datan2", (_, a) => Datum.FromDouble(Transcendentals.Atan2(a[0].AsDouble, a[1].AsDouble)));
        registry.Scalar("datan2d", (_, a) => Datum.FromDouble(DegreesOf(Transcendentals.Atan2(a[0].AsDouble, a[1].AsDouble))));
        registry.Scalar("degrees", (_, a) => Datum.FromDouble(Divide(a[0].AsDouble, 0.017453292519943295)));
        registry.Scalar("radians", (_, a) => Datum.FromDouble(Multiply(a[0].AsDouble, 0.017453292519943295)));
        registry.Scalar("dpi", (_, _) => Datum.FromDouble(Math.PI));
    }

    /// <summary>Radians to degrees, exact where the angle is a multiple of 15 within rounding.</summary>
    private static double DegreesOf(double radians)
    {
        var degrees = radians / 0.017453292519943295;
        var nearest = Math.Round(degrees / 15, MidpointRounding.ToEven) * 15;
        return Math.Abs(degrees - nearest) < 1e-13 ? nearest : degrees;
    }

    private static void Finite(FunctionRegistry registry, string name, Func<double, double> function) => registry.Scalar(name, (_, a) =>
        double.IsInfinity(a[0].AsDouble) ? throw InputOutOfRange() : Datum.FromDouble(double.IsNaN(a[0].AsDouble) ? double.NaN : function(a[0].AsDouble)));

    private static void Within(FunctionRegistry registry, string name, Func<double, double> function) => registry.Scalar(name, (_, a) =>
        a[0].AsDouble is < -1 or > 1 ? throw InputOutOfRange() : Datum.FromDouble(double.IsNaN(a[0].AsDouble) ? double.NaN : function(a[0].AsDouble)));

    private static SqlException InputOutOfRange() => new(SqlState.NumericValueOutOfRange, "input is out of range");

    private static void RegisterHyperbolic(FunctionRegistry registry)
    {
        registry.Scalar("dsinh", (_, a) => Datum.FromDouble(Transcendentals.Sinh(a[0].AsDouble)));
        registry.Scalar("dcosh", (_, a) => Datum.FromDouble(Transcendentals.Cosh(a[0].AsDouble)));
        registry.Scalar("dtanh", (_, a) => Datum.FromDouble(Transcendentals.Tanh(a[0].AsDouble)));
        registry.Scalar("dasinh", (_, a) => Datum.FromDouble(Transcendentals.Asinh(a[0].AsDouble)));
        registry.Scalar("dacosh", (_, a) => a[0].AsDouble < 1 ? throw InputOutOfRange() : Datum.FromDouble(double.IsNaN(a[0].AsDouble) ? double.NaN : Transcendentals.Acosh(a[0].AsDouble)));
        registry.Scalar("datanh", (_, a) => a[0].AsDouble is < -1 or > 1
            ? throw InputOutOfRange()
            : Datum.FromDouble(Math.Abs(a[0].AsDouble) == 1 ? a[0].AsDouble * double.PositiveInfinity : double.IsNaN(a[0].AsDouble) ? double.NaN : Transcendentals.Atanh(a[0].AsDouble)));
    }

    private static Datum WidthBucket(double operand, double low, double high, int count)
    {
        if (count <= 0)
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "count must be greater than zero");
        if (double.IsNaN(operand) || double.IsNaN(low) || double.IsNaN(high))
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "operand, lower bound, and upper bound cannot be NaN");
        if (double.IsInfinity(low) || double.IsInfinity(high))
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "lower and upper bounds must be finite");
        if (low == high)
            throw new SqlException(SqlState.InvalidArgumentForWidthBucketFunction, "lower bound cannot equal upper bound");
        var ascending = low < high;
        if (ascending ? operand < low : operand > low)
            return Datum.FromInt32(0);
        if (ascending ? operand >= high : operand <= high)
            return IntegerFunctions.Int4(count + 1L);
        var bucket = ascending ? (operand - low) / (high - low) : (low - operand) / (low - high);
        return Datum.FromInt32(Math.Min((int)(bucket * count), count - 1) + 1);
    }
}
