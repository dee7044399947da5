using System.Globalization;
using System.Text;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Shapes;

/// <summary>How a parameter's value comes from a literal.</summary>
/// <param name="Ordinal">Which literal of the text.</param>
/// <param name="IsNegated">A minus belongs to it.</param>
/// <param name="Input">The type whose input function reads a string; null for a number.</param>
/// <param name="Conversions">Applied in turn.</param>
internal sealed record LiftedParameter(int Ordinal, bool IsNegated, SqlType? Input, BoundCast[] Conversions);

/// <summary>
/// A shape's plan under one catalog and settings, or the knowledge that there is none (<see cref="Plan"/> null): then texts are planned one by one.
/// </summary>
internal sealed class ShapePlan(LiftedText source, PlanningContext made, TypeSettings settings, PlannedStatement? plan, LiftedParameter[] parameters)
{
    private readonly string _searchPath = made.SearchPath.EffectiveText;
    private readonly uint _database = made.Catalog.Database.Oid;
    private readonly CatalogVersion _catalog = made.Catalog.Version;
    private readonly DateStyle _dateStyle = made.TypeSettings.DateStyle;
    private readonly DateOrder _dateOrder = made.TypeSettings.DateOrder;
    private readonly IntervalStyle _intervalStyle = made.TypeSettings.IntervalStyle;
    private readonly string _timeZone = made.TypeSettings.TimeZone.Name;
    private readonly bool _callsFunctions = Array.Exists(parameters, parameter => Array.Exists(parameter.Conversions, conversion => conversion.Method == BoundCastMethod.Function));

    /// <summary>The text it was made from: its literals that were not lifted are part of the plan.</summary>
    public LiftedText Source { get; } = source;

    public PlannedStatement? Plan { get; } = plan;

    public bool IsFor(PlanningContext context)
    {
        TypeSettings now = context.TypeSettings;
        return _catalog == context.Catalog.Version && _database == context.Catalog.Database.Oid && _searchPath == context.SearchPath.EffectiveText
            && _dateStyle == now.DateStyle && _dateOrder == now.DateOrder && _intervalStyle == now.IntervalStyle && _timeZone == now.TimeZone.Name;
    }

    /// <summary>The parameters' values in a text; null if one of its literals cannot be converted, which the ordinary way reports.</summary>
    public Datum[]? Values(LiftedText text)
    {
        var values = new Datum[parameters.Length];
        // A budget of its own each time: the plan is shared, and what it may spend must not depend on who came before.
        EvaluationContext? evaluation = _callsFunctions ? new EvaluationContext { TypeSettings = settings } : null;
        try
        {
            for (int i = 0; i < values.Length; i++) values[i] = ValueOf(parameters[i], text, evaluation);
        }
        catch (SqlException)
        {
            return null;
        }

        return values;
    }

    private Datum ValueOf(LiftedParameter parameter, LiftedText text, EvaluationContext? evaluation)
    {
        ReadOnlySpan<char> raw = text.Raw(parameter.Ordinal);
        Datum value = text.Literals[parameter.Ordinal].Class switch
        {
            LiteralClass.Int4 => Datum.FromInt32((int)Integer(raw, parameter.IsNegated)),
            LiteralClass.Int8 => Datum.FromInt64(Integer(raw, parameter.IsNegated)),
            LiteralClass.Numeric => SqlTypes.Numeric.Operations.ParseText(Encoding.UTF8.GetBytes(parameter.IsNegated ? $"-{raw}" : raw.ToString()), -1, settings),
            _ => StringOf(raw, parameter.Input!),
        };
        foreach (BoundCast conversion in parameter.Conversions)
        {
            value = conversion.Method switch
            {
                BoundCastMethod.Function => conversion.Body!(evaluation!, [value]),
                BoundCastMethod.Modifier => conversion.Type.Operations.ApplyModifier(value, conversion.Modifier, conversion.Explicit),
                _ => value,
            };
        }

        return value;
    }

    private static long Integer(ReadOnlySpan<char> digits, bool isNegated)
    {
        long value = long.Parse(digits, NumberStyles.None, NumberFormatInfo.InvariantInfo);
        return isNegated ? -value : value;
    }

    private Datum StringOf(ReadOnlySpan<char> quoted, SqlType type)
    {
        ReadOnlySpan<char> content = quoted[1..^1];
        if (content.Contains('\'')) content = content.ToString().Replace("''", "'", StringComparison.Ordinal);
        int bytes = Encoding.UTF8.GetMaxByteCount(content.Length);
        Span<byte> utf8 = bytes <= 512 ? stackalloc byte[512] : new byte[bytes];
        return type.Operations.ParseText(utf8[..Encoding.UTF8.GetBytes(content, utf8)], -1, settings);
    }
}
