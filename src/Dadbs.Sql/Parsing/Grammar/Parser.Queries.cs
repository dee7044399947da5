namespace Dadbs.Sql.Parsing;

/// <summary>Queries: SELECT, VALUES, TABLE, set operations, and the clauses around them.</summary>
internal sealed partial class Parser
{
    /// <summary>SelectStmt: a query with all that may stand before and after it.</summary>
    private QuerySyntax ParseQuery()
    {
        Enter();
        var with = Is(Keyword.With) ? ParseWith() : null;
        var query = ParseQueryEnd(ParseSetOperations(ParseSimpleQuery(), 0));
        Leave();
        return with is null ? query : AttachWith(query, with);
    }

    /// <summary>Goes on after a query in parentheses that turned out to be the first operand of a larger one.</summary>
    private QuerySyntax ParseQueryAfter(QuerySyntax first) => ParseQueryEnd(ParseSetOperations(first, 0));

    private static QuerySyntax AttachWith(QuerySyntax query, WithSyntax with) =>
        query.With is null ? query with { With = with } : throw Wrong("multiple WITH clauses not allowed", with.Position);

    private bool IsQueryContinuation => Current.Keyword is Keyword.Union or Keyword.Intersect or Keyword.Except or Keyword.Order or Keyword.Limit
        or Keyword.Offset or Keyword.Fetch or Keyword.For;

    private bool IsQueryStart => Current.Keyword is Keyword.Select or Keyword.Values or Keyword.Table or Keyword.With || Is(TokenKind.LeftParen);

    /// <summary>UNION and EXCEPT associate to the left; INTERSECT binds closer.</summary>
    private QuerySyntax ParseSetOperations(QuerySyntax left, int minimum)
    {
        var chain = 0;
        while (true)
        {
            var (set, level) = Current.Keyword switch
            {
                Keyword.Union => (SetOperator.Union, 1),
                Keyword.Except => (SetOperator.Except, 1),
                Keyword.Intersect => (SetOperator.Intersect, 2),
                _ => (default, 0),
            };
            if (level == 0 || level <= minimum) break;
            var position = Advance();
            Enter();
            chain++;
            var isAll = Accept(Keyword.All);
            if (!isAll) Accept(Keyword.Distinct);
            var right = ParseSetOperations(ParseSimpleQuery(), level);
            left = new SetOperationSyntax(position, set, isAll, left, right);
        }

        Leave(chain);
        return left;
    }

    /// <summary>select_clause: one SELECT, VALUES or TABLE, or a query in parentheses.</summary>
    private QuerySyntax ParseSimpleQuery()
    {
        switch (Current.Keyword)
        {
            case Keyword.Select:
                return ParseSelect();
            case Keyword.Values:
                return ParseValues();
            case Keyword.Table:
                {
                    var position = Advance();
                    var table = ParseRelation();
                    return new SelectSyntax(position, [new SelectItemSyntax(position, new StarSyntax(position, []), null)]) { From = [table] };
                }
        }

        return Is(TokenKind.LeftParen) ? ParseParenthesizedQuery() : throw SyntaxError();
    }

    private ValuesSyntax ParseValues()
    {
        var position = Expect(Keyword.Values);
        var rows = ParseList<IReadOnlyList<ExpressionSyntax>>(static p => p.ParseParenthesizedList(static q => q.ParseExpression()));
        return new ValuesSyntax(position, rows);
    }

