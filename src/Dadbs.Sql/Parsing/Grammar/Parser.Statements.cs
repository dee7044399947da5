namespace Dadbs.Sql.Parsing;

/// <summary>Which statement it is: one look at the first words, then that statement's own method.</summary>
internal sealed partial class Parser
{
    private StatementSyntax ParseStatement() => Current.Keyword switch
    {
        Keyword.Select or Keyword.Values or Keyword.Table => ParseQuery(),
        Keyword.With => ParseWithStatement(),
        Keyword.Insert => ParseInsert(null),
        Keyword.Update => ParseUpdate(null),
        Keyword.Delete => ParseDelete(null),
        Keyword.Merge => throw Unsupported("MERGE", Position),
        Keyword.Create => ParseCreate(),
        Keyword.Alter => ParseAlter(),
        Keyword.Drop => ParseDrop(),
        Keyword.Truncate => ParseTruncate(),
        Keyword.Comment => ParseComment(),
        Keyword.Grant => ParseGrant(),
        Keyword.Revoke => ParseRevoke(),
        Keyword.Refresh => ParseRefresh(),
        Keyword.Call => ParseCallStatement(),
        Keyword.Do => ParseDo(),
        Keyword.Begin => ParseBegin(),
        Keyword.Start => ParseStartTransaction(),
        Keyword.Commit => ParseCommit(),
        Keyword.End => ParseEnd(),
        Keyword.Rollback => ParseRollback(),
        Keyword.Abort => ParseAbort(),
        Keyword.Savepoint => new SavepointSyntax(Advance(), ParseColumnId()),
        Keyword.Release => ParseRelease(),
        Keyword.Set => ParseSetStatement(),
        Keyword.Reset => ParseReset(),
        Keyword.Show => ParseShow(),
        Keyword.Discard => ParseDiscard(),
        Keyword.Prepare => ParsePrepare(),
        Keyword.Execute => ParseExecute(),
        Keyword.Deallocate => ParseDeallocate(),
        Keyword.Declare => ParseDeclareCursor(),
        Keyword.Fetch => ParseFetch(false),
        Keyword.Move => ParseFetch(true),
        Keyword.Close => ParseClose(),
        Keyword.Copy => ParseCopy(),
        Keyword.Explain => ParseExplain(),
        Keyword.Vacuum => ParseVacuum(),
        Keyword.Analyze or Keyword.Analyse => ParseAnalyze(),
        Keyword.Reindex => ParseReindex(),
        Keyword.Cluster => ParseCluster(),
        Keyword.Lock => ParseLock(),
        Keyword.Listen => new ListenSyntax(Advance(), ParseColumnId()),
        Keyword.Unlisten => ParseUnlisten(),
        Keyword.Notify => ParseNotify(),
        Keyword.Checkpoint => new CheckpointSyntax(Advance()),
        Keyword.Load => ParseLoad(),
        Keyword.Import => throw Unsupported("IMPORT FOREIGN SCHEMA", Position),
        Keyword.Reassign => throw Unsupported("REASSIGN OWNED", Position),
        Keyword.Security => throw Unsupported("SECURITY LABEL", Position),
        _ => Is(TokenKind.LeftParen) ? ParseQuery() : throw SyntaxError(),
    };

    /// <summary>PreparableStmt: what may stand in WITH, PREPARE and COPY.</summary>
    private StatementSyntax ParsePreparableStatement() => Current.Keyword switch
    {
        Keyword.Insert => ParseInsert(null),
        Keyword.Update => ParseUpdate(null),
        Keyword.Delete => ParseDelete(null),
        Keyword.Merge => throw Unsupported("MERGE", Position),
        Keyword.With => ParseWithStatement(),
        _ when IsQueryStart => ParseQuery(),
        _ => throw SyntaxError(),
    };

    private StatementSyntax ParseWithStatement()
    {
        Enter();
        var with = ParseWith();
        StatementSyntax statement = Current.Keyword switch
        {
            Keyword.Insert => ParseInsert(with),
            Keyword.Update => ParseUpdate(with),
            Keyword.Delete => ParseDelete(with),
            Keyword.Merge => throw Unsupported("MERGE", Position),
            // A second WITH may only stand in parentheses.
            Keyword.With => throw SyntaxError(),
            _ => AttachWith(ParseQuery(), with),
        };
        Leave();
        return statement;
    }

    // INSERT.

    private InsertSyntax ParseInsert(WithSyntax? with)
    {
        var position = Expect(Keyword.Insert);
        Expect(Keyword.Into);
        var table = ParseQualifiedName();
        var alias = Accept(Keyword.As) ? ParseColumnId() : null;
        List<AssignmentTargetSyntax> columns = [];
        if (Is(TokenKind.LeftParen) && !IsNext(TokenKind.LeftParen) && !IsQueryAhead(1)) columns = ParseParenthesizedList(static p => p.ParseAssignmentTarget());
        var overriding = OverridingKind.None;
        QuerySyntax? source = null;
        if (columns.Count == 0 && Accept(Keyword.Default))
        {
            Expect(Keyword.Values);
        }
        else
        {
            overriding = ParseOverriding();
            source = IsQueryStart ? ParseQuery() : throw SyntaxError();
        }

        var conflict = Is(Keyword.On) ? ParseOnConflict() : null;
        return new InsertSyntax(position, table)
        {
            With = with,
            Alias = alias,
            Columns = columns,
            Overriding = overriding,
            Source = source,
            OnConflict = conflict,
            Returning = ParseReturning(),
        };
    }

