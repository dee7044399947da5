using System.Buffers.Text;
using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>
/// Executes portals. Here a statement's route is chosen: the session itself, the newest snapshot, the transaction's own overlay, or the
/// order (ARCHITECTURE.md, "Life of an INSERT").
/// </summary>
internal sealed class PortalRunner
{
    private readonly SessionState _session;
    private readonly SessionPlanner _planner;
    private readonly OrderedBatch _batch;
    private readonly SessionCommands _commands;

    public PortalRunner(SessionState session, SessionPlanner planner, OrderedBatch batch, SessionCommands commands)
    {
        _session = session;
        _planner = planner;
        _batch = batch;
        _commands = commands;
    }

    private MessageBuffer Output => _session.Output.Buffer;

    /// <param name="portal">What to execute, or to continue.</param>
    /// <param name="rowsMax">Most rows to send now; 0: all.</param>
    public ValueTask RunAsync(Portal portal, int rowsMax)
    {
        SessionStatement statement = portal.Statement;
        _session.CurrentText = statement.SourceText;
        if (statement.Syntax is null)
        {
            Output.WriteEmpty(BackendMessageType.EmptyQueryResponse);
            return default;
        }

        _session.Block.RequireUsable(statement.Syntax);
        switch (portal.State)
        {
            case PortalState.Open when EventThread.IsCurrent: return OnPoolAsync(portal, rowsMax);
            case PortalState.Open: return StreamAsync(portal, rowsMax);
            case PortalState.Done: FinishAgain(portal); return default;
        }

        if (EventThread.IsCurrent && !_planner.IsPlanned(statement)) return OnPoolAsync(portal, rowsMax);
        if (!TransactionBlock.Ends(statement.Syntax)) _session.Block.Refresh();
        PreparedStatement? plan = _planner.Plan(statement);
        if (plan is null)
        {
            if (EventThread.IsCurrent && !_commands.IsBrief(statement.Syntax)) return OnPoolAsync(portal, rowsMax);
            return _batch.IsEmpty ? _commands.RunAsync(portal, rowsMax) : AfterBatchAsync(portal, rowsMax);
        }

        if (portal.Parameters.Length < plan.ParameterTypes.Count)
        {
            throw MissingParameter(statement);
        }

        portal.Columns = plan.Columns;
        if (!plan.IsReadOnly || plan.LocksRows)
        {
            _session.Block.RequireWritable(statement.Syntax);
        }

        bool isInBlock = _session.Block.Local is not null;
        bool canBeOrdered = plan.IsReplicable && (rowsMax == 0 || plan.Columns is null);
        if (!isInBlock && canBeOrdered && (!_batch.IsEmpty || !plan.IsReadOnly))
        {
            return Put(portal);
        }

        if (EventThread.IsCurrent && !(plan.IsPointAccess && _session.Services.Pipeline.Latest.IsInMemory))
        {
            return OnPoolAsync(portal, rowsMax);
        }

        if (isInBlock)
        {
            return RunInBlockAsync(portal, plan, rowsMax);
        }

        if (!_batch.IsEmpty)
        {
            return AfterBatchAsync(portal, rowsMax);
        }

        // As in PostgreSQL not even a read passes a block that holds ACCESS EXCLUSIVE.
        if (plan.IsReadOnly && !plan.LocksRows && !_session.Services.Locks.StandsAgainst(_session.Database.Oid, plan.RelationLocks))
        {
            return RunOnSnapshotAsync(portal, plan, rowsMax);
        }

        _session.Block.BeginImplicit();
        return RunInBlockAsync(portal, plan, rowsMax);
    }

