namespace Dadbs.Sql.Parsing;

/// <summary>CREATE TABLE, columns and constraints.</summary>
internal sealed partial class Parser
{
    /// <summary>What may be temporary or unlogged: tables, sequences, views.</summary>
    private StatementSyntax ParseCreateRelation(int position, bool orReplace)
    {
        var isLocalOrGlobal = Accept(Keyword.Local) || Accept(Keyword.Global);
        var persistence = TablePersistence.Permanent;
        if (Accept(Keyword.Temporary) || Accept(Keyword.Temp)) persistence = TablePersistence.Temporary;
        else if (isLocalOrGlobal) throw SyntaxError();
        else if (Accept(Keyword.Unlogged)) persistence = TablePersistence.Unlogged;
        switch (Current.Keyword)
        {
            case Keyword.View or Keyword.Recursive:
                return ParseCreateView(position, orReplace, persistence);
            case Keyword.Sequence when !orReplace:
                return ParseCreateSequence(position, persistence);
            case Keyword.Materialized when !orReplace && persistence == TablePersistence.Unlogged:
                return ParseCreateMaterializedView(position, persistence);
            case Keyword.Table when !orReplace:
                return ParseCreateTable(position, persistence);
            default:
                throw SyntaxError();
        }
    }

    private StatementSyntax ParseCreateTable(int position, TablePersistence persistence)
    {
        Expect(Keyword.Table);
        var ifNotExists = ParseIfNotExists();
        var name = ParseQualifiedName();
        if (Is(Keyword.Of)) throw Unsupported("CREATE TABLE OF", Position);
        if (Is(Keyword.Partition)) throw Unsupported("CREATE TABLE PARTITION OF", Position);
        if (!Is(TokenKind.LeftParen) || IsNameListAhead()) return ParseCreateTableAs(position, name, persistence, ifNotExists);

        Expect(TokenKind.LeftParen);
        var elements = Is(TokenKind.RightParen) ? [] : ParseList(static p => p.ParseTableElement());
        Expect(TokenKind.RightParen);
        List<QualifiedNameSyntax> inherits = Accept(Keyword.Inherits) ? ParseParenthesizedList(static p => p.ParseQualifiedName()) : [];
        if (Is(Keyword.Partition)) throw Unsupported("PARTITION BY", Position);
        var (method, options, onCommit, tablespace) = ParseTableStorage();
        return new CreateTableSyntax(position, name, elements)
        {
            Persistence = persistence,
            IfNotExists = ifNotExists,
            Inherits = inherits,
            AccessMethod = method,
            StorageParameters = options,
            OnCommit = onCommit,
            Tablespace = tablespace,
        };
    }

    /// <summary>A list of bare names is CREATE TABLE AS's: behind the first comes a comma or the end of the list.</summary>
    private bool IsNameListAhead() => IsColumnIdAt(1) && Peek(2).Kind is TokenKind.Comma or TokenKind.RightParen;

    private StatementSyntax ParseCreateTableAs(int position, QualifiedNameSyntax name, TablePersistence persistence, bool ifNotExists)
    {
        var columns = Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        var (method, options, onCommit, tablespace) = ParseTableStorage();
        Expect(Keyword.As);
        StatementSyntax source = Is(Keyword.Execute) ? ParseExecute() : IsQueryStart ? ParseQuery() : throw SyntaxError();
        return new CreateTableAsSyntax(position, name, columns, source)
        {
            Persistence = persistence,
            IfNotExists = ifNotExists,
            AccessMethod = method,
            StorageParameters = options,
            OnCommit = onCommit,
            Tablespace = tablespace,
            WithNoData = ParseWithNoData(),
        };
    }

