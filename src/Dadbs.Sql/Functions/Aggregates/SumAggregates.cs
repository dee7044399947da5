using System.Numerics;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>sum, avg, and the variance and regression families, with PostgreSQL's result types; no rows give NULL.</summary>
internal static class SumAggregates
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Aggregate("sum(int2)", _ => new IntegerSumState());
        registry.Aggregate("sum(int4)", _ => new IntegerSumState());
        registry.Aggregate("sum(int8)", _ => new WideSumState(average: false));
        registry.Aggregate("sum(numeric)", _ => new NumericSumState(average: false));
        registry.Aggregate("sum(float8)", _ => new FloatSumState());
        registry.Aggregate("sum(float4)", _ => new SingleSumState());
        registry.Aggregate("sum(interval)", _ => new IntervalSumState(average: false));
        foreach (var type in new[] { "int2", "int4", "int8" })
            registry.Aggregate($"avg({type})", _ => new WideSumState(average: true));
        registry.Aggregate("avg(numeric)", _ => new NumericSumState(average: true));
        registry.Aggregate("avg(interval)", _ => new IntervalSumState(average: true));
        RegisterVariances(registry);
        RegisterRegression(registry);
    }

    private static void RegisterVariances(FunctionRegistry registry)
    {
        foreach (var (name, sample, root) in new[]
        {
            ("var_pop", false, false), ("var_samp", true, false), ("variance", true, false), ("stddev_pop", false, true), ("stddev_samp", true, true), ("stddev", true, true),
        })
        {
            foreach (var type in new[] { "int2", "int4", "int8" })
                registry.Aggregate($"{name}({type})", _ => new NumericVarianceState(sample, root, isInteger: true));
            registry.Aggregate($"{name}(numeric)", _ => new NumericVarianceState(sample, root, isInteger: false));
            foreach (var type in new[] { "float4", "float8" })
            {
                var single = type == "float4";
                registry.Aggregate($"{name}({type})", _ => new FloatMomentsState(single, moments => moments.Variance(sample, root)));
            }
        }
        registry.Aggregate("avg(float4)", _ => new FloatMomentsState(true, moments => moments.Average()));
        registry.Aggregate("avg(float8)", _ => new FloatMomentsState(false, moments => moments.Average()));
    }

    /// <summary>sum(smallint), sum(integer) → bigint.</summary>
    private sealed class IntegerSumState : IAggregateState
    {
        private long _sum;
        private bool _any;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            _sum = IntegerFunctions.Add8(_sum, arguments[0].Bits).AsInt64;
            _any = true;
        }

        public Datum Finish() => _any ? Datum.FromInt64(_sum) : Datum.Null;
    }

    /// <summary>sum(bigint) and avg of the integers → numeric, in 128 bits.</summary>
    private sealed class WideSumState(bool average) : IAggregateState
    {
        private Int128 _sum;
        private long _count;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            _sum += arguments[0].Bits;
            _count++;
        }

        public Datum Finish()
        {
            if (_count == 0)
                return Datum.Null;
            var sum = Numerics.FromInt128(_sum, 0);
            return average ? NumericArithmetic.Divide(sum, Numerics.FromInt64(_count)) : sum;
        }
    }

    private sealed class NumericSumState(bool average) : IAggregateState
    {
        private Datum _sum = Numerics.Zero;
        private long _count;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            _sum = NumericArithmetic.Add(_sum, arguments[0]);
            _count++;
        }

        public Datum Finish() => _count == 0 ? Datum.Null : average ? NumericArithmetic.Divide(_sum, Numerics.FromInt64(_count)) : _sum;
    }

    /// <summary>Adds in plan order.</summary>
    private sealed class FloatSumState : IAggregateState
    {
        private double _sum;
        private bool _any;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            _sum = _any ? FloatFunctions.Add(_sum, arguments[0].AsDouble) : arguments[0].AsDouble;
            _any = true;
        }

        public Datum Finish() => _any ? Datum.FromDouble(_sum) : Datum.Null;
    }

    private sealed class SingleSumState : IAggregateState
    {
        private float _sum;
        private bool _any;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            var value = arguments[0].AsSingle;
            var sum = _any ? _sum + value : value;
            if (float.IsInfinity(sum) && float.IsFinite(value) && float.IsFinite(_sum))
                throw new SqlException(SqlState.NumericValueOutOfRange, "value out of range: overflow");
            _sum = sum;
            _any = true;
        }

        public Datum Finish() => _any ? Datum.FromSingle(_sum) : Datum.Null;
    }

    private sealed class IntervalSumState(bool average) : IAggregateState
    {
        private IntervalValue _sum = IntervalValue.Zero;
        private long _count;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            _sum = IntervalArithmetic.Add(_sum, arguments[0].As<IntervalValue>());
            _count++;
        }

        public Datum Finish() => _count == 0 ? Datum.Null : (average ? IntervalArithmetic.Divide(_sum, _count) : _sum).ToDatum();
    }

    /// <summary>Exact sums of values and squares (numeric.c numeric_stddev_internal).</summary>
    private sealed class NumericVarianceState(bool sample, bool root, bool isInteger) : IAggregateState
    {
        private Datum _sum = Numerics.Zero;
        private Datum _squares = Numerics.Zero;
        private long _count;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            var value = isInteger ? Numerics.FromInt64(arguments[0].Bits) : arguments[0];
            _sum = NumericArithmetic.Add(_sum, value);
            _squares = NumericArithmetic.Add(_squares, NumericArithmetic.Multiply(value, value));
            _count++;
        }

        public Datum Finish()
        {
            if (_count == 0 || sample && _count == 1)
                return Datum.Null;
            if (!Numerics.IsFinite(_sum) || !Numerics.IsFinite(_squares))
                return Numerics.NaN;
            var count = Numerics.FromInt64(_count);
            var numerator = NumericArithmetic.Subtract(NumericArithmetic.Multiply(count, _squares), NumericArithmetic.Multiply(_sum, _sum));
            if (Numerics.SignOf(numerator) <= 0)
                return Numerics.Zero;
            var divisor = Numerics.FromBig((BigInteger)_count * (sample ? _count - 1 : _count), 0);
            var scale = NumericArithmetic.SelectDivisionScale(numerator, divisor);
            var variance = NumericArithmetic.DivideAt(numerator, divisor, scale);
            return root ? NumericArithmetic.SquareRootAt(variance, scale) : variance;
        }
    }

    /// <summary>Running moments of float columns by the Youngs-Cramer update, as float8_accum.</summary>
    private sealed class FloatMomentsState(bool single, Func<FloatMomentsState, Datum> finish) : IAggregateState
    {
        private double _count;
        private double _sum;
        private double _squares;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            var value = single ? arguments[0].AsSingle : arguments[0].AsDouble;
            var sumBefore = _sum;
            _count += 1;
            _sum += value;
            if (_count > 1)
            {
                var distance = value * _count - _sum;
                _squares += distance * distance / (_count * (_count - 1));
                CheckOverflow(sumBefore, value);
            }
            else if (!double.IsFinite(value))
            {
                _squares = double.NaN;
            }
        }

        /// <summary>22003 where finite values overflow; an infinite value makes the moments NaN.</summary>
        private void CheckOverflow(double sumBefore, double value)
        {
            if (!double.IsInfinity(_sum) && !double.IsInfinity(_squares))
                return;
            if (!double.IsInfinity(sumBefore) && !double.IsInfinity(value))
                throw new SqlException(SqlState.NumericValueOutOfRange, "value out of range: overflow");
            _squares = double.NaN;
        }

        public Datum Average() => _count == 0 ? Datum.Null : Datum.FromDouble(_sum / _count);

        public Datum Variance(bool sample, bool root)
        {
            if (_count == 0 || sample && _count == 1)
                return Datum.Null;
            var variance = _squares / (sample ? _count - 1 : _count);
            return Datum.FromDouble(root ? Math.Sqrt(variance) : variance);
        }

        public Datum Finish() => finish(this);
    }

    private static void RegisterRegression(FunctionRegistry registry)
    {
        void Regression(string name, Func<RegressionState, Datum> finish) =>
            registry.Aggregate($"{name}(float8,float8)", _ => new RegressionState(finish));
        Regression("regr_count", s => Datum.FromInt64((long)s.Count));
        Regression("regr_sxx", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.Sxx));
        Regression("regr_syy", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.Syy));
        Regression("regr_sxy", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.Sxy));
        Regression("regr_avgx", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.SumX / s.Count));
        Regression("regr_avgy", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.SumY / s.Count));
        Regression("covar_pop", s => s.Count < 1 ? Datum.Null : Datum.FromDouble(s.Sxy / s.Count));
        Regression("covar_samp", s => s.Count < 2 ? Datum.Null : Datum.FromDouble(s.Sxy / (s.Count - 1)));
        Regression("corr", s => s.Count < 1 || s.Sxx == 0 || s.Syy == 0 ? Datum.Null : Datum.FromDouble(s.Sxy / Math.Sqrt(s.Sxx * s.Syy)));
        Regression("regr_r2", s => s.Count < 1 || s.Sxx == 0 ? Datum.Null : Datum.FromDouble(s.Syy == 0 ? 1 : s.Sxy * s.Sxy / (s.Sxx * s.Syy)));
        Regression("regr_slope", s => s.Count < 1 || s.Sxx == 0 ? Datum.Null : Datum.FromDouble(s.Sxy / s.Sxx));
        Regression("regr_intercept", s => s.Count < 1 || s.Sxx == 0 ? Datum.Null : Datum.FromDouble((s.SumY - s.SumX * s.Sxy / s.Sxx) / s.Count));
    }

    /// <summary>Moments of pairs (Y, X), as float8_regr_accum.</summary>
    private sealed class RegressionState(Func<RegressionState, Datum> finish) : IAggregateState
    {
        public double Count { get; private set; }

        public double SumX { get; private set; }

        public double SumY { get; private set; }

        public double Sxx { get; private set; }

        public double Syy { get; private set; }

        public double Sxy { get; private set; }

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            var (y, x) = (arguments[0].AsDouble, arguments[1].AsDouble);
            Count += 1;
            SumX += x;
            SumY += y;
            if (Count > 1)
            {
                var (dx, dy) = (x * Count - SumX, y * Count - SumY);
                var scale = 1.0 / (Count * (Count - 1));
                Sxx += dx * dx * scale;
                Syy += dy * dy * scale;
                Sxy += dx * dy * scale;
            }
        }

        public Datum Finish() => finish(this);
    }
}
