using System.Globalization;
namespace Dadbs.Sql.Parsing;

/// <summary>DROP, COMMENT, TRUNCATE, roles and privileges: statements that name objects of every sort.</summary>
internal sealed partial class Parser
{
    /// <summary>The sort of object that the next words name; they are consumed.</summary>
    private ObjectKind ParseObjectKind()
    {
        ObjectKind? kind = Current.Keyword switch
        {
            Keyword.Table => ObjectKind.Table,
            Keyword.Index => ObjectKind.Index,
            Keyword.View => ObjectKind.View,
            Keyword.Sequence => ObjectKind.Sequence,
            Keyword.Schema => ObjectKind.Schema,
            Keyword.Type => ObjectKind.Type,
            Keyword.Domain => ObjectKind.Domain,
            Keyword.Database => ObjectKind.Database,
            Keyword.Role => ObjectKind.Role,
            Keyword.Function => ObjectKind.Function,
            Keyword.Procedure => ObjectKind.Procedure,
            Keyword.Routine => ObjectKind.Routine,
            Keyword.Aggregate => ObjectKind.Aggregate,
            Keyword.Cast => ObjectKind.Cast,
            Keyword.Collation => ObjectKind.Collation,
            Keyword.Conversion => ObjectKind.Conversion,
            Keyword.Extension => ObjectKind.Extension,
            Keyword.Language => ObjectKind.Language,
            Keyword.Trigger => ObjectKind.Trigger,
            Keyword.Rule => ObjectKind.Rule,
            Keyword.Policy => ObjectKind.Policy,
            Keyword.Constraint => ObjectKind.Constraint,
            Keyword.Column => ObjectKind.Column,
            Keyword.Tablespace => ObjectKind.Tablespace,
            Keyword.Statistics => ObjectKind.Statistics,
            Keyword.Server => ObjectKind.Server,
            Keyword.Publication => ObjectKind.Publication,
            Keyword.Subscription => ObjectKind.Subscription,
            Keyword.Transform => ObjectKind.Transform,
            _ => null,
        };
        if (kind is null) return ParseLongObjectKind();
        _index++;
        return kind.Value;
    }

    /// <summary>The sorts of more than one word.</summary>
    private ObjectKind ParseLongObjectKind()
    {
        var first = Current.Keyword;
        switch (first)
        {
            case Keyword.Materialized:
                return ExpectKind(Keyword.View, ObjectKind.MaterializedView);
            case Keyword.Procedural:
                return ExpectKind(Keyword.Language, ObjectKind.Language);
            case Keyword.Event:
                return ExpectKind(Keyword.Trigger, ObjectKind.EventTrigger);
            case Keyword.Access:
                return ExpectKind(Keyword.Method, ObjectKind.AccessMethod);
            case Keyword.Large:
                return ExpectKind(Keyword.Object, ObjectKind.LargeObject);
            case Keyword.User:
                return ExpectKind(Keyword.Mapping, ObjectKind.UserMapping);
            case Keyword.Foreign:
                _index++;
                if (Accept(Keyword.Table)) return ObjectKind.ForeignTable;
                Expect(Keyword.Data);
                Expect(Keyword.Wrapper);
                return ObjectKind.ForeignDataWrapper;
            case Keyword.Operator:
                _index++;
                if (Accept(Keyword.Class)) return ObjectKind.OperatorClass;
                return Accept(Keyword.Family) ? ObjectKind.OperatorFamily : ObjectKind.Operator;
            case Keyword.Text:
                _index++;
                Expect(Keyword.Search);
                return ParseTextSearchKind();
            default:
                throw SyntaxError();
        }
    }

    private ObjectKind ExpectKind(Keyword second, ObjectKind kind)
    {
        _index++;
        Expect(second);
        return kind;
    }

    private ObjectKind ParseTextSearchKind()
    {
        if (Accept(Keyword.Parser)) return ObjectKind.TextSearchParser;
        if (Accept(Keyword.Dictionary)) return ObjectKind.TextSearchDictionary;
        if (Accept(Keyword.Template)) return ObjectKind.TextSearchTemplate;
        Expect(Keyword.Configuration);
        return ObjectKind.TextSearchConfiguration;
    }

    // DROP.

