namespace Dadbs.Sql.Parsing;

/// <summary>CREATE of everything but tables and functions.</summary>
internal sealed partial class Parser
{
    private StatementSyntax ParseCreate()
    {
        var position = Expect(Keyword.Create);
        if (Is(Keyword.Or))
        {
            _index++;
            Expect(Keyword.Replace);
            return ParseCreateOrReplace(position);
        }

        switch (Current.Keyword)
        {
            case Keyword.Table or Keyword.Temporary or Keyword.Temp or Keyword.Local or Keyword.Global or Keyword.Unlogged:
                return ParseCreateRelation(position, false);
            case Keyword.View or Keyword.Recursive:
                return ParseCreateView(position, false, TablePersistence.Permanent);
            case Keyword.Materialized:
                return ParseCreateMaterializedView(position, TablePersistence.Permanent);
            case Keyword.Sequence:
                return ParseCreateSequence(position, TablePersistence.Permanent);
            case Keyword.Unique or Keyword.Index:
                return ParseCreateIndex(position);
            case Keyword.Schema:
                return ParseCreateSchema(position);
            case Keyword.Role or Keyword.Group:
                return ParseCreateRole(position);
            case Keyword.User when IsNext(Keyword.Mapping):
                throw Unsupported("CREATE USER MAPPING", position);
            case Keyword.User:
                return ParseCreateRole(position);
            case Keyword.Database:
                return ParseCreateDatabase(position);
            case Keyword.Type:
                return ParseCreateType(position);
            case Keyword.Domain:
                return ParseCreateDomain(position);
            case Keyword.Function or Keyword.Procedure:
                return ParseCreateFunction(position, false);
            default:
                throw UnsupportedObject("CREATE", position);
        }
    }

    private StatementSyntax ParseCreateOrReplace(int position)
    {
        switch (Current.Keyword)
        {
            case Keyword.Function or Keyword.Procedure:
                return ParseCreateFunction(position, true);
            case Keyword.View or Keyword.Recursive:
                return ParseCreateView(position, true, TablePersistence.Permanent);
            case Keyword.Temporary or Keyword.Temp or Keyword.Local or Keyword.Global or Keyword.Unlogged:
                return ParseCreateRelation(position, true);
            case Keyword.Aggregate or Keyword.Rule or Keyword.Trigger or Keyword.Constraint or Keyword.Language or Keyword.Trusted or Keyword.Procedural or Keyword.Transform:
                throw UnsupportedObject("CREATE", position);
            default:
                throw SyntaxError();
        }
    }

    /// <summary>0A000 for the objects that PostgreSQL's grammar has and this engine has not; 42601 for any other word.</summary>
    private SqlException UnsupportedObject(string verb, int position)
    {
        var words = Current.Keyword switch
        {
            Keyword.Access => 2,
            Keyword.Event => 2,
            Keyword.Foreign => IsNext(Keyword.Data) ? 3 : 2,
            Keyword.Text => 3,
            Keyword.User => 2,
            Keyword.Constraint => 2,
            Keyword.Trusted or Keyword.Procedural => 2,
            Keyword.Default => 2,
            Keyword.Large => 2,
            Keyword.Operator => Peek().Keyword is Keyword.Class or Keyword.Family ? 2 : 1,
            Keyword.Aggregate or Keyword.Assertion or Keyword.Cast or Keyword.Collation or Keyword.Conversion or Keyword.Extension or Keyword.Language or Keyword.Policy
                or Keyword.Publication or Keyword.Rule or Keyword.Server or Keyword.Statistics or Keyword.Subscription or Keyword.Tablespace or Keyword.Transform
                or Keyword.Trigger or Keyword.Owned or Keyword.System => 1,
            _ => 0,
        };
        if (words == 0) return SyntaxError();
        var names = new List<string> { verb };
        for (var i = 0; i < words; i++)
        {
            if (Peek(i).Keyword != Keyword.NoKeyword) names.Add(Keywords.Word(Peek(i).Keyword).ToUpperInvariant());
        }

        return Unsupported(string.Join(' ', names), position);
    }

    private bool ParseIfNotExists()
    {
        if (!Is(Keyword.If, Keyword.Not)) return false;
        _index += 2;
        Expect(Keyword.Exists);
        return true;
    }

    private bool ParseIfExists()
    {
        return Accept(Keyword.If, Keyword.Exists);
    }

    // Views.

