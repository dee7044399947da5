namespace Dadbs.Sql.Parsing;

/// <summary>COPY, EXPLAIN, VACUUM, ANALYZE, REINDEX, CLUSTER, LOCK: statements with option lists.</summary>
internal sealed partial class Parser
{
    // Options in parentheses: name [value].

    private OptionSyntax ParseGenericOption()
    {
        var position = Position;
        var name = Current.Keyword switch
        {
            Keyword.Analyze or Keyword.Analyse => TakeAnalyze(),
            _ => ParseNonReservedWord(),
        };
        return new OptionSyntax(position, name, ParseOptionalOptionValue());
    }

    private string TakeAnalyze()
    {
        _index++;
        return "analyze";
    }

    private ExpressionSyntax? ParseOptionalOptionValue()
    {
        if (Is(TokenKind.Comma) || Is(TokenKind.RightParen)) return null;
        return ParseSettingValue();
    }

    private List<OptionSyntax> ParseGenericOptions() => ParseParenthesizedList(static p => p.ParseGenericOption());

    // EXPLAIN.

    private ExplainSyntax ParseExplain()
    {
        var position = Expect(Keyword.Explain);
        var options = new List<OptionSyntax>();
        // A parenthesis may begin options or a query.
        if (Is(TokenKind.LeftParen) && !IsNext(TokenKind.LeftParen) && !IsQueryAhead(0))
        {
            options = ParseGenericOptions();
        }
        else
        {
            var at = Position;
            if (Accept(Keyword.Analyze) || Accept(Keyword.Analyse)) options.Add(new OptionSyntax(at, "analyze", null));
            at = Position;
            if (Accept(Keyword.Verbose)) options.Add(new OptionSyntax(at, "verbose", null));
        }

        return new ExplainSyntax(position, options, ParseExplainable());
    }

    private StatementSyntax ParseExplainable() => Current.Keyword switch
    {
        Keyword.Declare => ParseDeclareCursor(),
        Keyword.Execute => ParseExecute(),
        Keyword.Refresh => ParseRefresh(),
        Keyword.Create => ParseCreate() is CreateTableAsSyntax create ? create : throw SyntaxError(),
        _ => ParsePreparableStatement(),
    };

    // VACUUM and ANALYZE.

    private VacuumSyntax ParseVacuum()
    {
        var position = Expect(Keyword.Vacuum);
        var options = new List<OptionSyntax>();
        if (Is(TokenKind.LeftParen))
        {
            options = ParseGenericOptions();
        }
        else
        {
            AcceptOption(Keyword.Full, options);
            AcceptOption(Keyword.Freeze, options);
            AcceptOption(Keyword.Verbose, options);
            if (!AcceptOption(Keyword.Analyze, options)) AcceptOption(Keyword.Analyse, options);
        }

        return new VacuumSyntax(position, true, options, ParseVacuumTargets());
    }

    private VacuumSyntax ParseAnalyze()
    {
        var position = Advance();
        var options = new List<OptionSyntax>();
        if (Is(TokenKind.LeftParen)) options = ParseGenericOptions();
        else AcceptOption(Keyword.Verbose, options);
        return new VacuumSyntax(position, false, options, ParseVacuumTargets());
    }

    private bool AcceptOption(Keyword keyword, List<OptionSyntax> options)
    {
        if (!Is(keyword)) return false;
        options.Add(new OptionSyntax(Advance(), keyword == Keyword.Analyse ? "analyze" : Keywords.Word(keyword), null));
        return true;
    }

    private List<VacuumTargetSyntax> ParseVacuumTargets()
    {
        if (Is(TokenKind.End) || Is(TokenKind.Semicolon)) return [];
        return ParseList(static p =>
        {
            var position = p.Position;
            var table = p.ParseQualifiedName();
            return new VacuumTargetSyntax(position, table, p.Is(TokenKind.LeftParen) ? p.ParseParenthesizedNames() : []);
        });
    }

    // REINDEX, CLUSTER, LOCK.