    /// <summary>Sends rows until the end or the limit, waiting whenever the client is behind.</summary>
    public ValueTask StreamAsync(Portal portal, int rowsMax)
    {
        int sent = 0;
        MessageBuffer output = Output;
        TypeSettings settings = portal.OutputSettings ??= _session.OutputSettings;
        while (rowsMax == 0 || sent < rowsMax)
        {
            if (!portal.TryNext(out ReadOnlySpan<Datum> row))
            {
                Complete(portal, sent);
                return default;
            }

            portal.Encoder.WriteRow(output, row, settings);
            sent++;
            if (output.Length >= PauseBytes)
            {
                ValueTask relieved = _session.Output.RelieveAsync(_session.Interrupt.Token);
                if (!relieved.IsCompletedSuccessfully)
                {
                    return RestAsync(relieved, portal, rowsMax, sent);
                }
            }
        }

        portal.State = PortalState.Open;
        output.WriteEmpty(BackendMessageType.PortalSuspended);
        return default;
    }

    private const int PauseBytes = 1 << 15;

    /// <summary>How often a statement begins again because of locks: more than any queue of sessions is long.</summary>
    private const int LockTurnsMax = 1 << 16;

    private async ValueTask RestAsync(ValueTask relieved, Portal portal, int rowsMax, int sent)
    {
        await relieved.ConfigureAwait(false);
        TypeSettings settings = portal.OutputSettings!;
        while (rowsMax == 0 || sent < rowsMax)
        {
            if (!WriteNext(portal, settings))
            {
                Complete(portal, sent);
                return;
            }

            sent++;
            if (Output.Length >= PauseBytes)
            {
                if (_session.Output.IsClosed)
                {
                    throw new IOException("the client is gone");
                }

                _session.Interrupt.ThrowIfRequested();
                await _session.Output.RelieveAsync(_session.Interrupt.Token).ConfigureAwait(false);
            }
        }

        portal.State = PortalState.Open;
        Output.WriteEmpty(BackendMessageType.PortalSuspended);
    }

    private bool WriteNext(Portal portal, TypeSettings settings)
    {
        if (!portal.TryNext(out ReadOnlySpan<Datum> row))
        {
            return false;
        }

        portal.Encoder.WriteRow(Output, row, settings);
        return true;
    }

    private void Complete(Portal portal, int sent)
    {
        portal.State = PortalState.Done;
        if (portal.CompletionTag is { } tag)
        {
            ResultMessages.WriteCommandComplete(Output, tag);
        }
        else if (portal.Statement.Plan?.Kind is not (null or StatementKind.Query))
        {
            ResultMessages.WriteCommandComplete(Output, portal.Cursor!.CommandTag);
        }
        else
        {
            WriteSelectTag(sent);
        }

        portal.Cursor?.Dispose();
        portal.Cursor = null;
    }

    private void WriteSelectTag(int rows)
    {
        Span<byte> tag = stackalloc byte[32];
        "SELECT "u8.CopyTo(tag);
        Utf8Formatter.TryFormat(rows, tag[7..], out int digits);
        Output.Begin(BackendMessageType.CommandComplete);
        Output.WriteCString(tag[..(7 + digits)]);
        Output.End();
    }

    /// <summary>A simple query has no parameters to give.</summary>
    private static SqlException MissingParameter(SessionStatement statement)
    {
        int at = statement.SourceText.IndexOf('$', statement.Parsed!.Start);
        int end = at + 1;
        while (end < statement.SourceText.Length && char.IsAsciiDigit(statement.SourceText[end]))
        {
            end++;
        }

        return new SqlException(SqlState.UndefinedParameter, $"there is no parameter {statement.SourceText[at..end]}", at);
    }

    /// <summary>A portal that ran to its end gives no more rows; one without rows may not run twice.</summary>
    private void FinishAgain(Portal portal)
    {
        if (portal.Columns is null)
        {
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"portal \"{portal.Name}\" cannot be run");
        }