    private CreateViewSyntax ParseCreateView(int position, bool orReplace, TablePersistence persistence)
    {
        var isRecursive = Accept(Keyword.Recursive);
        Expect(Keyword.View);
        var name = ParseQualifiedName();
        var columns = isRecursive || Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        var options = Is(Keyword.With) ? ParseReloptions() : [];
        Expect(Keyword.As);
        var query = IsQueryStart ? ParseQuery() : throw SyntaxError();
        var check = ViewCheckOption.None;
        if (Accept(Keyword.With))
        {
            check = Accept(Keyword.Local) ? ViewCheckOption.Local : ViewCheckOption.Cascaded;
            if (check == ViewCheckOption.Cascaded) Accept(Keyword.Cascaded);
            Expect(Keyword.Check);
            Expect(Keyword.Option);
            if (isRecursive) throw new SqlException(SqlState.FeatureNotSupported, "WITH CHECK OPTION not supported on recursive views", _tokens[_index - 1].Start);
        }

        return new CreateViewSyntax(position, name, columns, query)
        {
            OrReplace = orReplace,
            Persistence = persistence,
            IsRecursive = isRecursive,
            Options = options,
            CheckOption = check,
        };
    }

    private CreateTableAsSyntax ParseCreateMaterializedView(int position, TablePersistence persistence)
    {
        Expect(Keyword.Materialized);
        Expect(Keyword.View);
        var ifNotExists = ParseIfNotExists();
        var name = ParseQualifiedName();
        var columns = Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        var method = Accept(Keyword.Using) ? ParseColumnId() : null;
        var options = Is(Keyword.With) ? ParseReloptions() : [];
        var tablespace = Accept(Keyword.Tablespace) ? ParseColumnId() : null;
        Expect(Keyword.As);
        var query = IsQueryStart ? ParseQuery() : throw SyntaxError();
        return new CreateTableAsSyntax(position, name, columns, query)
        {
            IsMaterializedView = true,
            Persistence = persistence,
            IfNotExists = ifNotExists,
            AccessMethod = method,
            StorageParameters = options,
            Tablespace = tablespace,
            WithNoData = ParseWithNoData(),
        };
    }

    private bool ParseWithNoData()
    {
        if (!Accept(Keyword.With)) return false;
        var isWithout = Accept(Keyword.No);
        Expect(Keyword.Data);
        return isWithout;
    }

    private RefreshMaterializedViewSyntax ParseRefresh()
    {
        var position = Expect(Keyword.Refresh);
        Expect(Keyword.Materialized);
        Expect(Keyword.View);
        var isConcurrent = Accept(Keyword.Concurrently);
        var name = ParseQualifiedName();
        return new RefreshMaterializedViewSyntax(position, name, isConcurrent, ParseWithNoData());
    }

    // Sequences.

    private CreateSequenceSyntax ParseCreateSequence(int position, TablePersistence persistence)
    {
        Expect(Keyword.Sequence);
        var ifNotExists = ParseIfNotExists();
        var name = ParseQualifiedName();
        return new CreateSequenceSyntax(position, name, ParseSequenceOptions()) { Persistence = persistence, IfNotExists = ifNotExists };
    }

    private List<SequenceOptionSyntax> ParseSequenceOptions()
    {
        var options = new List<SequenceOptionSyntax>();
        while (ParseSequenceOption() is { } option) options.Add(option);
        return options;
    }

    private List<SequenceOptionSyntax> ParseParenthesizedSequenceOptions()
    {
        if (!Accept(TokenKind.LeftParen)) return [];
        var options = ParseSequenceOptions();
        if (options.Count == 0) throw SyntaxError();
        Expect(TokenKind.RightParen);
        return options;
    }