    private SelectSyntax ParseSelect()
    {
        var position = Expect(Keyword.Select);
        var isDistinct = false;
        List<ExpressionSyntax> distinctOn = [];
        if (!Accept(Keyword.All) && Accept(Keyword.Distinct))
        {
            isDistinct = true;
            if (Accept(Keyword.On)) distinctOn = ParseParenthesizedList(static p => p.ParseExpression());
        }

        var items = !isDistinct && IsSelectEnd ? [] : ParseSelectItems();
        var into = Is(Keyword.Into) ? ParseInto() : null;
        List<TableReferenceSyntax> from = Accept(Keyword.From) ? ParseList(static p => p.ParseTableReference()) : [];
        var where = Accept(Keyword.Where) ? ParseExpression() : null;
        var groupByDistinct = false;
        List<GroupingElementSyntax> groupBy = [];
        if (Accept(Keyword.Group))
        {
            Expect(Keyword.By);
            groupByDistinct = Accept(Keyword.Distinct);
            if (!groupByDistinct) Accept(Keyword.All);
            groupBy = ParseList(static p => p.ParseGroupingElement());
        }

        var having = Accept(Keyword.Having) ? ParseExpression() : null;
        List<WindowDefinitionSyntax> windows = Accept(Keyword.Window) ? ParseList(static p => p.ParseWindowDefinition()) : [];
        return new SelectSyntax(position, items)
        {
            IsDistinct = isDistinct,
            DistinctOn = distinctOn,
            Into = into,
            From = from,
            Where = where,
            GroupBy = groupBy,
            GroupByDistinct = groupByDistinct,
            Having = having,
            Windows = windows,
        };
    }

    /// <summary>An empty select list is allowed: does something follow that cannot begin an item?</summary>
    private bool IsSelectEnd => Current.Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.RightParen
        || Current.Keyword is Keyword.Into or Keyword.From or Keyword.Where or Keyword.Group or Keyword.Having or Keyword.Window or Keyword.With or Keyword.On
        || IsQueryContinuation;

    private List<SelectItemSyntax> ParseSelectItems() => ParseList(static p => p.ParseSelectItem());

    private SelectItemSyntax ParseSelectItem()
    {
        var position = Position;
        if (Accept(TokenKind.Star)) return new SelectItemSyntax(position, new StarSyntax(position, []), null);
        var expression = ParseOperators(ParsePrefix(false), 0, false, mayEndInLabel: true);
        if (Accept(Keyword.As)) return new SelectItemSyntax(position, expression, ParseColumnLabel());
        var isLabel = Is(TokenKind.Identifier) || (Is(TokenKind.Keyword) && Keywords.IsBareLabel(Current.Keyword));
        return new SelectItemSyntax(position, expression, isLabel ? TakeName() : null);
    }

    private IntoSyntax ParseInto()
    {
        var position = Expect(Keyword.Into);
        var persistence = ParseIntoPersistence();
        Accept(Keyword.Table);
        return new IntoSyntax(position, ParseQualifiedName(), persistence);
    }

    private TablePersistence ParseIntoPersistence()
    {
        if (Is(Keyword.Local) || Is(Keyword.Global))
        {
            if (IsNext(Keyword.Temporary) || IsNext(Keyword.Temp)) _index++;
        }

        if (Accept(Keyword.Temporary) || Accept(Keyword.Temp)) return TablePersistence.Temporary;
        return Accept(Keyword.Unlogged) ? TablePersistence.Unlogged : TablePersistence.Permanent;
    }

    // WITH.

    private WithSyntax ParseWith()
    {
        var position = Expect(Keyword.With);
        // RECURSIVE is no reserved word, but as a name it would have to be followed by AS or a list.
        var isRecursive = Is(Keyword.Recursive) && !(IsNext(Keyword.As) || IsNext(TokenKind.LeftParen)) && Accept(Keyword.Recursive);
        return new WithSyntax(position, isRecursive, ParseList(static p => p.ParseCommonTableExpression()));
    }

    private CommonTableExpressionSyntax ParseCommonTableExpression()
    {
        var position = Position;
        var name = ParseColumnId();
        var columns = Is(TokenKind.LeftParen) ? ParseParenthesizedNames() : [];
        Expect(Keyword.As);
        bool? isMaterialized = null;
        if (Accept(Keyword.Materialized))
        {
            isMaterialized = true;
        }
        else if (Accept(Keyword.Not))
        {
            Expect(Keyword.Materialized);
            isMaterialized = false;
        }

        Expect(TokenKind.LeftParen);
        Enter();
        var body = ParsePreparableStatement();
        Leave();
        Expect(TokenKind.RightParen);
        if (Is(Keyword.Search)) throw Unsupported("SEARCH clause", Position);
        if (Is(Keyword.Cycle)) throw Unsupported("CYCLE clause", Position);
        return new CommonTableExpressionSyntax(position, name, columns, isMaterialized, body);
    }

