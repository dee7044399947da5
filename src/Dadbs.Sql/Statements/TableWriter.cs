using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>
/// Writes rows of one table together with their index entries and overflow chunks, and checks unique keys as PostgreSQL does: at once, row by
/// row, index by index in OID order; deferrable ones when the statement's rows are written (<see cref="ConstraintQueue"/>). Lives as long as one statement. Rows handed in have passed NOT NULL and CHECK.
/// </summary>
internal sealed class TableWriter
{
    private readonly StatementContext _context;
    private readonly Overlay _overlay;
    private readonly RowBuffer _scratch;
    private readonly List<MovedColumn> _moved;
    private readonly List<StoredStub> _stubs;
    private readonly IndexDescriptor[] _secondary;
    private readonly IRowLocks? _locks;
    private readonly ConstraintQueue? _constraints;
    private readonly bool _isRewrite;
    private long _nextRowId = -1;

    /// <param name="table">Whose rows.</param>
    /// <param name="context">The statement.</param>
    /// <param name="isRewrite">Rows that exist are stored anew: however many they are, they were taken once.</param>
    public TableWriter(TableDescriptor table, StatementContext context, bool isRewrite = false)
    {
        Table = table;
        _isRewrite = isRewrite;
        _context = context;
        _overlay = context.Writable
            ?? throw new SqlException(SqlState.ReadOnlySqlTransaction, "cannot write in a read-only transaction");
        (_scratch, _moved, _stubs) = (context.RowScratch.Row, context.RowScratch.Moved, context.RowScratch.Stubs);
        _locks = context.Locks.IsActive ? context.Locks : null;
        _secondary = table.Indexes.Count == (table.PrimaryKey is null ? 0 : 1) ? [] : [.. table.Indexes.Where(i => !i.IsPrimary)];
        _constraints = ConstraintQueue.For(table, context);
    }

    public TableDescriptor Table { get; }

    /// <summary>xmin of the rows written here: the transaction's.</summary>
    public uint Xmin => _context.Xmin;

    /// <summary>The key of a stored row with the same unique key in <paramref name="index"/>, or null.</summary>
    public byte[]? FindConflict(IndexDescriptor index, ReadOnlySpan<Datum> row) => FindConflict(index, row, out _);

    /// <summary>The same, with the row where looking for its key found it: in the primary key. Else empty.</summary>
    public byte[]? FindConflict(IndexDescriptor index, ReadOnlySpan<Datum> row, out ReadOnlyMemory<byte> stored)
    {
        stored = default;
        if (!index.IsUniqueKey) return null;
        var writer = new KeyWriter(stackalloc byte[256]);
        bool hasNull = IndexKeys.WriteKey(index, row, ref writer);
        byte[]? found = null;
        if (index.IsDeferrable && (!hasNull || index.NullsNotDistinct))
        {
            using RangeCursor entries = _overlay.Scan(index.Entries, KeyRange.Prefix(writer.Written));
            if (entries.MoveNext()) found = IndexKeys.RowKeyOf(index, entries.Key, entries.Value).ToArray();
        }
        else if (!IndexKeys.AppendsRowKey(index, hasNull) && _overlay.TryGet(index.Entries, writer.Written, out ReadOnlyMemory<byte> value))
        {
            found = index.IsPrimary ? writer.ToArray() : value.ToArray();
            if (index.IsPrimary) stored = value;
        }

        writer.Dispose();
        return found;
    }

    /// <summary>
    /// A row is about to be replaced or removed: locks it against other transactions of this node. The strength is PostgreSQL's: only a
    /// change of a unique key, or of all, is more than NO KEY UPDATE.
    /// </summary>
    /// <param name="key">The row's key.</param>
    /// <param name="oldRow">Its old values.</param>
    /// <param name="newRow">Its new values; empty when it goes.</param>
    public void LockTarget(ReadOnlySpan<byte> key, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow)
    {
        if (_locks is null) return;
        _locks.TryLock(Table, Table.Rows, key, newRow.IsEmpty || ChangesUniqueKey(oldRow, newRow) ? RowLockStrength.Update : RowLockStrength.NoKeyUpdate, LockWait.Wait);
    }

    /// <summary>An existing row that ON CONFLICT found: DO UPDATE locks it before it looks at it.</summary>
    public void LockConflicting(ReadOnlySpan<byte> key) => _locks?.TryLock(Table, Table.Rows, key, RowLockStrength.Update, LockWait.Wait);

    /// <summary>
    /// The right to make the row's unique keys, before it is looked whether they are free: another transaction may be making, or removing, the same.
    /// </summary>
    public void LockNewKeys(ReadOnlySpan<Datum> row)
    {
        if (_locks is null) return;
        foreach (IndexDescriptor index in Table.Indexes) LockNewKey(index, row);
    }

