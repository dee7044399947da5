using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>Keys of the system relations, and the counters among them.</summary>
internal static class CatalogKeys
{
    /// <summary>Counters: 16 bytes, the running hash over all changes of the relations that share this counter relation.</summary>
    public static ReadOnlySpan<byte> Fingerprint => [1];

    /// <summary>Shared counters: the next OID or file id, 4 bytes big-endian.</summary>
    public static ReadOnlySpan<byte> NextOid => [2];

    /// <summary>Counters of a database: raised by ANALYZE, 8 bytes big-endian.</summary>
    public static ReadOnlySpan<byte> StatisticsVersion => [3];

    public static byte[] Oid(uint oid)
    {
        var key = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(key, oid);
        return key;
    }

    public static uint ReadOid(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(key);

    public static byte[] RoleKey(uint role, ReadOnlySpan<byte> publicKey)
    {
        byte[] key = new byte[RoleKeyLength(publicKey)];
        WriteRoleKey(role, publicKey, key);
        return key;
    }

    public static int RoleKeyLength(ReadOnlySpan<byte> publicKey) => sizeof(uint) + publicKey.Length;

    /// <summary><see cref="RoleKey"/> into <see cref="RoleKeyLength"/> bytes of the caller's, for who asks once a transaction.</summary>
    public static void WriteRoleKey(uint role, ReadOnlySpan<byte> publicKey, Span<byte> key)
    {
        BinaryPrimitives.WriteUInt32BigEndian(key, role);
        publicKey.CopyTo(key[sizeof(uint)..]);
    }

    public static byte[] Comment(uint classOid, uint objectOid, int column) => [.. Oid(classOid), .. Oid(objectOid), .. Oid((uint)column)];

    /// <summary>A hash that every change is folded into: <see cref="Fingerprint"/> or <see cref="StatisticsVersion"/>.</summary>
    public static UInt128 ReadFolded(IReadView state, RelationId counters, ReadOnlySpan<byte> counter) =>
        state.TryGet(counters, counter, out ReadOnlyMemory<byte> value) ? BinaryPrimitives.ReadUInt128BigEndian(value.Span) : 0;

    /// <summary>The OID or file id that is taken next.</summary>
    public static uint ReadNextOid(IReadView state) =>
        state.TryGet(SystemRelations.SharedCounters, NextOid, out ReadOnlyMemory<byte> value) ? ReadOid(value.Span) : WellKnownOids.FirstUser;

    public static CatalogVersion ReadVersion(IReadView state, uint database) => new(
        ReadFolded(state, SystemRelations.SharedCounters, Fingerprint),
        ReadFolded(state, SystemRelations.Counters(database), Fingerprint),
        ReadFolded(state, SystemRelations.Counters(database), StatisticsVersion));
}