    private OverridingKind ParseOverriding()
    {
        if (!Accept(Keyword.Overriding)) return OverridingKind.None;
        var kind = OverridingKind.UserValue;
        if (!Accept(Keyword.User))
        {
            Expect(Keyword.System);
            kind = OverridingKind.SystemValue;
        }

        Expect(Keyword.Value);
        return kind;
    }

    private AssignmentTargetSyntax ParseAssignmentTarget()
    {
        var position = Position;
        var column = ParseColumnId();
        if (!Is(TokenKind.Dot) && !Is(TokenKind.LeftBracket)) return new AssignmentTargetSyntax(position, column, []);
        var indirection = new List<SyntaxNode>();
        while (true)
        {
            var at = Position;
            if (Is(TokenKind.LeftBracket)) indirection.Add(ParseSubscript());
            else if (Accept(TokenKind.Dot)) indirection.Add(new FieldAccessSyntax(at, ParseColumnLabel()));
            else return new AssignmentTargetSyntax(position, column, indirection);
        }
    }

    private OnConflictSyntax ParseOnConflict()
    {
        var position = Expect(Keyword.On);
        Expect(Keyword.Conflict);
        ConflictTargetSyntax? target = null;
        var at = Position;
        if (Is(TokenKind.LeftParen))
        {
            var elements = ParseParenthesizedList(static p => p.ParseIndexElement());
            target = new ConflictTargetSyntax(at, elements, Accept(Keyword.Where) ? ParseExpression() : null, null);
        }
        else if (Accept(Keyword.On))
        {
            Expect(Keyword.Constraint);
            target = new ConflictTargetSyntax(at, [], null, ParseColumnId());
        }

        Expect(Keyword.Do);
        if (Accept(Keyword.Nothing)) return new OnConflictSyntax(position, target, true, [], null);
        Expect(Keyword.Update);
        Expect(Keyword.Set);
        var assignments = ParseList(static p => p.ParseAssignment());
        return new OnConflictSyntax(position, target, false, assignments, Accept(Keyword.Where) ? ParseExpression() : null);
    }

    private List<SelectItemSyntax> ParseReturning() => Accept(Keyword.Returning) ? ParseSelectItems() : [];

    // UPDATE and DELETE.

    private UpdateSyntax ParseUpdate(WithSyntax? with)
    {
        var position = Expect(Keyword.Update);
        var table = ParseRelation();
        var alias = ParseTargetAlias();
        Expect(Keyword.Set);
        var assignments = ParseList(static p => p.ParseAssignment());
        List<TableReferenceSyntax> from = Accept(Keyword.From) ? ParseList(static p => p.ParseTableReference()) : [];
        var where = ParseWhereOrCurrent();
        return new UpdateSyntax(position, table.Name, assignments)
        {
            With = with,
            IsOnly = table.IsOnly,
            Alias = alias,
            From = from,
            Where = where,
            Returning = ParseReturning(),
        };
    }

    /// <summary>An alias without AS may not be SET, which is the clause.</summary>
    private string? ParseTargetAlias()
    {
        if (Accept(Keyword.As)) return ParseColumnId();
        return IsColumnId && !Is(Keyword.Set) ? TakeName() : null;
    }

    private AssignmentSyntax ParseAssignment()
    {
        var position = Position;
        var isMultiple = Is(TokenKind.LeftParen);
        var targets = isMultiple ? ParseParenthesizedList(static p => p.ParseAssignmentTarget()) : [ParseAssignmentTarget()];
        Expect(TokenKind.EqualSign);
        return new AssignmentSyntax(position, targets, ParseExpression(), isMultiple);
    }

    private ExpressionSyntax? ParseWhereOrCurrent()
    {
        if (!Accept(Keyword.Where)) return null;
        if (!Is(Keyword.Current, Keyword.Of)) return ParseExpression();
        var position = Advance();
        _index++;
        return new CurrentOfSyntax(position, ParseColumnId());
    }

    private DeleteSyntax ParseDelete(WithSyntax? with)
    {
        var position = Expect(Keyword.Delete);
        Expect(Keyword.From);
        var table = ParseRelation();
        var alias = ParseTargetAlias();
        List<TableReferenceSyntax> tables = Accept(Keyword.Using) ? ParseList(static p => p.ParseTableReference()) : [];
        var where = ParseWhereOrCurrent();
        return new DeleteSyntax(position, table.Name)
        {
            With = with,
            IsOnly = table.IsOnly,
            Alias = alias,
            Using = tables,
            Where = where,
            Returning = ParseReturning(),
        };
    }
}
