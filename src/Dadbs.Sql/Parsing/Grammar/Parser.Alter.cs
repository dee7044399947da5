using System.Globalization;
namespace Dadbs.Sql.Parsing;

/// <summary>ALTER.</summary>
internal sealed partial class Parser
{
    private StatementSyntax ParseAlter()
    {
        var position = Expect(Keyword.Alter);
        switch (Current.Keyword)
        {
            case Keyword.Table:
                return ParseAlterRelation(position, RelationKind.Table, 1);
            case Keyword.Index:
                return ParseAlterRelation(position, RelationKind.Index, 1);
            case Keyword.View:
                return ParseAlterRelation(position, RelationKind.View, 1);
            case Keyword.Materialized when IsNext(Keyword.View):
                return ParseAlterRelation(position, RelationKind.MaterializedView, 2);
            case Keyword.Foreign when IsNext(Keyword.Table):
                return ParseAlterRelation(position, RelationKind.ForeignTable, 2);
            case Keyword.Sequence:
                return ParseAlterSequence(position);
            case Keyword.Schema:
                return ParseAlterNamed(position, ObjectKind.Schema);
            case Keyword.Database:
                return ParseAlterDatabase(position);
            case Keyword.User when IsNext(Keyword.Mapping):
                throw UnsupportedObject("ALTER", position);
            case Keyword.Role or Keyword.User or Keyword.Group:
                return ParseAlterRole(position);
            case Keyword.Type:
                return ParseAlterType(position);
            case Keyword.Domain:
                return ParseAlterDomain(position);
            case Keyword.Function or Keyword.Procedure or Keyword.Routine:
                return ParseAlterFunction(position);
            default:
                throw UnsupportedObject("ALTER", position);
        }
    }

    private static ObjectKind KindOf(RelationKind kind) => kind switch
    {
        RelationKind.Table => ObjectKind.Table,
        RelationKind.Index => ObjectKind.Index,
        RelationKind.View => ObjectKind.View,
        RelationKind.MaterializedView => ObjectKind.MaterializedView,
        RelationKind.Sequence => ObjectKind.Sequence,
        RelationKind.ForeignTable => ObjectKind.ForeignTable,
        _ => ObjectKind.Type,
    };

    private StatementSyntax ParseAlterRelation(int position, RelationKind kind, int words)
    {
        _index += words;
        if (Accept(Keyword.All))
        {
            Expect(Keyword.In);
            throw Unsupported("ALL IN TABLESPACE", position);
        }

        var ifExists = ParseIfExists();
        var mayHaveStar = kind is RelationKind.Table or RelationKind.ForeignTable;
        var relation = mayHaveStar ? ParseRelation() : new NamedTableSyntax(Position, ParseQualifiedName());
        var target = new ObjectNameSyntax(relation.Position, relation.Name);
        if (Is(Keyword.Rename)) return ParseRelationRename(position, KindOf(kind), target, ifExists, relation.IsOnly);
        if (Is(Keyword.Set, Keyword.Schema))
        {
            _index += 2;
            return new SetSchemaSyntax(position, KindOf(kind), target, ParseColumnId(), ifExists);
        }

        if (kind == RelationKind.Index && (Is(Keyword.Attach) || Is(Keyword.Depends) || Is(Keyword.No))) throw Unsupported("ALTER INDEX " + Keywords.Word(Current.Keyword).ToUpperInvariant(), Position);
        return new AlterTableSyntax(position, kind, relation.Name, ParseList(static p => p.ParseAlterTableAction())) { IfExists = ifExists, IsOnly = relation.IsOnly };
    }

    private RenameSyntax ParseRelationRename(int position, ObjectKind kind, ObjectNameSyntax target, bool ifExists, bool isOnly)
    {
        Expect(Keyword.Rename);
        if (Accept(Keyword.To)) return new RenameSyntax(position, kind, target, ParseColumnId()) { IfExists = ifExists, IsOnly = isOnly };
        var part = ObjectKind.Column;
        if (Accept(Keyword.Constraint)) part = ObjectKind.Constraint;
        else Accept(Keyword.Column);
        var name = ParseColumnId();
        Expect(Keyword.To);
        return new RenameSyntax(position, part, target, ParseColumnId()) { Part = name, PartOf = kind, IfExists = ifExists, IsOnly = isOnly };
    }