    private ReindexSyntax ParseReindex()
    {
        var position = Expect(Keyword.Reindex);
        var options = Is(TokenKind.LeftParen) ? ParseGenericOptions() : [];
        ReindexTarget target = Current.Keyword switch
        {
            Keyword.Index => ReindexTarget.Index,
            Keyword.Table => ReindexTarget.Table,
            Keyword.Schema => ReindexTarget.Schema,
            Keyword.System => ReindexTarget.System,
            Keyword.Database => ReindexTarget.Database,
            _ => throw SyntaxError(),
        };
        _index++;
        AcceptOption(Keyword.Concurrently, options);
        var name = target is ReindexTarget.Index or ReindexTarget.Table
            ? ParseQualifiedName()
            : new QualifiedNameSyntax(Position, [ParseColumnId()]);
        return new ReindexSyntax(position, target, name, options);
    }

    private ClusterSyntax ParseCluster()
    {
        var position = Expect(Keyword.Cluster);
        var options = new List<OptionSyntax>();
        if (Is(TokenKind.LeftParen)) options = ParseGenericOptions();
        else AcceptOption(Keyword.Verbose, options);
        if (!IsColumnId) return new ClusterSyntax(position, null, null, options);
        var name = ParseQualifiedName();
        if (Accept(Keyword.Using)) return new ClusterSyntax(position, name, ParseColumnId(), options);
        // The old spelling: CLUSTER index ON table.
        if (name.Parts.Count == 1 && Accept(Keyword.On)) return new ClusterSyntax(position, ParseQualifiedName(), name.Name, options);
        return new ClusterSyntax(position, name, null, options);
    }

    private LockTableSyntax ParseLock()
    {
        var position = Expect(Keyword.Lock);
        Accept(Keyword.Table);
        var tables = ParseList(static p => p.ParseRelation());
        var mode = TableLockMode.AccessExclusive;
        if (Accept(Keyword.In))
        {
            mode = ParseLockMode();
            Expect(Keyword.Mode);
        }

        return new LockTableSyntax(position, tables, mode, Accept(Keyword.Nowait));
    }

    private TableLockMode ParseLockMode()
    {
        if (Accept(Keyword.Access))
        {
            if (Accept(Keyword.Share)) return TableLockMode.AccessShare;
            Expect(Keyword.Exclusive);
            return TableLockMode.AccessExclusive;
        }

        if (Accept(Keyword.Row))
        {
            if (Accept(Keyword.Share)) return TableLockMode.RowShare;
            Expect(Keyword.Exclusive);
            return TableLockMode.RowExclusive;
        }

        if (!Accept(Keyword.Share))
        {
            Expect(Keyword.Exclusive);
            return TableLockMode.Exclusive;
        }

        if (Accept(Keyword.Update))
        {
            Expect(Keyword.Exclusive);
            return TableLockMode.ShareUpdateExclusive;
        }

        if (!Accept(Keyword.Row)) return TableLockMode.Share;
        Expect(Keyword.Exclusive);
        return TableLockMode.ShareRowExclusive;
    }

    // COPY.

    private CopySyntax ParseCopy()
    {
        var position = Expect(Keyword.Copy);
        if (Is(TokenKind.LeftParen)) return ParseCopyQuery(position);
        var options = new List<OptionSyntax>();
        AcceptCopyFlag(Keyword.Binary, options, "format", "binary");
        var table = ParseQualifiedName();
        var columns = Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        var isFrom = Accept(Keyword.From);
        if (!isFrom) Expect(Keyword.To);
        var isProgram = Accept(Keyword.Program);
        var file = ParseCopyFile(isProgram);
        ParseCopyOptions(options, acceptDelimiters: true);
        var whereAt = Position;
        ExpressionSyntax? where = Accept(Keyword.Where) ? ParseExpression() : null;
        if (where is not null && !isFrom) throw new SqlException(SqlState.SyntaxError, "WHERE clause not allowed with COPY TO", whereAt);
        return new CopySyntax(position, table, columns, isFrom) { FileName = file, IsProgram = isProgram, Options = options, Where = where };
    }

