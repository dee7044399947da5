using Dadbs.Sql.Types;
using TimeZone = Dadbs.Sql.Types.TimeZone;

namespace Dadbs.Sql.Functions;

/// <summary>generate_series over integers, numeric and timestamps. Lazy; each row counts a step.</summary>
internal static class SeriesFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Set("generate_series_int4", (context, a) => Integers(context, a[0].AsInt64, a[1].AsInt64, 1));
        registry.Set("generate_series_int8", (context, a) => Integers(context, a[0].AsInt64, a[1].AsInt64, 1));
        registry.Set("generate_series_step_int4", (context, a) => Integers(context, a[0].AsInt64, a[1].AsInt64, NonZero(a[2].AsInt64)));
        registry.Set("generate_series_step_int8", (context, a) => Integers(context, a[0].AsInt64, a[1].AsInt64, NonZero(a[2].AsInt64)));
        registry.Set("generate_series_numeric", (context, a) => Numbers(context, a[0], a[1], Numerics.One));
        registry.Set("generate_series_step_numeric", (context, a) => Numbers(context, a[0], a[1], a[2]));
        registry.Set("generate_series_timestamp", (context, a) => Timestamps(context, a[0].AsInt64, a[1].AsInt64, a[2].As<IntervalValue>(), null));
        registry.Set("generate_series_timestamptz", (context, a) =>
            Timestamps(context, a[0].AsInt64, a[1].AsInt64, a[2].As<IntervalValue>(), context.TypeSettings.TimeZone));
    }

    private static SqlException ZeroStep() => new(SqlState.InvalidParameterValue, "step size cannot equal zero");

    private static long NonZero(long step) => step == 0 ? throw ZeroStep() : step;

    private static IEnumerable<Datum> Integers(EvaluationContext context, long from, long to, long step)
    {
        for (Int128 value = from; step > 0 ? value <= to : value >= to; value += step)
        {
            context.Budget.Step();
            yield return Datum.FromInt64((long)value);
        }
    }

    private static IEnumerable<Datum> Numbers(EvaluationContext context, Datum from, Datum to, Datum step)
    {
        Check(from, "start value");
        Check(to, "stop value");
        Check(step, "step size");
        return Numerics.SignOf(step) == 0 ? throw ZeroStep() : CountNumbers(context, from, to, step);
    }

    private static IEnumerable<Datum> CountNumbers(EvaluationContext context, Datum from, Datum to, Datum step)
    {
        var sign = Numerics.SignOf(step);
        for (var value = from; Numerics.Compare(value, to) * sign <= 0; value = NumericArithmetic.Add(value, step))
        {
            context.Budget.Step();
            yield return value;
        }
    }

    private static void Check(Datum value, string role)
    {
        if (!Numerics.IsFinite(value))
            throw new SqlException(SqlState.InvalidParameterValue, $"{role} cannot be {(Numerics.IsNaN(value) ? "NaN" : "infinity")}");
    }

    private static IEnumerable<Datum> Timestamps(EvaluationContext context, long from, long to, IntervalValue step, TimeZone? zone) =>
        step.Span == 0 ? throw ZeroStep() : CountTimestamps(context, from, to, step, zone);

    private static IEnumerable<Datum> CountTimestamps(EvaluationContext context, long from, long to, IntervalValue step, TimeZone? zone)
    {
        var sign = step.Span > 0 ? 1 : -1;
        for (var value = from; value.CompareTo(to) * sign <= 0;)
        {
            context.Budget.Step();
            yield return Datum.FromInt64(value);
            if (!Calendar.IsFinite(value))
                yield break;
            value = zone is null ? IntervalArithmetic.AddToTimestamp(value, step) : IntervalArithmetic.AddToInstant(value, step, zone);
        }
    }
}
