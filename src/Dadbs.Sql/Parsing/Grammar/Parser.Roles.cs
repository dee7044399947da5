using System.Globalization;

namespace Dadbs.Sql.Parsing;

/// <summary>Roles, GRANT and REVOKE.</summary>
internal sealed partial class Parser
{
    // Roles.

    /// <summary>RoleSpec.</summary>
    private RoleSyntax ParseRole()
    {
        var position = Position;
        if (Accept(Keyword.CurrentUser)) return new RoleSyntax(position, RoleKind.CurrentUser, null);
        if (Accept(Keyword.CurrentRole)) return new RoleSyntax(position, RoleKind.CurrentRole, null);
        if (Accept(Keyword.SessionUser)) return new RoleSyntax(position, RoleKind.SessionUser, null);
        var name = ParseNonReservedWord();
        return name switch
        {
            "public" => new RoleSyntax(position, RoleKind.Public, null),
            "none" => throw new SqlException(SqlState.ReservedName, "role name \"none\" is reserved", position),
            _ => new RoleSyntax(position, RoleKind.Named, name),
        };
    }

    private CreateRoleSyntax ParseCreateRole(int position)
    {
        var kind = Current.Keyword switch
        {
            Keyword.Role => RoleStatementKind.Role,
            Keyword.User => RoleStatementKind.User,
            _ => RoleStatementKind.Group,
        };
        _index++;
        var name = ParseRoleName();
        Accept(Keyword.With);
        return new CreateRoleSyntax(position, kind, name, ParseRoleOptions(isCreate: true));
    }

    /// <summary>RoleId: a name, not one of the words that stand for a role.</summary>
    private string ParseRoleName()
    {
        var position = Position;
        var role = ParseRole();
        return role.Kind switch
        {
            RoleKind.Named => role.Name!,
            RoleKind.Public => throw new SqlException(SqlState.ReservedName, "role name \"public\" is reserved", position),
            RoleKind.SessionUser => throw new SqlException(SqlState.ReservedName, "SESSION_USER cannot be used as a role name here", position),
            RoleKind.CurrentUser => throw new SqlException(SqlState.ReservedName, "CURRENT_USER cannot be used as a role name here", position),
            _ => throw new SqlException(SqlState.ReservedName, "CURRENT_ROLE cannot be used as a role name here", position),
        };
    }

    private List<RoleOptionSyntax> ParseRoleOptions(bool isCreate)
    {
        var options = new List<RoleOptionSyntax>();
        while (ParseRoleOption(isCreate) is { } option) options.Add(option);
        return options;
    }