    // ORDER BY, LIMIT, locking.

    private List<SortKeySyntax> ParseOptionalOrderBy() => Is(Keyword.Order) ? ParseOrderBy() : [];

    private List<SortKeySyntax> ParseOrderBy()
    {
        Expect(Keyword.Order);
        Expect(Keyword.By);
        return ParseList(static p => p.ParseSortKey());
    }

    private SortKeySyntax ParseSortKey()
    {
        var position = Position;
        var expression = ParseExpression();
        if (Accept(Keyword.Using))
        {
            var name = Is(Keyword.Operator) ? ParseOperatorCall() : IsOperatorToken ? TakeOperator() : throw SyntaxError();
            return new SortKeySyntax(position, expression, SortDirection.Using, ParseNullsOrder(), name);
        }

        return new SortKeySyntax(position, expression, ParseDirection(), ParseNullsOrder());
    }

    private SortDirection ParseDirection()
    {
        if (Accept(Keyword.Asc)) return SortDirection.Ascending;
        return Accept(Keyword.Desc) ? SortDirection.Descending : SortDirection.Default;
    }

    private NullsOrder ParseNullsOrder()
    {
        if (Accept(Keyword.Nulls, Keyword.First)) return NullsOrder.First;
        return Accept(Keyword.Nulls, Keyword.Last) ? NullsOrder.Last : NullsOrder.Default;
    }

    private readonly record struct LimitClauses(ExpressionSyntax? Limit, ExpressionSyntax? Offset, bool WithTies);

    /// <summary>What may follow a query: ORDER BY, then limits and locking clauses in either order. A clause that a query in parentheses has already is refused.</summary>
    private QuerySyntax ParseQueryEnd(QuerySyntax query)
    {
        if (!IsQueryContinuation) return query;
        var orderBy = ParseOptionalOrderBy();
        var locking = ParseLocking();
        var limits = ParseLimits();
        if (locking.Count == 0) locking = ParseLocking();
        if (orderBy.Count > 0)
        {
            if (query.OrderBy.Count > 0) throw Wrong("multiple ORDER BY clauses not allowed", orderBy[0].Position);
            query = query with { OrderBy = orderBy };
        }

        if (locking.Count > 0) query = query with { Locking = [.. query.Locking, .. locking] };
        return AttachLimits(query, limits);
    }

    private static QuerySyntax AttachLimits(QuerySyntax query, LimitClauses limits)
    {
        if (limits.Offset is not null)
        {
            if (query.Offset is not null) throw Wrong("multiple OFFSET clauses not allowed", limits.Offset.Position);
            query = query with { Offset = limits.Offset };
        }

        if (limits.Limit is null) return query;
        if (query.Limit is not null) throw Wrong("multiple LIMIT clauses not allowed", limits.Limit.Position);
        if (limits.WithTies)
        {
            if (query.OrderBy.Count == 0) throw new SqlException(SqlState.SyntaxError, "WITH TIES cannot be specified without ORDER BY clause");
            foreach (var clause in query.Locking)
            {
                if (clause.Wait == LockWait.SkipLocked) throw new SqlException(SqlState.SyntaxError, "SKIP LOCKED and WITH TIES options cannot be used together");
            }
        }

        return query with { Limit = limits.Limit, LimitWithTies = limits.WithTies };
    }

