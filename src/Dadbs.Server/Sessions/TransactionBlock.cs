using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Transactions;

namespace Dadbs.Server.Sessions;

/// <summary>
/// The transaction block of a session and its states:
/// <code>
/// Idle      no block; a statement is a transaction of its own
/// Implicit  opened for the statements of one string or pipeline; ends with it, shown to the client as idle
/// Explicit  BEGIN … COMMIT
/// Failed    an explicit block after an error: everything but its end (or ROLLBACK TO) is 25P02
/// </code>
/// In the last three a <see cref="LocalTransaction"/> holds what was written; COMMIT submits it.
/// </summary>
internal sealed class TransactionBlock : IDisposable
{
    private readonly SessionState _session;
    private readonly List<(string Savepoint, int Place)> _lockPlaces = [];
    private State _state;
    private bool _isOutcomeKnown = true;

    public TransactionBlock(SessionState session)
    {
        _session = session;
        session.Settings.TransactionSettingChanges = Change;
    }

    private enum State
    {
        Idle,
        Implicit,
        Explicit,
        Failed,
    }

    public LocalTransaction? Local { get; private set; }

    public bool IsIdle => _state == State.Idle;

    public bool IsImplicit => _state == State.Implicit;

    /// <summary>Failed ones included.</summary>
    public bool IsExplicit => _state is State.Explicit or State.Failed;

    public bool IsFailed => _state == State.Failed;

    /// <summary>It wrote something, or holds locks: its end may take as long as that is much.</summary>
    public bool HasWork => Local is { HasWritten: true } || _session.Locks.Place > 0;

    public TransactionStatus Status => _state switch
    {
        State.Explicit => TransactionStatus.InTransaction,
        State.Failed => TransactionStatus.Failed,
        _ => TransactionStatus.Idle,
    };

    /// <summary>25P02 in a failed block, unless the statement ends it.</summary>
    public void RequireUsable(StatementSyntax? syntax)
    {
        if (_state == State.Failed && syntax is not null && !Ends(syntax))
        {
            throw new SqlException(SqlState.InFailedSqlTransaction, "current transaction is aborted, commands ignored until end of transaction block");
        }
    }

    /// <summary>COMMIT and ROLLBACK in all their forms: what a failed block still takes, and what needs no newer state.</summary>
    public static bool Ends(StatementSyntax syntax) => syntax is CommitSyntax or RollbackSyntax or RollbackToSavepointSyntax or TwoPhaseSyntax;

    /// <summary>25006 for a write in a read-only transaction.</summary>
    public void RequireWritable(StatementSyntax syntax)
    {
        bool isReadOnly = _session.Settings.Flag(_state == State.Idle ? "default_transaction_read_only" : "transaction_read_only");
        if (isReadOnly)
        {
            throw new SqlException(SqlState.ReadOnlySqlTransaction, $"cannot execute {StatementNames.Of(syntax)} in a read-only transaction");
        }
    }

    /// <summary>For a string or pipeline that cannot be ordered as a whole.</summary>
    public void BeginImplicit()
    {
        if (_state == State.Idle)
        {
            Begin(State.Implicit);
        }
    }

    /// <summary>For autocommit statements that must wait for this node's locks: a block of their own that nobody else takes for one.</summary>
    /// <param name="isAlone">It is one statement: executed again at its place it is serializable whatever the level says. Of several, reads are not repeated there.</param>
    public void BeginSingle(bool isAlone) => Begin(State.Implicit, isSingle: true, keepsLevel: !isAlone);

    /// <summary>BEGIN; an implicit block becomes an explicit one with what it did so far.</summary>
    public void BeginExplicit()
    {
        if (_state == State.Implicit)
        {
            _state = State.Explicit;
        }
        else
        {
            Begin(State.Explicit);
        }
    }

    /// <summary>Starts executing a planned statement on the transaction's own state.</summary>
    public StatementCursor Open(Portal portal, PreparedStatement plan)
    {
        if (plan.IsReadOnly)
        {
            return Local!.Read(plan, portal.Parameters);
        }

        KeepOpenPortals();
        return Local!.Write(plan, portal.Parameters);
    }

    /// <summary>The transaction is about to write beneath its open cursors: they show what was there when they were opened.</summary>
    public void KeepOpenPortals()
    {
        foreach (Portal open in _session.Portals.Open)
        {
            open.Keep(_session.Portals);
        }
    }

    /// <summary>Takes the newest executed state for the next statement, unless a cursor still reads the one that is there.</summary>
    public void Refresh()
    {
        if (Local is not null && !_session.Portals.Open.Any())
        {
            _session.Locks.Refresh();
        }
    }

