using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Comparison of booleans. AND, OR, NOT and IS are syntax.</summary>
internal static class BooleanFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Comparisons("bool", BooleanOperations.Instance);
        registry.Scalar("booland_statefunc", (_, a) => Datum.FromBool(a[0].AsBool && a[1].AsBool));
        registry.Scalar("boolor_statefunc", (_, a) => Datum.FromBool(a[0].AsBool || a[1].AsBool));
        registry.Scalar("booltext", (_, a) => Datum.FromUtf8(a[0].AsBool ? "true"u8 : "false"u8));
    }
}