    private CopySyntax ParseCopyQuery(int position)
    {
        Expect(TokenKind.LeftParen);
        var query = ParsePreparableStatement();
        Expect(TokenKind.RightParen);
        Expect(Keyword.To);
        var isProgram = Accept(Keyword.Program);
        var file = ParseCopyFile(isProgram);
        var options = new List<OptionSyntax>();
        ParseCopyOptions(options, acceptDelimiters: false);
        return new CopySyntax(position, null, [], false) { Query = query, FileName = file, IsProgram = isProgram, Options = options };
    }

    private string? ParseCopyFile(bool isProgram)
    {
        var at = Position;
        if (Is(TokenKind.String)) return TakeName();
        if (!Accept(Keyword.Stdin)) Expect(Keyword.Stdout);
        if (isProgram) throw Wrong("STDIN/STDOUT not allowed with PROGRAM", at);
        return null;
    }

    private void AcceptCopyFlag(Keyword keyword, List<OptionSyntax> options, string name, string value)
    {
        var position = Position;
        if (Accept(keyword)) options.Add(new OptionSyntax(position, name, new StringLiteralSyntax(position, value)));
    }

    private void ParseCopyOptions(List<OptionSyntax> options, bool acceptDelimiters)
    {
        if (acceptDelimiters && Is(Keyword.Using))
        {
            var position = Advance();
            Expect(Keyword.Delimiters);
            options.Add(new OptionSyntax(position, "delimiter", new StringLiteralSyntax(Position, ParseString())));
        }

        Accept(Keyword.With);
        if (Is(TokenKind.LeftParen))
        {
            options.AddRange(ParseParenthesizedList(static p => p.ParseCopyOption()));
            return;
        }

        while (ParseOldCopyOption() is { } option) options.Add(option);
    }

    /// <summary>copy_generic_opt_elem: a word with nothing, a value, a star or a list in parentheses.</summary>
    private OptionSyntax ParseCopyOption()
    {
        var position = Position;
        var name = ParseColumnLabel();
        var at = Position;
        if (Accept(TokenKind.Star)) return new OptionSyntax(position, name, new StarSyntax(at, []));
        if (!Is(TokenKind.LeftParen)) return new OptionSyntax(position, name, ParseOptionalOptionValue());
        var items = ParseParenthesizedList<ExpressionSyntax>(static p => p.ParseBooleanWordOrString());
        return new OptionSyntax(position, name, new RowSyntax(at, items, false));
    }

    private StringLiteralSyntax ParseBooleanWordOrString()
    {
        var position = Position;
        return Current.Keyword is Keyword.True or Keyword.False or Keyword.On ? new StringLiteralSyntax(position, TakeName()) : ParseWordValue();
    }

    private OptionSyntax? ParseOldCopyOption()
    {
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.Binary or Keyword.Csv:
                return new OptionSyntax(position, "format", new StringLiteralSyntax(position, TakeName()));
            case Keyword.Freeze or Keyword.Header:
                return new OptionSyntax(position, TakeName(), new StringLiteralSyntax(position, "true"));
            case Keyword.Delimiter or Keyword.Null or Keyword.Quote or Keyword.Escape:
                {
                    var name = TakeName();
                    Accept(Keyword.As);
                    return new OptionSyntax(position, name, new StringLiteralSyntax(Position, ParseString()));
                }

            case Keyword.Encoding:
                _index++;
                return new OptionSyntax(position, "encoding", new StringLiteralSyntax(Position, ParseString()));
            case Keyword.Force:
                return ParseForceOption(position);
            default:
                return null;
        }
    }

    private OptionSyntax ParseForceOption(int position)
    {
        Expect(Keyword.Force);
        var name = "force_quote";
        if (Accept(Keyword.Not))
        {
            Expect(Keyword.Null);
            name = "force_not_null";
        }
        else if (Accept(Keyword.Null))
        {
            name = "force_null";
        }
        else
        {
            Expect(Keyword.Quote);
        }

        var at = Position;
        if (name == "force_quote" && Accept(TokenKind.Star)) return new OptionSyntax(position, name, new StarSyntax(at, []));
        var columns = ParseList<ExpressionSyntax>(static p => new StringLiteralSyntax(p.Position, p.ParseColumnId()));
        return new OptionSyntax(position, name, new RowSyntax(at, columns, false));
    }
}
