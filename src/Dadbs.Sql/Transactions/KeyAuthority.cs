using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>What a key may do for a role, in a state. Asked at a transaction's place (Rule X1, docs/consensus.md): a key may have been revoked since it was acknowledged.</summary>
internal enum KeyAuthority
{
    /// <summary>Registered for the role and not revoked.</summary>
    Granted,

    /// <summary>Registered for another role, or revoked.</summary>
    Denied,

    /// <summary>Registered nowhere.</summary>
    UnknownKey,
}

internal static class KeyAuthorities
{
    /// <summary>One look-up where the answer is yes.</summary>
    public static KeyAuthority Of(IReadView state, uint roleOid, ReadOnlySpan<byte> publicKey)
    {
        Span<byte> key = stackalloc byte[CatalogKeys.RoleKeyLength(publicKey)];
        CatalogKeys.WriteRoleKey(roleOid, publicKey, key);
        if (state.TryGet(SystemRelations.RoleKeys, key, out ReadOnlyMemory<byte> row))
            return SharedCodec.DecodeRoleKeyRevoked(row.Span) ? KeyAuthority.Denied : KeyAuthority.Granted;
        using RangeCursor keys = state.Scan(SystemRelations.RoleKeys, KeyRange.All);
        while (keys.MoveNext())
        {
            if (keys.Key.Span[4..].SequenceEqual(publicKey)) return KeyAuthority.Denied;
        }

        return KeyAuthority.UnknownKey;
    }
}
