namespace Dadbs.Sql.Parsing;

public sealed partial class SyntaxPrinter
{
    private static string Word(ObjectKind kind) => kind switch
    {
        ObjectKind.MaterializedView => "MATERIALIZED VIEW",
        ObjectKind.ForeignTable => "FOREIGN TABLE",
        ObjectKind.EventTrigger => "EVENT TRIGGER",
        ObjectKind.AccessMethod => "ACCESS METHOD",
        ObjectKind.ForeignDataWrapper => "FOREIGN DATA WRAPPER",
        ObjectKind.DomainConstraint => "CONSTRAINT",
        ObjectKind.TextSearchParser => "TEXT SEARCH PARSER",
        ObjectKind.TextSearchDictionary => "TEXT SEARCH DICTIONARY",
        ObjectKind.TextSearchTemplate => "TEXT SEARCH TEMPLATE",
        ObjectKind.TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private SyntaxPrinter Object(ObjectNameSyntax target)
    {
        if (target.Type is not null) return Type(target.Type);
        Name(target.Name);
        return target.Arguments is null ? this : Parenthesized(target.Arguments, a => FunctionParameter(a));
    }

    private SyntaxPrinter Role(RoleSyntax role) => role.Kind switch
    {
        RoleKind.CurrentUser => Write("CURRENT_USER"),
        RoleKind.CurrentRole => Write("CURRENT_ROLE"),
        RoleKind.SessionUser => Write("SESSION_USER"),
        RoleKind.Public => Write("PUBLIC"),
        _ => Id(role.Name!),
    };

    private SyntaxPrinter Roles(IReadOnlyList<RoleSyntax> roles) => List(roles, r => Role(r));

    private SyntaxPrinter Drop(DropSyntax drop)
    {
        Write("DROP ").Write(Word(drop.Kind)).Write(" ").WriteIf(drop.IsConcurrent, "CONCURRENTLY ").WriteIf(drop.IfExists, "IF EXISTS ").List(drop.Names, n => Object(n));
        if (drop.Names[0].Owner is { } owner) Write(" ON ").Name(owner);
        return Behavior(drop.Behavior);
    }

    private SyntaxPrinter Comment(CommentSyntax comment)
    {
        Write("COMMENT ON ").Write(Word(comment.Kind)).Write(" ").Object(comment.Target);
        if (comment.Target.Owner is { } owner) Write(comment.Kind == ObjectKind.DomainConstraint ? " ON DOMAIN " : " ON ").Name(owner);
        return Write(" IS ").Write(comment.Comment is null ? "NULL" : Literal(comment.Comment));
    }

    private SyntaxPrinter Rename(RenameSyntax rename)
    {
        Write("ALTER ").Write(Word(rename.PartOf ?? rename.Kind)).Write(" ").WriteIf(rename.IfExists, "IF EXISTS ").WriteIf(rename.IsOnly, "ONLY ").Object(rename.Target).Write(" RENAME ");
        if (rename.Part is not null) Write(Word(rename.Kind)).Write(" ").Id(rename.Part).Write(" ");
        return Write("TO ").Id(rename.NewName);
    }

    private SyntaxPrinter SetSchema(SetSchemaSyntax set) =>
        Write("ALTER ").Write(Word(set.Kind)).Write(" ").WriteIf(set.IfExists, "IF EXISTS ").Object(set.Target).Write(" SET SCHEMA ").Id(set.NewSchema);

    private SyntaxPrinter CreateSchema(CreateSchemaSyntax create)
    {
        Write("CREATE SCHEMA ").WriteIf(create.IfNotExists, "IF NOT EXISTS ");
        if (create.Name is not null) Id(create.Name);
        if (create.Owner is not null) WriteIf(create.Name is not null, " ").Write("AUTHORIZATION ").Role(create.Owner);
        foreach (var element in create.Elements) Write(" ").Statement(element);
        return this;
    }

    private SyntaxPrinter CreateRole(CreateRoleSyntax create)
    {
        Write("CREATE ").Write(create.Kind.ToString().ToUpperInvariant()).Write(" ").Id(create.Name);
        foreach (var option in create.Options) RoleOption(option);
        return this;
    }

    private SyntaxPrinter AlterRole(AlterRoleSyntax alter)
    {
        // The members of a group are the old ALTER GROUP's.
        if (alter.Options is [{ Name: "rolemembers" } members])
        {
            return Write("ALTER GROUP ").Role(alter.Role).Write(members.Flag ? " ADD USER " : " DROP USER ").Roles(members.Roles);
        }

        Write("ALTER ROLE ").Role(alter.Role);
        foreach (var option in alter.Options) RoleOption(option);
        return this;
    }

    private void RoleOption(RoleOptionSyntax option)
    {
        Write(" ");
        switch (option.Name)
        {
            case "password":
                Write("PASSWORD ").Write(option.Text is null ? "NULL" : Literal(option.Text));
                break;
            case "connectionlimit":
                Write("CONNECTION LIMIT ").Write(option.Text!);
                break;
            case "validUntil":
                Write("VALID UNTIL ").Write(Literal(option.Text!));
                break;
            case "sysid":
                Write("SYSID ").Write(option.Text!);
                break;
            case "addroleto":
                Write("IN ROLE ").Roles(option.Roles);
                break;
            case "rolemembers":
                Write("ROLE ").Roles(option.Roles);
                break;
            case "adminmembers":
                Write("ADMIN ").Roles(option.Roles);
                break;
            default:
                Write(option.Flag ? "" : "NO").Write(option.Name switch
                {
                    "canlogin" => "LOGIN",
                    "isreplication" => "REPLICATION",
                    _ => option.Name.ToUpperInvariant(),
                });
                break;
        }
    }

    private SyntaxPrinter DatabaseOptions(IReadOnlyList<OptionSyntax> options)
    {
        foreach (var option in options)
        {
            Write(" ").Write(option.Name == "connection_limit" ? "CONNECTION LIMIT" : Identifier(option.Name)).Write(" = ");
            if (option.Value is null) Write("DEFAULT");
            else Expression(option.Value);
        }

        return this;
    }

    private SyntaxPrinter Truncate(TruncateSyntax truncate) => Write("TRUNCATE TABLE ").List(truncate.Tables, t => Table(t)).WriteIf(truncate.RestartIdentity, " RESTART IDENTITY").Behavior(truncate.Behavior);

    private SyntaxPrinter Privileges(IReadOnlyList<PrivilegeSyntax> privileges) => List(privileges, p =>
    {
        // Privileges' names are ordinary names; the reserved ones among them are known words.
        Write(p.Name is null ? "ALL" : p.Name is "select" or "references" or "create" or "alter system" ? p.Name.ToUpperInvariant() : Identifier(p.Name)).NamesIfAny(p.Columns);
    });

    private SyntaxPrinter Grant(GrantSyntax grant)
    {
        Write(grant.IsGrant ? "GRANT " : "REVOKE ").WriteIf(!grant.IsGrant && grant.GrantOption, "GRANT OPTION FOR ").Privileges(grant.Privileges).Write(" ON ");
        if (grant.TargetKind == PrivilegeTargetKind.AllInSchema) Write("ALL ").Write(Word(grant.ObjectKind)).Write("S IN SCHEMA ");
        else Write(grant.ObjectKind == ObjectKind.Server ? "FOREIGN SERVER" : Word(grant.ObjectKind)).Write(" ");
        List(grant.Objects, o => Object(o)).Write(grant.IsGrant ? " TO " : " FROM ").Roles(grant.Grantees).WriteIf(grant.IsGrant && grant.GrantOption, " WITH GRANT OPTION");
        if (grant.GrantedBy is not null) Write(" GRANTED BY ").Role(grant.GrantedBy);
        return Behavior(grant.Behavior);
    }

    private SyntaxPrinter GrantRole(GrantRoleSyntax grant)
    {
        Write(grant.IsGrant ? "GRANT " : "REVOKE ").WriteIf(!grant.IsGrant && grant.AdminOption, "ADMIN OPTION FOR ").Privileges(grant.Granted);
        Write(grant.IsGrant ? " TO " : " FROM ").Roles(grant.Grantees).WriteIf(grant.IsGrant && grant.AdminOption, " WITH ADMIN OPTION");
        if (grant.GrantedBy is not null) Write(" GRANTED BY ").Role(grant.GrantedBy);
        return Behavior(grant.Behavior);
    }
}