    private (string? Method, List<OptionSyntax> Options, OnCommitAction OnCommit, string? Tablespace) ParseTableStorage()
    {
        var method = Accept(Keyword.Using) ? ParseColumnId() : null;
        List<OptionSyntax> options = [];
        if (Is(Keyword.Without) && IsNext(Keyword.Oids)) _index += 2;
        else if (Is(Keyword.With)) options = ParseReloptions();
        var onCommit = OnCommitAction.Default;
        if (Accept(Keyword.On))
        {
            Expect(Keyword.Commit);
            onCommit = ParseOnCommit();
        }

        return (method, options, onCommit, Accept(Keyword.Tablespace) ? ParseColumnId() : null);
    }

    private OnCommitAction ParseOnCommit()
    {
        if (Accept(Keyword.Drop)) return OnCommitAction.Drop;
        var action = OnCommitAction.PreserveRows;
        if (!Accept(Keyword.Preserve))
        {
            Expect(Keyword.Delete);
            action = OnCommitAction.DeleteRows;
        }

        Expect(Keyword.Rows);
        return action;
    }

    private TableElementSyntax ParseTableElement()
    {
        var position = Position;
        if (Is(Keyword.Like)) return ParseLikeTable();
        return IsTableConstraint ? new TableConstraintSyntax(position, ParseTableConstraint()) : ParseColumnDefinition();
    }

    private bool IsTableConstraint => Current.Keyword is Keyword.Constraint or Keyword.Check or Keyword.Unique or Keyword.Primary or Keyword.Foreign
        || (Is(Keyword.Exclude) && Peek().Kind is TokenKind.LeftParen || Is(Keyword.Exclude, Keyword.Using));

    private LikeTableSyntax ParseLikeTable()
    {
        var position = Expect(Keyword.Like);
        var name = ParseQualifiedName();
        var options = LikeOptions.None;
        while (Is(Keyword.Including) || Is(Keyword.Excluding))
        {
            var including = Is(Keyword.Including);
            _index++;
            LikeOptions option = Current.Keyword switch
            {
                Keyword.Comments => LikeOptions.Comments,
                Keyword.Compression => LikeOptions.Compression,
                Keyword.Constraints => LikeOptions.Constraints,
                Keyword.Defaults => LikeOptions.Defaults,
                Keyword.Generated => LikeOptions.Generated,
                Keyword.Identity => LikeOptions.Identity,
                Keyword.Indexes => LikeOptions.Indexes,
                Keyword.Statistics => LikeOptions.Statistics,
                Keyword.Storage => LikeOptions.Storage,
                Keyword.All => LikeOptions.All,
                _ => throw SyntaxError(),
            };
            _index++;
            options = including ? options | option : options & ~option;
        }

        return new LikeTableSyntax(position, name, options);
    }

    private ColumnDefinitionSyntax ParseColumnDefinition()
    {
        var position = Position;
        var name = ParseColumnId();
        var type = ParseTypeName();
        var compression = Accept(Keyword.Compression) ? Accept(Keyword.Default) ? "default" : ParseColumnId() : null;
        if (Is(Keyword.Options)) throw Unsupported("OPTIONS of a column", Position);
        var (constraints, collation) = ParseColumnConstraints();
        return new ColumnDefinitionSyntax(position, name, type, constraints) { Collation = collation, Compression = compression };
    }

    // Constraints of a column.

    private (List<ConstraintSyntax> Constraints, QualifiedNameSyntax? Collation) ParseColumnConstraints()
    {
        var constraints = new List<ConstraintSyntax>();
        QualifiedNameSyntax? collation = null;
        while (true)
        {
            var position = Position;
            if (Accept(Keyword.Collate))
            {
                if (collation is not null) throw Wrong("multiple COLLATE clauses not allowed", position);
                collation = ParseAnyName();
                continue;
            }

            if (AcceptConstraintAttribute(constraints)) continue;
            var name = Accept(Keyword.Constraint) ? ParseColumnId() : null;
            if (ParseColumnConstraint(position) is { } constraint) constraints.Add(name is null ? constraint : constraint with { Name = name });
            else if (name is not null) throw SyntaxError();
            else return (constraints, collation);
        }
    }

