using System.Buffers.Binary;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Rows;

/// <summary>
/// How the types whose values are bits of a Datum stand in a row: little-endian, in as many bytes as PostgreSQL's typlen, at a place that
/// does not depend on the row's other values. Every other type is a variable column.
/// </summary>
internal enum FixedField : byte
{
    None = 0,
    Byte = 1,
    Int16 = 2,
    Int32 = 4,

    /// <summary>Four bytes, unsigned: oid and the reg* types.</summary>
    UInt32 = 5,
    Int64 = 8,

    /// <summary>Sixteen bytes as they are: uuid.</summary>
    Bytes16 = 16,
}

internal static class FixedFields
{
    public static FixedField Of(SqlType type) => type.Oid switch
    {
        16 or 18 => FixedField.Byte,
        21 => FixedField.Int16,
        23 or 700 or 1082 => FixedField.Int32,
        24 or 26 or 2202 or 2205 or 2206 or 4089 or 4096 => FixedField.UInt32,
        20 or 701 or 1083 or 1114 or 1184 => FixedField.Int64,
        2950 => FixedField.Bytes16,
        _ => FixedField.None,
    };

    public static int Bytes(FixedField field) => field == FixedField.UInt32 ? 4 : (int)field;

    public static void Write(FixedField field, Datum value, Span<byte> into)
    {
        switch (field)
        {
            case FixedField.Byte:
                into[0] = (byte)value.Bits;
                break;
            case FixedField.Int16:
                BinaryPrimitives.WriteInt16LittleEndian(into, (short)value.Bits);
                break;
            case FixedField.Int32 or FixedField.UInt32:
                BinaryPrimitives.WriteInt32LittleEndian(into, (int)value.Bits);
                break;
            case FixedField.Int64:
                BinaryPrimitives.WriteInt64LittleEndian(into, value.Bits);
                break;
            case FixedField.Bytes16:
                value.AsBytesSpan.CopyTo(into[..16]);
                break;
        }
    }

    public static Datum Read(FixedField field, byte[] bytes, int offset) => field switch
    {
        FixedField.Byte => Datum.FromInt64(bytes[offset]),
        FixedField.Int16 => Datum.FromInt64(BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset))),
        FixedField.Int32 => Datum.FromInt64(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset))),
        FixedField.UInt32 => Datum.FromInt64(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset))),
        FixedField.Int64 => Datum.FromInt64(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset))),
        _ => Datum.FromBytes(bytes, offset, 16),
    };
}
