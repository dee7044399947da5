using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// The one way to change system relations. Every change is folded into the running hash of its side (shared, or the database's own), which
/// is what moves the catalog version.
/// </summary>
public sealed class CatalogWriter(Overlay overlay, uint database)
{
    /// <summary>Takes the next OID, which also serves as file id. From 16384; a replicated counter.</summary>
    public uint NextOid()
    {
        uint oid = overlay.TryGet(SystemRelations.SharedCounters, CatalogKeys.NextOid, out ReadOnlyMemory<byte> value)
            ? BinaryPrimitives.ReadUInt32BigEndian(value.Span)
            : WellKnownOids.FirstUser;
        if (oid == uint.MaxValue) throw new SqlException(SqlState.ProgramLimitExceeded, "out of object identifiers");
        overlay.Put(SystemRelations.SharedCounters, CatalogKeys.NextOid, CatalogKeys.Oid(oid + 1));
        return oid;
    }

    public void Put(DatabaseDescriptor descriptor) => Put(SystemRelations.Databases, CatalogKeys.Oid(descriptor.Oid), SharedCodec.Encode(descriptor));

    public void DeleteDatabase(uint oid) => Delete(SystemRelations.Databases, CatalogKeys.Oid(oid));

    public void Put(RoleDescriptor descriptor) => Put(SystemRelations.Roles, CatalogKeys.Oid(descriptor.Oid), SharedCodec.Encode(descriptor));

    public void DeleteRole(uint oid) => Delete(SystemRelations.Roles, CatalogKeys.Oid(oid));

    public void Put(RoleKeyDescriptor key) =>
        Put(SystemRelations.RoleKeys, CatalogKeys.RoleKey(key.RoleOid, key.PublicKey), SharedCodec.EncodeRoleKey(key.IsRevoked));

    public void DeleteRoleKey(RoleKeyDescriptor key) => Delete(SystemRelations.RoleKeys, CatalogKeys.RoleKey(key.RoleOid, key.PublicKey));

    public void Put(SchemaDescriptor descriptor) => Put(SystemRelations.Schemas(database), CatalogKeys.Oid(descriptor.Oid), SharedCodec.Encode(descriptor));

    public void DeleteSchema(uint oid) => Delete(SystemRelations.Schemas(database), CatalogKeys.Oid(oid));

    /// <summary>Stores a table, view or sequence.</summary>
    public void Put(RelationDescriptor descriptor) =>
        Put(SystemRelations.Relations(database), CatalogKeys.Oid(descriptor.Oid), DescriptorCodec.Encode(descriptor));

    /// <summary>Stores an index; its parts speak of the columns of <paramref name="table"/>.</summary>
    public void Put(IndexDescriptor index, TableDescriptor table) =>
        Put(SystemRelations.Relations(database), CatalogKeys.Oid(index.Oid), DescriptorCodec.Encode(index, table));

    public void DeleteRelation(uint oid) => Delete(SystemRelations.Relations(database), CatalogKeys.Oid(oid));

    /// <summary>COMMENT ON; null removes it.</summary>
    /// <param name="isShared">The object is a database or role.</param>
    /// <param name="classOid">Its system catalog.</param>
    /// <param name="objectOid">The object.</param>
    /// <param name="column">A column's number, or 0.</param>
    /// <param name="text">The comment.</param>
    public void PutComment(bool isShared, uint classOid, uint objectOid, int column, string? text)
    {
        RelationId relation = isShared ? SystemRelations.SharedComments : SystemRelations.Comments(database);
        byte[] key = CatalogKeys.Comment(classOid, objectOid, column);
        if (string.IsNullOrEmpty(text)) Delete(relation, key);
        else Put(relation, key, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Removes the comments on an object and its columns.</summary>
    public void DeleteComments(uint classOid, uint objectOid)
    {
        RelationId relation = SystemRelations.Comments(database);
        var keys = new List<byte[]>();
        using (RangeCursor cursor = overlay.Scan(relation, KeyRange.Prefix([.. CatalogKeys.Oid(classOid), .. CatalogKeys.Oid(objectOid)])))
        {
            while (cursor.MoveNext()) keys.Add(cursor.Key.ToArray());
        }

        foreach (byte[] key in keys) Delete(relation, key);
    }

    /// <summary>ANALYZE's figures of a table. Plans look at the statistics again: their version is folded of the figures, as the fingerprint is of the definitions, so that it names contents.</summary>
    public void PutStatistics(uint tableOid, long rows)
    {
        byte[] key = CatalogKeys.Oid(tableOid);
        var value = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(value, rows);
        overlay.Put(SystemRelations.Statistics(database), key, value);
        Fold(SystemRelations.Statistics(database), key, value, CatalogKeys.StatisticsVersion);
    }

    public void DeleteStatistics(uint tableOid) => overlay.Delete(SystemRelations.Statistics(database), CatalogKeys.Oid(tableOid));

    private void Put(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        overlay.Put(relation, key, value);
        Fold(relation, key, [1, .. value], CatalogKeys.Fingerprint);
    }

    private void Delete(RelationId relation, ReadOnlySpan<byte> key)
    {
        if (!overlay.TryGet(relation, key, out _)) return;
        overlay.Delete(relation, key);
        Fold(relation, key, [0], CatalogKeys.Fingerprint);
    }

    private void Fold(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> change, ReadOnlySpan<byte> counter)
    {
        RelationId counters = relation.Database == 0 ? SystemRelations.SharedCounters : SystemRelations.Counters(database);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[16 + RelationId.Size + 4];
        BinaryPrimitives.WriteUInt128BigEndian(head, CatalogKeys.ReadFolded(overlay, counters, counter));
        relation.CopyTo(head[16..]);
        BinaryPrimitives.WriteInt32BigEndian(head[24..], key.Length);
        hash.AppendData(head);
        hash.AppendData(key);
        hash.AppendData(change);
        overlay.Put(counters, counter, hash.GetHashAndReset().AsSpan(0, 16));
    }
}