    private RoleOptionSyntax? ParseRoleOption(bool isCreate)
    {
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.Encrypted or Keyword.Password:
                {
                    if (Accept(Keyword.Encrypted) && !Is(Keyword.Password)) throw SyntaxError();
                    _index++;
                    return new RoleOptionSyntax(position, "password") { Text = Accept(Keyword.Null) ? null : ParseString() };
                }

            case Keyword.Unencrypted:
                throw new SqlException(SqlState.FeatureNotSupported, "UNENCRYPTED PASSWORD is no longer supported", position)
                {
                    Hint = "Remove UNENCRYPTED to store the password in encrypted form instead.",
                };
            case Keyword.Inherit:
                _index++;
                return new RoleOptionSyntax(position, "inherit") { Flag = true };
            case Keyword.Connection:
                _index++;
                Expect(Keyword.Limit);
                return new RoleOptionSyntax(position, "connectionlimit") { Text = ParseSignedInteger().ToString(NumberFormatInfo.InvariantInfo) };
            case Keyword.Valid:
                _index++;
                Expect(Keyword.Until);
                return new RoleOptionSyntax(position, "validUntil") { Text = ParseString() };
            case Keyword.User:
                _index++;
                return new RoleOptionSyntax(position, "rolemembers") { Roles = ParseList(static p => p.ParseRole()) };
            case Keyword.Sysid when isCreate:
                _index++;
                return new RoleOptionSyntax(position, "sysid") { Text = ParseInteger().ToString(NumberFormatInfo.InvariantInfo) };
            case Keyword.Admin when isCreate:
                _index++;
                return new RoleOptionSyntax(position, "adminmembers") { Roles = ParseList(static p => p.ParseRole()) };
            case Keyword.Role when isCreate:
                _index++;
                return new RoleOptionSyntax(position, "rolemembers") { Roles = ParseList(static p => p.ParseRole()) };
            case Keyword.In when isCreate:
                _index++;
                if (!Accept(Keyword.Role)) Expect(Keyword.Group);
                return new RoleOptionSyntax(position, "addroleto") { Roles = ParseList(static p => p.ParseRole()) };
            default:
                return Is(TokenKind.Identifier) ? ParseRoleFlag(position) : null;
        }
    }

    private RoleOptionSyntax ParseRoleFlag(int position)
    {
        (string Name, bool Flag)? option = Current.Text switch
        {
            "superuser" => ("superuser", true),
            "nosuperuser" => ("superuser", false),
            "createrole" => ("createrole", true),
            "nocreaterole" => ("createrole", false),
            "replication" => ("isreplication", true),
            "noreplication" => ("isreplication", false),
            "createdb" => ("createdb", true),
            "nocreatedb" => ("createdb", false),
            "login" => ("canlogin", true),
            "nologin" => ("canlogin", false),
            "bypassrls" => ("bypassrls", true),
            "nobypassrls" => ("bypassrls", false),
            "noinherit" => ("inherit", false),
            _ => null,
        };
        if (option is null) throw Wrong($"unrecognized role option \"{Current.Text}\"", position);
        _index++;
        return new RoleOptionSyntax(position, option.Value.Name) { Flag = option.Value.Flag };
    }

    private StatementSyntax ParseAlterRole(int position)
    {
        var isGroup = Is(Keyword.Group);
        _index++;
        if (!isGroup && Accept(Keyword.All)) return ParseRoleSetting(position, null);
        var at = Position;
        var role = ParseRole();
        if (isGroup && (Is(Keyword.Add) || Is(Keyword.Drop)))
        {
            var isAdd = Is(Keyword.Add);
            _index++;
            Expect(Keyword.User);
            var members = new RoleOptionSyntax(at, "rolemembers") { Flag = isAdd, Roles = ParseList(static p => p.ParseRole()) };
            return new AlterRoleSyntax(position, role, [members]);
        }

        if (Accept(Keyword.Rename))
        {
            Expect(Keyword.To);
            var name = role.Name ?? throw new SqlException(SqlState.ReservedName, "this role cannot be renamed", at);
            return new RenameSyntax(position, ObjectKind.Role, new ObjectNameSyntax(at, new QualifiedNameSyntax(at, [name])), ParseRoleName());
        }

        if (isGroup) throw SyntaxError();
        if (Is(Keyword.Set) || Is(Keyword.Reset) || Is(Keyword.In)) return ParseRoleSetting(position, role);
        Accept(Keyword.With);
        return new AlterRoleSyntax(position, role, ParseRoleOptions(isCreate: false));
    }

    private AlterRoleSettingSyntax ParseRoleSetting(int position, RoleSyntax? role)
    {
        string? database = null;
        if (Accept(Keyword.In))
        {
            Expect(Keyword.Database);
            database = ParseColumnId();
        }

        return new AlterRoleSettingSyntax(position, role, database, ParseSetOrReset());
    }

    // GRANT and REVOKE.

    private StatementSyntax ParseGrant()
    {
        var position = Expect(Keyword.Grant);
        var privileges = ParsePrivileges();
        if (privileges[0].Name is null && !Is(Keyword.On)) throw SyntaxError();
        if (!Accept(Keyword.On))
        {
            Expect(Keyword.To);
            var members = ParseList(static p => p.ParseRole());
            var admin = Accept(Keyword.With);
            if (admin)
            {
                Expect(Keyword.Admin);
                Expect(Keyword.Option);
            }

            return new GrantRoleSyntax(position, true, privileges, members) { AdminOption = admin, GrantedBy = ParseGrantedBy() };
        }

        var (target, kind, objects) = ParsePrivilegeTarget();
        Expect(Keyword.To);
        var grantees = ParseGrantees();
        var option = Accept(Keyword.With);
        if (option)
        {
            Expect(Keyword.Grant);
            Expect(Keyword.Option);
        }

        return new GrantSyntax(position, true, privileges, target, kind, objects, grantees) { GrantOption = option, GrantedBy = ParseGrantedBy() };
    }

    private StatementSyntax ParseRevoke()
    {
        var position = Expect(Keyword.Revoke);
        var isAdmin = Is(Keyword.Admin, Keyword.Option);
        var option = isAdmin || Is(Keyword.Grant, Keyword.Option);
        if (option)
        {
            _index += 2;
            Expect(Keyword.For);
        }

        var privileges = ParsePrivileges();
        if (privileges[0].Name is null && !Is(Keyword.On)) throw SyntaxError();
        if (!Accept(Keyword.On))
        {
            Expect(Keyword.From);
            var members = ParseList(static p => p.ParseRole());
            var by = ParseGrantedBy();
            return new GrantRoleSyntax(position, false, privileges, members) { AdminOption = isAdmin, GrantedBy = by, Behavior = ParseDropBehavior() };
        }

        var (target, kind, objects) = ParsePrivilegeTarget();
        Expect(Keyword.From);
        var grantees = ParseGrantees();
        var grantedBy = ParseGrantedBy();
        return new GrantSyntax(position, false, privileges, target, kind, objects, grantees)
        {
            GrantOption = option,
            GrantedBy = grantedBy,
            Behavior = ParseDropBehavior(),
        };
    }

    private RoleSyntax? ParseGrantedBy()
    {
        if (!Accept(Keyword.Granted)) return null;
        Expect(Keyword.By);
        return ParseRole();
    }

    private List<RoleSyntax> ParseGrantees() => ParseList(static p =>
    {
        p.Accept(Keyword.Group);
        return p.ParseRole();
    });

    private List<PrivilegeSyntax> ParsePrivileges()
    {
        var position = Position;
        if (!Accept(Keyword.All)) return ParseList(static p => p.ParsePrivilege());
        Accept(Keyword.Privileges);
        return [new PrivilegeSyntax(position, null, Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [])];
    }

    private PrivilegeSyntax ParsePrivilege()
    {
        var position = Position;
        if (Accept(Keyword.Alter, Keyword.System)) return new PrivilegeSyntax(position, "alter system", []);
        var name = Current.Keyword is Keyword.Select or Keyword.References or Keyword.Create ? TakeName() : ParseColumnId();
        return new PrivilegeSyntax(position, name, Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : []);
    }

    private (PrivilegeTargetKind Target, ObjectKind Kind, List<ObjectNameSyntax> Objects) ParsePrivilegeTarget()
    {
        if (Is(Keyword.All) && Peek(2).Keyword == Keyword.In)
        {
            var all = Peek().Keyword switch
            {
                Keyword.Tables => ObjectKind.Table,
                Keyword.Sequences => ObjectKind.Sequence,
                Keyword.Functions => ObjectKind.Function,
                Keyword.Procedures => ObjectKind.Procedure,
                Keyword.Routines => ObjectKind.Routine,
                _ => throw SyntaxError(),
            };
            _index += 3;
            Expect(Keyword.Schema);
            return (PrivilegeTargetKind.AllInSchema, all, ParseList(static p => p.ParseAnyObject()));
        }

        // Words that name a kind are names, too: a table called "type" has nothing behind it that could be its name.
        var isKind = Is(Keyword.Table)
            || (Peek().Kind is TokenKind.Identifier or TokenKind.Keyword && Peek().Keyword is not (Keyword.To or Keyword.From)
                && Current.Keyword is Keyword.Sequence or Keyword.Foreign or Keyword.Function or Keyword.Procedure or Keyword.Routine or Keyword.Database or Keyword.Domain
                    or Keyword.Language or Keyword.Large or Keyword.Schema or Keyword.Tablespace or Keyword.Type or Keyword.Parameter);
        if (!isKind) return (PrivilegeTargetKind.Objects, ObjectKind.Table, ParseList(static p => p.ParseAnyObject()));
        if (Is(Keyword.Parameter)) throw Unsupported("GRANT ON PARAMETER", Position);
        var at = Position;
        if (Is(Keyword.Foreign, Keyword.Server))
        {
            _index += 2;
            return (PrivilegeTargetKind.Objects, ObjectKind.Server, ParseList(static p => p.ParseAnyObject()));
        }

        var kind = ParseObjectKind();
        switch (kind)
        {
            case ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Routine:
                return (PrivilegeTargetKind.Objects, kind, ParseList(static p => p.ParseRoutineName()));
            case ObjectKind.LargeObject:
                throw Unsupported("GRANT ON LARGE OBJECT", at);
            case ObjectKind.Table or ObjectKind.Sequence or ObjectKind.Database or ObjectKind.Domain or ObjectKind.Language or ObjectKind.Schema or ObjectKind.Tablespace
                or ObjectKind.Type or ObjectKind.ForeignDataWrapper or ObjectKind.Server:
                return (PrivilegeTargetKind.Objects, kind, ParseList(static p => p.ParseAnyObject()));
            default:
                _index--;
                throw SyntaxError();
        }
    }
}
