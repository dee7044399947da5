using System.Buffers;
using System.Text;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Planning;

/// <summary>Bound expressions as EXPLAIN shows them: PostgreSQL's deparsing, implicit casts left out.</summary>
internal static class ExpressionPrinter
{
    public static string Print(IReadOnlyList<BoundExpression> conditions, bool qualified = false) => conditions.Count switch
    {
        0 => "",
        1 => Print(conditions[0], qualified),
        _ => "(" + string.Join(" AND ", conditions.Select(condition => Print(condition, qualified))) + ")",
    };

    public static string Print(BoundExpression expression, bool qualified = false)
    {
        string P(BoundExpression e) => Print(e, qualified);
        string List(IEnumerable<BoundExpression> items) => string.Join(", ", items.Select(P));
        return expression switch
        {
            BoundConstant e => Constant(e),
            BoundParameter e => $"${e.Index + 1}",
            BoundColumn e => qualified && e.Relation is not null ? $"{e.Relation}.{e.Name}" : e.Name,
            BoundFunction e => $"{e.Function.Name}({List(e.Arguments)})",
            BoundOperator { Left: null } e => $"({e.Operator.Name} {P(e.Right)})",
            BoundOperator e => $"({P(e.Left!)} {e.Operator.Name} {P(e.Right)})",
            BoundCast { IsImplicit: true, Method: not BoundCastMethod.Relabel } e => P(e.Operand),
            BoundCast e => $"({P(e.Operand)})::{e.Type.Format(e.Modifier)}",
            BoundLogical e => "(" + string.Join(e.IsAnd ? " AND " : " OR ", e.Operands.Select(P)) + ")",
            BoundNot e => $"(NOT {P(e.Operand)})",
            BoundIsNull e => $"({P(e.Operand)} IS {(e.Negated ? "NOT " : "")}NULL)",
            BoundBooleanTest e => $"({P(e.Operand)} IS {(e.Negated ? "NOT " : "")}{(e.Expected is { } value ? value ? "TRUE" : "FALSE" : "UNKNOWN")})",
            BoundDistinctFrom e => $"({P(e.Left)} IS {(e.Negated ? "NOT " : "")}DISTINCT FROM {P(e.Right)})",
            BoundCase e => Case(e, P),
            BoundCoalesce e => $"COALESCE({List(e.Arguments)})",
            BoundNullIf e => $"NULLIF({P(e.Left)}, {P(((BoundOperator)e.Equality).Right)})",
            BoundGreatest e => $"{(e.IsGreatest ? "GREATEST" : "LEAST")}({List(e.Arguments)})",
            BoundInList e => $"({P(e.Operand)} {(e.Negated ? "<> ALL" : "= ANY")} ({{{string.Join(",", e.Items.Select(item => item is BoundConstant constant ? Text(constant) : P(item)))}}}))",
            BoundArrayComparison e => $"({P(e.Left)} {e.Operator.Name} {(e.All ? "ALL" : "ANY")} ({P(e.Array)}))",
            BoundArray e => $"ARRAY[{List(e.Elements)}]",
            BoundSubscript e => P(e.Array) + string.Concat(e.Indexes.Select(index => $"[{P(index)}]")),
            BoundRow e => $"ROW({List(e.Fields)})",
            BoundRowComparison e => $"(ROW({List(e.Less.Select(pair => ((BoundOperator)pair).Left!))}) {e.Operator} ROW({List(e.Less.Select(pair => ((BoundOperator)pair).Right))}))",
            BoundSubquery e => e.Kind switch
            {
                SubqueryKind.Exists => "EXISTS(SubPlan)",
                SubqueryKind.Any or SubqueryKind.All => e.OuterSlots.Count == 0 && e.IsEquality ? "(hashed SubPlan)" : "(SubPlan)",
                _ => "(SubPlan)",
            },
            _ => expression.GetType().Name,
        };
    }

    private static string Case(BoundCase e, Func<BoundExpression, string> print)
    {
        StringBuilder text = new("CASE");
        if (e.Operand is not null) text.Append(' ').Append(print(e.Operand));
        foreach (BoundWhen when in e.Whens)
        {
            BoundExpression condition = e.Operand is not null && when.Condition is BoundOperator comparison ? comparison.Right : when.Condition;
            text.Append(" WHEN ").Append(print(condition)).Append(" THEN ").Append(print(when.Result));
        }

        if (e.Else is not null) text.Append(" ELSE ").Append(print(e.Else));
        return text.Append(" END").ToString();
    }

    private static string Constant(BoundConstant constant)
    {
        if (constant.Value.IsNull) return $"NULL::{constant.Type.DisplayName}";
        string text = Text(constant);
        if (constant.Type == SqlTypes.Integer) return constant.Value.AsInt64 < 0 ? $"'{text}'::integer" : text;
        if (constant.Type == SqlTypes.Boolean) return constant.Value.AsBool ? "true" : "false";
        if (constant.Type == SqlTypes.Numeric && !text.StartsWith('-')) return text;
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'::{constant.Type.Format(constant.Modifier)}";
    }

    private static string Text(BoundConstant constant)
    {
        if (constant.Value.IsNull) return "NULL";
        ArrayBufferWriter<byte> text = new();
        constant.Type.Operations.FormatText(constant.Value, text, TypeSettings.Default);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
