using System.Buffers.Binary;
using System.Text;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>Puts a catalog snapshot together from the system relations of a state.</summary>
internal sealed class CatalogReader(IReadView state, uint database, IReadOnlyList<IVirtualRelation> virtualRelations)
{
    public CatalogSnapshot Read(CatalogVersion version)
    {
        List<DatabaseDescriptor> databases = ReadAll(SystemRelations.Databases, (key, row) => SharedCodec.DecodeDatabase(CatalogKeys.ReadOid(key), row));
        List<SchemaDescriptor> schemas = ReadAll(SystemRelations.Schemas(database), (key, row) => SharedCodec.DecodeSchema(CatalogKeys.ReadOid(key), row));
        return new CatalogSnapshot(new CatalogContents
        {
            Version = version,
            Database = databases.Find(d => d.Oid == database)
                ?? throw new SqlException(SqlState.InvalidCatalogName, $"database with OID {database} does not exist"),
            Databases = databases,
            Schemas = schemas,
            Roles = ReadAll(SystemRelations.Roles, (key, row) => SharedCodec.DecodeRole(CatalogKeys.ReadOid(key), row)),
            RoleKeys = ReadAll(
                SystemRelations.RoleKeys,
                (key, row) => new RoleKeyDescriptor(CatalogKeys.ReadOid(key), key[4..].ToArray(), SharedCodec.DecodeRoleKeyRevoked(row))),
            Relations = ReadRelations(schemas),
            Comments = ReadComments(),
        });
    }

    private delegate T RowDecoder<T>(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row);

    private List<T> ReadAll<T>(RelationId relation, RowDecoder<T> decode)
    {
        var rows = new List<T>();
        using RangeCursor cursor = state.Scan(relation, KeyRange.All);
        while (cursor.MoveNext()) rows.Add(decode(cursor.Key.Span, cursor.Value.Span));
        return rows;
    }

