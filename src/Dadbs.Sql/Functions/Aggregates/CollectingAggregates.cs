using System.Buffers;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>string_agg and array_agg: state that grows with the group, counted against the budget.</summary>
internal static class CollectingAggregates
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Aggregate("string_agg(text,text)", context => new StringState(context), ignoresNulls: false);
        registry.Aggregate("string_agg(bytea,bytea)", context => new StringState(context), ignoresNulls: false);
        registry.GenericAggregate("array_agg(anynonarray)", (generic, types) => Specialize(generic, types,
            types[0].ArrayType ?? throw new SqlException(SqlState.UndefinedObject, $"could not find array type for data type {types[0]}"),
            context => new ArrayState(context, types[0])));
        registry.GenericAggregate("array_agg(anyarray)", (generic, types) => Specialize(generic, types, types[0], context => new StackState(context)));
    }

    private static FunctionDescriptor Specialize(FunctionDescriptor generic, SqlType[] types, SqlType result, AggregateFactory create) => generic with
    {
        ArgumentTypes = types,
        ReturnType = result,
        Specializer = null,
        Aggregate = new AggregateDescriptor { Create = create, IgnoresNulls = false },
    };

    /// <summary>Values with the delimiter of the row before each but the first; NULL values are skipped, a NULL delimiter is nothing.</summary>
    private sealed class StringState(EvaluationContext context) : IAggregateState
    {
        private readonly ArrayBufferWriter<byte> _text = new();
        private bool _any;

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            if (arguments[0].IsNull)
                return;
            var before = _text.WrittenCount;
            if (_any && !arguments[1].IsNull)
                _text.Write(arguments[1].AsUtf8Span);
            _text.Write(arguments[0].AsUtf8Span);
            _any = true;
            context.Budget.Allocate(_text.WrittenCount - before);
            Budget.CheckValueLength(_text.WrittenCount);
        }

        public Datum Finish() => _any ? Datum.FromUtf8(_text.WrittenSpan) : Datum.Null;
    }

    private sealed class ArrayState(EvaluationContext context, SqlType element) : IAggregateState
    {
        private readonly List<Datum> _elements = [];

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            var value = arguments[0].Detach();
            context.Budget.Allocate(16 + value.RetainedBytes);
            _elements.Add(value);
        }

        public Datum Finish() => _elements.Count == 0 ? Datum.Null : ArrayValue.OneDimensional(element, [.. _elements]).ToDatum();
    }

    /// <summary>Arrays of one shape become an array of one dimension more.</summary>
    private sealed class StackState(EvaluationContext context) : IAggregateState
    {
        private readonly List<ArrayValue> _arrays = [];

        public void Accumulate(ReadOnlySpan<Datum> arguments)
        {
            if (arguments[0].IsNull)
                throw new SqlException(SqlState.NullValueNotAllowed, "cannot accumulate null arrays");
            var array = arguments[0].As<ArrayValue>();
            if (array.Dimensions == 0)
                throw new SqlException(SqlState.ArraySubscriptError, "cannot accumulate empty arrays");
            if (_arrays.Count > 0 && !_arrays[0].Lengths.AsSpan().SequenceEqual(array.Lengths))
                throw new SqlException(SqlState.ArraySubscriptError, "cannot accumulate arrays of different dimensionality");
            context.Budget.Allocate(array.RetainedBytes);
            _arrays.Add(array);
        }

        public Datum Finish()
        {
            if (_arrays.Count == 0)
                return Datum.Null;
            var first = _arrays[0];
            var elements = _arrays.SelectMany(array => array.Elements).ToArray();
            return new ArrayValue(first.ElementType, [_arrays.Count, .. first.Lengths], [1, .. first.LowerBounds], elements).ToDatum();
        }
    }
}
