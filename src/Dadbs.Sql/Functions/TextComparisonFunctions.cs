using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Comparison of text, and concatenation. The pattern operators (~&lt;~ …) are the same order: collation is "C".</summary>
internal static class TextComparisonFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Comparisons("text", TextOperations.Instance, "text_");
        registry.Scalar("bttextcmp", (_, a) => Datum.FromInt32(Math.Sign(TextOperations.Instance.Compare(a[0], a[1]))));
        registry.Scalar("text_pattern_lt", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) < 0));
        registry.Scalar("text_pattern_le", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) <= 0));
        registry.Scalar("text_pattern_gt", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) > 0));
        registry.Scalar("text_pattern_ge", (_, a) => Datum.FromBool(TextOperations.Instance.Compare(a[0], a[1]) >= 0));
        registry.Scalar("textcat", (_, a) => Concatenate(a[0], a[1]));
    }

    public static Datum Concatenate(Datum left, Datum right)
    {
        var head = left.AsUtf8Span;
        var tail = right.AsUtf8Span;
        Budget.CheckValueLength((long)head.Length + tail.Length);
        var bytes = new byte[head.Length + tail.Length];
        head.CopyTo(bytes);
        tail.CopyTo(bytes.AsSpan(head.Length));
        return Datum.FromBytes(bytes);
    }
}