    /// <summary>Adds a row. 23505 if a unique key exists already.</summary>
    /// <returns>The key it was stored under.</returns>
    public byte[] Insert(ReadOnlySpan<Datum> row)
    {
        LockNewKeys(row);
        CheckUnique(row, changed: null);
        byte[] key = NewRowKey(row);
        InsertUnchecked(key, row);
        _constraints?.Inserted(Table, key, row, _context);
        return key;
    }

    /// <summary>Adds a row whose unique keys are known to be free.</summary>
    public void InsertUnchecked(ReadOnlySpan<byte> key, ReadOnlySpan<Datum> row)
    {
        RequireRoom();
        WriteRow(key, row);
        foreach (IndexDescriptor index in _secondary) PutEntry(index, row, key);
    }

    /// <summary>Replaces a row. 23505 if a unique key that changed exists already.</summary>
    /// <returns>The key it is now stored under.</returns>
    public byte[] Update(byte[] oldKey, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow, ReadOnlySpan<bool> assigned)
    {
        RequireRoom();
        byte[] newKey = oldKey;
        if (Table.PrimaryKey is { } primary && Touches(primary, assigned)) newKey = PrimaryKeyOf(primary, newRow);
        bool moves = !newKey.AsSpan().SequenceEqual(oldKey);
        LockChangedKeys(oldRow, newRow, assigned);
        CheckUniqueOfUpdate(oldKey, oldRow, newRow, assigned, moves);
        _overlay.TryGet(Table.Rows, oldKey, out ReadOnlyMemory<byte> stored);
        _stubs.Clear();
        if (Table.Codec.HasStubs(stored)) Table.Codec.CollectStubs(stored, _stubs);
        ReadOnlySpan<byte> image = Table.Codec.Encode(newRow, Xmin, _scratch, _moved);
        if (moves) _overlay.Delete(Table.Rows, oldKey);
        ReplaceChunks(oldKey, newKey, moves);
        _overlay.Put(Table.Rows, newKey, image);
        bool imageOnly = !moves && _stubs.Count == 0 && _moved.Count == 0;
        foreach (IndexDescriptor index in _secondary)
        {
            if (moves || Touches(index, assigned)) imageOnly &= !MoveEntry(index, oldRow, oldKey, newRow, newKey);
        }

        _locks?.NoteWrite(Table.Rows, oldKey, imageOnly);
        _constraints?.Updated(Table, oldKey, oldRow, newKey, newRow, _context);
        return newKey;
    }

    /// <summary>Removes a row that exists with its entries and chunks; gives its xmin.</summary>
    public uint Delete(ReadOnlySpan<byte> key, ReadOnlySpan<Datum> row)
    {
        RequireRoom();
        Invariant.Check(_overlay.TryGet(Table.Rows, key, out ReadOnlyMemory<byte> stored), "a row that was found is there");
        uint xmin = RowCodec.XminOf(stored);
        if (Table.Codec.HasStubs(stored))
        {
            Table.Codec.CollectStubs(stored, _stubs);
            foreach (StoredStub stub in _stubs) OverflowStore.Remove(_overlay, Table.Overflow, key, stub);
        }

        foreach (IndexDescriptor index in _secondary) _overlay.Delete(index.Entries, IndexKeys.EntryKey(index, row, key, out _));
        _overlay.Delete(Table.Rows, key);
        _locks?.NoteWrite(Table.Rows, key, imageOnly: false);
        _constraints?.Deleted(Table, row, _context);
        return xmin;
    }

    /// <summary>54000 when the transaction holds too much already: by a formula, so every node says the same.</summary>
    private void RequireRoom()
    {
        if (!_isRewrite && _overlay.HeldBytes > TransactionLimits.WrittenBytesMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a transaction cannot write more than {TransactionLimits.WrittenBytesMax >> 20} MB")
            {
                Hint = "Write in several transactions.",
            };
        }
    }

    /// <summary>Reads a whole row that exists by its key; gives its xmin.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="stored">Its bytes, where <see cref="FindConflict(IndexDescriptor, ReadOnlySpan{Datum}, out ReadOnlyMemory{byte})"/> gave them; else empty.</param>
    /// <param name="into">One place per column of the table.</param>
    public uint Read(byte[] key, ReadOnlyMemory<byte> stored, Span<Datum> into)
    {
        if (stored.IsEmpty) Invariant.Check(_overlay.TryGet(Table.Rows, key, out stored), "a row that was found is there");
        Table.Codec.DecodeAll(stored, new OverflowSource(_overlay, Table.Overflow, key), into);
        return RowCodec.XminOf(stored);
    }

    /// <summary>The key for a new row: its primary key, or the id after the largest.</summary>
    public byte[] NewRowKey(ReadOnlySpan<Datum> row) =>
        Table.PrimaryKey is { } primary ? PrimaryKeyOf(primary, row) : IndexKeys.RowId(NextRowId());

