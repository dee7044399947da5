using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Rows;

/// <summary>
/// Row bytes ↔ Datums for one shape of a table. A row is: version, column count, xmin, null bitmap, the fixed-size columns in place (zeros where
/// NULL), the end offset of every variable column, their bytes. So any column is found without touching the others, and text is read where
/// it lies. Columns beyond the stored count have their descriptor's missing value. Immutable, any thread.
/// </summary>
public sealed class RowCodec
{
    private readonly Slot[] _slots;
    private readonly int[] _slotOfColumn;
    private readonly ColumnMask _all;
    private readonly int[] _fixedBefore;
    private readonly int[] _variableBefore;
    private readonly Datum[] _missing;
    private readonly int _stored;

    internal RowCodec(TableDescriptor table)
    {
        Table = table;
        _stored = table.StoredColumnCount;
        _slots = new Slot[_stored];
        _slotOfColumn = new int[table.Columns.Count];
        _all = ColumnMask.All(table.Columns.Count);
        _missing = new Datum[table.Columns.Count];
        foreach (ColumnDescriptor dropped in table.DroppedColumns)
            _slots[dropped.Number - 1] = SlotOf(-1, dropped.Type.Type);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            ColumnDescriptor column = table.Columns[i];
            _slots[column.Number - 1] = SlotOf(i, column.Type.Type);
            _slotOfColumn[i] = column.Number - 1;
            if (column.MissingValue is { } missing)
                _missing[i] = column.Type.Type.Operations.DecodeRow(missing, 0, missing.Length);
        }

