namespace Dadbs.Sql.Parsing;

/// <summary>Statements about the session: transactions, settings, prepared statements, cursors.</summary>
internal sealed partial class Parser
{
    // Transactions.

    private void AcceptTransactionWord()
    {
        if (!Accept(Keyword.Work)) Accept(Keyword.Transaction);
    }

    private BeginSyntax ParseBegin()
    {
        var position = Advance();
        AcceptTransactionWord();
        return new BeginSyntax(position, ParseOptionalTransactionModes(), false);
    }

    private BeginSyntax ParseStartTransaction()
    {
        var position = Advance();
        Expect(Keyword.Transaction);
        return new BeginSyntax(position, ParseOptionalTransactionModes(), true);
    }

    private StatementSyntax ParseCommit()
    {
        var position = Advance();
        if (Accept(Keyword.Prepared)) return new TwoPhaseSyntax(position, TwoPhaseAction.Commit, ParseString());
        AcceptTransactionWord();
        return new CommitSyntax(position, ParseAndChain());
    }

    private CommitSyntax ParseEnd()
    {
        var position = Advance();
        AcceptTransactionWord();
        return new CommitSyntax(position, ParseAndChain());
    }

    private RollbackSyntax ParseAbort()
    {
        var position = Advance();
        AcceptTransactionWord();
        return new RollbackSyntax(position, ParseAndChain());
    }

    private StatementSyntax ParseRollback()
    {
        var position = Advance();
        if (Accept(Keyword.Prepared)) return new TwoPhaseSyntax(position, TwoPhaseAction.Rollback, ParseString());
        AcceptTransactionWord();
        if (!Accept(Keyword.To)) return new RollbackSyntax(position, ParseAndChain());
        AcceptSavepointWord();
        return new RollbackToSavepointSyntax(position, ParseColumnId());
    }

    /// <summary>SAVEPOINT is optional before the name, and may itself be the name.</summary>
    private void AcceptSavepointWord()
    {
        if (Is(Keyword.Savepoint) && Peek().Kind is TokenKind.Identifier or TokenKind.Keyword) _index++;
    }

    private bool ParseAndChain()
    {
        if (!Accept(Keyword.And)) return false;
        var isChain = !Accept(Keyword.No);
        Expect(Keyword.Chain);
        return isChain;
    }

    private ReleaseSavepointSyntax ParseRelease()
    {
        var position = Advance();
        AcceptSavepointWord();
        return new ReleaseSavepointSyntax(position, ParseColumnId());
    }

    private bool IsTransactionMode => Is(Keyword.Isolation) || Is(Keyword.Read) || Is(Keyword.Deferrable) || Is(Keyword.Not);

    private TransactionModesSyntax ParseOptionalTransactionModes() => IsTransactionMode ? ParseTransactionModes() : TransactionModesSyntax.None;

    /// <summary>Modes with commas between them or without.</summary>
    private TransactionModesSyntax ParseTransactionModes()
    {
        var modes = TransactionModesSyntax.None;
        do
        {
            if (Accept(Keyword.Isolation))
            {
                Expect(Keyword.Level);
                modes = modes with { Isolation = ParseIsolationLevel() };
            }
            else if (Accept(Keyword.Read))
            {
                var isReadOnly = Accept(Keyword.Only);
                if (!isReadOnly) Expect(Keyword.Write);
                modes = modes with { IsReadOnly = isReadOnly };
            }
            else
            {
                var isDeferrable = !Accept(Keyword.Not);
                Expect(Keyword.Deferrable);
                modes = modes with { IsDeferrable = isDeferrable };
            }
        }
        while (Accept(TokenKind.Comma) || IsTransactionMode);
        return modes;
    }

    private IsolationLevel ParseIsolationLevel()
    {
        if (Accept(Keyword.Serializable)) return IsolationLevel.Serializable;
        if (Accept(Keyword.Repeatable))
        {
            Expect(Keyword.Read);
            return IsolationLevel.RepeatableRead;
        }

        Expect(Keyword.Read);
        if (Accept(Keyword.Committed)) return IsolationLevel.ReadCommitted;
        Expect(Keyword.Uncommitted);
        return IsolationLevel.ReadUncommitted;
    }

    private TwoPhaseSyntax ParsePrepareTransaction(int position)
    {
        Expect(Keyword.Transaction);
        return new TwoPhaseSyntax(position, TwoPhaseAction.Prepare, ParseString());
    }

    // SET, RESET, SHOW.

