namespace Dadbs.Sql.Parsing;

/// <summary>What stands in FROM.</summary>
internal sealed partial class Parser
{
    /// <summary>table_ref: a table with all joins that follow it.</summary>
    private TableReferenceSyntax ParseTableReference() => ParseJoins(ParseTablePrimary());

    private bool IsJoin => Current.Keyword is Keyword.Cross or Keyword.Natural or Keyword.Join or Keyword.Inner or Keyword.Left or Keyword.Right or Keyword.Full;

    private TableReferenceSyntax ParseJoins(TableReferenceSyntax left)
    {
        var chain = 0;
        while (IsJoin)
        {
            Enter();
            chain++;
            left = ParseJoin(left);
        }

        Leave(chain);
        return left;
    }

    private JoinSyntax ParseJoin(TableReferenceSyntax left)
    {
        var position = Position;
        if (Accept(Keyword.Cross))
        {
            Expect(Keyword.Join);
            return new JoinSyntax(position, JoinKind.Cross, left, ParseTablePrimary());
        }

        var isNatural = Accept(Keyword.Natural);
        var kind = ParseJoinKind();
        Expect(Keyword.Join);
        if (isNatural) return new JoinSyntax(position, kind, left, ParseTablePrimary()) { IsNatural = true };

        // "a JOIN b JOIN c ON … ON …": a join whose condition has not come yet takes what follows as its right side.
        var right = ParseTablePrimary();
        var chain = 0;
        while (IsJoin)
        {
            Enter();
            chain++;
            right = ParseJoin(right);
        }

        Leave(chain);
        return ParseJoinCondition(new JoinSyntax(position, kind, left, right));
    }

    private JoinSyntax ParseJoinCondition(JoinSyntax join)
    {
        if (Accept(Keyword.On)) return join with { On = ParseExpression() };
        Expect(Keyword.Using);
        var columns = ParseParenthesizedNames();
        TableAliasSyntax? alias = null;
        if (Accept(Keyword.As))
        {
            var position = Position;
            alias = new TableAliasSyntax(position, ParseColumnId(), []);
        }

        return join with { Using = columns, UsingAlias = alias };
    }

    private JoinKind ParseJoinKind()
    {
        JoinKind? outer = Current.Keyword switch
        {
            Keyword.Left => JoinKind.Left,
            Keyword.Right => JoinKind.Right,
            Keyword.Full => JoinKind.Full,
            _ => null,
        };
        if (outer is null)
        {
            Accept(Keyword.Inner);
            return JoinKind.Inner;
        }

        _index++;
        Accept(Keyword.Outer);
        return outer.Value;
    }

    private TableReferenceSyntax ParseTablePrimary()
    {
        if (Is(TokenKind.LeftParen)) return ParseParenthesizedTable();
        var position = Position;
        switch (Current.Keyword)
        {
            case Keyword.Lateral:
                _index++;
                return Is(TokenKind.LeftParen)
                    ? FinishDerivedTable(new DerivedTableSyntax(Position, ParseParenthesizedQuery()) { IsLateral = true })
                    : ParseFunctionTable(true);
            case Keyword.Only:
                return ParseTableSuffix(ParseRelation());
            case Keyword.Rows when IsNext(Keyword.From):
                return ParseFunctionTable(false);
            case Keyword.Xmltable:
                throw Unsupported("XMLTABLE", position);
        }

        // A word that can only name a function makes the rest of it a call.
        return IsFunctionTable || !IsColumnId ? ParseFunctionTable(false) : ParseTableSuffix(ParseRelation());
    }

    /// <summary>A call stands here: a possibly qualified name followed by a parenthesis, or a function with a grammar of its own.</summary>
    private bool IsFunctionTable
    {
        get
        {
            if (Current.Kind == TokenKind.Keyword && (SessionValueOf(Current.Keyword) is not null || Is(Keyword.Cast) || Is(Keyword.Collation, Keyword.For))) return true;
            if (Current.Kind == TokenKind.Keyword && Keywords.Category(Current.Keyword) == KeywordCategory.ColumnName)
            {
                return IsNext(TokenKind.LeftParen) && Current.Keyword is Keyword.Coalesce or Keyword.Extract or Keyword.Greatest or Keyword.Least or Keyword.Normalize
                    or Keyword.Nullif or Keyword.Overlay or Keyword.Position or Keyword.Substring or Keyword.Treat or Keyword.Trim;
            }

            if (!IsTypeOrFunctionName) return false;
            var index = _index + 1;
            if (IsColumnId)
            {
                while (_tokens[index].Kind == TokenKind.Dot && _tokens[index + 1].Kind is TokenKind.Identifier or TokenKind.Keyword) index += 2;
            }

            return _tokens[index].Kind == TokenKind.LeftParen;
        }
    }

