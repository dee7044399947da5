namespace Dadbs.Sql.Parsing;

/// <summary>DROP, COMMENT and TRUNCATE: statements that name objects of every sort.</summary>
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
}
