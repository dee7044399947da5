using System.Buffers;
using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>
/// Arrays of one element type. Order as array_cmp: element by element (NULL after every value), then number of elements, dimensions, lengths,
/// lower bounds. The vectors (int2vector, oidvector) are arrays with lower bound 0 and a text form of their own.
/// </summary>
public class ArrayOperations(SqlType element) : TypeOperations
{
    /// <summary>PostgreSQL's MaxArraySize: the most elements that a value may have.</summary>
    private const int ElementsMax = 0x7FFFFFF;

    private readonly SqlType _element = element;

    public override bool IsOrderable => _element.Operations.IsOrderable;

    public override bool KeyTellsValue => _element.Operations.KeyTellsValue;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) =>
        ArrayText.Parse(_element, utf8, modifier, settings).ToDatum();

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) =>
        ArrayText.Format(value.As<ArrayValue>(), output, settings);

    public override Datum ApplyModifier(Datum value, int modifier, bool explicitCast)
    {
        if (modifier < 0)
            return value;
        var array = value.As<ArrayValue>();
        var elements = new Datum[array.Elements.Length];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = array.Elements[i].IsNull ? Datum.Null : _element.Operations.ApplyModifier(array.Elements[i], modifier, explicitCast);
        return new ArrayValue(array.ElementType, array.Lengths, array.LowerBounds, elements).ToDatum();
    }

    public override int EncodeModifier(SqlType type, ReadOnlySpan<int> arguments) => _element.Operations.EncodeModifier(_element, arguments);

    public override string FormatModifier(int modifier) => _element.Operations.FormatModifier(modifier);

    /// <summary>int32 dimensions, has-nulls flag, element OID, (length, lower bound) each, then length-prefixed elements.</summary>
    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        var dimensions = ReadInt32(ref bytes);
        if (dimensions is < 0 or > ArrayValue.DimensionsMax)
            throw dimensions < 0
                ? InputErrors.InvalidBinary($"invalid number of dimensions: {dimensions}")
                : new SqlException(SqlState.ProgramLimitExceeded, $"number of array dimensions ({dimensions}) exceeds the maximum allowed ({ArrayValue.DimensionsMax})");
        var flags = ReadInt32(ref bytes);
        if (flags is not (0 or 1))
            throw InputErrors.InvalidBinary("invalid array flags");
        var elementOid = (uint)ReadInt32(ref bytes);
        if (elementOid != _element.Oid)
            throw new SqlException(SqlState.DatatypeMismatch, $"binary data has array element type {elementOid} ({SqlTypes.ByOid(elementOid)?.DisplayName ?? "???"}) instead of expected {_element.Oid} ({_element.DisplayName})");
        var lengths = new int[dimensions];
        var lower = new int[dimensions];
        long count = dimensions == 0 ? 0 : 1;
        for (var i = 0; i < dimensions; i++)
        {
            lengths[i] = ReadInt32(ref bytes);
            lower[i] = ReadInt32(ref bytes);
            if (lengths[i] < 0 || lower[i] > int.MaxValue - lengths[i])
                throw InputErrors.InvalidBinary($"invalid array dimension: {lengths[i]}");
            count *= lengths[i];
            if (count > ElementsMax)
                throw new SqlException(SqlState.ProgramLimitExceeded, $"array size exceeds the maximum allowed ({ElementsMax})");
        }
        // An element takes at least its four bytes of length: a false count must not allocate.
        if (count * 4 > bytes.Length)
            throw InputErrors.InsufficientData();
        var elements = new Datum[count];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = ReadElement(ref bytes, modifier);
        if (bytes.Length != 0)
            throw InputErrors.InvalidBinary("incorrect binary data format");
        return (count == 0 ? ArrayValue.Empty(_element) : new ArrayValue(_element, lengths, lower, elements)).ToDatum();
    }

    private Datum ReadElement(ref ReadOnlySpan<byte> bytes, int modifier)
    {
        var length = ReadInt32(ref bytes);
        if (length == -1)
            return Datum.Null;
        if (length < 0 || length > bytes.Length)
            throw InputErrors.InvalidBinary("insufficient data left in message");
        var value = _element.Operations.ReadBinary(bytes[..length], modifier);
        bytes = bytes[length..];
        return value;
    }

    private static int ReadInt32(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
            throw InputErrors.InsufficientData();
        var value = BinaryPrimitives.ReadInt32BigEndian(bytes);
        bytes = bytes[4..];
        return value;
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
        var array = value.As<ArrayValue>();
        WriteInt32(array.Dimensions, output);
        WriteInt32(Array.Exists(array.Elements, item => item.IsNull) ? 1 : 0, output);
        WriteInt32((int)_element.Oid, output);
        for (var i = 0; i < array.Dimensions; i++)
        {
            WriteInt32(array.Lengths[i], output);
            WriteInt32(array.LowerBounds[i], output);
        }
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var item in array.Elements)
        {
            if (item.IsNull)
            {
                WriteInt32(-1, output);
                continue;
            }
            buffer.ResetWrittenCount();
            _element.Operations.WriteBinary(item, buffer);
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
        var (a, b) = (left.As<ArrayValue>(), right.As<ArrayValue>());
        var common = Math.Min(a.Elements.Length, b.Elements.Length);
        for (var i = 0; i < common; i++)
        {
            var (x, y) = (a.Elements[i], b.Elements[i]);
            var order = x.IsNull || y.IsNull ? x.IsNull.CompareTo(y.IsNull) : _element.Operations.Compare(x, y);
            if (order != 0)
                return order;
        }
        if (a.Elements.Length != b.Elements.Length)
            return a.Elements.Length.CompareTo(b.Elements.Length);
        if (a.Dimensions != b.Dimensions)
            return a.Dimensions.CompareTo(b.Dimensions);
        for (var i = 0; i < a.Dimensions; i++)
        {
            if (a.Lengths[i] != b.Lengths[i])
                return a.Lengths[i].CompareTo(b.Lengths[i]);
        }
        for (var i = 0; i < a.Dimensions; i++)
        {
            if (a.LowerBounds[i] != b.LowerBounds[i])
                return a.LowerBounds[i].CompareTo(b.LowerBounds[i]);
        }
        return 0;
    }

    public override ulong Hash(Datum value)
    {
        ulong hash = 1;
        foreach (var item in value.As<ArrayValue>().Elements)
            hash = StableHash.Combine(hash, item.IsNull ? 0 : _element.Operations.Hash(item));
        return hash;
    }

    /// <summary>Each element under a marker (1 value, 2 NULL), 0 at the end, then dimensions, lengths and lower bounds.</summary>
    public override void EncodeKey(Datum value, ref KeyWriter writer)
    {
        var array = value.As<ArrayValue>();
        foreach (var item in array.Elements)
        {
            writer.WriteByte(item.IsNull ? (byte)2 : (byte)1);
            if (!item.IsNull)
                _element.Operations.EncodeKey(item, ref writer);
        }
        writer.WriteByte(0);
        writer.WriteByte((byte)array.Dimensions);
        foreach (var length in array.Lengths)
            writer.WriteInt32(length);
        foreach (var bound in array.LowerBounds)
            writer.WriteInt32(bound);
    }

    /// <summary>A byte of dimensions, (length, lower bound) each as int32 little-endian, then per element an int32 length (-1 NULL) and its row form.</summary>
    public override void EncodeRow(Datum value, IBufferWriter<byte> output)
    {
        var array = value.As<ArrayValue>();
        output.Write([(byte)array.Dimensions]);
        for (var i = 0; i < array.Dimensions; i++)
        {
            WriteLittle(array.Lengths[i], output);
            WriteLittle(array.LowerBounds[i], output);
        }
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var item in array.Elements)
        {
            buffer.ResetWrittenCount();
            if (!item.IsNull)
                _element.Operations.EncodeRow(item, buffer);
            WriteLittle(item.IsNull ? -1 : buffer.WrittenCount, output);
            output.Write(buffer.WrittenSpan);
        }
    }

    private static void WriteLittle(int value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public override Datum DecodeRow(byte[] buffer, int offset, int length)
    {
        var dimensions = buffer[offset];
        var at = offset + 1;
        var lengths = new int[dimensions];
        var lower = new int[dimensions];
        var count = dimensions == 0 ? 0 : 1;
        for (var i = 0; i < dimensions; i++, at += 8)
        {
            lengths[i] = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at));
            lower[i] = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + 4));
            count *= lengths[i];
        }
        var elements = new Datum[count];
        for (var i = 0; i < count; i++)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at));
            at += 4;
            if (size < 0)
                continue;
            elements[i] = _element.Operations.DecodeRow(buffer, at, size);
            at += size;
        }
        return new ArrayValue(_element, lengths, lower, elements).ToDatum();
    }
}

/// <summary>int2vector and oidvector: one dimension from 0, printed with blanks between: <c>1 2 3</c>.</summary>
public sealed class VectorOperations(SqlType element) : ArrayOperations(element)
{
    private readonly SqlType _element = element;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings)
    {
        var elements = new List<Datum>();
        var rest = AsciiText.Trim(utf8);
        while (rest.Length > 0)
        {
            var end = 0;
            while (end < rest.Length && !AsciiText.IsSpace(rest[end]))
                end++;
            elements.Add(_element.Operations.ParseText(rest[..end], -1, settings));
            rest = AsciiText.Trim(rest[end..]);
        }
        return Make(_element, [.. elements]);
    }

    /// <summary>A vector value, also when empty.</summary>
    public static Datum Make(SqlType element, Datum[] elements) => new ArrayValue(element, [elements.Length], [0], elements).ToDatum();

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
        var first = true;
        foreach (var item in value.As<ArrayValue>().Elements)
        {
            if (!first)
                output.Write(" "u8);
            first = false;
            _element.Operations.FormatText(item, output, settings);
        }
    }
}