    /// <summary>Adds a row's entry to an index that is being built. 23505 in the words of CREATE UNIQUE INDEX.</summary>
    public void AddBuiltEntry(IndexDescriptor index, ReadOnlySpan<Datum> row, ReadOnlySpan<byte> rowKey)
    {
        byte[] entry = IndexKeys.EntryKey(index, row, rowKey, out bool mayCollide);
        if (mayCollide ? _overlay.TryGet(index.Entries, entry, out _) : index.IsDeferrable && FindConflict(index, row) is not null) throw DuplicateInBuild(index, row);
        _overlay.Put(index.Entries, entry, EntryValue(index, rowKey));
    }

    public SqlException DuplicateInBuild(IndexDescriptor index, ReadOnlySpan<Datum> row) =>
        new(SqlState.UniqueViolation, $"could not create unique index \"{index.Name}\"")
        {
            Detail = $"Key {RowConstraints.DescribeKey(Table, index, row, _context)} is duplicated.",
            SchemaName = Table.SchemaName,
            TableName = Table.Name,
            ConstraintName = index.Name,
        };

    private static byte[] PrimaryKeyOf(IndexDescriptor primary, ReadOnlySpan<Datum> row)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        IndexKeys.WriteKey(primary, row, ref writer);
        byte[] key = writer.ToArray();
        writer.Dispose();
        return key;
    }

    /// <summary>Entry values are the row's key in a unique index, its length in any other: see <see cref="IndexKeys.RowKeyOf"/>.</summary>
    private static byte[] EntryValue(IndexDescriptor index, ReadOnlySpan<byte> rowKey) =>
        index.IsUnique ? rowKey.ToArray() : [(byte)rowKey.Length, (byte)(rowKey.Length >> 8)];

    private static bool Touches(IndexDescriptor index, ReadOnlySpan<bool> assigned)
    {
        IReadOnlyList<IndexPart> parts = index.Parts;
        for (int i = 0; i < parts.Count; i++)
        {
            if (assigned[parts[i].ColumnIndex]) return true;
        }

        return false;
    }

    private void CheckUnique(ReadOnlySpan<Datum> row, HashSet<uint>? changed)
    {
        IReadOnlyList<IndexDescriptor> indexes = Table.Indexes;
        for (int i = 0; i < indexes.Count; i++)
        {
            IndexDescriptor index = indexes[i];
            if (changed is not null && !changed.Contains(index.Oid)) continue;
            if (index.IsUnique && FindConflict(index, row) is not null) throw RowConstraints.DuplicateKey(Table, index, row, _context);
        }
    }

    /// <summary>The right to make one unique key, unless it is there already and stays: then there is nothing to wait for.</summary>
    private void LockNewKey(IndexDescriptor index, ReadOnlySpan<Datum> row)
    {
        if (!index.IsUniqueKey) return;
        byte[] entry = KeyOf(index, row, out bool mayCollide);
        if (!mayCollide) return;
        if (FindConflict(index, row) is not { } holder)
        {
            RelationId relation = index.IsPrimary ? Table.Rows : index.Entries;
            _locks!.TryLock(Table, relation, entry, RowLockStrength.Update, LockWait.Wait);
            _locks.NoteWrite(relation, entry, imageOnly: false);
        }
        else if (_locks!.IsBeingWritten(Table.Rows, holder))
        {
            // Its writer may be removing it, or its key: that decides whether the new row may have it.
            _locks.TryLock(Table, Table.Rows, holder, RowLockStrength.Share, LockWait.Wait);
        }
    }

    private void LockChangedKeys(ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow, ReadOnlySpan<bool> assigned)
    {
        if (_locks is null) return;
        foreach (IndexDescriptor index in Table.Indexes)
        {
            if (index.IsUniqueKey && Touches(index, assigned) && !SameKey(index, oldRow, newRow)) LockNewKey(index, newRow);
        }
    }

    private bool ChangesUniqueKey(ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow)
    {
        foreach (IndexDescriptor index in Table.Indexes)
        {
            if (index.IsUnique && !SameKey(index, oldRow, newRow)) return true;
        }

        return false;
    }

    private bool SameKey(IndexDescriptor index, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow)
    {
        foreach (IndexPart part in index.Parts)
        {
            Datum before = oldRow[part.ColumnIndex], after = newRow[part.ColumnIndex];
            if (before.IsNull != after.IsNull) return false;
            if (!before.IsNull && Table.Columns[part.ColumnIndex].Type.Type.Operations.Compare(before, after) != 0) return false;
        }

        return true;
    }

    /// <summary>The key of a row in an index, without anything that tells rows with the same key apart.</summary>
    private static byte[] KeyOf(IndexDescriptor index, ReadOnlySpan<Datum> row, out bool mayCollide)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        mayCollide = !IndexKeys.WriteKey(index, row, ref writer) || index.NullsNotDistinct;
        byte[] key = writer.ToArray();
        writer.Dispose();
        return key;
    }

    private void CheckUniqueOfUpdate(
        ReadOnlySpan<byte> oldKey, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<Datum> newRow, ReadOnlySpan<bool> assigned, bool moves)
    {
        IReadOnlyList<IndexDescriptor> indexes = Table.Indexes;
        for (int i = 0; i < indexes.Count; i++)
        {
            IndexDescriptor index = indexes[i];
            if (!index.IsUnique || !Touches(index, assigned) || (index.IsPrimary && !moves)) continue;
            if (FindConflict(index, newRow) is { } holder && !oldKey.SequenceEqual(holder))
                throw RowConstraints.DuplicateKey(Table, index, newRow, _context);
        }
    }

    private void PutEntry(IndexDescriptor index, ReadOnlySpan<Datum> row, ReadOnlySpan<byte> rowKey)
    {
        byte[] entry = IndexKeys.EntryKey(index, row, rowKey, out _);
        _overlay.Put(index.Entries, entry, EntryValue(index, rowKey));
        Entered(index, row, entry, rowKey.Length);
    }

    /// <summary>A new entry in the index of a deferrable key: whether the key is unique is looked at later, if another row has it now.</summary>
    private void Entered(IndexDescriptor index, ReadOnlySpan<Datum> row, byte[] entry, int rowKeyLength)
    {
        if (!index.IsDeferrable || _isRewrite) return;
        if (!index.NullsNotDistinct && HasNull(index, row)) return;
        _constraints!.Entered(index, entry, entry.Length - rowKeyLength, _context);
    }

    private static bool HasNull(IndexDescriptor index, ReadOnlySpan<Datum> row)
    {
        foreach (IndexPart part in index.Parts)
        {
            if (row[part.ColumnIndex].IsNull) return true;
        }

        return false;
    }

    /// <returns>Whether the index was written.</returns>
    private bool MoveEntry(
        IndexDescriptor index, ReadOnlySpan<Datum> oldRow, ReadOnlySpan<byte> oldKey, ReadOnlySpan<Datum> newRow, ReadOnlySpan<byte> newKey)
    {
        byte[] oldEntry = IndexKeys.EntryKey(index, oldRow, oldKey, out _);
        byte[] newEntry = IndexKeys.EntryKey(index, newRow, newKey, out _);
        bool same = oldEntry.AsSpan().SequenceEqual(newEntry);
        if (same && oldKey.SequenceEqual(newKey)) return false;
        if (!same) _overlay.Delete(index.Entries, oldEntry);
        _overlay.Put(index.Entries, newEntry, EntryValue(index, newKey));
        Entered(index, newRow, newEntry, newKey.Length);
        return true;
    }

    private void WriteRow(ReadOnlySpan<byte> key, ReadOnlySpan<Datum> row)
    {
        ReadOnlySpan<byte> image = Table.Codec.Encode(row, Xmin, _scratch, _moved);
        foreach (MovedColumn column in _moved) OverflowStore.Write(_overlay, Table.Overflow, key, column);
        _overlay.Put(Table.Rows, key, image);
    }

    /// <summary>Chunks of a column whose value, key and length stay are left alone.</summary>
    private void ReplaceChunks(ReadOnlySpan<byte> oldKey, ReadOnlySpan<byte> newKey, bool moves)
    {
        if (_stubs.Count == 0 && _moved.Count == 0) return;
        foreach (StoredStub stub in _stubs)
        {
            if (moves || !Keeps(stub)) OverflowStore.Remove(_overlay, Table.Overflow, oldKey, stub);
        }

        foreach (MovedColumn column in _moved)
        {
            if (moves || !WasStored(column)) OverflowStore.Write(_overlay, Table.Overflow, newKey, column);
        }
    }

    private bool Keeps(in StoredStub stub)
    {
        foreach (MovedColumn column in _moved)
        {
            if (column.ColumnNumber == stub.ColumnNumber && column.Value.Length == stub.Length && column.Hash == stub.Hash) return true;
        }

        return false;
    }

    private bool WasStored(in MovedColumn column)
    {
        foreach (StoredStub stub in _stubs)
        {
            if (column.ColumnNumber == stub.ColumnNumber && column.Value.Length == stub.Length && column.Hash == stub.Hash) return true;
        }

        return false;
    }

    private long NextRowId()
    {
        if (_nextRowId < 0)
        {
            _nextRowId = _context.GivesProvisionalRowIds
                ? ProvisionalRowIds.NextProvisional(_overlay, Table.Rows)
                : ProvisionalRowIds.Next(_overlay, Table.Rows);
        }

        return _nextRowId++;
    }
}
