namespace Dadbs.Sql.Catalog;

/// <summary>A role. Which keys may sign for it are rows of their own (<see cref="SystemRelations.RoleKeys"/>).</summary>
public sealed record RoleDescriptor
{
    public required uint Oid { get; init; }

    public required string Name { get; init; }

    public bool IsSuperuser { get; init; }

    public bool Inherits { get; init; } = true;

    public bool CanCreateRole { get; init; }

    public bool CanCreateDatabase { get; init; }

    public bool CanLogin { get; init; }

    public bool CanReplicate { get; init; }

    public bool BypassesRowSecurity { get; init; }

    public int ConnectionLimit { get; init; } = -1;

    /// <summary>A SCRAM verifier, never a password; null if none.</summary>
    public string? PasswordVerifier { get; init; }
}

/// <summary>A public key that may sign for a role. Revoked keys stay listed.</summary>
/// <param name="RoleOid">The role.</param>
/// <param name="PublicKey">33 bytes, compressed secp256k1.</param>
/// <param name="IsRevoked">No longer accepted.</param>
public sealed record RoleKeyDescriptor(uint RoleOid, byte[] PublicKey, bool IsRevoked);
