using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>Casts that have a function of their own in pg_cast and belong to no other family: between string types, length coercions, reg* types.</summary>
internal static class CastFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("text(bpchar)", (_, a) => TrimPadding(a[0]));
        registry.Scalar("text_name", (_, a) => Datum.FromUtf8(NameOperations.Cut(a[0].AsUtf8Span)));
        registry.Scalar("bpchar_name", (_, a) => Datum.FromUtf8(NameOperations.Cut(CharOperations.Trimmed(a[0]))));
        registry.Scalar("name_text", (_, a) => a[0]);
        registry.Scalar("name_bpchar", (_, a) => a[0]);
        registry.Scalar("char_text", (_, a) => a[0].Bits == 0 ? Datum.FromUtf8([]) : Datum.FromUtf8([(byte)a[0].Bits]));
        registry.Scalar("char_bpchar", (_, a) => Datum.FromUtf8([(byte)a[0].Bits]));
        registry.Scalar("text_char", (_, a) => Datum.FromInt64(a[0].AsUtf8Span.Length == 0 ? 0 : a[0].AsUtf8Span[0]));
        registry.Scalar("chartoi4", (_, a) => Datum.FromInt32((sbyte)a[0].Bits));
        registry.Scalar("i4tochar", (_, a) => a[0].AsInt32 is >= sbyte.MinValue and <= sbyte.MaxValue
            ? Datum.FromInt64((byte)a[0].Bits)
            : throw new SqlException(SqlState.NumericValueOutOfRange, "\"char\" out of range"));
        registry.Scalar("bpchar(bpchar,int4,bool)", (_, a) => CharOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, a[2].AsBool));
        registry.Scalar("varchar(varchar,int4,bool)", (_, a) => VarCharOperations.Instance.ApplyModifier(a[0], a[1].AsInt32, a[2].AsBool));
        registry.Scalar("text_regclass", (context, a) =>
            Datum.FromUInt32(RegclassOperations.Instance.Resolve(a[0].AsString(), context.Catalog)));
        registry.Scalar("xid8toxid", (_, a) => Datum.FromUInt32((uint)a[0].Bits));
    }

    private static Datum TrimPadding(Datum value) => Datum.FromUtf8(value.As<byte[]>(), (int)(value.Bits >> 32), CharOperations.Trimmed(value).Length);
}
