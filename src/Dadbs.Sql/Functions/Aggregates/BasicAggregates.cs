using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>count, min, max, the boolean and bit aggregates.</summary>
internal static class BasicAggregates
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Aggregate("count()", _ => new CountState(), ignoresNulls: false);
        registry.Aggregate("count(any)", _ => new CountState());
        foreach (var type in SqlTypes.All)
        {
            if (type.Kind != TypeKind.Base || !registry.Knows($"min({type.Name})"))
                continue;
            registry.Aggregate($"min({type.Name})", _ => new ExtremeState(type.Operations, -1));
            registry.Aggregate($"max({type.Name})", _ => new ExtremeState(type.Operations, 1));
        }
        foreach (var (name, sign) in new[] { ("min", -1), ("max", 1) })
            registry.GenericAggregate($"{name}(anyarray)", (generic, types) => generic with
            {
                ReturnType = types[0],
                ArgumentTypes = types,
                Specializer = null,
                Aggregate = generic.Aggregate is null
                    ? new AggregateDescriptor { IgnoresNulls = true, Create = _ => new ExtremeState(types[0].Operations, sign) }
                    : generic.Aggregate with { Create = _ => new ExtremeState(types[0].Operations, sign) },
            });
        registry.Aggregate("bool_and(bool)", _ => new FoldState((a, b) => a & b));
        registry.Aggregate("every(bool)", _ => new FoldState((a, b) => a & b));
        registry.Aggregate("bool_or(bool)", _ => new FoldState((a, b) => a | b));
        foreach (var type in new[] { "int2", "int4", "int8" })
        {
            registry.Aggregate($"bit_and({type})", _ => new FoldState((a, b) => a & b));
            registry.Aggregate($"bit_or({type})", _ => new FoldState((a, b) => a | b));
            registry.Aggregate($"bit_xor({type})", _ => new FoldState((a, b) => a ^ b));
        }
    }

    private sealed class CountState : IAggregateState
    {
        private long _count;

        public void Accumulate(ReadOnlySpan<Datum> arguments) => _count++;

        public Datum Finish() => Datum.FromInt64(_count);
    }

    private sealed class ExtremeState(TypeOperations operations, int sign) : IAggregateState
    {
        private Datum _best;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            if (_best.IsNull || operations.Compare(arguments[0], _best) * sign > 0)
                _best = arguments[0].Detach();
        }

        public Datum Finish() => _best;
    }

    /// <summary>Folds the bits of the values from the first one on.</summary>
    private sealed class FoldState(Func<long, long, long> fold) : IAggregateState
    {
        private Datum _value;

        public void Accumulate(ReadOnlySpan<Datum> arguments) =>
            _value = _value.IsNull ? arguments[0] : Datum.FromInt64(fold(_value.Bits, arguments[0].Bits));

        public Datum Finish() => _value;
    }
}