    private StatementSyntax ParseSetStatement()
    {
        var position = Expect(Keyword.Set);
        if (Accept(Keyword.Constraints)) return ParseSetConstraints(position);
        var scope = SettingScope.Session;
        var isName = Peek().Kind is TokenKind.EqualSign or TokenKind.Dot || IsNext(Keyword.To);
        if (!isName && Accept(Keyword.Local))
        {
            scope = SettingScope.Local;
        }
        else if (!isName && Is(Keyword.Session) && !IsNext(Keyword.Authorization))
        {
            _index++;
        }

        return ParseSetRest(position, scope);
    }

    /// <summary>What follows SET [LOCAL|SESSION]; also after ALTER ROLE … SET.</summary>
    private StatementSyntax ParseSetRest(int position, SettingScope scope)
    {
        switch (Current.Keyword)
        {
            case Keyword.Transaction when IsNext(Keyword.Snapshot):
                _index += 2;
                return new SetTransactionSyntax(position, TransactionModesSyntax.None, false) { Snapshot = ParseString() };
            case Keyword.Transaction when Peek().Kind != TokenKind.EqualSign && !IsNext(Keyword.To):
                _index++;
                return new SetTransactionSyntax(position, ParseTransactionModes(), false);
            case Keyword.Characteristics when IsNext(Keyword.As):
                _index += 2;
                Expect(Keyword.Transaction);
                return new SetTransactionSyntax(position, ParseTransactionModes(), true);
            case Keyword.Session when IsNext(Keyword.Characteristics):
                _index += 2;
                Expect(Keyword.As);
                Expect(Keyword.Transaction);
                return new SetTransactionSyntax(position, ParseTransactionModes(), true);
            default:
                return ParseSetting(position, scope);
        }
    }

    private SetSyntax ParseSetting(int position, SettingScope scope)
    {
        var keyword = Current.Keyword;
        var next = Peek();
        var isOrdinary = next.Kind is TokenKind.EqualSign or TokenKind.Dot || next.Keyword is Keyword.To;
        switch (keyword)
        {
            case Keyword.Time when next.Keyword == Keyword.Zone:
                _index += 2;
                return new SetSyntax(position, scope, "timezone", ParseZoneValue());
            case Keyword.Session when next.Keyword == Keyword.Authorization:
                _index += 2;
                return new SetSyntax(position, scope, "session_authorization", Accept(Keyword.Default) ? [] : [ParseWordValue()]);
            case Keyword.Catalog when next.Kind == TokenKind.String:
                throw new SqlException(SqlState.FeatureNotSupported, "current database cannot be changed", next.Start);
            case Keyword.Schema when next.Kind == TokenKind.String:
                _index++;
                return new SetSyntax(position, scope, "search_path", [ParsePrimary()]);
            case Keyword.Names when !isOrdinary:
                _index++;
                if (Is(TokenKind.String)) return new SetSyntax(position, scope, "client_encoding", [ParsePrimary()]);
                Accept(Keyword.Default);
                return new SetSyntax(position, scope, "client_encoding", []);
            case Keyword.Role when !isOrdinary:
                _index++;
                return new SetSyntax(position, scope, "role", [ParseWordValue()]);
            case Keyword.Xml when next.Keyword == Keyword.Option:
                _index += 2;
                if (!Is(Keyword.Document)) Expect(Keyword.Content);
                else _index++;
                return new SetSyntax(position, scope, "xmloption", [new StringLiteralSyntax(next.End, _tokens[_index - 1].Text!.ToUpperInvariant())]);
            default:
                return ParseOrdinarySetting(position, scope);
        }
    }

    private SetSyntax ParseOrdinarySetting(int position, SettingScope scope)
    {
        var name = ParseSettingName();
        if (Accept(Keyword.From))
        {
            Expect(Keyword.Current);
            return new SetSyntax(position, scope, name, [], true);
        }

        if (!Accept(TokenKind.EqualSign)) Expect(Keyword.To);
        return new SetSyntax(position, scope, name, Accept(Keyword.Default) ? [] : ParseList(static p => p.ParseSettingValue()));
    }

    private string ParseSettingName()
    {
        var name = ParseColumnId();
        while (Accept(TokenKind.Dot)) name += "." + ParseColumnId();
        return name;
    }

    /// <summary>var_value: a boolean word, a string, a bare word or a signed number.</summary>
    private ExpressionSyntax ParseSettingValue()
    {
        var position = Position;
        if (Is(TokenKind.Plus) || Is(TokenKind.Minus) || Is(TokenKind.Integer) || Is(TokenKind.Number)) return ParseSignedNumber();
        if (Current.Keyword is Keyword.True or Keyword.False or Keyword.On) return new StringLiteralSyntax(position, TakeName());
        return new StringLiteralSyntax(position, ParseNonReservedWordOrString());
    }

