using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>
/// Arithmetic, comparison and bits of smallint, integer and bigint in all mixtures. All three keep their value sign-extended in the Datum, so
/// one body serves every mixture with the same result type; past the result's range: 22003.
/// </summary>
internal static class IntegerFunctions
{
    private static readonly string[] Pairs = ["2", "4", "8", "24", "42", "28", "82", "48", "84"];

    public static void Register(FunctionRegistry registry)
    {
        foreach (var pair in Pairs)
        {
            RegisterComparisons(registry, "int" + pair);
            RegisterArithmetic(registry, "int" + pair, pair.Contains('8', StringComparison.Ordinal) ? 8 : pair == "2" ? 2 : 4);
        }
        RegisterSingleTyped(registry);
        RegisterCasts(registry);
        RegisterBits(registry);
        foreach (var name in new[] { "btint2cmp", "btint4cmp", "btint8cmp", "btint24cmp", "btint42cmp", "btint28cmp", "btint82cmp", "btint48cmp", "btint84cmp" })
            registry.Scalar(name, (_, a) => Datum.FromInt32(a[0].Bits.CompareTo(a[1].Bits)));
        registry.Scalar("int4gcd", (_, a) => Int4(Gcd(a[0].Bits, a[1].Bits)));
        registry.Scalar("int8gcd", (_, a) => Int8Magnitude(GcdMagnitude(a[0].Bits, a[1].Bits)));
        registry.Scalar("int4lcm", (_, a) => Int4Magnitude(Lcm(a[0].Bits, a[1].Bits)));
        registry.Scalar("int8lcm", (_, a) => Int8Magnitude(Lcm(a[0].Bits, a[1].Bits)));
    }

    private static void RegisterComparisons(FunctionRegistry registry, string prefix)
    {
        registry.Scalar(prefix + "eq", (_, a) => Datum.FromBool(a[0].Bits == a[1].Bits));
        registry.Scalar(prefix + "ne", (_, a) => Datum.FromBool(a[0].Bits != a[1].Bits));
        registry.Scalar(prefix + "lt", (_, a) => Datum.FromBool(a[0].Bits < a[1].Bits));
        registry.Scalar(prefix + "le", (_, a) => Datum.FromBool(a[0].Bits <= a[1].Bits));
        registry.Scalar(prefix + "gt", (_, a) => Datum.FromBool(a[0].Bits > a[1].Bits));
        registry.Scalar(prefix + "ge", (_, a) => Datum.FromBool(a[0].Bits >= a[1].Bits));
    }

    private static void RegisterArithmetic(FunctionRegistry registry, string prefix, int resultBytes)
    {
        switch (resultBytes)
        {
            case 2:
                registry.Scalar(prefix + "pl", (_, a) => Int2(a[0].Bits + a[1].Bits));
                registry.Scalar(prefix + "mi", (_, a) => Int2(a[0].Bits - a[1].Bits));
                registry.Scalar(prefix + "mul", (_, a) => Int2(a[0].Bits * a[1].Bits));
                registry.Scalar(prefix + "div", (_, a) => Int2(Divide(a[0].Bits, a[1].Bits)));
                break;
            case 4:
                registry.Scalar(prefix + "pl", (_, a) => Int4(a[0].Bits + a[1].Bits));
                registry.Scalar(prefix + "mi", (_, a) => Int4(a[0].Bits - a[1].Bits));
                registry.Scalar(prefix + "mul", (_, a) => Int4(a[0].Bits * a[1].Bits));
                registry.Scalar(prefix + "div", (_, a) => Int4(Divide(a[0].Bits, a[1].Bits)));
                break;
            default:
                registry.Scalar(prefix + "pl", (_, a) => Add8(a[0].Bits, a[1].Bits));
                registry.Scalar(prefix + "mi", (_, a) => Subtract8(a[0].Bits, a[1].Bits));
                registry.Scalar(prefix + "mul", (_, a) => Multiply8(a[0].Bits, a[1].Bits));
                registry.Scalar(prefix + "div", (_, a) => Datum.FromInt64(Divide(a[0].Bits, a[1].Bits)));
                break;
        }
    }

    private static void RegisterSingleTyped(FunctionRegistry registry)
    {
        foreach (var size in new[] { "2", "4", "8" })
        {
            registry.Scalar($"int{size}mod", (_, a) => Datum.FromInt64(Modulo(a[0].Bits, a[1].Bits)));
            registry.Scalar($"int{size}up", (_, a) => a[0]);
            registry.Scalar($"int{size}larger", (_, a) => a[0].Bits > a[1].Bits ? a[0] : a[1]);
            registry.Scalar($"int{size}smaller", (_, a) => a[0].Bits < a[1].Bits ? a[0] : a[1]);
        }
        registry.Scalar("int2um", (_, a) => Int2(-a[0].Bits));
        registry.Scalar("int4um", (_, a) => Int4(-a[0].Bits));
        registry.Scalar("int8um", (_, a) => Subtract8(0, a[0].Bits));
        registry.Scalar("int2abs", (_, a) => Int2(a[0].Bits < 0 ? -a[0].Bits : a[0].Bits));
        registry.Scalar("int4abs", (_, a) => Int4(a[0].Bits < 0 ? -a[0].Bits : a[0].Bits));
        registry.Scalar("int8abs", (_, a) => a[0].Bits < 0 ? Subtract8(0, a[0].Bits) : a[0]);
        registry.Scalar("int4inc", (_, a) => Int4(a[0].Bits + 1));
        registry.Scalar("int8inc", (_, a) => Add8(a[0].Bits, 1));
        registry.Scalar("int8dec", (_, a) => Subtract8(a[0].Bits, 1));
    }

