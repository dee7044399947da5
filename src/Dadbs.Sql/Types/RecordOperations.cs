using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>Rows as values. Ordered field by field, NULL last; text form <c>(1,"a b",)</c>.</summary>
public sealed class RecordOperations : TypeOperations
{
    public static RecordOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) =>
        throw new SqlException(SqlState.FeatureNotSupported, "input of anonymous composite types is not implemented");

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var record = value.As<RecordValue>();
        var buffer = new ArrayBufferWriter<byte>();
        output.Write("("u8);
        for (var i = 0; i < record.Fields.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            if (record.Fields[i].IsNull)
                continue;
            buffer.ResetWrittenCount();
            record.Types[i].Operations.FormatText(record.Fields[i], buffer, settings);
            WriteQuoted(buffer.WrittenSpan, output);
        }
        output.Write(")"u8);
    }

    private static void WriteQuoted(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var quote = text.Length == 0;
        foreach (var b in text)
            quote |= b is (byte)'"' or (byte)'\\' or (byte)'(' or (byte)')' or (byte)',' || AsciiText.IsSpace(b);
        if (!quote)
        {
            output.Write(text);
            return;
        }
        output.Write("\""u8);
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\')
                output.Write([b]);
            output.Write([b]);
        }
        output.Write("\""u8);
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) =>
        throw new SqlException(SqlState.FeatureNotSupported, "input of anonymous composite types is not implemented");

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var record = value.As<RecordValue>();
        WriteInt32(record.Fields.Length, output);
        var buffer = new ArrayBufferWriter<byte>();
        for (var i = 0; i < record.Fields.Length; i++)
        {
            WriteInt32((int)record.Types[i].Oid, output);
            if (record.Fields[i].IsNull)
            {
                WriteInt32(-1, output);
                continue;
            }
            buffer.ResetWrittenCount();
            record.Types[i].Operations.WriteBinary(record.Fields[i], buffer);
            WriteInt32(buffer.WrittenCount, output);
            output.Write(buffer.WrittenSpan);
        }
    }

    private static void WriteInt32(int value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public override int Compare(Datum left, Datum right)
    {
        var (a, b) = (left.As<RecordValue>(), right.As<RecordValue>());
        var common = Math.Min(a.Fields.Length, b.Fields.Length);
        for (var i = 0; i < common; i++)
        {
            if (a.Types[i] != b.Types[i])
                throw new SqlException(SqlState.DatatypeMismatch, $"cannot compare dissimilar column types {a.Types[i]} and {b.Types[i]} at record column {i + 1}");
            var (x, y) = (a.Fields[i], b.Fields[i]);
            var order = x.IsNull || y.IsNull ? x.IsNull.CompareTo(y.IsNull) : a.Types[i].Operations.Compare(x, y);
            if (order != 0)
                return order;
        }
        if (a.Fields.Length != b.Fields.Length)
            throw new SqlException(SqlState.DatatypeMismatch, "cannot compare record types with different numbers of columns");
        return 0;
    }

    public override ulong Hash(Datum value)
    {
        var record = value.As<RecordValue>();
        ulong hash = 1;
        for (var i = 0; i < record.Fields.Length; i++)
            hash = StableHash.Combine(hash, record.Fields[i].IsNull ? 0 : record.Types[i].Operations.Hash(record.Fields[i]));
        return hash;
    }

    public override void EncodeKey(Datum value, ref KeyWriter writer)
    {
        var record = value.As<RecordValue>();
        for (var i = 0; i < record.Fields.Length; i++)
        {
            writer.WriteByte(record.Fields[i].IsNull ? (byte)2 : (byte)1);
            if (!record.Fields[i].IsNull)
                record.Types[i].Operations.EncodeKey(record.Fields[i], ref writer);
        }
    }

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => throw new SqlException(SqlState.FeatureNotSupported, "cannot store a value of type record");

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => throw new SqlException(SqlState.FeatureNotSupported, "cannot read a value of type record");
}