    private AlterTableActionSyntax ParseAlterTableAction()
    {
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.Add:
                return ParseAddAction(position);
            case Keyword.Drop:
                return ParseDropAction(position);
            case Keyword.Alter:
                return ParseAlterAction(position);
            case Keyword.Validate:
                _index++;
                Expect(Keyword.Constraint);
                return new ValidateConstraintSyntax(position, ParseColumnId());
            case Keyword.Owner:
                _index++;
                Expect(Keyword.To);
                return new ChangeOwnerSyntax(position, ParseRole());
            case Keyword.Reset:
                _index++;
                return new SetStorageParametersSyntax(position, ParseParenthesizedList(static p => p.ParseReloption()), true);
            case Keyword.Set:
                return ParseSetAction(position);
            case Keyword.Enable or Keyword.Disable or Keyword.Force:
                return ParseRowSecurityAction(position);
            case Keyword.No:
                _index++;
                if (Is(Keyword.Inherit)) throw Unsupported("NO INHERIT", position);
                Expect(Keyword.Force);
                ExpectRowLevelSecurity();
                return new AlterRowSecuritySyntax(position, RowSecurityAction.NoForce);
            case Keyword.Cluster:
                _index++;
                Expect(Keyword.On);
                return new PhysicalTableActionSyntax(position, "CLUSTER ON", ParseColumnId());
            case Keyword.Replica:
                return ParseReplicaIdentity(position);
            case Keyword.Inherit or Keyword.Of or Keyword.Not or Keyword.Attach or Keyword.Detach or Keyword.Options:
                throw Unsupported("ALTER TABLE " + Keywords.Word(Current.Keyword).ToUpperInvariant(), position);
            default:
                throw SyntaxError();
        }
    }

    private AlterTableActionSyntax ParseAddAction(int position)
    {
        Expect(Keyword.Add);
        if (IsTableConstraint) return new AddConstraintSyntax(position, ParseTableConstraint());
        Accept(Keyword.Column);
        var ifNotExists = ParseIfNotExists();
        return new AddColumnSyntax(position, ParseColumnDefinition(), ifNotExists);
    }

    private AlterTableActionSyntax ParseDropAction(int position)
    {
        Expect(Keyword.Drop);
        if (Accept(Keyword.Constraint))
        {
            var exists = ParseIfExists();
            var constraint = ParseColumnId();
            return new DropConstraintSyntax(position, constraint, exists, ParseDropBehavior());
        }

        Accept(Keyword.Column);
        var ifExists = ParseIfExists();
        var column = ParseColumnId();
        return new DropColumnSyntax(position, column, ifExists, ParseDropBehavior());
    }

    private DropBehavior ParseDropBehavior()
    {
        if (Accept(Keyword.Cascade)) return DropBehavior.Cascade;
        return Accept(Keyword.Restrict) ? DropBehavior.Restrict : DropBehavior.Default;
    }

    private AlterTableActionSyntax ParseAlterAction(int position)
    {
        Expect(Keyword.Alter);
        if (Accept(Keyword.Constraint))
        {
            var name = ParseColumnId();
            var changed = ParseTableConstraintAttributes(new ForeignKeyConstraintSyntax(position, [], new QualifiedNameSyntax(position, [name]), []));
            return new AlterConstraintSyntax(position, name, changed.IsDeferrable, changed.InitiallyDeferred);
        }

        Accept(Keyword.Column);
        if (Is(TokenKind.Integer))
        {
            var number = ParseInteger();
            Expect(Keyword.Set);
            Expect(Keyword.Statistics);
            return new AlterColumnStatisticsSyntax(position, number.ToString(NumberFormatInfo.InvariantInfo), ParseSignedInteger());
        }

        return ParseAlterColumn(position, ParseColumnId());
    }

    private AlterTableActionSyntax ParseAlterColumn(int position, string column)
    {
        if (Accept(Keyword.Drop))
        {
            if (Accept(Keyword.Default)) return new AlterColumnDefaultSyntax(position, column, null);
            if (Accept(Keyword.Expression)) return new DropExpressionSyntax(position, column, ParseIfExists());
            if (Accept(Keyword.Identity)) return new DropIdentitySyntax(position, column, ParseIfExists());
            Expect(Keyword.Not);
            Expect(Keyword.Null);
            return new AlterColumnNotNullSyntax(position, column, false);
        }

        if (Accept(Keyword.Add))
        {
            var at = Position;
            if (!Is(Keyword.Generated)) throw SyntaxError();
            return ParseGenerated(at) is IdentityConstraintSyntax identity ? new AddIdentitySyntax(position, column, identity) : throw SyntaxError();
        }

        if (Is(Keyword.Type) || Is(Keyword.Set, Keyword.Data)) return ParseAlterColumnType(position, column);
        if (Is(Keyword.Restart) || (Is(Keyword.Set) && Peek().Keyword is Keyword.Generated or Keyword.Increment or Keyword.Start or Keyword.Restart or Keyword.Minvalue
                or Keyword.Maxvalue or Keyword.Cache or Keyword.Cycle or Keyword.No or Keyword.Sequence or Keyword.Owned or Keyword.As))
        {
            return ParseAlterIdentity(position, column);
        }

        if (Accept(Keyword.Reset)) return new PhysicalTableActionSyntax(position, "RESET of a column's options", IgnoreReloptions(column));
        Expect(Keyword.Set);
        switch (Current.Keyword)
        {
            case Keyword.Default:
                _index++;
                return new AlterColumnDefaultSyntax(position, column, ParseExpression());
            case Keyword.Not:
                _index++;
                Expect(Keyword.Null);
                return new AlterColumnNotNullSyntax(position, column, true);
            case Keyword.Statistics:
                _index++;
                return new AlterColumnStatisticsSyntax(position, column, ParseSignedInteger());
            case Keyword.Storage:
                _index++;
                return new AlterColumnStorageSyntax(position, column, ParseColumnId());
            case Keyword.Compression:
                _index++;
                return new PhysicalTableActionSyntax(position, "SET COMPRESSION", Accept(Keyword.Default) ? "default" : ParseColumnId());
            default:
                return Is(TokenKind.LeftParen) ? new PhysicalTableActionSyntax(position, "SET of a column's options", IgnoreReloptions(column)) : throw SyntaxError();
        }
    }

    private string IgnoreReloptions(string column)
    {
        ParseParenthesizedList(static p => p.ParseReloption());
        return column;
    }

    private AlterColumnTypeSyntax ParseAlterColumnType(int position, string column)
    {
        if (Accept(Keyword.Set)) Expect(Keyword.Data);
        Expect(Keyword.Type);
        var type = ParseTypeName();
        var collation = Accept(Keyword.Collate) ? ParseAnyName() : null;
        return new AlterColumnTypeSyntax(position, column, type, collation, Accept(Keyword.Using) ? ParseExpression() : null);
    }

    private AlterIdentitySyntax ParseAlterIdentity(int position, string column)
    {
        bool? isAlways = null;
        var options = new List<SequenceOptionSyntax>();
        while (Is(Keyword.Restart) || Is(Keyword.Set))
        {
            if (Accept(Keyword.Set) && Accept(Keyword.Generated))
            {
                isAlways = Accept(Keyword.Always);
                if (isAlways == false)
                {
                    Expect(Keyword.By);
                    Expect(Keyword.Default);
                }
            }
            else
            {
                options.Add(ParseSequenceOption() ?? throw SyntaxError());
            }
        }

        return new AlterIdentitySyntax(position, column, isAlways, options);
    }

    private AlterTableActionSyntax ParseSetAction(int position)
    {
        Expect(Keyword.Set);
        if (Is(TokenKind.LeftParen)) return new SetStorageParametersSyntax(position, ParseParenthesizedList(static p => p.ParseReloption()), false);
        if (Accept(Keyword.Tablespace)) return new PhysicalTableActionSyntax(position, "SET TABLESPACE", ParseColumnId());
        if (Accept(Keyword.Logged)) return new PhysicalTableActionSyntax(position, "SET LOGGED", null);
        if (Accept(Keyword.Unlogged)) return new PhysicalTableActionSyntax(position, "SET UNLOGGED", null);
        if (Accept(Keyword.Access))
        {
            Expect(Keyword.Method);
            return new PhysicalTableActionSyntax(position, "SET ACCESS METHOD", ParseColumnId());
        }

        Expect(Keyword.Without);
        if (Accept(Keyword.Oids)) return new PhysicalTableActionSyntax(position, "SET WITHOUT OIDS", null);
        Expect(Keyword.Cluster);
        return new PhysicalTableActionSyntax(position, "SET WITHOUT CLUSTER", null);
    }

    private AlterRowSecuritySyntax ParseRowSecurityAction(int position)
    {
        var action = Current.Keyword switch
        {
            Keyword.Enable => RowSecurityAction.Enable,
            Keyword.Disable => RowSecurityAction.Disable,
            _ => RowSecurityAction.Force,
        };
        _index++;
        if (action != RowSecurityAction.Force && Current.Keyword is Keyword.Trigger or Keyword.Rule or Keyword.Always or Keyword.Replica)
        {
            throw Unsupported(Keywords.Word(_tokens[_index - 1].Keyword).ToUpperInvariant() + " " + Keywords.Word(Current.Keyword).ToUpperInvariant(), position);
        }

        ExpectRowLevelSecurity();
        return new AlterRowSecuritySyntax(position, action);
    }

    private void ExpectRowLevelSecurity()
    {
        Expect(Keyword.Row);
        Expect(Keyword.Level);
        Expect(Keyword.Security);
    }

    private PhysicalTableActionSyntax ParseReplicaIdentity(int position)
    {
        Expect(Keyword.Replica);
        Expect(Keyword.Identity);
        if (Accept(Keyword.Nothing)) return new PhysicalTableActionSyntax(position, "REPLICA IDENTITY NOTHING", null);
        if (Accept(Keyword.Full)) return new PhysicalTableActionSyntax(position, "REPLICA IDENTITY FULL", null);
        if (Accept(Keyword.Default)) return new PhysicalTableActionSyntax(position, "REPLICA IDENTITY DEFAULT", null);
        Expect(Keyword.Using);
        Expect(Keyword.Index);
        return new PhysicalTableActionSyntax(position, "REPLICA IDENTITY USING INDEX", ParseColumnId());
    }

    // Other objects.

    private StatementSyntax ParseAlterSequence(int position)
    {
        Expect(Keyword.Sequence);
        var ifExists = ParseIfExists();
        var name = ParseQualifiedName();
        var target = new ObjectNameSyntax(name.Position, name);
        if (Is(Keyword.Rename)) return ParseRelationRename(position, ObjectKind.Sequence, target, ifExists, false);
        if (Accept(Keyword.Set, Keyword.Schema)) return new SetSchemaSyntax(position, ObjectKind.Sequence, target, ParseColumnId(), ifExists);
        if (Is(Keyword.Owner) || Is(Keyword.Set) || Is(Keyword.Reset))
        {
            return new AlterTableSyntax(position, RelationKind.Sequence, name, ParseList(static p => p.ParseAlterTableAction())) { IfExists = ifExists };
        }

        var options = ParseSequenceOptions();
        return options.Count > 0 ? new AlterSequenceSyntax(position, name, ifExists, options) : throw SyntaxError();
    }

    /// <summary>RENAME TO and OWNER TO of an object with a plain name.</summary>
    private StatementSyntax ParseAlterNamed(int position, ObjectKind kind)
    {
        _index++;
        var at = Position;
        return ParseRenameOrOwner(position, kind, new ObjectNameSyntax(at, new QualifiedNameSyntax(at, [ParseColumnId()])));
    }

    private StatementSyntax ParseRenameOrOwner(int position, ObjectKind kind, ObjectNameSyntax target)
    {
        if (Accept(Keyword.Rename))
        {
            Expect(Keyword.To);
            return new RenameSyntax(position, kind, target, ParseColumnId());
        }

        Expect(Keyword.Owner);
        Expect(Keyword.To);
        return new ChangeObjectOwnerSyntax(position, kind, target, ParseRole());
    }

    private StatementSyntax ParseAlterDatabase(int position)
    {
        Expect(Keyword.Database);
        var at = Position;
        var name = ParseColumnId();
        switch (Current.Keyword)
        {
            case Keyword.Rename or Keyword.Owner:
                return ParseRenameOrOwner(position, ObjectKind.Database, new ObjectNameSyntax(at, new QualifiedNameSyntax(at, [name])));
            case Keyword.Refresh:
                throw Unsupported("REFRESH COLLATION VERSION", position);
            case Keyword.Set when IsNext(Keyword.Tablespace):
                throw Unsupported("SET TABLESPACE", Position);
            case Keyword.Set or Keyword.Reset:
                return new AlterDatabaseSettingSyntax(position, name, ParseSetOrReset());
            default:
                Accept(Keyword.With);
                return new AlterDatabaseSyntax(position, name, ParseDatabaseOptions());
        }
    }

    private StatementSyntax ParseSetOrReset()
    {
        if (Is(Keyword.Reset)) return ParseReset();
        var position = Expect(Keyword.Set);
        return ParseSetRest(position, SettingScope.Session);
    }

    private StatementSyntax ParseAlterType(int position)
    {
        Expect(Keyword.Type);
        var name = ParseAnyName();
        var target = new ObjectNameSyntax(name.Position, name);
        switch (Current.Keyword)
        {
            case Keyword.Owner:
                return ParseRenameOrOwner(position, ObjectKind.Type, target);
            case Keyword.Set when IsNext(Keyword.Schema):
                _index += 2;
                return new SetSchemaSyntax(position, ObjectKind.Type, target, ParseColumnId(), false);
            case Keyword.Rename:
                return ParseRenameType(position, name, target);
            case Keyword.Add when IsNext(Keyword.Value):
                return ParseAddEnumValue(position, name);
            case Keyword.Add or Keyword.Drop or Keyword.Alter:
                throw Unsupported("ALTER TYPE for the attributes of a composite type", position);
            default:
                throw Is(Keyword.Set) ? Unsupported("ALTER TYPE SET", position) : SyntaxError();
        }
    }

    private StatementSyntax ParseRenameType(int position, QualifiedNameSyntax name, ObjectNameSyntax target)
    {
        Expect(Keyword.Rename);
        if (Accept(Keyword.To)) return new RenameSyntax(position, ObjectKind.Type, target, ParseColumnId());
        if (Accept(Keyword.Value))
        {
            var old = ParseString();
            Expect(Keyword.To);
            return new RenameEnumValueSyntax(position, name, old, ParseString());
        }

        Expect(Keyword.Attribute);
        var attribute = ParseColumnId();
        Expect(Keyword.To);
        var newName = ParseColumnId();
        if (ParseDropBehavior() == DropBehavior.Cascade) throw Unsupported("RENAME ATTRIBUTE … CASCADE", position);
        return new RenameSyntax(position, ObjectKind.Attribute, target, newName) { Part = attribute, PartOf = ObjectKind.Type };
    }

    private AddEnumValueSyntax ParseAddEnumValue(int position, QualifiedNameSyntax name)
    {
        _index += 2;
        var ifNotExists = ParseIfNotExists();
        var label = ParseString();
        var before = Accept(Keyword.Before) ? ParseString() : null;
        var after = before is null && Accept(Keyword.After) ? ParseString() : null;
        return new AddEnumValueSyntax(position, name, label, ifNotExists, before, after);
    }

    private StatementSyntax ParseAlterDomain(int position)
    {
        Expect(Keyword.Domain);
        var name = ParseAnyName();
        var target = new ObjectNameSyntax(name.Position, name);
        if (Is(Keyword.Rename, Keyword.To) || Is(Keyword.Owner)) return ParseRenameOrOwner(position, ObjectKind.Domain, target);
        if (Accept(Keyword.Set, Keyword.Schema)) return new SetSchemaSyntax(position, ObjectKind.Domain, target, ParseColumnId(), false);
        throw Current.Keyword is Keyword.Set or Keyword.Drop or Keyword.Add or Keyword.Validate or Keyword.Rename ? Unsupported("ALTER DOMAIN " + Keywords.Word(Current.Keyword).ToUpperInvariant(), position) : SyntaxError();
    }

    private StatementSyntax ParseAlterFunction(int position)
    {
        var kind = Current.Keyword switch
        {
            Keyword.Function => ObjectKind.Function,
            Keyword.Procedure => ObjectKind.Procedure,
            _ => ObjectKind.Routine,
        };
        _index++;
        var target = ParseRoutineName();
        if (Is(Keyword.Rename) || Is(Keyword.Owner)) return ParseRenameOrOwner(position, kind, target);
        if (Accept(Keyword.Set, Keyword.Schema)) return new SetSchemaSyntax(position, kind, target, ParseColumnId(), false);
        throw Unsupported("ALTER FUNCTION options", position);
    }
}
