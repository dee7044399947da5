using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// The rows of <see cref="SystemRelations.Relations"/>: one record of numbered fields per relation, under its OID (docs/formats.md).
/// Parts of an index name columns by number; they become column indices when the snapshot is put together.
/// </summary>
internal static class DescriptorCodec
{
    private const byte Version = 1;

    public static byte[] Encode(RelationDescriptor relation, RelationDescriptor? table = null)
    {
        var writer = new FieldWriter();
        writer.Unsigned(1, relation.Kind);
        writer.Unsigned(2, relation.SchemaOid);
        writer.Text(3, relation.Name);
        writer.Unsigned(4, relation.OwnerOid);
        writer.Text(5, relation.AccessControl);
        switch (relation)
        {
            case TableDescriptor t:
                WriteTable(writer, t);
                break;
            case IndexDescriptor i:
                WriteIndex(writer, i, table!);
                break;
            case ViewDescriptor v:
                WriteView(writer, v);
                break;
            case SequenceDescriptor s:
                WriteSequence(writer, s);
                break;
            default:
                throw new InvalidOperationException($"a {relation.GetType().Name} is not stored");
        }

        return [Version, .. writer.ToArray()];
    }

    /// <summary>Reads a stored relation. An index comes with <see cref="StoredIndexPart"/> numbers still to be resolved.</summary>
    public static StoredRelation Decode(uint database, uint oid, ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] != Version) throw new MalformedBytesException("a catalog row of an unknown version");
        var stored = new StoredRelation { Oid = oid, Database = database };
        var reader = new FieldReader(row[1..]);
        while (reader.Read()) ReadField(stored, ref reader);
        return stored;
    }

    private static void WriteTable(FieldWriter writer, TableDescriptor table)
    {
        writer.Unsigned(10, table.Rows.File);
        writer.Unsigned(11, table.Overflow.File);
        writer.Unsigned(12, (ulong)table.StoredColumnCount);
        foreach (ColumnDescriptor column in table.Columns) writer.Bytes(13, EncodeColumn(column));
        foreach (CheckDescriptor check in table.Checks)
        {
            var nested = new FieldWriter();
            nested.Unsigned(1, check.Oid);
            nested.Text(2, check.Name);
            nested.Text(3, check.ExpressionText);
            writer.Bytes(14, nested.ToArray());
        }

        foreach (string option in table.Options) writer.Text(15, option);
        foreach (ColumnDescriptor column in table.DroppedColumns) writer.Bytes(16, EncodeColumn(column));
        foreach (ForeignKeyDescriptor key in table.ForeignKeys) writer.Bytes(17, EncodeForeignKey(key));
    }

    private static byte[] EncodeForeignKey(ForeignKeyDescriptor key)
    {
        var writer = new FieldWriter();
        writer.Unsigned(1, key.Oid);
        writer.Text(2, key.Name);
        foreach (int column in key.Columns) writer.Unsigned(3, (ulong)column);
        writer.Unsigned(4, key.ReferencedTableOid);
        foreach (int column in key.ReferencedColumns) writer.Unsigned(5, (ulong)column);
        writer.Unsigned(6, key.IndexOid);
        writer.Unsigned(7, (ulong)key.Match);
        writer.Unsigned(8, (ulong)key.OnUpdate);
        writer.Unsigned(9, (ulong)key.OnDelete);
        foreach (int column in key.OnDeleteColumns) writer.Unsigned(10, (ulong)column);
        writer.Boolean(11, key.IsDeferrable);
        writer.Boolean(12, key.IsInitiallyDeferred);
        writer.Boolean(13, !key.IsValidated);
        return writer.ToArray();
    }

    private static byte[] EncodeColumn(ColumnDescriptor column)
    {
        var writer = new FieldWriter();
        writer.Unsigned(1, (ulong)column.Number);
        writer.Text(2, column.Name);
        writer.Unsigned(3, column.Type.Type.Oid);
        writer.Signed(4, column.Type.Modifier);
        writer.Boolean(5, column.NotNull);
        writer.Text(6, column.DefaultText);
        writer.Unsigned(7, (ulong)column.Identity);
        writer.Unsigned(8, column.OwnedSequenceOid);
        if (column.MissingValue is { } missing) writer.Bytes(9, missing);
        return writer.ToArray();
    }

    private static void WriteIndex(FieldWriter writer, IndexDescriptor index, RelationDescriptor table)
    {
        writer.Unsigned(20, index.TableOid);
        writer.Unsigned(21, index.Entries.File);
        writer.Unsigned(
            22,
            (index.IsUniqueKey ? 1UL : 0) | (index.IsPrimaryKey ? 2UL : 0) | (index.NullsNotDistinct ? 4UL : 0) | (index.IsDeferrable ? 8UL : 0) | (index.IsInitiallyDeferred ? 16UL : 0));
        foreach (IndexPart part in index.Parts)
        {
            var nested = new FieldWriter();
            nested.Unsigned(1, (ulong)table.Columns[part.ColumnIndex].Number);
            nested.Boolean(2, part.Descending);
            nested.Boolean(3, part.NullsFirst);
            writer.Bytes(23, nested.ToArray());
        }

        writer.Unsigned(24, index.ConstraintOid);
    }

    private static void WriteView(FieldWriter writer, ViewDescriptor view)
    {
        foreach (ColumnDescriptor column in view.Columns) writer.Bytes(13, EncodeColumn(column));
        writer.Text(30, view.QueryText);
        foreach (uint oid in view.DependsOn) writer.Unsigned(31, oid);
    }

    private static void WriteSequence(FieldWriter writer, SequenceDescriptor sequence)
    {
        writer.Unsigned(40, sequence.DataType.Oid);
        writer.Signed(41, sequence.Start);
        writer.Signed(42, sequence.Increment);
        writer.Signed(43, sequence.Minimum);
        writer.Signed(44, sequence.Maximum);
        writer.Signed(45, sequence.Cache);
        writer.Boolean(46, sequence.Cycles);
        writer.Unsigned(47, sequence.OwnerTableOid);
        writer.Unsigned(48, (ulong)sequence.OwnerColumnNumber);
        writer.Boolean(49, sequence.IsIdentity);
    }

    private static void ReadField(StoredRelation r, ref FieldReader reader)
    {
        switch (reader.Field)
        {
            case 1: r.Kind = (char)reader.Unsigned; break;
            case 2: r.SchemaOid = (uint)reader.Unsigned; break;
            case 3: r.Name = reader.Text; break;
            case 4: r.OwnerOid = (uint)reader.Unsigned; break;
            case 5: r.AccessControl = reader.Text; break;
            case 10 or 21: r.File = (uint)reader.Unsigned; break;
            case 11: r.OverflowFile = (uint)reader.Unsigned; break;
            case 12: r.StoredColumnCount = (int)reader.Unsigned; break;
            case 13: r.Columns.Add(DecodeColumn(reader.Bytes)); break;
            case 14: r.Checks.Add(DecodeCheck(reader.Bytes)); break;
            case 15: r.Options.Add(reader.Text); break;
            case 16: r.DroppedColumns.Add(DecodeColumn(reader.Bytes)); break;
            case 17: r.ForeignKeys.Add(DecodeForeignKey(reader.Bytes)); break;
            case 20: r.TableOid = (uint)reader.Unsigned; break;
            case 22: r.IndexFlags = reader.Unsigned; break;
            case 23: r.Parts.Add(DecodePart(reader.Bytes)); break;
            case 24: r.ConstraintOid = (uint)reader.Unsigned; break;
            case 30: r.QueryText = reader.Text; break;
            case 31: r.DependsOn.Add((uint)reader.Unsigned); break;
            case 40: r.SequenceType = TypeOf((uint)reader.Unsigned); break;
            case 41: r.Start = reader.Signed; break;
            case 42: r.Increment = reader.Signed; break;
            case 43: r.Minimum = reader.Signed; break;
            case 44: r.Maximum = reader.Signed; break;
            case 45: r.Cache = reader.Signed; break;
            case 46: r.Cycles = reader.Boolean; break;
            case 47: r.OwnerTableOid = (uint)reader.Unsigned; break;
            case 48: r.OwnerColumnNumber = (int)reader.Unsigned; break;
            case 49: r.IsIdentity = reader.Boolean; break;
        }
    }

    private static ColumnDescriptor DecodeColumn(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        (int number, string name, uint type, int modifier) = (0, "", 0u, 0);
        (bool notNull, string? text, IdentityKind identity, uint sequence, byte[]? missing) = (false, null, IdentityKind.None, 0u, null);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: number = (int)reader.Unsigned; break;
                case 2: name = reader.Text; break;
                case 3: type = (uint)reader.Unsigned; break;
                case 4: modifier = (int)reader.Signed; break;
                case 5: notNull = reader.Boolean; break;
                case 6: text = reader.Text; break;
                case 7: identity = (IdentityKind)reader.Unsigned; break;
                case 8: sequence = (uint)reader.Unsigned; break;
                case 9: missing = reader.Bytes.ToArray(); break;
            }
        }

        return new ColumnDescriptor
        {
            Number = number,
            Name = name,
            Type = new ColumnType(TypeOf(type), modifier),
            NotNull = notNull,
            DefaultText = text,
            Identity = identity,
            OwnedSequenceOid = sequence,
            MissingValue = missing,
        };
    }

    private static CheckDescriptor DecodeCheck(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        (uint oid, string name, string text) = (0u, "", "");
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: oid = (uint)reader.Unsigned; break;
                case 2: name = reader.Text; break;
                case 3: text = reader.Text; break;
            }
        }

        return new CheckDescriptor(oid, name, text);
    }

    private static ForeignKeyDescriptor DecodeForeignKey(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        (uint oid, string name, uint table, uint index) = (0u, "", 0u, 0u);
        (List<int> columns, List<int> referenced, List<int> set) = ([], [], []);
        (ForeignKeyMatch match, ReferentialAction update, ReferentialAction delete) = (default, default, default);
        (bool deferrable, bool deferred, bool notValid) = (false, false, false);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: oid = (uint)reader.Unsigned; break;
                case 2: name = reader.Text; break;
                case 3: columns.Add((int)reader.Unsigned); break;
                case 4: table = (uint)reader.Unsigned; break;
                case 5: referenced.Add((int)reader.Unsigned); break;
                case 6: index = (uint)reader.Unsigned; break;
                case 7: match = (ForeignKeyMatch)reader.Unsigned; break;
                case 8: update = (ReferentialAction)reader.Unsigned; break;
                case 9: delete = (ReferentialAction)reader.Unsigned; break;
                case 10: set.Add((int)reader.Unsigned); break;
                case 11: deferrable = reader.Boolean; break;
                case 12: deferred = reader.Boolean; break;
                case 13: notValid = reader.Boolean; break;
            }
        }

        return new ForeignKeyDescriptor
        {
            Oid = oid,
            Name = name,
            Columns = columns,
            ReferencedTableOid = table,
            ReferencedColumns = referenced,
            IndexOid = index,
            Match = match,
            OnUpdate = update,
            OnDelete = delete,
            OnDeleteColumns = set,
            IsDeferrable = deferrable,
            IsInitiallyDeferred = deferred,
            IsValidated = !notValid,
        };
    }

    private static StoredIndexPart DecodePart(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        (int number, bool descending, bool nullsFirst) = (0, false, false);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1: number = (int)reader.Unsigned; break;
                case 2: descending = reader.Boolean; break;
                case 3: nullsFirst = reader.Boolean; break;
            }
        }

        return new StoredIndexPart(number, descending, nullsFirst);
    }

    private static SqlType TypeOf(uint oid) =>
        SqlTypes.ByOid(oid) ?? throw new MalformedBytesException($"a catalog row names type {oid}, which does not exist");
}