    private static void RegisterCasts(FunctionRegistry registry)
    {
        registry.Scalar("i4toi2", (_, a) => Int2(a[0].Bits));
        registry.Scalar("int82", (_, a) => Int2(a[0].Bits));
        registry.Scalar("int84", (_, a) => Int4(a[0].Bits));
        registry.Scalar("i2toi4", (_, a) => a[0]);
        registry.Scalar("int28", (_, a) => a[0]);
        registry.Scalar("int48", (_, a) => a[0]);
        registry.Scalar("i8tooid", (_, a) => a[0].Bits is >= 0 and <= uint.MaxValue ? a[0] : throw new SqlException(SqlState.NumericValueOutOfRange, "OID out of range"));
        registry.Scalar("oidtoi8", (_, a) => Datum.FromInt64(a[0].AsUInt32));
        registry.Scalar("int4_bool", (_, a) => Datum.FromBool(a[0].Bits != 0));
        registry.Scalar("bool_int4", (_, a) => Datum.FromInt32(a[0].AsBool ? 1 : 0));
    }

    private static void RegisterBits(FunctionRegistry registry)
    {
        foreach (var size in new[] { "2", "4", "8" })
        {
            registry.Scalar($"int{size}and", (_, a) => Datum.FromInt64(a[0].Bits & a[1].Bits));
            registry.Scalar($"int{size}or", (_, a) => Datum.FromInt64(a[0].Bits | a[1].Bits));
            registry.Scalar($"int{size}xor", (_, a) => Datum.FromInt64(a[0].Bits ^ a[1].Bits));
            registry.Scalar($"int{size}not", (_, a) => Datum.FromInt64(~a[0].Bits));
        }
        // The shift count is taken modulo the word, as x86 and therefore PostgreSQL there does.
        registry.Scalar("int2shl", (_, a) => Datum.FromInt64((short)((int)a[0].Bits << (int)(a[1].Bits & 31))));
        registry.Scalar("int2shr", (_, a) => Datum.FromInt64((short)((int)a[0].Bits >> (int)(a[1].Bits & 31))));
        registry.Scalar("int4shl", (_, a) => Datum.FromInt64((int)a[0].Bits << (int)(a[1].Bits & 31)));
        registry.Scalar("int4shr", (_, a) => Datum.FromInt64((int)a[0].Bits >> (int)(a[1].Bits & 31)));
        registry.Scalar("int8shl", (_, a) => Datum.FromInt64(a[0].Bits << (int)(a[1].Bits & 63)));
        registry.Scalar("int8shr", (_, a) => Datum.FromInt64(a[0].Bits >> (int)(a[1].Bits & 63)));
    }

    private static Datum Int2(long value) => value == (short)value ? Datum.FromInt64(value) : throw InputErrors.OutOfRange("smallint");

    public static Datum Int4(long value) => value == (int)value ? Datum.FromInt64(value) : throw InputErrors.OutOfRange("integer");

    public static Datum Add8(long left, long right)
    {
        var sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? throw InputErrors.OutOfRange("bigint") : Datum.FromInt64(sum);
    }

    private static Datum Subtract8(long left, long right)
    {
        var difference = left - right;
        return ((left ^ right) & (left ^ difference)) < 0 ? throw InputErrors.OutOfRange("bigint") : Datum.FromInt64(difference);
    }

    private static Datum Multiply8(long left, long right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high != low >> 63 ? throw InputErrors.OutOfRange("bigint") : Datum.FromInt64(low);
    }

    /// <summary>Truncates towards zero. The most negative bigint over -1 is refused here, of smaller types by their range check.</summary>
    private static long Divide(long left, long right)
    {
        if (right == 0)
            throw InputErrors.DivisionByZero();
        if (right == -1)
            return left == long.MinValue ? throw InputErrors.OutOfRange("bigint") : -left;
        return left / right;
    }

    private static long Modulo(long left, long right)
    {
        if (right == 0)
            throw InputErrors.DivisionByZero();
        return right == -1 ? 0 : left % right;
    }

    private static long Gcd(long left, long right) => (long)GcdMagnitude(left, right);

    private static ulong GcdMagnitude(long left, long right)
    {
        var (a, b) = (Magnitude(left), Magnitude(right));
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    private static UInt128 Lcm(long left, long right) =>
        left == 0 || right == 0 ? 0 : (UInt128)(Magnitude(left) / GcdMagnitude(left, right)) * Magnitude(right);

    private static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;

    private static Datum Int4Magnitude(UInt128 value) => value <= int.MaxValue ? Datum.FromInt64((long)value) : throw InputErrors.OutOfRange("integer");

    private static Datum Int8Magnitude(UInt128 value) => value <= long.MaxValue ? Datum.FromInt64((long)value) : throw InputErrors.OutOfRange("bigint");
}