    /// <summary>A query with its alias, or a join in parentheses; more parentheses may stand before either.</summary>
    private TableReferenceSyntax ParseParenthesizedTable()
    {
        var position = Position;
        if (!IsQueryAhead(0))
        {
            Expect(TokenKind.LeftParen);
            Enter();
            return FinishParenthesizedJoin(ParseTableReference());
        }

        var content = ParseParenthesizedTableContent();
        return content.Query is { } query ? FinishDerivedTable(new DerivedTableSyntax(position, query)) : ParseJoinAlias(content.Join!);
    }

    private readonly record struct ParenthesizedTable(QuerySyntax? Query, JoinSyntax? Join);

    /// <summary>From a parenthesis behind which a query begins to the closing one.</summary>
    private ParenthesizedTable ParseParenthesizedTableContent()
    {
        Expect(TokenKind.LeftParen);
        Enter();
        if (!Is(TokenKind.LeftParen))
        {
            var query = ParseQuery();
            Leave();
            Expect(TokenKind.RightParen);
            return new ParenthesizedTable(query, null);
        }

        var position = Position;
        var inner = ParseParenthesizedTableContent();
        if (inner.Query is { } first)
        {
            if (Is(TokenKind.RightParen) || IsQueryContinuation)
            {
                var query = Is(TokenKind.RightParen) ? first : ParseQueryAfter(first);
                Leave();
                Expect(TokenKind.RightParen);
                return new ParenthesizedTable(query, null);
            }

            return new ParenthesizedTable(null, CloseJoin(ParseJoins(FinishDerivedTable(new DerivedTableSyntax(position, first), isNested: true))));
        }

        return new ParenthesizedTable(null, CloseJoin(ParseJoins(ParseJoinAlias(inner.Join!))));
    }

    private JoinSyntax CloseJoin(TableReferenceSyntax table)
    {
        // Only a join may stand in parentheses by itself.
        if (table is not JoinSyntax { Alias: null } join) throw SyntaxError();
        Leave();
        Expect(TokenKind.RightParen);
        return join;
    }

    private JoinSyntax FinishParenthesizedJoin(TableReferenceSyntax table) => ParseJoinAlias(CloseJoin(table));

    private JoinSyntax ParseJoinAlias(JoinSyntax join) => ParseOptionalAlias() is { } alias ? join with { Alias = alias } : join;

    private DerivedTableSyntax FinishDerivedTable(DerivedTableSyntax table, bool isNested = false)
    {
        if (ParseOptionalAlias() is { } alias) return table with { Alias = alias };
        if (isNested && !IsAfterTable) throw SyntaxError();
        var (message, example) = table.Query is ValuesSyntax
            ? ("VALUES in FROM must have an alias", "For example, FROM (VALUES ...) [AS] foo.")
            : ("subquery in FROM must have an alias", "For example, FROM (SELECT ...) [AS] foo.");
        throw new SqlException(SqlState.SyntaxError, message, table.Position) { Hint = example };
    }

    /// <summary>Could the query go on here? Inside more parentheses PostgreSQL misses the alias only then; otherwise the token itself is the error.</summary>
    private bool IsAfterTable => IsJoin || IsQueryContinuation || Current.Kind is TokenKind.Comma or TokenKind.RightParen or TokenKind.Semicolon or TokenKind.End
        || Current.Keyword is Keyword.Where or Keyword.Group or Keyword.Having or Keyword.Window or Keyword.On or Keyword.Using or Keyword.Returning or Keyword.With;

    /// <summary>relation_expr: a table name, with ONLY or a star for its children.</summary>
    private NamedTableSyntax ParseRelation()
    {
        var position = Position;
        if (!Accept(Keyword.Only))
        {
            var name = ParseQualifiedName();
            Accept(TokenKind.Star);
            return new NamedTableSyntax(position, name);
        }

        if (!Accept(TokenKind.LeftParen)) return new NamedTableSyntax(position, ParseQualifiedName()) { IsOnly = true };
        var only = ParseQualifiedName();
        Expect(TokenKind.RightParen);
        return new NamedTableSyntax(position, only) { IsOnly = true };
    }

