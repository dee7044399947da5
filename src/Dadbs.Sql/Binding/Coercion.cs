using System.Text;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>
/// Conversions that the binder adds or checks: PostgreSQL's coerce_type family (manual 10.4, parse_coerce.c's rules in our words). Unknown literals are read by the target's
/// input function here, so that a bad one is an error at its place in the text.
/// </summary>
public sealed class Coercion(ParameterTypes parameters, TypeSettings settings)
{
    private static readonly string[] ClockWords = ["now", "today", "tomorrow", "yesterday"];

    /// <summary>Whether a value of <paramref name="source"/> can become <paramref name="target"/> in this context, without looking at the value.</summary>
    public static bool CanCoerce(SqlType source, SqlType target, CastContext context)
    {
        if (source == target || source.IsUnknown) return true;
        if (target == SqlTypes.Any) return true;
        if (target.IsPolymorphic) return true;
        if (target == SqlTypes.Record && source.Kind == TypeKind.Composite) return true;
        return FindPath(source, target, context) is not null;
    }

    /// <summary>The conversion between two types in this context, or null.</summary>
    internal static CastPath? FindPath(SqlType source, SqlType target, CastContext context)
    {
        CastDescriptor? cast = BuiltinFunctions.FindCast(source, target);
        if (cast is not null)
        {
            if (cast.Context > context) return null;
            return cast.Method == CastMethod.Binary
                ? new CastPath(BoundCastMethod.Relabel, null, Volatility.Immutable)
                : new CastPath(BoundCastMethod.Function, cast.Body, cast.Function?.Volatility ?? TextVolatility(source, target));
        }

        return null;
    }

    /// <summary>Converts to a type and modifier, or gives null if this context has no way.</summary>
    public BoundExpression? TryCoerce(BoundExpression expression, SqlType target, int modifier, CastContext context)
    {
        BoundExpression? typed = TryCoerceType(expression, target, modifier, context);
        return typed is null ? null : ApplyModifier(typed, modifier, context == CastContext.Explicit);
    }

    /// <summary>Converts implicitly, where resolution has already found that it can be done.</summary>
    public BoundExpression Coerce(BoundExpression expression, SqlType target) =>
        TryCoerceType(expression, target, -1, CastContext.Implicit)
        ?? throw new SqlException(SqlState.CannotCoerce, $"cannot cast type {expression.Type.DisplayName} to {target.DisplayName}", At(expression));

    /// <summary>A condition: boolean, or 42804 naming the clause.</summary>
    public BoundExpression ToBoolean(BoundExpression expression, string construct)
    {
        BoundExpression? result = TryCoerceType(expression, SqlTypes.Boolean, -1, CastContext.Assignment);
        if (result is not null && expression.Type.Category is not 'S' || expression.Type.IsUnknown) return result!;
        throw new SqlException(SqlState.DatatypeMismatch, $"argument of {construct} must be type boolean, not type {expression.Type.DisplayName}", At(expression));
    }

    /// <summary>What stays unknown to the end is text.</summary>
    public BoundExpression ResolveUnknown(BoundExpression expression) => expression.Type.IsUnknown ? Coerce(expression, SqlTypes.Text) : expression;

    /// <summary>The common type of CASE, UNION, VALUES, ARRAY … (manual 10.5); unknown throughout: text.</summary>
    public static SqlType CommonType(IReadOnlyList<BoundExpression> expressions, string construct)
    {
        SqlType? chosen = TryCommonType(expressions, out BoundExpression? conflict, out SqlType against);
        if (chosen is not null) return chosen;
        throw new SqlException(SqlState.DatatypeMismatch, $"{construct} types {against.DisplayName} and {conflict!.Type.DisplayName} cannot be matched", At(conflict));
    }

    public static SqlType? TryCommonType(IReadOnlyList<BoundExpression> expressions, out BoundExpression? conflict, out SqlType against)
    {
        SqlType chosen = expressions[0].Type;
        conflict = null;
        against = chosen;
        for (int i = 1; i < expressions.Count; i++)
        {
            SqlType next = expressions[i].Type;
            if (next.IsUnknown || next == chosen) continue;
            if (chosen.IsUnknown)
            {
                chosen = next;
            }
            else if (chosen.Category != next.Category)
            {
                conflict = expressions[i];
                against = chosen;
                return null;
            }
            else if (!chosen.IsPreferred && CanCoerce(chosen, next, CastContext.Implicit) && !CanCoerce(next, chosen, CastContext.Implicit))
            {
                chosen = next;
            }
        }

        return chosen.IsUnknown ? SqlTypes.Text : chosen;
    }

