using System.Globalization;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE, ALTER and DROP ROLE. The submitting node's key is registered for a new role, so that it can act for it.</summary>
internal static class RoleDefinitions
{
    public static string Create(CreateRoleSyntax syntax, DefinitionScope scope)
    {
        if (!scope.Role.IsSuperuser && !scope.Role.CanCreateRole)
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied to create role");
        CheckName(syntax.Name);
        if (scope.Catalog.FindRole(syntax.Name) is not null)
            throw new SqlException(SqlState.DuplicateObject, $"role \"{syntax.Name}\" already exists");
        var role = new RoleDescriptor { Oid = scope.Writer.NextOid(), Name = syntax.Name, CanLogin = syntax.Kind == RoleStatementKind.User };
        role = Apply(role, syntax.Options, scope);
        scope.Writer.Put(role);
        if (scope.Context.SigningKey is { Length: > 0 } key) scope.Writer.Put(new RoleKeyDescriptor(role.Oid, key, IsRevoked: false));
        return "CREATE ROLE";
    }

    public static string Alter(AlterRoleSyntax syntax, DefinitionScope scope)
    {
        RoleDescriptor role = Resolve(syntax.Role, scope);
        if (!scope.Role.IsSuperuser && role.Oid != scope.Role.Oid && !scope.Role.CanCreateRole)
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied");
        if (role.IsSuperuser && !scope.Role.IsSuperuser)
            throw new SqlException(SqlState.InsufficientPrivilege, "must be superuser to alter superuser roles or change superuser attribute");
        if (!scope.Role.IsSuperuser && !scope.Role.CanCreateRole && syntax.Options.Any(o => o.Name != "password"))
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied");
        scope.Writer.Put(Apply(role, syntax.Options, scope));
        return "ALTER ROLE";
    }

    public static string Drop(DropRoleSyntax syntax, DefinitionScope scope)
    {
        if (!scope.Role.IsSuperuser && !scope.Role.CanCreateRole)
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied to drop role");
        foreach (RoleSyntax name in syntax.Roles)
        {
            if (name.Kind == RoleKind.Named && scope.Catalog.FindRole(name.Name!) is null && syntax.IfExists)
            {
                scope.Notice($"role \"{name.Name}\" does not exist, skipping");
                continue;
            }

            DropOne(Resolve(name, scope), scope);
        }

        return "DROP ROLE";
    }

    public static void Rename(RenameSyntax syntax, DefinitionScope scope)
    {
        RoleDescriptor role = Find(syntax.Target.Name.Name, scope);
        if (!scope.Role.IsSuperuser && (!scope.Role.CanCreateRole || role.IsSuperuser))
            throw new SqlException(SqlState.InsufficientPrivilege, "permission denied to rename role");
        CheckName(syntax.NewName);
        if (scope.Catalog.FindRole(syntax.NewName) is not null)
            throw new SqlException(SqlState.DuplicateObject, $"role \"{syntax.NewName}\" already exists");
        if (role.Name == scope.Context.SessionUser) throw new SqlException(SqlState.FeatureNotSupported, "session user cannot be renamed");
        scope.Writer.Put(role with { Name = syntax.NewName });
    }

    /// <summary>GRANT and REVOKE: refused until privileges are checked, rather than accepted without effect.</summary>
    public static string Grant(GrantSyntax syntax, DefinitionScope scope)
    {
        if (scope.Role.IsSuperuser && syntax.Grantees.All(g => g.Kind == RoleKind.Named && scope.Catalog.FindRole(g.Name!) is { IsSuperuser: true }))
            return syntax.IsGrant ? "GRANT" : "REVOKE";
        throw DefinitionScope.Unsupported(syntax.IsGrant ? "GRANT" : "REVOKE", syntax.Position);
    }

