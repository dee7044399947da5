using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Comparison of every type but the integers, one line a type. The pattern operators (~&lt;~ …) are text's order: the collation is "C".</summary>
internal static class ComparisonFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Comparisons("text", TextOperations.Instance, "text_");
        registry.Comparisons("name", NameOperations.Instance);
        registry.Comparisons("bpchar", CharOperations.Instance);
        registry.Comparisons("char", InternalCharOperations.Instance);
        registry.Comparisons("bytea", ByteaOperations.Instance);
        registry.Comparisons("uuid_", UuidOperations.Instance);
        registry.Comparisons("numeric_", NumericOperations.Instance);
        registry.Comparisons("float4", RealOperations.Instance);
        registry.Comparisons("float8", DoubleOperations.Instance);
        registry.Comparisons("date_", DateOperations.Instance);
        registry.Comparisons("time_", TimeOperations.Instance);
        registry.Comparisons("timetz_", TimeTzOperations.Instance);
        registry.Comparisons("timestamp_", TimestampOperations.Instance);
        registry.Comparisons("interval_", IntervalOperations.Instance);
        registry.Comparisons("oid", OidOperations.Instance);
        registry.Comparisons("oidvector", SqlTypes.OidVector.Operations);
        registry.Comparisons("xid8", Xid8Operations.Instance);
        registry.Comparisons("tid", TidOperations.Instance);
        registry.Comparisons("record_", RecordOperations.Instance);
        foreach (var name in new[] { "xideq", "xidneq" })
            registry.Scalar(name, name == "xideq" ? (_, a) => Datum.FromBool(a[0].AsUInt32 == a[1].AsUInt32) : (_, a) => Datum.FromBool(a[0].AsUInt32 != a[1].AsUInt32));
        registry.Scalar("cideq", (_, a) => Datum.FromBool(a[0].AsUInt32 == a[1].AsUInt32));
        RegisterPatternOrder(registry, "text_pattern_", TextOperations.Instance);
        RegisterPatternOrder(registry, "bpchar_pattern_", CharOperations.Instance);
        RegisterNameAndText(registry);
        RegisterFloatMixtures(registry);
    }

    private static void RegisterPatternOrder(FunctionRegistry registry, string prefix, TypeOperations operations)
    {
        registry.Scalar(prefix + "lt", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) < 0));
        registry.Scalar(prefix + "le", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) <= 0));
        registry.Scalar(prefix + "gt", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) > 0));
        registry.Scalar(prefix + "ge", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) >= 0));
    }

    private static void RegisterNameAndText(FunctionRegistry registry)
    {
        foreach (var (left, right) in new[] { ("name", "text"), ("text", "name") })
        {
            registry.Scalar($"{left}eq{right}", (_, a) => Datum.FromBool(TextOperations.Instance.AreEqual(a[0], a[1])));
            registry.Scalar($"{left}ne{right}", (_, a) => Datum.FromBool(!TextOperations.Instance.AreEqual(a[0], a[1])));
            registry.Scalar($"{left}lt{right}", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) < 0));
            registry.Scalar($"{left}le{right}", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) <= 0));
            registry.Scalar($"{left}gt{right}", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) > 0));
            registry.Scalar($"{left}ge{right}", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) >= 0));
            registry.Scalar($"bt{left}{right}cmp", (_, a) => Datum.FromInt32(Math.Sign(TextOperations.Instance.Compare(a[0], a[1]))));
        }
    }

    private static void RegisterFloatMixtures(FunctionRegistry registry)
    {
        RegisterOrder(registry, "float48", a => a.AsSingle, b => b.AsDouble);
        RegisterOrder(registry, "float84", a => a.AsDouble, b => b.AsSingle);
        registry.Scalar("btfloat48cmp", (_, a) => Datum.FromInt32(DoubleOperations.CompareDoubles(a[0].AsSingle, a[1].AsDouble)));
        registry.Scalar("btfloat84cmp", (_, a) => Datum.FromInt32(DoubleOperations.CompareDoubles(a[0].AsDouble, a[1].AsSingle)));
    }

    private static void RegisterOrder(FunctionRegistry registry, string prefix, Func<Datum, double> left, Func<Datum, double> right)
    {
        registry.Scalar(prefix + "eq", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) == 0));
        registry.Scalar(prefix + "ne", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) != 0));
        registry.Scalar(prefix + "lt", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) < 0));
        registry.Scalar(prefix + "le", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) <= 0));
        registry.Scalar(prefix + "gt", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) > 0));
        registry.Scalar(prefix + "ge", (_, a) => Datum.FromBool(DoubleOperations.CompareDoubles(left(a[0]), right(a[1])) >= 0));
    }
}