    private StringLiteralSyntax ParseWordValue()
    {
        var position = Position;
        return new StringLiteralSyntax(position, ParseNonReservedWordOrString());
    }

    /// <summary>NumericOnly: a number with an optional sign, as a literal.</summary>
    private ExpressionSyntax ParseSignedNumber()
    {
        var position = Position;
        var isMinus = Is(TokenKind.Minus);
        if (isMinus || Is(TokenKind.Plus)) _index++;
        if (!Is(TokenKind.Integer) && !Is(TokenKind.Number)) throw SyntaxError();
        var number = ParsePrimary();
        return isMinus ? Negate(number, position) : number;
    }

    private List<ExpressionSyntax> ParseZoneValue()
    {
        if (Accept(Keyword.Default) || Accept(Keyword.Local)) return [];
        if (!Is(Keyword.Interval))
        {
            if (Is(TokenKind.Plus) || Is(TokenKind.Minus) || Is(TokenKind.Integer) || Is(TokenKind.Number)) return [ParseSignedNumber()];
            var position = Position;
            return Is(TokenKind.String) || Is(TokenKind.Identifier) ? [new StringLiteralSyntax(position, TakeName())] : throw SyntaxError();
        }

        var interval = ParseIntervalLiteral();
        if (interval.Type.Fields is { } fields && (fields & ~(IntervalFields.Hour | IntervalFields.Minute)) != 0)
        {
            throw Wrong("time zone interval must be HOUR or HOUR TO MINUTE", interval.Position);
        }

        return [interval];
    }

    private SetConstraintsSyntax ParseSetConstraints(int position)
    {
        var names = Accept(Keyword.All) ? [] : ParseList(static p => p.ParseQualifiedName());
        var isDeferred = Accept(Keyword.Deferred);
        if (!isDeferred) Expect(Keyword.Immediate);
        return new SetConstraintsSyntax(position, names, isDeferred);
    }

    private ResetSyntax ParseReset()
    {
        var position = Expect(Keyword.Reset);
        return new ResetSyntax(position, ParseSettingReference());
    }

    private ShowSyntax ParseShow()
    {
        var position = Expect(Keyword.Show);
        return new ShowSyntax(position, ParseSettingReference());
    }

    /// <summary>A setting's name as RESET and SHOW take it; null for ALL.</summary>
    private string? ParseSettingReference()
    {
        if (Accept(Keyword.All)) return null;
        if (Accept(Keyword.Time, Keyword.Zone)) return "timezone";
        if (Accept(Keyword.Session, Keyword.Authorization)) return "session_authorization";
        if (!Is(Keyword.Transaction, Keyword.Isolation)) return ParseSettingName();
        _index += 2;
        Expect(Keyword.Level);
        return "transaction_isolation";
    }

    private DiscardSyntax ParseDiscard()
    {
        var position = Expect(Keyword.Discard);
        if (Accept(Keyword.All)) return new DiscardSyntax(position, DiscardTarget.All);
        if (Accept(Keyword.Plans)) return new DiscardSyntax(position, DiscardTarget.Plans);
        if (Accept(Keyword.Sequences)) return new DiscardSyntax(position, DiscardTarget.Sequences);
        if (!Accept(Keyword.Temp)) Expect(Keyword.Temporary);
        return new DiscardSyntax(position, DiscardTarget.Temporary);
    }

    // Prepared statements.

    private StatementSyntax ParsePrepare()
    {
        var position = Expect(Keyword.Prepare);
        if (Is(Keyword.Transaction) && IsNext(TokenKind.String)) return ParsePrepareTransaction(position);
        var name = ParseColumnId();
        var types = Is(TokenKind.LeftParen) ? ParseParenthesizedList(static p => p.ParseTypeName()) : [];
        Expect(Keyword.As);
        return new PrepareSyntax(position, name, types, ParsePreparableStatement());
    }

    private ExecuteSyntax ParseExecute()
    {
        var position = Expect(Keyword.Execute);
        var name = ParseColumnId();
        return new ExecuteSyntax(position, name, Is(TokenKind.LeftParen) ? ParseParenthesizedList(static p => p.ParseExpression()) : []);
    }

    private DeallocateSyntax ParseDeallocate()
    {
        var position = Expect(Keyword.Deallocate);
        if (Is(Keyword.Prepare) && Peek().Kind is TokenKind.Identifier or TokenKind.Keyword) _index++;
        return new DeallocateSyntax(position, Accept(Keyword.All) ? null : ParseColumnId());
    }

    // Cursors.