    public static RoleDescriptor Resolve(RoleSyntax role, DefinitionScope scope) => role.Kind switch
    {
        RoleKind.Named => Find(role.Name!, scope),
        RoleKind.SessionUser => Find(scope.Context.SessionUser, scope),
        RoleKind.Public => throw new SqlException(SqlState.UndefinedObject, "role \"public\" does not exist"),
        _ => scope.Role,
    };

    private static RoleDescriptor Find(string name, DefinitionScope scope) =>
        scope.Catalog.FindRole(name) ?? throw new SqlException(SqlState.UndefinedObject, $"role \"{name}\" does not exist");

    private static void DropOne(RoleDescriptor role, DefinitionScope scope)
    {
        if (role.Oid == scope.Role.Oid) throw new SqlException(SqlState.ObjectInUse, "current user cannot be dropped");
        if (role.Name == scope.Context.SessionUser) throw new SqlException(SqlState.ObjectInUse, "session user cannot be dropped");
        if (role.IsSuperuser && !scope.Role.IsSuperuser) throw new SqlException(SqlState.InsufficientPrivilege, "must be superuser to drop superusers");
        RelationDescriptor? owned = scope.Catalog.Relations.FirstOrDefault(r => r.OwnerOid == role.Oid && r is not IndexDescriptor);
        if (owned is not null)
        {
            throw new SqlException(SqlState.DependentObjectsStillExist, $"role \"{role.Name}\" cannot be dropped because some objects depend on it")
            {
                Detail = $"owner of {DropObjects.Word(owned)} {DropObjects.Shown(owned, scope)}",
            };
        }

        foreach (RoleKeyDescriptor key in scope.Catalog.RoleKeys.Where(k => k.RoleOid == role.Oid)) scope.Writer.DeleteRoleKey(key);
        scope.Writer.DeleteRole(role.Oid);
        scope.Writer.PutComment(isShared: true, ClassOids.Roles, role.Oid, 0, null);
    }

    private static RoleDescriptor Apply(RoleDescriptor role, IReadOnlyList<RoleOptionSyntax> options, DefinitionScope scope)
    {
        foreach (RoleOptionSyntax option in options)
        {
            if (option.Name is "superuser" or "isreplication" or "bypassrls" && !scope.Role.IsSuperuser)
                throw new SqlException(SqlState.InsufficientPrivilege, $"must be superuser to create {(option.Name == "superuser" ? "superusers" : "such roles")}");
            role = option.Name switch
            {
                "superuser" => role with { IsSuperuser = option.Flag },
                "inherit" => role with { Inherits = option.Flag },
                "createrole" => role with { CanCreateRole = option.Flag },
                "createdb" => role with { CanCreateDatabase = option.Flag },
                "canlogin" => role with { CanLogin = option.Flag },
                "isreplication" => role with { CanReplicate = option.Flag },
                "bypassrls" => role with { BypassesRowSecurity = option.Flag },
                "password" => role with { PasswordVerifier = Verifier(option) },
                "connectionlimit" => role with { ConnectionLimit = int.Parse(option.Text ?? "-1", NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo) },
                _ => throw DefinitionScope.Unsupported($"the role option {option.Name}", option.Position),
            };
        }

        return role;
    }

    /// <summary>A plain password must never be replicated: the session turns it into a verifier before it ships the statement.</summary>
    private static string? Verifier(RoleOptionSyntax option)
    {
        if (option.Text is null || option.Text.StartsWith("SCRAM-SHA-256$", StringComparison.Ordinal)) return option.Text;
        throw DefinitionScope.Unsupported("a password that is not a SCRAM-SHA-256 verifier", option.Position);
    }

    private static void CheckName(string name)
    {
        if (name is "public" or "none") throw new SqlException(SqlState.ReservedName, $"role name \"{name}\" is reserved");
        if (name.StartsWith("pg_", StringComparison.Ordinal))
            throw new SqlException(SqlState.ReservedName, $"role name \"{name}\" is reserved") { Detail = "Role names starting with \"pg_\" are reserved." };
    }
}
