namespace Dadbs.Sql.Catalog;

/// <summary>
/// Who may do what, until privileges can be granted: superusers everything, owners everything with what is theirs, everybody reads the system
/// catalogs. GRANT is refused meanwhile (0A000), so nothing is ever allowed that a grant would have had to allow.
/// </summary>
internal static class Ownership
{
    /// <summary>42501 for a relation that the current role may not use. Checked at every execution: plans are shared by roles.</summary>
    public static void RequireUse(IReadOnlyList<RelationDescriptor> relations, StatementContext context)
    {
        if (relations.Count == 0) return;
        RoleDescriptor? role = context.Descriptors.FindRole(context.CurrentUser);
        if (role is { IsSuperuser: true }) return;
        foreach (RelationDescriptor relation in relations)
        {
            if (relation is not VirtualTableDescriptor { Name: not "pg_authid" }) RequireUse(relation, role);
        }
    }

    /// <summary>42501 unless the role owns the relation or is a superuser.</summary>
    public static void RequireUse(RelationDescriptor relation, RoleDescriptor? role)
    {
        if (role is null || (!role.IsSuperuser && role.Oid != relation.OwnerOid))
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied for {Word(relation)} {relation.Name}");
    }

    /// <summary>42501 unless the role owns the object or is a superuser.</summary>
    public static void RequireOwner(RoleDescriptor role, uint ownerOid, string kind, string name)
    {
        if (!role.IsSuperuser && role.Oid != ownerOid) throw new SqlException(SqlState.InsufficientPrivilege, $"must be owner of {kind} {name}");
    }

    public static void RequireOwner(RoleDescriptor role, RelationDescriptor relation) => RequireOwner(role, relation.OwnerOid, Word(relation), relation.Name);

    private static string Word(RelationDescriptor relation) => relation switch
    {
        ViewDescriptor => "view",
        SequenceDescriptor => "sequence",
        IndexDescriptor => "index",
        _ => "table",
    };
}