        _fixedBefore = new int[_stored + 1];
        _variableBefore = new int[_stored + 1];
        for (int s = 0; s < _stored; s++)
        {
            _fixedBefore[s + 1] = _fixedBefore[s] + _slots[s].FixedBytes;
            _variableBefore[s + 1] = _variableBefore[s] + (_slots[s].FixedBytes == 0 ? 1 : 0);
        }
    }

    internal TableDescriptor Table { get; }

    /// <summary>Decodes the masked columns of a row into <paramref name="into"/> at their column indices. Values refer to the row's memory.</summary>
    /// <param name="row">A stored row of this table.</param>
    /// <param name="mask">Which columns.</param>
    /// <param name="overflow">Where moved columns are read from.</param>
    /// <param name="into">One place per column of the table.</param>
    public void Decode(ReadOnlyMemory<byte> row, ColumnMask mask, in OverflowSource overflow, Span<Datum> into)
    {
        byte[] bytes = ArrayOf(row, out int start);
        int count = CountOf(bytes, start);
        int bitmap = start + RowFormat.HeaderBytes;
        int fixedArea = bitmap + ((count + 7) >> 3);
        int offsets = fixedArea + _fixedBefore[count];
        foreach (int column in mask.Indices)
        {
            int slot = _slotOfColumn[column];
            if (slot >= count)
            {
                into[column] = _missing[column];
                continue;
            }

            if ((bytes[bitmap + (slot >> 3)] & (1 << (slot & 7))) != 0)
            {
                into[column] = Datum.Null;
                continue;
            }

            ref readonly Slot layout = ref _slots[slot];
            into[column] = layout.FixedBytes != 0
                ? FixedFields.Read(layout.Field, bytes, fixedArea + _fixedBefore[slot])
                : DecodeVariable(bytes, start, offsets, offsets + 2 * _variableBefore[count], slot, overflow);
        }
    }

    /// <summary>Decodes every column.</summary>
    public void DecodeAll(ReadOnlyMemory<byte> row, in OverflowSource overflow, Span<Datum> into) =>
        Decode(row, _all, overflow, into);

    /// <summary>Encodes a row. Columns that had to move are added to <paramref name="moved"/>; <see cref="OverflowStore"/> writes them.</summary>
    /// <param name="values">One value a column of the table.</param>
    /// <param name="xmin">The transaction that writes it.</param>
    /// <param name="scratch">Reused between rows.</param>
    /// <param name="moved">Cleared first.</param>
    /// <returns>The row's bytes, until <paramref name="scratch"/> is used again.</returns>
    /// <exception cref="SqlException">54000: the row or a field is too long.</exception>
    internal ReadOnlySpan<byte> Encode(scoped ReadOnlySpan<Datum> values, uint xmin, RowBuffer scratch, List<MovedColumn> moved)
    {
        moved.Clear();
        scratch.Clear();
        int bitmap = RowFormat.HeaderBytes;
        int fixedArea = bitmap + ((_stored + 7) >> 3);
        int offsets = fixedArea + _fixedBefore[_stored];
        int variable = _variableBefore[_stored];
        int data = offsets + 2 * variable;
        scratch.AppendZeros(data);
        Span<int> ends = variable <= 256 ? stackalloc int[variable] : new int[variable];
        int at = 0;
        for (int s = 0; s < _stored; s++)
        {
            ref readonly Slot slot = ref _slots[s];
            bool isNull = slot.Column < 0 || values[slot.Column].IsNull;
            if (isNull) scratch.Mutable[bitmap + (s >> 3)] |= (byte)(1 << (s & 7));
            if (slot.FixedBytes == 0)
            {
                if (!isNull) slot.Operations.EncodeRow(values[slot.Column], scratch);
                ends[at++] = scratch.Length;
            }
            else if (!isNull)
            {
                FixedFields.Write(slot.Field, values[slot.Column], scratch.Mutable[(fixedArea + _fixedBefore[s])..]);
            }
        }

        return scratch.Length <= RowFormat.InlineBytesTarget
            ? Finish(scratch, xmin, ends, offsets)
            : FinishWithOverflow(scratch, xmin, ends, offsets, data, moved);
    }

    /// <summary>The transaction that wrote a stored row: the low 32 bits of its txid_current(). The same place in every table's rows.</summary>
    public static uint XminOf(ReadOnlyMemory<byte> row) => BinaryPrimitives.ReadUInt32LittleEndian(row.Span[RowFormat.XminOffset..]);

    /// <summary>The stubs of a stored row: which columns it moved, so that an update can tell what changed.</summary>
    internal void CollectStubs(ReadOnlyMemory<byte> row, List<StoredStub> stubs)
    {
        stubs.Clear();
        byte[] bytes = ArrayOf(row, out int start);
        int count = CountOf(bytes, start);
        int offsets = start + RowFormat.HeaderBytes + ((count + 7) >> 3) + _fixedBefore[count];
        for (int s = 0; s < count; s++)
        {
            if (_slots[s].FixedBytes != 0) continue;
            ushort end = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offsets + 2 * _variableBefore[s]));
            if ((end & RowFormat.OverflowFlag) == 0) continue;
            ReadOnlySpan<byte> stub = bytes.AsSpan(start + (end & ~RowFormat.OverflowFlag) - RowFormat.StubBytes, RowFormat.StubBytes);
            stubs.Add(new StoredStub((ushort)(s + 1), Hash256.FromSpan(stub[..32]), BinaryPrimitives.ReadInt32LittleEndian(stub[32..])));
        }
    }

    /// <summary>Whether a row has any moved column; cheap enough to ask for every row.</summary>
    internal bool HasStubs(ReadOnlyMemory<byte> row)
    {
        if (_variableBefore[_stored] == 0 || row.Length < RowFormat.StubBytes) return false;
        byte[] bytes = ArrayOf(row, out int start);
        int count = CountOf(bytes, start);
        int offsets = start + RowFormat.HeaderBytes + ((count + 7) >> 3) + _fixedBefore[count];
        for (int v = 0; v < _variableBefore[count]; v++)
        {
            if ((bytes[offsets + 2 * v + 1] & (RowFormat.OverflowFlag >> 8)) != 0) return true;
        }

        return false;
    }

    private static Slot SlotOf(int column, SqlType type)
    {
        FixedField field = FixedFields.Of(type);
        return new Slot(column, type.Operations, field, FixedFields.Bytes(field));
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory, out int start)
    {
        if (MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment))
        {
            start = segment.Offset;
            return segment.Array!;
        }

        start = 0;
        return memory.ToArray();
    }

    private int CountOf(byte[] bytes, int start)
    {
        if (bytes[start] != RowFormat.Version) throw new MalformedBytesException($"a row of format {bytes[start]}");
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(start + 1));
        if (count > _stored) throw new MalformedBytesException($"a row of {count} columns in a table of {_stored}");
        return count;
    }

    private Datum DecodeVariable(byte[] bytes, int start, int offsets, int data, int slot, in OverflowSource overflow)
    {
        int index = _variableBefore[slot];
        int entry = offsets + 2 * index;
        ushort end = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(entry));
        int from = index == 0
            ? data
            : start + (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(entry - 2)) & ~RowFormat.OverflowFlag);
        int to = start + (end & ~RowFormat.OverflowFlag);
        if ((end & RowFormat.OverflowFlag) == 0) return _slots[slot].Operations.DecodeRow(bytes, from, to - from);
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(to - 4));
        byte[] value = overflow.Read((ushort)(slot + 1), length);
        return _slots[slot].Operations.DecodeRow(value, 0, value.Length);
    }

    private ReadOnlySpan<byte> Finish(RowBuffer scratch, uint xmin, scoped ReadOnlySpan<int> ends, int offsets)
    {
        Span<byte> row = scratch.Mutable;
        WriteHeader(row, xmin);
        for (int v = 0; v < ends.Length; v++)
            BinaryPrimitives.WriteUInt16LittleEndian(row[(offsets + 2 * v)..], (ushort)ends[v]);
        return row;
    }

    private void WriteHeader(Span<byte> row, uint xmin)
    {
        row[0] = RowFormat.Version;
        BinaryPrimitives.WriteUInt16LittleEndian(row[1..], (ushort)_stored);
        BinaryPrimitives.WriteUInt32LittleEndian(row[RowFormat.XminOffset..], xmin);
    }

    /// <summary>Moves the largest columns, the first of equals, until the row fits or nothing larger than a stub is left.</summary>
    private byte[] FinishWithOverflow(RowBuffer scratch, uint xmin, scoped ReadOnlySpan<int> ends, int offsets, int data, List<MovedColumn> moved)
    {
        var lengths = new int[ends.Length];
        for (int v = 0, from = data; v < ends.Length; from = ends[v++]) lengths[v] = ends[v] - from;
        var isMoved = new bool[ends.Length];
        int size = scratch.Length;
        while (size > RowFormat.InlineBytesTarget)
        {
            int largest = -1;
            for (int v = 0; v < lengths.Length; v++)
            {
                if (!isMoved[v] && lengths[v] > RowFormat.StubBytes && (largest < 0 || lengths[v] > lengths[largest])) largest = v;
            }

            if (largest < 0) break;
            isMoved[largest] = true;
            size += RowFormat.StubBytes - lengths[largest];
        }

        if (size > RowFormat.RowBytesMax)
        {
            throw new SqlException(
                SqlState.ProgramLimitExceeded, $"row is too big: size {size}, maximum size {RowFormat.RowBytesMax}");
        }

        return Compose(scratch, xmin, ends, offsets, data, size, isMoved, moved);
    }

    private byte[] Compose(
        RowBuffer scratch, uint xmin, scoped ReadOnlySpan<int> ends, int offsets, int data, int size, bool[] isMoved, List<MovedColumn> moved)
    {
        var row = new byte[size];
        scratch.Written[..data].CopyTo(row);
        WriteHeader(row, xmin);
        int write = data;
        int from = data;
        int v = 0;
        for (int s = 0; s < _stored; s++)
        {
            if (_slots[s].FixedBytes != 0) continue;
            ReadOnlySpan<byte> value = scratch.Written[from..ends[v]];
            from = ends[v];
            if (isMoved[v])
            {
                if (value.Length > RowFormat.FieldBytesMax)
                {
                    throw new SqlException(
                        SqlState.ProgramLimitExceeded,
                        $"a field of {value.Length} bytes exceeds the maximum of {RowFormat.FieldBytesMax} bytes");
                }

                var column = new MovedColumn((ushort)(s + 1), value.ToArray(), Hash256.Sha256(value));
                moved.Add(column);
                column.Hash.CopyTo(row.AsSpan(write));
                BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(write + 32), value.Length);
                write += RowFormat.StubBytes;
                BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan(offsets + 2 * v), (ushort)(write | RowFormat.OverflowFlag));
            }
            else
            {
                value.CopyTo(row.AsSpan(write));
                write += value.Length;
                BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan(offsets + 2 * v), (ushort)write);
            }

            v++;
        }

        return row;
    }

    /// <summary>A storage position: the live column it holds (−1: dropped), and its fixed size or 0.</summary>
    private readonly record struct Slot(int Column, TypeOperations Operations, FixedField Field, int FixedBytes);
}

/// <summary>A column value that left its row.</summary>
internal readonly record struct MovedColumn(ushort ColumnNumber, byte[] Value, Hash256 Hash);

/// <summary>What a stored row says about a value that left it.</summary>
internal readonly record struct StoredStub(ushort ColumnNumber, Hash256 Hash, int Length);