    private LimitClauses ParseLimits()
    {
        ExpressionSyntax? limit = null;
        ExpressionSyntax? offset = null;
        var withTies = false;
        while (true)
        {
            if (limit is null && Is(Keyword.Limit))
            {
                limit = ParseLimit();
            }
            else if (limit is null && Is(Keyword.Fetch))
            {
                limit = ParseFetchFirst(out withTies);
            }
            else if (offset is null && Accept(Keyword.Offset))
            {
                offset = ParseOffset();
            }
            else
            {
                return new LimitClauses(limit, offset, withTies);
            }
        }
    }

    private ExpressionSyntax ParseLimit()
    {
        var position = Expect(Keyword.Limit);
        if (Is(Keyword.All)) return new NullLiteralSyntax(Advance());
        var limit = ParseExpression();
        if (!Accept(TokenKind.Comma)) return limit;
        ParseExpression();
        throw new SqlException(SqlState.SyntaxError, "LIMIT #,# syntax is not supported", position) { Hint = "Use separate LIMIT and OFFSET clauses." };
    }

    private ExpressionSyntax ParseFetchFirst(out bool withTies)
    {
        var position = Expect(Keyword.Fetch);
        if (!Accept(Keyword.First)) Expect(Keyword.Next);
        ExpressionSyntax count = Current.Keyword is Keyword.Row or Keyword.Rows && Peek().Keyword is Keyword.Only or Keyword.With
            ? new IntegerLiteralSyntax(position, 1)
            : ParseFetchCount();
        ExpectRowOrRows();
        withTies = false;
        if (Accept(Keyword.Only)) return count;
        Expect(Keyword.With);
        Expect(Keyword.Ties);
        withTies = true;
        return count;
    }

    /// <summary>select_fetch_first_value: a primary or a signed number.</summary>
    private ExpressionSyntax ParseFetchCount()
    {
        if (!Is(TokenKind.Plus) && !Is(TokenKind.Minus)) return ParsePrimary();
        var isMinus = Is(TokenKind.Minus);
        var position = Advance();
        if (!Is(TokenKind.Integer) && !Is(TokenKind.Number)) throw SyntaxError();
        var number = ParsePrimary();
        return isMinus ? Negate(number, position) : new UnaryOperatorSyntax(position, new OperatorNameSyntax(position, "+"), number);
    }

    private ExpressionSyntax ParseOffset()
    {
        var start = _index;
        var offset = ParseExpression();
        if (!Is(Keyword.Row) && !Is(Keyword.Rows)) return offset;
        // ROWS makes it SQL's own form, which takes less: read it again as that.
        _index = start;
        offset = ParseFetchCount();
        ExpectRowOrRows();
        return offset;
    }

    private void ExpectRowOrRows()
    {
        if (!Accept(Keyword.Rows)) Expect(Keyword.Row);
    }

    private List<LockingClauseSyntax> ParseLocking()
    {
        var clauses = new List<LockingClauseSyntax>();
        while (Is(Keyword.For))
        {
            var position = Advance();
            if (Accept(Keyword.Read))
            {
                Expect(Keyword.Only);
                return clauses;
            }

            var strength = ParseLockStrength();
            var tables = Accept(Keyword.Of) ? ParseList(static p => p.ParseQualifiedName()) : [];
            var wait = LockWait.Wait;
            if (Accept(Keyword.Nowait))
            {
                wait = LockWait.NoWait;
            }
            else if (Accept(Keyword.Skip))
            {
                Expect(Keyword.Locked);
                wait = LockWait.SkipLocked;
            }

            clauses.Add(new LockingClauseSyntax(position, strength, tables, wait));
        }

        return clauses;
    }

    private LockStrength ParseLockStrength()
    {
        if (Accept(Keyword.Update)) return LockStrength.Update;
        if (Accept(Keyword.Share)) return LockStrength.Share;
        if (Accept(Keyword.No))
        {
            Expect(Keyword.Key);
            Expect(Keyword.Update);
            return LockStrength.NoKeyUpdate;
        }

        Expect(Keyword.Key);
        Expect(Keyword.Share);
        return LockStrength.KeyShare;
    }
}
