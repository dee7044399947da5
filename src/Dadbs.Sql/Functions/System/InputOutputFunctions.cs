using System.Buffers;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>The input, output, receive and send functions that pg_type names, over <see cref="TypeOperations"/>; receive is not callable from SQL.</summary>
internal static class InputOutputFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        foreach (var type in SqlTypes.All)
        {
            if (type.Kind != TypeKind.Base || type.IsArray && type.Functions.Input == "array_in")
                continue;
            var operations = type.Operations;
            Once(registry, type.Functions.Input, (context, a) => operations.ParseText(a[0].AsUtf8Span, a.Length > 2 && !a[2].IsNull ? a[2].AsInt32 : -1, context.TypeSettings));
            Once(registry, type.Functions.Output, (context, a) =>
            {
                var text = new ArrayBufferWriter<byte>();
                operations.FormatText(a[0], text, context.TypeSettings);
                return Datum.FromUtf8(text.WrittenSpan);
            });
            Once(registry, type.Functions.Send, (_, a) =>
            {
                var bytes = new ArrayBufferWriter<byte>();
                operations.WriteBinary(a[0], bytes);
                return Datum.FromBytes(bytes.WrittenSpan.ToArray());
            });
            Once(registry, type.Functions.Receive, (_, _) => throw Internal());
        }
        foreach (var name in new[]
        {
            "array_in", "array_out", "array_recv", "array_send", "record_in", "record_out", "record_recv", "record_send", "void_in", "void_out", "anyarray_out", "anyarray_in",
            "any_in", "any_out", "cstring_in", "cstring_out", "cstring_recv", "cstring_send", "void_recv", "void_send", "unknownin", "unknownout",
            "unknownrecv", "unknownsend", "array_subscript_handler", "raw_array_subscript_handler", "trigger_in", "trigger_out", "internal_in", "internal_out",
            "anyelement_in", "anyelement_out", "anynonarray_in", "anynonarray_out", "anyarray_recv", "anyarray_send", "anycompatible_in", "anycompatible_out",
            "anycompatiblearray_in", "anycompatiblearray_out", "anycompatiblearray_recv", "anycompatiblearray_send", "anycompatiblenonarray_in", "anycompatiblenonarray_out",
            "anyenum_in", "anyenum_out",
        })
            Once(registry, name, (_, _) => throw Internal());
    }

    private static void Once(FunctionRegistry registry, string name, ScalarFunction body)
    {
        if (name != "-" && registry.Knows(name) && !registry.Has(name))
            registry.Scalar(name, body);
    }

    private static SqlException Internal() => new(SqlState.FeatureNotSupported, "cannot call an internal conversion function");
}