    /// <summary>[NOT] DEFERRABLE and INITIALLY … belong to the constraint before them.</summary>
    private bool AcceptConstraintAttribute(List<ConstraintSyntax> constraints)
    {
        var position = Position;
        var isNot = Is(Keyword.Not, Keyword.Deferrable);
        if (!isNot && !Is(Keyword.Deferrable) && !Is(Keyword.Initially)) return false;
        _index += isNot ? 2 : 1;
        var isInitially = _tokens[_index - 1].Keyword == Keyword.Initially;
        var isDeferred = isInitially && Accept(Keyword.Deferred);
        if (isInitially && !isDeferred) Expect(Keyword.Immediate);
        var last = constraints.Count == 0 ? null : constraints[^1];
        if (last is not (PrimaryKeyConstraintSyntax or UniqueConstraintSyntax or ForeignKeyConstraintSyntax))
        {
            var words = isInitially ? isDeferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE" : isNot ? "NOT DEFERRABLE" : "DEFERRABLE";
            throw Wrong($"misplaced {words} clause", position);
        }

        constraints[^1] = isInitially
            ? last with { InitiallyDeferred = isDeferred, IsDeferrable = last.IsDeferrable || isDeferred }
            : last with { IsDeferrable = !isNot };
        return true;
    }

    private ConstraintSyntax? ParseColumnConstraint(int position)
    {
        switch (Current.Keyword)
        {
            case Keyword.Not when Peek().Keyword is not (Keyword.Between or Keyword.In or Keyword.Like or Keyword.Ilike or Keyword.Similar):
                _index++;
                Expect(Keyword.Null);
                return new NotNullConstraintSyntax(position);
            case Keyword.Null:
                _index++;
                return new NullConstraintSyntax(position);
            case Keyword.Default:
                _index++;
                return new DefaultConstraintSyntax(position, ParseRestrictedExpression());
            case Keyword.Check:
                return ParseCheck(position, isTable: false);
            case Keyword.Primary:
                _index++;
                Expect(Keyword.Key);
                return new PrimaryKeyConstraintSyntax(position, []) { StorageParameters = ParseOptionalReloptions(), Tablespace = ParseIndexTablespace() };
            case Keyword.Unique:
                {
                    _index++;
                    var notDistinct = ParseNullsNotDistinct();
                    return new UniqueConstraintSyntax(position, []) { NullsNotDistinct = notDistinct, StorageParameters = ParseOptionalReloptions(), Tablespace = ParseIndexTablespace() };
                }

            case Keyword.References:
                return ParseReferences(position, []);
            case Keyword.Generated:
                return ParseGenerated(position);
            default:
                return null;
        }
    }

    private CheckConstraintSyntax ParseCheck(int position, bool isTable)
    {
        Expect(Keyword.Check);
        Expect(TokenKind.LeftParen);
        var condition = ParseExpression();
        Expect(TokenKind.RightParen);
        var noInherit = !isTable && Is(Keyword.No, Keyword.Inherit);
        if (noInherit) _index += 2;
        return new CheckConstraintSyntax(position, condition, noInherit);
    }

    private List<OptionSyntax> ParseOptionalReloptions() => Is(Keyword.With) && IsNext(TokenKind.LeftParen) ? ParseReloptions() : [];

    private string? ParseIndexTablespace()
    {
        if (!Accept(Keyword.Using)) return null;
        Expect(Keyword.Index);
        Expect(Keyword.Tablespace);
        return ParseColumnId();
    }

