using System.Buffers;
using System.Text;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>Constants as SQL: bare where the bare form has their very type, else quoted with a type.</summary>
internal static class ConstantText
{
    public static string Of(BoundConstant constant, TypeSettings settings)
    {
        var type = constant.Type.IsUnknown ? SqlTypes.Text : constant.Type;
        if (constant.Value.IsNull) return "NULL::" + TypeName(type, constant.Modifier);
        var text = Unlabelled(constant, settings);
        return IsBare(constant, text) ? text : $"{text}::{TypeName(type, constant.Modifier)}";
    }

    /// <summary>Without its type, for a cast that names the same one.</summary>
    public static string Unlabelled(BoundConstant constant, TypeSettings settings)
    {
        if (constant.Value.IsNull) return "NULL";
        if (constant.Type == SqlTypes.Boolean) return constant.Value.AsBool ? "true" : "false";
        var text = Bare(constant, settings);
        if (constant.Type == SqlTypes.Integer && text[0] != '-') return text;
        if (constant.Type == SqlTypes.Numeric && char.IsAsciiDigit(text[0]) && text.Contains('.', StringComparison.Ordinal)) return text;
        return SyntaxPrinter.Literal(text);
    }

    /// <summary>character without a length would mean character(1).</summary>
    public static string TypeName(SqlType type, int modifier) => type == SqlTypes.Char && modifier < 0 ? "bpchar" : type.Format(modifier);

    public static string Bare(BoundConstant constant, TypeSettings settings)
    {
        var text = new ArrayBufferWriter<byte>();
        constant.Type.Operations.FormatText(constant.Value, text, settings);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static bool IsBare(BoundConstant constant, string text) => constant.Type == SqlTypes.Boolean
        || ((constant.Type == SqlTypes.Integer || constant.Type == SqlTypes.Numeric) && constant.Modifier < 0 && char.IsAsciiDigit(text[0]));
}