    /// <summary>Takes locks on tables, waiting as long as it must; then the transaction stands on the newest state that it can see.</summary>
    /// <exception cref="SqlException">55P03 where <paramref name="noWait"/> forbids to wait; what ends a wait.</exception>
    public async ValueTask LockRelationsAsync(IReadOnlyList<Sql.Seams.RelationLock> wanted, bool noWait = false)
    {
        for (int i = 0; i < wanted.Count;)
        {
            try
            {
                _session.Locks.LockRelation(wanted[i], noWait);
                i++;
            }
            catch (Sql.Seams.LockWaitNeededException need)
            {
                await WaitForLockAsync(need).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Tables are locked against writers. Writes of this node that were ordered before they could see that are waited for, which takes a round of consensus as a rule: they are not what the
    /// transaction is to be kept from. For the client it is a part of the wait for the lock, which NOWAIT does not refuse: writes of any table count, and
    /// a lock that all of them refused would be had by nobody on a busy node.
    /// </summary>
    /// <exception cref="SqlException">55P03 at lock_timeout; 57014.</exception>
    public async ValueTask KeepUnchangedAsync(IReadOnlyList<Sql.Seams.RelationLock> locked)
    {
        Task underWay = _session.Services.OrderedWrites.DrainAsync();
        if (!underWay.IsCompleted)
        {
            TimeSpan timeout = _session.Settings.Duration("lock_timeout");
            try
            {
                await underWay.WaitAsync(timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan, _session.Services.Clock, _session.Interrupt.Token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new SqlException(SqlState.LockNotAvailable, "canceling statement due to lock timeout");
            }
            catch (OperationCanceledException)
            {
                throw _session.Interrupt.Reason();
            }
        }

        KeepOpenPortals();
        _session.Locks.Refresh();
        foreach (Sql.Seams.RelationLock table in locked) Local!.KeepUnchanged(table.Oid);
    }

    /// <summary>Waits for the lock that a statement needs; it then runs again on the newest state, which open cursors do not see.</summary>
    public async ValueTask WaitForLockAsync(Sql.Seams.LockWaitNeededException need)
    {
        await _session.Locks.WaitAsync(need).ConfigureAwait(false);
        KeepOpenPortals();
        _session.Locks.Refresh();
    }

    public void Savepoint(string name)
    {
        Local!.Savepoint(name);
        _lockPlaces.Add((name, _session.Locks.Place));
        _session.Settings.Savepoint(name);
    }

    /// <summary>3B001 where there is none.</summary>
    public void Release(string name)
    {
        Local!.ReleaseSavepoint(name);
        _lockPlaces.RemoveRange(IndexOf(name), _lockPlaces.Count - IndexOf(name));
        _session.Settings.ReleaseSavepoint(name);
    }

    /// <summary>3B001 where there is none. A failed block goes on from the savepoint.</summary>
    public void RollbackTo(string name)
    {
        _session.Portals.Clear();
        Local!.RollbackTo(name);
        int at = IndexOf(name);
        _session.Locks.ReleaseSince(_lockPlaces[at].Place);
        _lockPlaces.RemoveRange(at + 1, _lockPlaces.Count - at - 1);
        _session.Settings.RollbackToSavepoint(name);
        _session.ResetRole();
        _state = State.Explicit;
    }

    /// <summary>Ends the block of a string or pipeline.</summary>
    public ValueTask EndImplicitAsync() => _state == State.Implicit ? CommitAsync() : default;

    /// <summary>Submits what was written and waits for its place in the order; a block that wrote nothing just ends.</summary>
    /// <exception cref="StatementFailedException">40001, 40003 and others; the block has ended in any case.</exception>
    public async ValueTask CommitAsync()
    {
        LocalTransaction? local = Local;
        if (local is null)
        {
            return;
        }

        _session.Portals.Clear();
        if (local.HasWritten)
        {
            TransactionOutcome outcome;
            try
            {
                _session.Locks.RequireSound();
                await CheckDeferredAsync(local).ConfigureAwait(false);
                outcome = await _session.Services.Pipeline.ExecuteAsync(
                    _session.SessionRole.Oid,
                    local.ToBody(),
                    null,
                    _session.Settings.Duration("dadbs.commit_timeout"),
                    _session.Interrupt.Token,
                    _session.Locks.Submitted).ConfigureAwait(false);
            }
            catch
            {
                Rollback();
                throw;
            }

            if (outcome is not TransactionOutcome.Committed)
            {
                _isOutcomeKnown = outcome is not TransactionOutcome.Unknown;

                // Above READ COMMITTED conflicts are found before the first statement, too.
                bool isDefinite = outcome is TransactionOutcome.Failed { FailedStatement: < 0 } && local.Isolation < TransactionIsolation.RepeatableRead;
                Rollback();
                throw new StatementFailedException(outcome switch
                {
                    TransactionOutcome.Failed failed => Diagnostics.From(failed.Error, null),
                    TransactionOutcome.Canceled => Diagnostics.From(_session.Interrupt.Reason(), null),
                    TransactionOutcome.Unknown unknown => UnknownOutcome(unknown),
                    _ => throw new System.Diagnostics.UnreachableException(),
                })
                {
                    IsDefinite = isDefinite,
                };
            }
        }

        End(wasExecuted: true);
        _session.Settings.CommitTransaction();
        _session.ResetRole();
    }

    /// <summary>What is checked may be locked by others, who decide whether it holds.</summary>
    private async ValueTask CheckDeferredAsync(LocalTransaction local)
    {
        while (true)
        {
            try
            {
                local.CheckDeferredConstraints();
                return;
            }
            catch (Sql.Seams.LockWaitNeededException need)
            {
                await WaitForLockAsync(need).ConfigureAwait(false);
            }
        }
    }

    public void Rollback()
    {
        if (_state == State.Idle)
        {
            return;
        }

        _session.Portals.Clear();
        End();
        _session.Settings.RollbackTransaction();
        _session.ResetRole();
    }

    /// <summary>A statement failed: an implicit block is over, an explicit one waits for its end.</summary>
    public void Fail()
    {
        if (_state == State.Implicit)
        {
            Rollback();
        }
        else if (_state == State.Explicit)
        {
            // As PostgreSQL: what the transaction, or its innermost savepoint, locked is free before the client says ROLLBACK.
            _session.Portals.Clear();
            _session.Locks.ReleaseSince(_lockPlaces.Count > 0 ? _lockPlaces[^1].Place : 0);
            _state = State.Failed;
        }
    }

    /// <summary>40003: the wait ended, the transaction may still be executed.</summary>
    public static Diagnostic UnknownOutcome(TransactionOutcome.Unknown unknown) =>
        new(Severity.Error, SqlState.StatementCompletionUnknown.Code, "the outcome of the transaction is unknown: " + unknown.Reason)
        {
            Detail = "Transaction id: " + unknown.TransactionId,
            Hint = "dadbs.transaction_status(id) tells what became of it.",
        };

    public void Dispose() => End();

    private int IndexOf(string savepoint) => _lockPlaces.FindLastIndex(place => place.Savepoint == savepoint);

    private void Begin(State state, bool isSingle = false, bool keepsLevel = true)
    {
        string isolation = _session.Settings.Show("default_transaction_isolation");
        bool isReadOnly = _session.Settings.Flag("default_transaction_read_only");
        bool isDeferrable = _session.Settings.Flag("default_transaction_deferrable");
        _session.Settings.BeginTransaction();
        Local = _session.NewLocalTransaction();
        _session.Locks.Begin(Local, isSingle);
        _state = state;
        if (isolation != "read committed" && keepsLevel)
        {
            _session.Settings.Set("transaction_isolation", isolation, isLocal: true);
        }

        if (isReadOnly)
        {
            _session.Settings.Set("transaction_read_only", "on", isLocal: true);
        }

        if (isDeferrable)
        {
            _session.Settings.Set("transaction_deferrable", "on", isLocal: true);
        }
    }

    /// <summary>A setting of the transaction is about to change: 25001 where PostgreSQL says that it is too late.</summary>
    private void Change(string name, string from, string to)
    {
        if (Local is not { } local)
        {
            return;
        }

        switch (name)
        {
            case "transaction_isolation":
                if (from == to)
                {
                    return;
                }

                Require(!local.HasRun, "SET TRANSACTION ISOLATION LEVEL must be called before any query");
                Require(!local.InSavepoint, "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction");
                local.Isolation = IsolationOf(to);
                _session.Locks.FollowIsolation();
                break;
            case "transaction_read_only" when from == "on" && to == "off":
                Require(!local.InSavepoint, "cannot set transaction read-write mode inside a read-only transaction");
                Require(!local.HasRun, "transaction read-write mode must be set before any query");
                break;
            case "transaction_deferrable":
                Require(!local.InSavepoint, "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction");
                Require(!local.HasRun, "SET TRANSACTION [NOT] DEFERRABLE must be called before any query");
                break;
            default:
                break;
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new SqlException(SqlState.ActiveSqlTransaction, otherwise);
        }
    }

    private static TransactionIsolation IsolationOf(string setting) => setting switch
    {
        "read uncommitted" => TransactionIsolation.ReadUncommitted,
        "read committed" => TransactionIsolation.ReadCommitted,
        "repeatable read" => TransactionIsolation.RepeatableRead,
        "serializable" => TransactionIsolation.Serializable,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private void End(bool wasExecuted = false)
    {
        _session.Locks.Finish(wasExecuted);
        _lockPlaces.Clear();
        if (Local is not null)
        {
            Local.Dispose();
            _session.Sequences.EndTransaction(_isOutcomeKnown);
        }

        Local = null;
        _isOutcomeKnown = true;
        _state = State.Idle;
    }
}
