using System.Buffers;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Functions and operators of arrays. All are polymorphic: the element type comes with the call.</summary>
internal static class ArrayFunctions
{
    private delegate Datum ArrayBody(EvaluationContext context, ReadOnlySpan<Datum> arguments, SqlType element);

    public static void Register(FunctionRegistry registry)
    {
        RegisterComparisons(registry);
        RegisterShape(registry);
        RegisterBuilding(registry);
        RegisterSearch(registry);
        RegisterText(registry);
        registry.GenericSet("unnest(anyarray)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            ReturnType = types[0].ElementType!,
            Specializer = null,
            SetBody = (_, a) => a[0].As<ArrayValue>().Elements,
        });
        registry.GenericSet("generate_subscripts(anyarray,int4)", (generic, types) => Subscripts(generic, types, false));
        registry.GenericSet("generate_subscripts(anyarray,int4,bool)", (generic, types) => Subscripts(generic, types, true));
    }

    /// <summary>The element type is that of the first array argument; anyelement results become it, anyarray results the array.</summary>
    private static void Add(FunctionRegistry registry, string signature, ArrayBody body) => registry.Generic(signature, (generic, types) =>
    {
        var arrayType = Array.Find(types, type => type.IsArray) ?? Array.Find(types, type => type.ArrayOid != 0)?.ArrayType
            ?? throw new SqlException(SqlState.DatatypeMismatch, "could not determine polymorphic type because input has type unknown");
        var element = arrayType.ElementType!;
        return generic with
        {
            ArgumentTypes = types,
            ReturnType = generic.ReturnType.Oid is 2277 or 5078 ? arrayType : generic.ReturnType.IsPolymorphic ? element : generic.ReturnType,
            Specializer = null,
            Body = (context, a) => body(context, a, element),
        };
    });

    private static FunctionDescriptor Subscripts(FunctionDescriptor generic, SqlType[] types, bool hasReverse) => generic with
    {
        ArgumentTypes = types,
        Specializer = null,
        SetBody = (_, a) =>
        {
            var array = a[0].As<ArrayValue>();
            var dimension = a[1].AsInt32 - 1;
            if (dimension < 0 || dimension >= array.Dimensions)
                return [];
            var subscripts = Enumerable.Range(array.LowerBounds[dimension], array.Lengths[dimension]).Select(Datum.FromInt32);
            return hasReverse && a[2].AsBool ? subscripts.Reverse() : subscripts;
        },
    };

    private static void RegisterComparisons(FunctionRegistry registry)
    {
        void Compare(string name, Func<int, bool> holds) => Add(registry, $"{name}(anyarray,anyarray)", (context, a, element) =>
        {
            context.Budget.Step(1 + a[0].As<ArrayValue>().Elements.Length);
            return Datum.FromBool(holds(new ArrayOperations(element).Compare(a[0], a[1])));
        });
        Compare("array_eq", order => order == 0);
        Compare("array_ne", order => order != 0);
        Compare("array_lt", order => order < 0);
        Compare("array_le", order => order <= 0);
        Compare("array_gt", order => order > 0);
        Compare("array_ge", order => order >= 0);
        Add(registry, "btarraycmp(anyarray,anyarray)", (_, a, element) => Datum.FromInt32(Math.Sign(new ArrayOperations(element).Compare(a[0], a[1]))));
        Add(registry, "array_larger(anyarray,anyarray)", (_, a, element) => new ArrayOperations(element).Compare(a[0], a[1]) > 0 ? a[0] : a[1]);
        Add(registry, "array_smaller(anyarray,anyarray)", (_, a, element) => new ArrayOperations(element).Compare(a[0], a[1]) < 0 ? a[0] : a[1]);
        Add(registry, "arrayoverlap(anyarray,anyarray)", (context, a, element) => Datum.FromBool(Overlaps(context, a[0], a[1], element)));
        Add(registry, "arraycontains(anyarray,anyarray)", (context, a, element) => Datum.FromBool(Contains(context, a[0], a[1], element)));
        Add(registry, "arraycontained(anyarray,anyarray)", (context, a, element) => Datum.FromBool(Contains(context, a[1], a[0], element)));
    }

    private static bool Overlaps(EvaluationContext context, Datum left, Datum right, SqlType element) =>
        Array.Exists(left.As<ArrayValue>().Elements, item => Has(context, right.As<ArrayValue>(), item, element));

    private static bool Contains(EvaluationContext context, Datum whole, Datum part, SqlType element) =>
        Array.TrueForAll(part.As<ArrayValue>().Elements, item => Has(context, whole.As<ArrayValue>(), item, element));

    private static bool Has(EvaluationContext context, ArrayValue array, Datum item, SqlType element)
    {
        context.Budget.Step(array.Elements.Length);
        return !item.IsNull && Array.Exists(array.Elements, other => !other.IsNull && element.Operations.AreEqual(other, item));
    }

    private static void RegisterShape(FunctionRegistry registry)
    {
        Add(registry, "array_ndims(anyarray)", (_, a, _) => a[0].As<ArrayValue>().Dimensions is var n && n == 0 ? Datum.Null : Datum.FromInt32(n));
        Add(registry, "cardinality(anyarray)", (_, a, _) => Datum.FromInt32(a[0].As<ArrayValue>().Elements.Length));
        Add(registry, "array_length(anyarray,int4)", (_, a, _) => Dimension(a, (array, i) => array.Lengths[i]));
        Add(registry, "array_lower(anyarray,int4)", (_, a, _) => Dimension(a, (array, i) => array.LowerBounds[i]));
        Add(registry, "array_upper(anyarray,int4)", (_, a, _) => Dimension(a, (array, i) => array.LowerBounds[i] + array.Lengths[i] - 1));
        Add(registry, "array_dims(anyarray)", (_, a, _) =>
        {
            var array = a[0].As<ArrayValue>();
            return array.Dimensions == 0
                ? Datum.Null
                : Datum.FromString(string.Concat(array.Lengths.Select((length, i) => $"[{array.LowerBounds[i]}:{array.LowerBounds[i] + length - 1}]")));
        });
    }

    private static Datum Dimension(ReadOnlySpan<Datum> a, Func<ArrayValue, int, int> read)
    {
        var array = a[0].As<ArrayValue>();
        var dimension = a[1].AsInt32 - 1;
        return dimension < 0 || dimension >= array.Dimensions ? Datum.Null : Datum.FromInt32(read(array, dimension));
    }

    private static void RegisterBuilding(FunctionRegistry registry)
    {
        Add(registry, "array_append(anycompatiblearray,anycompatible)", (context, a, element) => Append(context, a[0], a[1], element));
        Add(registry, "array_prepend(anycompatible,anycompatiblearray)", (context, a, element) => Prepend(context, a[0], a[1], element));
        Add(registry, "array_cat(anycompatiblearray,anycompatiblearray)", (context, a, element) => Concatenate(context, a[0], a[1], element));
        Add(registry, "array_remove(anycompatiblearray,anycompatible)", (context, a, element) => Remove(context, a[0], a[1], element));
        Add(registry, "array_replace(anycompatiblearray,anycompatible,anycompatible)", (context, a, element) => Replace(context, a[0], a[1], a[2], element));
        Add(registry, "array_fill(anyelement,_int4)", (context, a, element) => Fill(context, a[0], a[1], Datum.Null, element));
        Add(registry, "array_fill(anyelement,_int4,_int4)", (context, a, element) => Fill(context, a[0], a[1], a[2], element));
        Add(registry, "trim_array(anyarray,int4)", (_, a, element) => TrimEnd(a[0], a[1].AsInt32, element));
    }

    private static SqlException NotOneDimensional() => new(SqlState.DataException, "argument must be empty or one-dimensional array");

    private static Datum Append(EvaluationContext context, Datum arrayDatum, Datum item, SqlType element)
    {
        var array = arrayDatum.IsNull ? ArrayValue.Empty(element) : arrayDatum.As<ArrayValue>();
        if (array.Dimensions > 1)
            throw NotOneDimensional();
        context.Budget.Step(array.Elements.Length + 1L);
        Datum[] elements = [.. array.Elements, item.Detach()];
        return new ArrayValue(element, [elements.Length], array.Dimensions == 0 ? [1] : array.LowerBounds, elements).ToDatum();
    }

    private static Datum Prepend(EvaluationContext context, Datum item, Datum arrayDatum, SqlType element)
    {
        var array = arrayDatum.IsNull ? ArrayValue.Empty(element) : arrayDatum.As<ArrayValue>();
        if (array.Dimensions > 1)
            throw NotOneDimensional();
        context.Budget.Step(array.Elements.Length + 1L);
        Datum[] elements = [item.Detach(), .. array.Elements];
        return new ArrayValue(element, [elements.Length], array.Dimensions == 0 ? [1] : array.LowerBounds, elements).ToDatum();
    }

    private static Datum Concatenate(EvaluationContext context, Datum left, Datum right, SqlType element)
    {
        if (left.IsNull)
            return right;
        if (right.IsNull)
            return left;
        var (a, b) = (left.As<ArrayValue>(), right.As<ArrayValue>());
        if (a.Dimensions == 0 || b.Dimensions == 0)
            return a.Dimensions == 0 ? right : left;
        context.Budget.Step(a.Elements.Length + (long)b.Elements.Length);
        Datum[] elements = [.. a.Elements, .. b.Elements];
        if (a.Dimensions == b.Dimensions && a.Lengths.AsSpan(1).SequenceEqual(b.Lengths.AsSpan(1)))
            return new ArrayValue(element, [a.Lengths[0] + b.Lengths[0], .. a.Lengths[1..]], a.LowerBounds, elements).ToDatum();
        if (a.Dimensions == b.Dimensions + 1 && a.Lengths.AsSpan(1).SequenceEqual(b.Lengths))
            return new ArrayValue(element, [a.Lengths[0] + 1, .. a.Lengths[1..]], a.LowerBounds, elements).ToDatum();
        if (b.Dimensions == a.Dimensions + 1 && b.Lengths.AsSpan(1).SequenceEqual(a.Lengths))
            return new ArrayValue(element, [b.Lengths[0] + 1, .. b.Lengths[1..]], b.LowerBounds, elements).ToDatum();
        throw new SqlException(SqlState.ArraySubscriptError, "cannot concatenate incompatible arrays")
        {
            Detail = Math.Abs(a.Dimensions - b.Dimensions) > 1
                ? $"Arrays of {a.Dimensions} and {b.Dimensions} dimensions are not compatible for concatenation."
                : "Arrays with differing element dimensions are not compatible for concatenation.",
        };
    }

    private static bool Same(Datum a, Datum b, SqlType element) => a.IsNull || b.IsNull ? a.IsNull && b.IsNull : element.Operations.AreEqual(a, b);

    private static Datum Remove(EvaluationContext context, Datum arrayDatum, Datum item, SqlType element)
    {
        if (arrayDatum.IsNull)
            return Datum.Null;
        var array = arrayDatum.As<ArrayValue>();
        if (array.Dimensions > 1)
            throw new SqlException(SqlState.FeatureNotSupported, "removing elements from multidimensional arrays is not supported");
        context.Budget.Step(array.Elements.Length);
        var kept = Array.FindAll(array.Elements, other => !Same(other, item, element));
        return (kept.Length == 0 ? ArrayValue.Empty(element) : new ArrayValue(element, [kept.Length], array.LowerBounds, kept)).ToDatum();
    }

    private static Datum Replace(EvaluationContext context, Datum arrayDatum, Datum from, Datum to, SqlType element)
    {
        if (arrayDatum.IsNull)
            return Datum.Null;
        var array = arrayDatum.As<ArrayValue>();
        context.Budget.Step(array.Elements.Length);
        return new ArrayValue(element, array.Lengths, array.LowerBounds, Array.ConvertAll(array.Elements, other => Same(other, from, element) ? to.Detach() : other)).ToDatum();
    }

    private static Datum Fill(EvaluationContext context, Datum value, Datum lengths, Datum bounds, SqlType element)
    {
        if (lengths.IsNull)
            throw new SqlException(SqlState.NullValueNotAllowed, "dimension array or low bound array cannot be null");
        var sizes = lengths.As<ArrayValue>().Elements.Select(item => item.AsInt32).ToArray();
        if (sizes.Length > ArrayValue.DimensionsMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"number of array dimensions ({sizes.Length}) exceeds the maximum allowed ({ArrayValue.DimensionsMax})");
        var count = sizes.Aggregate(1L, (product, size) => Math.Min(product * Math.Max(size, 0), long.MaxValue >> 32));
        if (sizes.Length == 0 || count == 0)
            return ArrayValue.Empty(element).ToDatum();
        context.Budget.Allocate(count * 16);
        Budget.CheckValueLength(count * 16);
        var elements = new Datum[count];
        elements.AsSpan().Fill(value.Detach());
        int[] lower = bounds.IsNull ? [.. Enumerable.Repeat(1, sizes.Length)] : [.. bounds.As<ArrayValue>().Elements.Select(item => item.AsInt32)];
        return new ArrayValue(element, sizes, lower, elements).ToDatum();
    }

    private static Datum TrimEnd(Datum arrayDatum, int count, SqlType element)
    {
        var array = arrayDatum.As<ArrayValue>();
        var length = array.Dimensions > 0 ? array.Lengths[0] : 0;
        if (count < 0 || count > length)
            throw new SqlException(SqlState.ArraySubscriptError, $"number of elements to trim must be between 0 and {length}");
        if (count == length)
            return ArrayValue.Empty(element).ToDatum();
        var kept = array.Elements.Length / length * (length - count);
        return new ArrayValue(element, [length - count, .. array.Lengths[1..]], [.. Enumerable.Repeat(1, array.Dimensions)], array.Elements[..kept]).ToDatum();
    }

    private static void RegisterSearch(FunctionRegistry registry)
    {
        Add(registry, "array_position(anycompatiblearray,anycompatible)", (context, a, element) => Position(context, a[0], a[1], null, element));
        Add(registry, "array_position(anycompatiblearray,anycompatible,int4)", (context, a, element) => Position(context, a[0], a[1], a[2].IsNull ? null : a[2].AsInt32, element));
        Add(registry, "array_positions(anycompatiblearray,anycompatible)", (context, a, element) => Positions(context, a[0], a[1], element));
    }

    private static Datum Position(EvaluationContext context, Datum arrayDatum, Datum item, int? from, SqlType element)
    {
        if (arrayDatum.IsNull)
            return Datum.Null;
        var array = arrayDatum.As<ArrayValue>();
        if (array.Dimensions > 1)
            throw new SqlException(SqlState.FeatureNotSupported, "searching for elements in multidimensional arrays is not supported");
        context.Budget.Step(array.Elements.Length);
        for (var i = 0; i < array.Elements.Length; i++)
        {
            var position = array.LowerBounds[0] + i;
            if (position >= (from ?? int.MinValue) && Same(array.Elements[i], item, element))
                return Datum.FromInt32(position);
        }
        return Datum.Null;
    }

    private static Datum Positions(EvaluationContext context, Datum arrayDatum, Datum item, SqlType element)
    {
        if (arrayDatum.IsNull)
            return Datum.Null;
        var array = arrayDatum.As<ArrayValue>();
        if (array.Dimensions > 1)
            throw new SqlException(SqlState.FeatureNotSupported, "searching for elements in multidimensional arrays is not supported");
        context.Budget.Step(array.Elements.Length);
        var found = new List<Datum>();
        for (var i = 0; i < array.Elements.Length; i++)
        {
            if (Same(array.Elements[i], item, element))
                found.Add(Datum.FromInt32(array.LowerBounds[0] + i));
        }
        return ArrayValue.OneDimensional(SqlTypes.Integer, [.. found]).ToDatum();
    }

    private static void RegisterText(FunctionRegistry registry)
    {
        Add(registry, "array_to_string(anyarray,text)", (context, a, element) => ToText(context, a[0], a[1].AsUtf8Span, Datum.Null, element));
        Add(registry, "array_to_string(anyarray,text,text)", (context, a, element) =>
            a[0].IsNull || a[1].IsNull ? Datum.Null : ToText(context, a[0], a[1].AsUtf8Span, a[2], element));
        registry.Scalar("text_to_array", (context, a) => a[0].IsNull ? Datum.Null : FromText(context, a[0], a[1], Datum.Null));
        registry.Scalar("text_to_array_null", (context, a) => a[0].IsNull ? Datum.Null : FromText(context, a[0], a[1], a[2]));
        registry.Set("text_to_table", (context, a) => a[0].IsNull ? [] : FromText(context, a[0], a[1], Datum.Null).As<ArrayValue>().Elements);
        registry.Set("text_to_table_null", (context, a) => a[0].IsNull ? [] : FromText(context, a[0], a[1], a[2]).As<ArrayValue>().Elements);
    }

    private static Datum ToText(EvaluationContext context, Datum array, ReadOnlySpan<byte> delimiter, Datum nullText, SqlType element)
    {
        var output = new ArrayBufferWriter<byte>();
        var first = true;
        foreach (var item in array.As<ArrayValue>().Elements)
        {
            if (item.IsNull && nullText.IsNull)
                continue;
            if (!first)
                output.Write(delimiter);
            first = false;
            output.Write(item.IsNull ? nullText.AsUtf8Span : TextFunctions.Format(element, item, context));
            Budget.CheckValueLength(output.WrittenCount);
            context.Budget.Step();
        }
        return Datum.FromUtf8(output.WrittenSpan);
    }

    /// <summary>string_to_array: a NULL delimiter splits into characters, an empty one not at all.</summary>
    private static Datum FromText(EvaluationContext context, Datum text, Datum delimiter, Datum nullText)
    {
        var parts = new List<Datum>();
        var rest = text.AsUtf8Span;
        while (rest.Length > 0)
        {
            context.Budget.Step();
            var size = delimiter.IsNull
                ? Math.Min(AsciiText.CharacterLength(rest[0]), rest.Length)
                : delimiter.AsUtf8Span.Length == 0 ? rest.Length : rest.IndexOf(delimiter.AsUtf8Span);
            var isLast = size < 0;
            parts.Add(Part(isLast ? rest : rest[..size], nullText));
            if (isLast)
                break;
            rest = rest[Math.Min(rest.Length, size + (delimiter.IsNull ? 0 : delimiter.AsUtf8Span.Length))..];
            if (rest.Length == 0 && !delimiter.IsNull && delimiter.AsUtf8Span.Length > 0)
                parts.Add(Part([], nullText));
        }
        return ArrayValue.OneDimensional(SqlTypes.Text, [.. parts]).ToDatum();
    }

    private static Datum Part(ReadOnlySpan<byte> part, Datum nullText) =>
        !nullText.IsNull && part.SequenceEqual(nullText.AsUtf8Span) ? Datum.Null : Datum.FromUtf8(part);
}