    private SequenceOptionSyntax? ParseSequenceOption()
    {
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.As:
                _index++;
                return new SequenceTypeSyntax(position, ParseSimpleTypeName());
            case Keyword.Cache:
                _index++;
                return new SequenceParameterSyntax(position, SequenceParameter.Cache, ParseNumberText());
            case Keyword.Cycle:
                _index++;
                return new SequenceCycleSyntax(position, true);
            case Keyword.Increment:
                _index++;
                Accept(Keyword.By);
                return new SequenceParameterSyntax(position, SequenceParameter.IncrementBy, ParseNumberText());
            case Keyword.Maxvalue:
                _index++;
                return new SequenceParameterSyntax(position, SequenceParameter.MaxValue, ParseNumberText());
            case Keyword.Minvalue:
                _index++;
                return new SequenceParameterSyntax(position, SequenceParameter.MinValue, ParseNumberText());
            case Keyword.No:
                _index++;
                if (Accept(Keyword.Maxvalue)) return new SequenceParameterSyntax(position, SequenceParameter.MaxValue, null);
                if (Accept(Keyword.Minvalue)) return new SequenceParameterSyntax(position, SequenceParameter.MinValue, null);
                Expect(Keyword.Cycle);
                return new SequenceCycleSyntax(position, false);
            case Keyword.Owned:
                {
                    _index++;
                    Expect(Keyword.By);
                    var owner = ParseAnyName();
                    return new SequenceOwnerSyntax(position, owner.Parts is ["none"] ? null : owner);
                }

            case Keyword.Restart:
                _index++;
                Accept(Keyword.With);
                return new SequenceParameterSyntax(position, SequenceParameter.Restart, IsNumberAhead || _tokens[_index - 1].Keyword == Keyword.With ? ParseNumberText() : null);
            case Keyword.Sequence:
                // SEQUENCE NAME is pg_dump's, never said for a sequence that the user makes.
                throw Unsupported("SEQUENCE NAME", position);
            case Keyword.Start:
                _index++;
                Accept(Keyword.With);
                return new SequenceParameterSyntax(position, SequenceParameter.StartWith, ParseNumberText());
            default:
                return null;
        }
    }

    private bool IsNumberAhead => Current.Kind is TokenKind.Integer or TokenKind.Number or TokenKind.Plus or TokenKind.Minus;

    /// <summary>A signed number, as text.</summary>
    private string ParseNumberText()
    {
        var sign = Is(TokenKind.Minus) ? "-" : "";
        if (Is(TokenKind.Minus) || Is(TokenKind.Plus)) _index++;
        if (!Is(TokenKind.Integer) && !Is(TokenKind.Number)) throw SyntaxError();
        ref readonly var token = ref Current;
        _index++;
        return sign + _text[token.Start..token.End];
    }

    // Indexes.

    private CreateIndexSyntax ParseCreateIndex(int position)
    {
        var isUnique = Accept(Keyword.Unique);
        Expect(Keyword.Index);
        var isConcurrent = Accept(Keyword.Concurrently);
        var ifNotExists = ParseIfNotExists();
        var name = ifNotExists || !Is(Keyword.On) ? ParseColumnId() : null;
        Expect(Keyword.On);
        var table = ParseRelation();
        var method = Accept(Keyword.Using) ? ParseColumnId() : null;
        var elements = ParseParenthesizedList(static p => p.ParseIndexElement());
        var including = Accept(Keyword.Include) ? ParseParenthesizedList(static p => p.ParseIndexElement()) : [];
        var nullsNotDistinct = ParseNullsNotDistinct();
        var options = Is(Keyword.With) ? ParseReloptions() : [];
        var tablespace = Accept(Keyword.Tablespace) ? ParseColumnId() : null;
        return new CreateIndexSyntax(position, table.Name, elements)
        {
            Name = name,
            IsUnique = isUnique,
            IsConcurrent = isConcurrent,
            IfNotExists = ifNotExists,
            IsOnly = table.IsOnly,
            AccessMethod = method,
            Including = including,
            NullsNotDistinct = nullsNotDistinct,
            StorageParameters = options,
            Tablespace = tablespace,
            Where = Accept(Keyword.Where) ? ParseExpression() : null,
        };
    }

    private bool ParseNullsNotDistinct()
    {
        if (!Is(Keyword.Nulls)) return false;
        _index++;
        var isNot = Accept(Keyword.Not);
        Expect(Keyword.Distinct);
        return isNot;
    }

    /// <summary>index_elem: a column, a call, or an expression in parentheses, with its options.</summary>
    private IndexElementSyntax ParseIndexElement()
    {
        var position = Position;
        string? column = null;
        ExpressionSyntax? expression = null;
        if (Is(TokenKind.LeftParen))
        {
            _index++;
            expression = ParseExpression();
            Expect(TokenKind.RightParen);
        }
        else if (IsFunctionTable || !IsColumnId)
        {
            expression = ParseTableFunction();
        }
        else
        {
            column = ParseColumnId();
        }

        var collation = Accept(Keyword.Collate) ? ParseAnyName() : null;
        var operatorClass = Accept(Keyword.Using) || (IsColumnId && !IsNullsOrder) ? ParseAnyName() : null;
        var classOptions = operatorClass is not null && Is(TokenKind.LeftParen) ? ParseParenthesizedList(static p => p.ParseReloption()) : [];
        return new IndexElementSyntax(position, column, expression)
        {
            Collation = collation,
            OperatorClass = operatorClass,
            OperatorClassOptions = classOptions,
            Direction = ParseDirection(),
            Nulls = ParseNullsOrder(),
        };
    }

    private bool IsNullsOrder => Is(Keyword.Nulls) && Peek().Keyword is Keyword.First or Keyword.Last;

    // Storage parameters: WITH (name = value).

    private List<OptionSyntax> ParseReloptions()
    {
        Expect(Keyword.With);
        return ParseParenthesizedList(static p => p.ParseReloption());
    }

    private OptionSyntax ParseReloption()
    {
        var position = Position;
        var name = ParseColumnLabel();
        string? space = null;
        if (Accept(TokenKind.Dot))
        {
            space = name;
            name = ParseColumnLabel();
        }

        return new OptionSyntax(position, name, Accept(TokenKind.EqualSign) ? ParseDefinitionValue() : null) { Namespace = space };
    }

    /// <summary>def_arg: a type, a reserved word, an operator, a number, a string or NONE; words become strings.</summary>
    private ExpressionSyntax ParseDefinitionValue()
    {
        var position = Position;
        if (IsNumberAhead && (Peek().Kind is TokenKind.Integer or TokenKind.Number || !IsOperatorToken)) return ParseSignedNumber();
        if (Is(TokenKind.String)) return ParsePrimary();
        if (IsOperatorToken) return new StringLiteralSyntax(position, TakeOperator().Symbol);
        if (Is(TokenKind.Keyword) && Keywords.Category(Current.Keyword) == KeywordCategory.Reserved) return new StringLiteralSyntax(position, TakeName());
        var type = ParseFunctionType();
        return new StringLiteralSyntax(position, _text[type.Position.._tokens[_index - 1].End]);
    }

    // Schemas.

    private CreateSchemaSyntax ParseCreateSchema(int position)
    {
        Expect(Keyword.Schema);
        var ifNotExists = ParseIfNotExists();
        var name = Is(Keyword.Authorization) ? null : ParseColumnId();
        RoleSyntax? owner = null;
        if (name is null || Is(Keyword.Authorization))
        {
            Expect(Keyword.Authorization);
            owner = ParseRole();
        }

        var elements = new List<StatementSyntax>();
        while (Current.Keyword is Keyword.Create or Keyword.Grant)
        {
            var at = Position;
            if (ifNotExists) throw new SqlException(SqlState.FeatureNotSupported, "CREATE SCHEMA IF NOT EXISTS cannot include schema elements", at);
            elements.Add(Is(Keyword.Create) ? ParseCreate() : ParseGrant());
        }

        return new CreateSchemaSyntax(position, name, ifNotExists, owner, elements);
    }

    // Databases.

    private CreateDatabaseSyntax ParseCreateDatabase(int position)
    {
        Expect(Keyword.Database);
        var name = ParseColumnId();
        Accept(Keyword.With);
        return new CreateDatabaseSyntax(position, name, ParseDatabaseOptions());
    }

    private List<OptionSyntax> ParseDatabaseOptions()
    {
        var options = new List<OptionSyntax>();
        while (!Is(TokenKind.End) && !Is(TokenKind.Semicolon))
        {
            var position = Position;
            string name;
            if (Accept(Keyword.Connection))
            {
                Expect(Keyword.Limit);
                name = "connection_limit";
            }
            else
            {
                var isName = Is(TokenKind.Identifier) || Current.Keyword is Keyword.Encoding or Keyword.Location or Keyword.Owner or Keyword.Tablespace or Keyword.Template;
                name = isName ? TakeName() : throw SyntaxError();
            }

            Accept(TokenKind.EqualSign);
            ExpressionSyntax? value = Accept(Keyword.Default) ? null : IsNumberAhead ? ParseSignedNumber() : ParseBooleanWordOrString();
            options.Add(new OptionSyntax(position, name, value));
        }

        return options;
    }

    // Types.

    private StatementSyntax ParseCreateType(int position)
    {
        Expect(Keyword.Type);
        var name = ParseAnyName();
        if (!Accept(Keyword.As)) throw Is(TokenKind.LeftParen) || Is(TokenKind.End) || Is(TokenKind.Semicolon) ? Unsupported("CREATE TYPE for a base type", position) : SyntaxError();
        if (Accept(Keyword.Enum))
        {
            Expect(TokenKind.LeftParen);
            var labels = Is(TokenKind.RightParen) ? [] : ParseList(static p => p.ParseString());
            Expect(TokenKind.RightParen);
            return new CreateEnumSyntax(position, name, labels);
        }

        if (Is(Keyword.Range)) throw Unsupported("CREATE TYPE AS RANGE", position);
        Expect(TokenKind.LeftParen);
        var columns = Is(TokenKind.RightParen) ? [] : ParseList(static p => p.ParseFunctionColumn());
        Expect(TokenKind.RightParen);
        return new CreateCompositeTypeSyntax(position, name, columns);
    }

    private CreateDomainSyntax ParseCreateDomain(int position)
    {
        Expect(Keyword.Domain);
        var name = ParseAnyName();
        Accept(Keyword.As);
        var type = ParseTypeName();
        var (constraints, collation) = ParseColumnConstraints();
        return new CreateDomainSyntax(position, name, type, constraints) { Collation = collation };
    }
}