    /// <summary>Converts a member of CASE, UNION … to the common type.</summary>
    public BoundExpression ToCommon(BoundExpression expression, SqlType type, string construct) =>
        TryCoerceType(expression, type, -1, CastContext.Implicit)
        ?? throw new SqlException(SqlState.CannotCoerce, $"{construct} could not convert type {expression.Type.DisplayName} to {type.DisplayName}", At(expression));

    /// <summary>The modifier that all share, or −1.</summary>
    public static int CommonModifier(IReadOnlyList<BoundExpression> expressions, SqlType type)
    {
        int modifier = expressions[0].Modifier;
        foreach (BoundExpression expression in expressions)
        {
            if (expression.Type != type || expression.Modifier != modifier) return -1;
        }

        return modifier;
    }

    internal static int? At(BoundExpression expression) => expression.Position < 0 ? null : expression.Position;

    private BoundExpression? TryCoerceType(BoundExpression expression, SqlType target, int modifier, CastContext context)
    {
        if (expression.Type == target) return expression;
        if (target == SqlTypes.Any) return expression;
        if (target.IsPolymorphic) return expression.Type.IsUnknown ? TryCoerceType(expression, SqlTypes.Text, -1, context) : expression;
        if (expression.Type.IsUnknown)
        {
            switch (expression)
            {
                case BoundConstant constant:
                    return ReadLiteral(constant, target, modifier);
                case BoundParameter parameter:
                    return parameters.Settle(parameter, target);
                default:
                    // A column of a subquery that is still unknown cannot be: subquery outputs were resolved to text.
                    return new BoundCast(expression, BoundCastMethod.Text, null, false, target, -1) { IsImplicit = true, Position = expression.Position };
            }
        }

        if (expression is BoundRow && target == SqlTypes.Record) return expression;
        CastPath? path = FindPath(expression.Type, target, context);
        return path is null ? null : Apply(expression, path, target, context);
    }

    private static BoundCast Apply(BoundExpression expression, CastPath path, SqlType target, CastContext context)
    {
        return new BoundCast(expression, path.Method, path.Body, context == CastContext.Explicit, target, -1)
        {
            IsImplicit = context != CastContext.Explicit,
            Volatility = path.Volatility,
            Position = expression.Position,
        };
    }

    private BoundExpression ReadLiteral(BoundConstant constant, SqlType target, int modifier)
    {
        if (constant.Value.IsNull) return new BoundConstant(Datum.Null, target) { Position = constant.Position };
        if (target.Category == 'D' && NamesClock(constant.Value.AsUtf8Span))
        {
            return new BoundCast(constant with { Type = SqlTypes.Text }, BoundCastMethod.Text, null, true, target, -1) { Volatility = Volatility.Stable, Position = constant.Position };
        }

        try
        {
            // Only interval's input needs the modifier (it says what a bare number is); all others are cut to length by the cast after.
            Datum value = target.Operations.ParseText(constant.Value.AsUtf8Span, target == SqlTypes.Interval ? modifier : -1, settings);
            return new BoundConstant(value, target) { Position = constant.Position, Lift = constant.Lift };
        }
        catch (SqlException error) when (error.Position is null && constant.Position >= 0)
        {
            throw error.At(constant.Position);
        }
    }

    private static bool NamesClock(ReadOnlySpan<byte> text)
    {
        string lower = Encoding.UTF8.GetString(text).Trim().ToLowerInvariant();
        foreach (string word in ClockWords)
        {
            if (lower.Contains(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static BoundExpression ApplyModifier(BoundExpression expression, int modifier, bool isExplicit)
    {
        if (modifier < 0 || expression.Modifier == modifier) return expression;
        return new BoundCast(expression, BoundCastMethod.Modifier, null, isExplicit, expression.Type, modifier) { IsImplicit = !isExplicit, Position = expression.Position };
    }

    /// <summary>Text forms of times depend on settings; so do the names of the reg types on the catalog.</summary>
    private static Volatility TextVolatility(SqlType source, SqlType target) => source.Category is 'D' or 'T' || target.Category is 'D' or 'T' || target.Name.StartsWith("reg", StringComparison.Ordinal) ? Volatility.Stable : Volatility.Immutable;
}

/// <summary>How one type becomes another.</summary>
internal sealed record CastPath(BoundCastMethod Method, ScalarFunction? Body, Volatility Volatility);

internal static class SqlExceptionPositions
{
    /// <summary>The same error at a place in the text.</summary>
    public static SqlException At(this SqlException error, int position) => new(error.State, error.Message, position)
    {
        Detail = error.Detail,
        Hint = error.Hint,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
    };
}