internal readonly record struct StoredIndexPart(int ColumnNumber, bool Descending, bool NullsFirst);

/// <summary>A catalog row as read, before names and columns are resolved.</summary>
internal sealed class StoredRelation
{
    public required uint Oid { get; init; }

    public required uint Database { get; init; }

    public char Kind { get; set; }

    public uint SchemaOid { get; set; }

    public string Name { get; set; } = "";

    public uint OwnerOid { get; set; }

    public string? AccessControl { get; set; }

    public uint File { get; set; }

    public uint OverflowFile { get; set; }

    public int StoredColumnCount { get; set; }

    public List<ColumnDescriptor> Columns { get; } = [];

    public List<CheckDescriptor> Checks { get; } = [];

    public List<ForeignKeyDescriptor> ForeignKeys { get; } = [];

    public List<string> Options { get; } = [];

    public List<ColumnDescriptor> DroppedColumns { get; } = [];

    public uint TableOid { get; set; }

    public ulong IndexFlags { get; set; }

    public List<StoredIndexPart> Parts { get; } = [];

    public uint ConstraintOid { get; set; }

    public string QueryText { get; set; } = "";

    public List<uint> DependsOn { get; } = [];

    public SqlType SequenceType { get; set; } = SqlTypes.BigInt;

    public long Start { get; set; }

    public long Increment { get; set; }

    public long Minimum { get; set; }

    public long Maximum { get; set; }

    public long Cache { get; set; }

    public bool Cycles { get; set; }

    public uint OwnerTableOid { get; set; }

    public int OwnerColumnNumber { get; set; }

    public bool IsIdentity { get; set; }
}