        WriteSelectTag(0);
    }

    private ValueTask Put(Portal portal)
    {
        _batch.Add(portal);
        return default;
    }

    private async ValueTask OnPoolAsync(Portal portal, int rowsMax)
    {
        await EventThread.Leave();
        await RunAsync(portal, rowsMax).ConfigureAwait(false);
    }

    private async ValueTask AfterBatchAsync(Portal portal, int rowsMax)
    {
        await _batch.RunLocallyAsync().ConfigureAwait(false);
        await RunAsync(portal, rowsMax).ConfigureAwait(false);
    }

    private ValueTask RunOnSnapshotAsync(Portal portal, PreparedStatement plan, int rowsMax)
    {
        portal.Cursor = plan.Open(_session.ReadContext(portal.Parameters));
        return StartAsync(portal, rowsMax);
    }

    private ValueTask RunInBlockAsync(Portal portal, PreparedStatement plan, int rowsMax)
    {
        try
        {
            return StartInBlockAsync(portal, plan, rowsMax);
        }
        catch (Exception need) when (need is SequenceOrderNeededException or LockWaitNeededException)
        {
            portal.Cursor?.Dispose();
            portal.Cursor = null;
            return need is SequenceOrderNeededException order ? AfterSequenceOrderAsync(order, portal, plan, rowsMax) : AfterLockAsync((LockWaitNeededException)need, portal, rowsMax);
        }
    }

    /// <summary>The statement met a lock, or a row newer than its state: it runs again when it has the lock, as often as it takes.</summary>
    private async ValueTask AfterLockAsync(LockWaitNeededException need, Portal portal, int rowsMax)
    {
        // Each turn but the first few waits for somebody who holds a lock, so only rows that others change without locks could keep it going.
        for (int turn = 0; turn < LockTurnsMax; turn++)
        {
            await _session.Block.WaitForLockAsync(need).ConfigureAwait(false);
            PreparedStatement plan = _planner.Plan(portal.Statement)!;
            portal.Columns = plan.Columns;
            try
            {
                await StartInBlockAsync(portal, plan, rowsMax).ConfigureAwait(false);
                return;
            }
            catch (LockWaitNeededException next)
            {
                need = next;
            }
            catch (SequenceOrderNeededException order)
            {
                await SequenceOrders.ExecuteAsync(_session, order).ConfigureAwait(false);
                need = new LockWaitNeededException(null);
            }

            portal.Cursor?.Dispose();
            portal.Cursor = null;
        }

        throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
        {
            Detail = $"The statement began {LockTurnsMax} times.",
        };
    }

    /// <summary>The statement needs values of a sequence that the node does not hold, or sets one: it runs again when that was ordered.</summary>
    private async ValueTask AfterSequenceOrderAsync(SequenceOrderNeededException need, Portal portal, PreparedStatement plan, int rowsMax)
    {
        await SequenceOrders.ExecuteAsync(_session, need).ConfigureAwait(false);
        await RunInBlockAsync(portal, plan, rowsMax).ConfigureAwait(false);
    }

    private ValueTask StartInBlockAsync(Portal portal, PreparedStatement plan, int rowsMax)
    {
        _session.Locks.LockRelations(plan.RelationLocks);
        portal.Cursor = _session.Block.Open(portal, plan);
        if ((plan.LocksRows && plan.IsReadOnly) || (!plan.IsReadOnly && (rowsMax > 0 || plan.Kind == StatementKind.Query)))
        {
            // It may have to begin again until the last row is locked.
            // What it wrote is carried in the order of execution, so it ends now; its rows wait for the client.
            portal.Keep(_session.Portals);
        }

        return StartAsync(portal, rowsMax);
    }

    /// <summary>
    /// The first row is fetched before the description is written: what fails before it is an error alone, as from PostgreSQL, which
    /// folds constants while it plans.
    /// </summary>
    private ValueTask StartAsync(Portal portal, int rowsMax)
    {
        int mark = Output.Length;
        try
        {
            if (portal.WithDescription && portal.Columns is not null)
            {
                portal.Encoder.WriteDescription(Output);
            }

            return portal.Columns is null ? RunToEnd(portal) : StreamAsync(portal, rowsMax);
        }
        catch (Exception failure) when (failure is (SqlException or SequenceOrderNeededException or LockWaitNeededException) && portal.RowsTaken == 0 && Output.Length >= mark)
        {
            Output.TruncateTo(mark);
            throw;
        }
    }

    private ValueTask RunToEnd(Portal portal)
    {
        while (portal.Cursor!.MoveNext())
        {
        }

        Complete(portal, 0);
        return default;
    }
}