    private List<CommentDescriptor> ReadComments()
    {
        static CommentDescriptor Decode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row) => new(
            CatalogKeys.ReadOid(key), CatalogKeys.ReadOid(key[4..]), (int)CatalogKeys.ReadOid(key[8..]), Encoding.UTF8.GetString(row));
        return [.. ReadAll(SystemRelations.SharedComments, Decode), .. ReadAll(SystemRelations.Comments(database), Decode)];
    }

    private List<RelationDescriptor> ReadRelations(List<SchemaDescriptor> schemas)
    {
        Dictionary<uint, string> schemaNames = schemas.ToDictionary(s => s.Oid, s => s.Name);
        List<StoredRelation> stored = ReadAll(
            SystemRelations.Relations(database), (key, row) => DescriptorCodec.Decode(database, CatalogKeys.ReadOid(key), row));
        Dictionary<uint, double> estimates = ReadAll(
            SystemRelations.Statistics(database), (key, row) => (Oid: CatalogKeys.ReadOid(key), Rows: (double)BinaryPrimitives.ReadInt64BigEndian(row)))
            .ToDictionary(s => s.Oid, s => s.Rows);
        ILookup<uint, StoredRelation> indexes = stored.Where(r => r.Kind == 'i').ToLookup(r => r.TableOid);
        var relations = new List<RelationDescriptor>(stored.Count + virtualRelations.Count);
        foreach (IVirtualRelation relation in virtualRelations) relations.Add(relation.Descriptor);
        foreach (StoredRelation row in stored)
        {
            string schema = schemaNames.GetValueOrDefault(row.SchemaOid, "");
            switch (row.Kind)
            {
                case 'r':
                    TableDescriptor table = Table(row, schema, indexes[row.Oid], estimates.GetValueOrDefault(row.Oid, -1));
                    relations.Add(table);
                    relations.AddRange(table.Indexes);
                    break;
                case 'v':
                    relations.Add(View(row, schema));
                    break;
                case 'S':
                    relations.Add(Sequence(row, schema));
                    break;
            }
        }

        relations.Sort((a, b) => a.Oid.CompareTo(b.Oid));
        return relations;
    }

    private TableDescriptor Table(StoredRelation row, string schema, IEnumerable<StoredRelation> storedIndexes, double estimate)
    {
        List<IndexDescriptor> indexes = [.. storedIndexes.Select(i => Index(i, schema, row))];
        indexes.Sort((a, b) => a.Oid.CompareTo(b.Oid));
        return new TableDescriptor
        {
            Oid = row.Oid,
            SchemaOid = row.SchemaOid,
            SchemaName = schema,
            Name = row.Name,
            OwnerOid = row.OwnerOid,
            AccessControl = row.AccessControl,
            Columns = row.Columns,
            DroppedColumns = row.DroppedColumns,
            Rows = new RelationId(database, row.File),
            Overflow = new RelationId(database, row.OverflowFile),
            StoredColumnCount = row.StoredColumnCount,
            Indexes = indexes,
            PrimaryKey = indexes.Find(i => i.IsPrimary),
            Checks = row.Checks,
            ForeignKeys = row.ForeignKeys,
            Options = row.Options,
            EstimatedRows = estimate,
        };
    }

    private IndexDescriptor Index(StoredRelation row, string schema, StoredRelation table)
    {
        IndexPart Part(StoredIndexPart part)
        {
            int column = table.Columns.FindIndex(c => c.Number == part.ColumnNumber);
            if (column < 0) throw new MalformedBytesException($"index {row.Oid} names a column that its table does not have");
            return new IndexPart(column, table.Columns[column].Type.Type, part.Descending, part.NullsFirst);
        }

        bool isPrimary = (row.IndexFlags & 2) != 0;
        bool isDeferrable = (row.IndexFlags & 8) != 0;
        return new IndexDescriptor
        {
            Oid = row.Oid,
            SchemaOid = row.SchemaOid,
            SchemaName = schema,
            Name = row.Name,
            OwnerOid = row.OwnerOid,
            TableOid = row.TableOid,
            Entries = new RelationId(database, isPrimary && !isDeferrable ? table.File : row.File),
            Parts = [.. row.Parts.Select(Part)],
            IsUniqueKey = (row.IndexFlags & 1) != 0,
            IsPrimaryKey = isPrimary,
            NullsNotDistinct = (row.IndexFlags & 4) != 0,
            IsDeferrable = isDeferrable,
            IsInitiallyDeferred = (row.IndexFlags & 16) != 0,
            ConstraintOid = row.ConstraintOid,
        };
    }

    private static ViewDescriptor View(StoredRelation row, string schema) => new()
    {
        Oid = row.Oid,
        SchemaOid = row.SchemaOid,
        SchemaName = schema,
        Name = row.Name,
        OwnerOid = row.OwnerOid,
        AccessControl = row.AccessControl,
        Columns = row.Columns,
        QueryText = row.QueryText,
        DependsOn = row.DependsOn,
    };

    private static SequenceDescriptor Sequence(StoredRelation row, string schema) => new()
    {
        Oid = row.Oid,
        SchemaOid = row.SchemaOid,
        SchemaName = schema,
        Name = row.Name,
        OwnerOid = row.OwnerOid,
        AccessControl = row.AccessControl,
        Columns = SequenceColumns,
        DataType = row.SequenceType,
        Start = row.Start,
        Increment = row.Increment,
        Minimum = row.Minimum,
        Maximum = row.Maximum,
        Cache = row.Cache,
        Cycles = row.Cycles,
        OwnerTableOid = row.OwnerTableOid,
        OwnerColumnNumber = row.OwnerColumnNumber,
        IsIdentity = row.IsIdentity,
    };

    /// <summary>What SELECT from a sequence shows.</summary>
    private static readonly ColumnDescriptor[] SequenceColumns =
    [
        new() { Number = 1, Name = "last_value", Type = new ColumnType(SqlTypes.BigInt), NotNull = true },
        new() { Number = 2, Name = "log_cnt", Type = new ColumnType(SqlTypes.BigInt), NotNull = true },
        new() { Number = 3, Name = "is_called", Type = new ColumnType(SqlTypes.Boolean), NotNull = true },
    ];
}