    private NamedTableSyntax ParseTableSuffix(NamedTableSyntax table)
    {
        if (ParseOptionalAlias() is { } alias) table = table with { Alias = alias };
        if (!Is(Keyword.Tablesample)) return table;
        var position = Advance();
        var method = new QualifiedNameSyntax(Position, ParseDottedName(ParseTypeOrFunctionName()));
        var arguments = ParseParenthesizedList(static p => p.ParseExpression());
        ExpressionSyntax? seed = null;
        if (Accept(Keyword.Repeatable))
        {
            Expect(TokenKind.LeftParen);
            seed = ParseExpression();
            Expect(TokenKind.RightParen);
        }

        return table with { Sample = new TableSampleSyntax(position, method, arguments, seed) };
    }

    /// <summary>alias_clause, if one stands here.</summary>
    private TableAliasSyntax? ParseOptionalAlias()
    {
        var hasAs = Accept(Keyword.As);
        if (!hasAs && !IsColumnId) return null;
        var position = Position;
        var name = ParseColumnId();
        return new TableAliasSyntax(position, name, Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : []);
    }

    // Functions in FROM.

    private FunctionTableSyntax ParseFunctionTable(bool isLateral)
    {
        var position = Position;
        var isRowsFrom = Is(Keyword.Rows, Keyword.From);
        List<TableFunctionSyntax> functions;
        if (isRowsFrom)
        {
            _index += 2;
            functions = ParseParenthesizedList(static p => p.ParseRowsFromItem());
        }
        else
        {
            functions = [new TableFunctionSyntax(position, ParseTableFunction(), [])];
        }

        var withOrdinality = Is(Keyword.With, Keyword.Ordinality) && Accept(Keyword.With, Keyword.Ordinality);
        var table = new FunctionTableSyntax(position, functions) { IsRowsFrom = isRowsFrom, WithOrdinality = withOrdinality, IsLateral = isLateral };
        return ParseFunctionAlias(table);
    }

    private TableFunctionSyntax ParseRowsFromItem()
    {
        var position = Position;
        var call = ParseTableFunction();
        var columns = Accept(Keyword.As) ? ParseFunctionColumns() : [];
        return new TableFunctionSyntax(position, call, columns);
    }

    /// <summary>func_expr_windowless: a call without WITHIN GROUP, FILTER and OVER.</summary>
    private ExpressionSyntax ParseTableFunction()
    {
        var position = Position;
        if (Is(TokenKind.Keyword) && Keywords.Category(Current.Keyword) is not KeywordCategory.Unreserved)
        {
            if (ParseSpecialFunction(Current.Keyword, position) is { } special) return special;
        }

        if (!IsTypeOrFunctionName && !IsColumnId) throw SyntaxError();
        var isPlain = IsTypeOrFunctionName;
        var first = TakeName();
        var name = new QualifiedNameSyntax(position, ParseDottedName(first));
        if (!Is(TokenKind.LeftParen) || (!isPlain && name.Parts.Count == 1)) throw SyntaxError();
        return ParseArguments(name);
    }

    private FunctionTableSyntax ParseFunctionAlias(FunctionTableSyntax table)
    {
        var hasAs = Accept(Keyword.As);
        if (hasAs && Is(TokenKind.LeftParen)) return table with { ColumnDefinitions = ParseFunctionColumns() };
        if (!hasAs && !IsColumnId) return table;
        var position = Position;
        var name = ParseColumnId();
        if (!Is(TokenKind.LeftParen)) return table with { Alias = new TableAliasSyntax(position, name, []) };
        // A list of names ends or goes on right behind the first; a definition has its type there.
        if (Peek(2).Kind is TokenKind.Comma or TokenKind.RightParen) return table with { Alias = new TableAliasSyntax(position, name, ParseParenthesizedNames()) };
        return table with { Alias = new TableAliasSyntax(position, name, []), ColumnDefinitions = ParseFunctionColumns() };
    }

    private List<ColumnDefinitionSyntax> ParseFunctionColumns() => ParseParenthesizedList(static p => p.ParseFunctionColumn());

    private ColumnDefinitionSyntax ParseFunctionColumn()
    {
        var position = Position;
        var name = ParseColumnId();
        var type = ParseTypeName();
        return new ColumnDefinitionSyntax(position, name, type, []) { Collation = Accept(Keyword.Collate) ? ParseAnyName() : null };
    }
}