    private ForeignKeyConstraintSyntax ParseReferences(int position, IReadOnlyList<string> columns)
    {
        Expect(Keyword.References);
        var table = ParseQualifiedName();
        var referenced = Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        var match = ForeignKeyMatch.Simple;
        if (Is(Keyword.Match)) match = ParseMatch();
        var (update, delete) = (ReferentialAction.NoAction, ReferentialAction.NoAction);
        List<string> deleteColumns = [];
        var (hasUpdate, hasDelete) = (false, false);
        while (Is(Keyword.On))
        {
            if (!hasUpdate && Accept(Keyword.On, Keyword.Update))
            {
                hasUpdate = true;
                var at = _tokens[_index - 2].Start;
                update = ParseReferentialAction(out var updateColumns);
                if (updateColumns.Count > 0) throw new SqlException(SqlState.FeatureNotSupported, "a column list with SET NULL is only supported for ON DELETE actions", at);
            }
            else if (!hasDelete && Accept(Keyword.On, Keyword.Delete))
            {
                hasDelete = true;
                delete = ParseReferentialAction(out deleteColumns);
            }
            else
            {
                _index++;
                throw SyntaxError();
            }
        }

        return new ForeignKeyConstraintSyntax(position, columns, table, referenced)
        {
            Match = match,
            OnUpdate = update,
            OnDelete = delete,
            OnDeleteColumns = deleteColumns,
        };
    }

    private ForeignKeyMatch ParseMatch()
    {
        var position = Expect(Keyword.Match);
        if (Accept(Keyword.Full)) return ForeignKeyMatch.Full;
        if (Accept(Keyword.Partial)) throw new SqlException(SqlState.FeatureNotSupported, "MATCH PARTIAL not yet implemented", position);
        Expect(Keyword.Simple);
        return ForeignKeyMatch.Simple;
    }

    private ReferentialAction ParseReferentialAction(out List<string> columns)
    {
        columns = [];
        if (Accept(Keyword.Cascade)) return ReferentialAction.Cascade;
        if (Accept(Keyword.Restrict)) return ReferentialAction.Restrict;
        if (Accept(Keyword.No))
        {
            Expect(Keyword.Action);
            return ReferentialAction.NoAction;
        }

        Expect(Keyword.Set);
        var action = ReferentialAction.SetNull;
        if (!Accept(Keyword.Null))
        {
            Expect(Keyword.Default);
            action = ReferentialAction.SetDefault;
        }

        if (Is(TokenKind.LeftParen)) columns = ParseParenthesizedNames();
        return action;
    }

    private ConstraintSyntax ParseGenerated(int position)
    {
        Expect(Keyword.Generated);
        var at = Position;
        var isAlways = Accept(Keyword.Always);
        if (!isAlways)
        {
            Expect(Keyword.By);
            Expect(Keyword.Default);
        }

        Expect(Keyword.As);
        if (Accept(Keyword.Identity)) return new IdentityConstraintSyntax(position, isAlways, ParseParenthesizedSequenceOptions());
        Expect(TokenKind.LeftParen);
        var expression = ParseExpression();
        Expect(TokenKind.RightParen);
        Expect(Keyword.Stored);
        return isAlways
            ? new GeneratedConstraintSyntax(position, expression)
            : throw Wrong("for a generated column, GENERATED ALWAYS must be specified", at);
    }

    // Constraints of a table.

    private ConstraintSyntax ParseTableConstraint()
    {
        var position = Position;
        var name = Accept(Keyword.Constraint) ? ParseColumnId() : null;
        var constraint = Current.Keyword switch
        {
            Keyword.Check => ParseCheck(position, isTable: true),
            Keyword.Unique => ParseTableUnique(position),
            Keyword.Primary => ParseTablePrimaryKey(position),
            Keyword.Foreign => ParseTableForeignKey(position),
            Keyword.Exclude => throw Unsupported("EXCLUDE constraint", position),
            _ => throw SyntaxError(),
        };
        return ParseTableConstraintAttributes(constraint with { Name = name });
    }

    private ConstraintSyntax ParseTableUnique(int position)
    {
        Expect(Keyword.Unique);
        if (Accept(Keyword.Using, Keyword.Index)) return new UniqueConstraintSyntax(position, []) { UsingIndex = ParseColumnId() };
        var notDistinct = ParseNullsNotDistinct();
        var columns = ParseParenthesizedNames();
        var including = Accept(Keyword.Include) ? ParseParenthesizedNames() : [];
        return new UniqueConstraintSyntax(position, columns)
        {
            NullsNotDistinct = notDistinct,
            Including = including,
            StorageParameters = ParseOptionalReloptions(),
            Tablespace = ParseIndexTablespace(),
        };
    }