    private DeclareCursorSyntax ParseDeclareCursor()
    {
        var position = Expect(Keyword.Declare);
        var name = ParseColumnId();
        var (binary, scroll, insensitive, asensitive, hold) = (false, (bool?)null, false, false, false);
        while (!Is(Keyword.Cursor))
        {
            if (Accept(Keyword.Binary)) binary = true;
            else if (Accept(Keyword.Scroll)) scroll = true;
            else if (Accept(Keyword.Insensitive)) insensitive = true;
            else if (Accept(Keyword.Asensitive)) asensitive = true;
            else
            {
                Expect(Keyword.No);
                Expect(Keyword.Scroll);
                scroll = false;
            }
        }

        Expect(Keyword.Cursor);
        if (Accept(Keyword.With)) hold = Expect(Keyword.Hold) >= 0;
        else if (Accept(Keyword.Without)) Expect(Keyword.Hold);
        Expect(Keyword.For);
        return new DeclareCursorSyntax(position, name, IsQueryStart ? ParseQuery() : throw SyntaxError())
        {
            IsBinary = binary,
            IsScroll = scroll,
            IsInsensitive = insensitive,
            IsAsensitive = asensitive,
            WithHold = hold,
        };
    }

    private FetchSyntax ParseFetch(bool isMove)
    {
        var position = Advance();
        var (direction, count) = ParseFetchDirection();
        return new FetchSyntax(position, ParseColumnId(), direction, count, isMove);
    }

    /// <summary>fetch_args up to the cursor's name. Most of the words are names, too: one with nothing behind it is the cursor.</summary>
    private (FetchDirection Direction, long Count) ParseFetchDirection()
    {
        if (Accept(Keyword.From) || Accept(Keyword.In)) return (FetchDirection.Forward, 1);
        if (Is(TokenKind.Integer) || Is(TokenKind.Plus) || Is(TokenKind.Minus)) return WithFromOrIn(FetchDirection.Forward, ParseSignedInteger());
        if (Accept(Keyword.All)) return WithFromOrIn(FetchDirection.Forward, FetchSyntax.All);
        if (!Is(TokenKind.Keyword) || Peek().Kind is TokenKind.End or TokenKind.Semicolon) return (FetchDirection.Forward, 1);
        switch (Current.Keyword)
        {
            case Keyword.Next:
                _index++;
                return WithFromOrIn(FetchDirection.Forward, 1);
            case Keyword.Prior:
                _index++;
                return WithFromOrIn(FetchDirection.Backward, 1);
            case Keyword.First:
                _index++;
                return WithFromOrIn(FetchDirection.Absolute, 1);
            case Keyword.Last:
                _index++;
                return WithFromOrIn(FetchDirection.Absolute, -1);
            case Keyword.Absolute:
                _index++;
                return WithFromOrIn(FetchDirection.Absolute, ParseSignedInteger());
            case Keyword.Relative:
                _index++;
                return WithFromOrIn(FetchDirection.Relative, ParseSignedInteger());
            case Keyword.Forward or Keyword.Backward:
                {
                    var direction = Current.Keyword == Keyword.Forward ? FetchDirection.Forward : FetchDirection.Backward;
                    _index++;
                    if (Accept(Keyword.All)) return WithFromOrIn(direction, FetchSyntax.All);
                    return WithFromOrIn(direction, Is(TokenKind.Integer) || Is(TokenKind.Plus) || Is(TokenKind.Minus) ? ParseSignedInteger() : 1);
                }

            default:
                return (FetchDirection.Forward, 1);
        }
    }

    private (FetchDirection Direction, long Count) WithFromOrIn(FetchDirection direction, long count)
    {
        if (!Accept(Keyword.From)) Accept(Keyword.In);
        return (direction, count);
    }

    private int ParseSignedInteger()
    {
        var isMinus = Is(TokenKind.Minus);
        if (isMinus || Is(TokenKind.Plus)) _index++;
        var value = ParseInteger();
        return isMinus ? -value : value;
    }

    private CloseCursorSyntax ParseClose()
    {
        var position = Expect(Keyword.Close);
        return new CloseCursorSyntax(position, Accept(Keyword.All) ? null : ParseColumnId());
    }

    // Notifications.

    private UnlistenSyntax ParseUnlisten()
    {
        var position = Expect(Keyword.Unlisten);
        return new UnlistenSyntax(position, Accept(TokenKind.Star) ? null : ParseColumnId());
    }

    private NotifySyntax ParseNotify()
    {
        var position = Expect(Keyword.Notify);
        var channel = ParseColumnId();
        return new NotifySyntax(position, channel, Accept(TokenKind.Comma) ? ParseString() : null);
    }

    private LoadSyntax ParseLoad()
    {
        var position = Expect(Keyword.Load);
        return new LoadSyntax(position, ParseString());
    }
}