    private StatementSyntax ParseDrop()
    {
        var position = Expect(Keyword.Drop);
        switch (Current.Keyword)
        {
            case Keyword.Role or Keyword.Group:
            case Keyword.User when !IsNext(Keyword.Mapping):
                {
                    _index++;
                    var ifRoleExists = ParseIfExists();
                    return new DropRoleSyntax(position, ParseList(static p => p.ParseRole()), ifRoleExists);
                }

            case Keyword.Database:
                return ParseDropDatabase(position);
            case Keyword.Owned:
                throw Unsupported("DROP OWNED", position);
            case Keyword.Constraint or Keyword.Column or Keyword.Large:
                throw SyntaxError();
        }

        var kind = ParseObjectKind();
        var isConcurrent = kind == ObjectKind.Index && Accept(Keyword.Concurrently);
        var ifExists = ParseIfExists();
        var names = kind switch
        {
            ObjectKind.Trigger or ObjectKind.Rule or ObjectKind.Policy => [ParseOwnedName()],
            ObjectKind.Type or ObjectKind.Domain => ParseList(static p => p.ParseTypeObject()),
            ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Routine => ParseList(static p => p.ParseRoutineName()),
            ObjectKind.Table or ObjectKind.Index or ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.ForeignTable or ObjectKind.Sequence or ObjectKind.Schema
                or ObjectKind.Collation or ObjectKind.Conversion or ObjectKind.Extension or ObjectKind.Statistics or ObjectKind.Language or ObjectKind.Publication
                or ObjectKind.AccessMethod or ObjectKind.EventTrigger or ObjectKind.Server or ObjectKind.ForeignDataWrapper
                => ParseList(static p => p.ParseAnyObject()),
            _ => throw Unsupported("DROP of this sort of object", position),
        };
        return new DropSyntax(position, kind, names) { IfExists = ifExists, IsConcurrent = isConcurrent, Behavior = ParseDropBehavior() };
    }

    private ObjectNameSyntax ParseAnyObject()
    {
        var name = ParseAnyName();
        return new ObjectNameSyntax(name.Position, name);
    }

    private ObjectNameSyntax ParseTypeObject()
    {
        var type = ParseTypeName();
        return new ObjectNameSyntax(type.Position, type.Name) { Type = type };
    }

    /// <summary><c>name ON table</c>.</summary>
    private ObjectNameSyntax ParseOwnedName()
    {
        var position = Position;
        var name = new QualifiedNameSyntax(position, [ParseColumnId()]);
        Expect(Keyword.On);
        return new ObjectNameSyntax(position, name) { Owner = ParseAnyName() };
    }

    /// <summary>function_with_argtypes.</summary>
    private ObjectNameSyntax ParseRoutineName()
    {
        var isColumnId = IsColumnId && !IsTypeOrFunctionName;
        var name = isColumnId ? ParseAnyName() : ParseFunctionName();
        if (isColumnId && name.Parts.Count == 1 && Is(TokenKind.LeftParen)) throw SyntaxError();
        if (!Accept(TokenKind.LeftParen)) return new ObjectNameSyntax(name.Position, name);
        var arguments = Is(TokenKind.RightParen) ? [] : ParseList(static p => p.ParseFunctionParameter(allowDefault: false));
        Expect(TokenKind.RightParen);
        return new ObjectNameSyntax(name.Position, name) { Arguments = arguments };
    }

    private DropDatabaseSyntax ParseDropDatabase(int position)
    {
        Expect(Keyword.Database);
        var ifExists = ParseIfExists();
        var name = ParseColumnId();
        var options = new List<OptionSyntax>();
        var hasWith = Accept(Keyword.With);
        if (hasWith || Is(TokenKind.LeftParen))
        {
            options = ParseParenthesizedList(static p =>
            {
                var at = p.Position;
                p.Expect(Keyword.Force);
                return new OptionSyntax(at, "force", null);
            });
        }

        return new DropDatabaseSyntax(position, name, ifExists, options);
    }

    // TRUNCATE and COMMENT.

    private TruncateSyntax ParseTruncate()
    {
        var position = Expect(Keyword.Truncate);
        Accept(Keyword.Table);
        var tables = ParseList(static p => p.ParseRelation());
        var restart = Accept(Keyword.Restart);
        if (restart || Accept(Keyword.Continue)) Expect(Keyword.Identity);
        return new TruncateSyntax(position, tables, restart, ParseDropBehavior());
    }

    private CommentSyntax ParseComment()
    {
        var position = Expect(Keyword.Comment);
        Expect(Keyword.On);
        var kind = ParseObjectKind();
        ObjectNameSyntax target;
        switch (kind)
        {
            case ObjectKind.Type or ObjectKind.Domain:
                target = ParseTypeObject();
                break;
            case ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Routine:
                target = ParseRoutineName();
                break;
            case ObjectKind.Trigger or ObjectKind.Rule or ObjectKind.Policy:
                target = ParseOwnedName();
                break;
            case ObjectKind.Constraint:
                target = ParseConstraintObject(ref kind);
                break;
            case ObjectKind.Aggregate or ObjectKind.Operator or ObjectKind.Cast or ObjectKind.LargeObject or ObjectKind.Transform or ObjectKind.OperatorClass or ObjectKind.OperatorFamily
                or ObjectKind.UserMapping:
                throw Unsupported("COMMENT ON this sort of object", position);
            default:
                target = ParseAnyObject();
                break;
        }

        Expect(Keyword.Is);
        return new CommentSyntax(position, kind, target, Accept(Keyword.Null) ? null : ParseString());
    }

    private ObjectNameSyntax ParseConstraintObject(ref ObjectKind kind)
    {
        var position = Position;
        var name = new QualifiedNameSyntax(position, [ParseColumnId()]);
        Expect(Keyword.On);
        if (Accept(Keyword.Domain)) kind = ObjectKind.DomainConstraint;
        return new ObjectNameSyntax(position, name) { Owner = ParseAnyName() };
    }

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