    private ConstraintSyntax ParseTablePrimaryKey(int position)
    {
        Expect(Keyword.Primary);
        Expect(Keyword.Key);
        if (Accept(Keyword.Using, Keyword.Index)) return new PrimaryKeyConstraintSyntax(position, []) { UsingIndex = ParseColumnId() };
        var columns = ParseParenthesizedNames();
        var including = Accept(Keyword.Include) ? ParseParenthesizedNames() : [];
        return new PrimaryKeyConstraintSyntax(position, columns)
        {
            Including = including,
            StorageParameters = ParseOptionalReloptions(),
            Tablespace = ParseIndexTablespace(),
        };
    }

    private ConstraintSyntax ParseTableForeignKey(int position)
    {
        Expect(Keyword.Foreign);
        Expect(Keyword.Key);
        return ParseReferences(position, ParseParenthesizedNames());
    }

    /// <summary>ConstraintAttributeSpec: in any order, contradictions refused.</summary>
    private ConstraintSyntax ParseTableConstraintAttributes(ConstraintSyntax constraint)
    {
        bool? isDeferrable = null;
        bool? isDeferred = null;
        while (true)
        {
            var position = Position;
            if (Accept(Keyword.Not, Keyword.Deferrable))
            {
                if (isDeferred == true) throw Wrong("constraint declared INITIALLY DEFERRED must be DEFERRABLE", position);
                if (isDeferrable == true) throw Wrong("conflicting constraint properties", position);
                isDeferrable = false;
            }
            else if (Accept(Keyword.Deferrable))
            {
                if (isDeferrable == false) throw Wrong("conflicting constraint properties", position);
                isDeferrable = true;
            }
            else if (Accept(Keyword.Initially))
            {
                var deferred = Accept(Keyword.Deferred);
                if (!deferred) Expect(Keyword.Immediate);
                if (deferred && isDeferrable == false) throw Wrong("constraint declared INITIALLY DEFERRED must be DEFERRABLE", position);
                if (isDeferred == !deferred) throw Wrong("conflicting constraint properties", position);
                isDeferred = deferred;
            }
            else if (Accept(Keyword.Not))
            {
                Expect(Keyword.Valid);
                RequireAttribute(constraint is CheckConstraintSyntax or ForeignKeyConstraintSyntax, constraint, "NOT VALID", position);
                constraint = constraint with { NotValid = true };
            }
            else if (Accept(Keyword.No))
            {
                Expect(Keyword.Inherit);
                if (constraint is not CheckConstraintSyntax check) throw NoAttribute(constraint, "NO INHERIT", position);
                constraint = check with { NoInherit = true };
            }
            else
            {
                if (isDeferrable == true || isDeferred == true) RequireAttribute(constraint is not CheckConstraintSyntax, constraint, "DEFERRABLE", position);
                return constraint with { IsDeferrable = isDeferrable ?? isDeferred ?? false, InitiallyDeferred = isDeferred ?? false };
            }
        }
    }

    private static void RequireAttribute(bool holds, ConstraintSyntax constraint, string words, int position)
    {
        if (!holds) throw NoAttribute(constraint, words, position);
    }

    private static SqlException NoAttribute(ConstraintSyntax constraint, string words, int position)
    {
        var kind = constraint switch
        {
            CheckConstraintSyntax => "CHECK",
            UniqueConstraintSyntax => "UNIQUE",
            PrimaryKeyConstraintSyntax => "PRIMARY KEY",
            _ => "FOREIGN KEY",
        };
        return new SqlException(SqlState.FeatureNotSupported, $"{kind} constraints cannot be marked {words}", position);
    }
}
