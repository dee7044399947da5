using System.Runtime.CompilerServices;
using Dadbs.PgWire.Backend;
using Dadbs.Server.Locks;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>
/// Statements outside of a transaction block that wait to be ordered as one transaction: one write of a simple query, a whole string, or
/// what a pipeline executes up to Sync. Answers behind the first of them are held back; when the order has decided, each statement's
/// answer goes to its place among them. What cannot be ordered from its text turns the batch into a local implicit transaction.
/// </summary>
internal sealed class OrderedBatch : IDisposable
{
    /// <summary>How often a batch runs under locks before it is ordered without them.</summary>
    private const int AttemptsUnderLocksMax = 4;

    private readonly SessionState _session;
    private readonly List<Entry> _entries = [];
    private readonly MessageBuffer _parameter = new();

    /// <summary>Statements that wait together; more are run here.</summary>
    private const int EntriesMax = 1 << 15;

    /// <summary>Answers held back before the batch is run here, in bytes.</summary>
    private const int HeldBytesMax = 4 << 20;

    /// <summary>Text and parameters, as they were sent, before the batch is run here: the transaction counts what its body will have.</summary>
    private const long SentBytesMax = 8 << 20;

    private const int BriefEntriesMax = 32;
    private const long BriefBytesMax = 16 << 10;

    private long _sentBytes;

    public OrderedBatch(SessionState session)
    {
        _session = session;
    }

    /// <param name="Portal">What to execute.</param>
    /// <param name="Offset">Where its answer belongs in the held output.</param>
    /// <param name="UndoMark">The prepared statements before the messages behind it.</param>
    private readonly record struct Entry(Portal Portal, int Offset, int UndoMark);

    /// <summary>Set once by the session: what runs a portal inside of a block.</summary>
    public PortalRunner Runner { get; set; } = null!;

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>A statement in it changes what later ones are bound against.</summary>
    public bool HasDefinitions { get; private set; }

    /// <summary>So much waits that the batch should be run here, whereupon its answers can leave.</summary>
    public bool IsFull => _entries.Count > 0 && (_entries.Count >= EntriesMax || _sentBytes >= SentBytesMax || _session.Output.Buffer.Length >= HeldBytesMax || _session.Statements.IsUndoFull);

    /// <summary>It is encoded in microseconds.</summary>
    public bool IsBrief => _entries.Count <= BriefEntriesMax && _sentBytes <= BriefBytesMax;

    public void Add(Portal portal)
    {
        _sentBytes += (portal.Statement.Parsed?.Length ?? 0) + portal.ParameterBytes;
        _session.Statements.CanBeUndone = true;
        _session.Output.IsHeld = true;
        portal.State = PortalState.Done;
        HasDefinitions |= portal.Statement.Syntax is not (QuerySyntax or ModificationSyntax or CopySyntax);
        _entries.Add(new Entry(portal, _session.Output.Buffer.Length, _session.Statements.UndoMark));
    }

    /// <summary>Orders the batch as one transaction, waits, and writes the answers.</summary>
    /// <exception cref="StatementFailedException">The answers before the failure are written; nothing was kept.</exception>
    public ValueTask ResolveAsync()
    {
        // Entered before the look, so that whoever locks a table after it knows of this write. The look is all that everybody pays; the rest is for nodes with transaction blocks.
        OrderedWrites.Generation underWay = _session.Services.OrderedWrites.Enter();
        bool meetsLocks;
        Entry[] entries;
        byte[] held;
        try
        {
            meetsLocks = (HasDefinitions || _session.Services.Locks.HasWriters) && MeetsBlocks();
            entries = Take(out held);
        }
        catch
        {
            underWay.Leave();
            throw;
        }

        if (!meetsLocks) return OrderAsync(entries, held, underWay);
        underWay.Leave();
        return RunUnderLocksAsync(entries, held);
    }

    /// <summary>Whether a transaction block of this node holds something that the batch's writes must wait for, as they would in PostgreSQL.</summary>
    private bool MeetsBlocks()
    {
        foreach (Entry entry in _entries)
        {
            // What is bound at its place only may mean anything.
            if ((entry.Portal.Copied?.RelationLocks ?? entry.Portal.Statement.Plan?.RelationLocks) is not { } locks)
            {
                if (_session.Services.Locks.HasWriters) return true;
                continue;
            }

            foreach (RelationLock used in locks)
            {
                if (_session.Services.Locks.StandsAgainst(_session.Database.Oid, used.Oid, used.Mode)) return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Runs the batch here, waiting for locks, and submits it as an explicit transaction. Where its replay differs it runs again, for nothing was answered yet; at
    /// last, or when its answers are more than can be held, it is ordered like any other, which cannot fail so and keeps answers in a file.
    /// </summary>
    private async ValueTask RunUnderLocksAsync(Entry[] entries, byte[] held)
    {
        MessageBuffer buffer = _session.Output.Buffer;
        for (int attempt = 0; attempt < AttemptsUnderLocksMax; attempt++)
        {
            if (EventThread.IsCurrent) await EventThread.Leave();
            _session.Output.IsHeld = true;
            _session.Output.HeldBytesMax = HeldBytesMax;
            _session.Block.BeginSingle(isAlone: entries.Length == 1);
            try
            {
                int from = 0;
                foreach (Entry entry in entries)
                {
                    buffer.WriteBytes(held.AsSpan(from, entry.Offset - from));
                    from = entry.Offset;
                    entry.Portal.Restart();
                    await RunEntryAsync(entry).ConfigureAwait(false);
                }

                await _session.Block.CommitAsync().ConfigureAwait(false);
                buffer.WriteBytes(held.AsSpan(from));
                return;
            }
            catch (Exception failure) when (failure is SqlException { State.Code: "40001" } or StatementFailedException { Diagnostic.Code: "40001", IsDefinite: false })
            {
                _session.Block.Rollback();
                buffer.Clear();
            }
            catch (HeldOutputFullException)
            {
                _session.Block.Rollback();
                buffer.Clear();
                break;
            }
            finally
            {
                _session.Output.IsHeld = false;
                _session.Output.HeldBytesMax = int.MaxValue;
            }
        }

        foreach (Entry entry in entries) entry.Portal.State = PortalState.Done;
        await OrderAsync(entries, held, _session.Services.OrderedWrites.Enter()).ConfigureAwait(false);
    }

    private async ValueTask RunEntryAsync(Entry entry)
    {
        try
        {
            await Runner.RunAsync(entry.Portal, rowsMax: 0).ConfigureAwait(false);
        }
        catch (SqlException failure) when (failure.State != SqlState.SerializationFailure)
        {
            _session.Statements.UndoTo(entry.UndoMark);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // one a statement; what it returns is awaited once
    private async ValueTask OrderAsync(Entry[] entries, byte[] held, OrderedWrites.Generation underWay)
    {
        using EncodedResults results = ResultsOf(entries, underWay);
        TransactionOutcome outcome;
        try
        {
            outcome = await _session.Services.Pipeline.ExecuteAsync(
                _session.SessionRole.Oid, BodyOf(entries), results, _session.Settings.Duration("dadbs.commit_timeout"), _session.Interrupt.Token).ConfigureAwait(false);
        }
        finally
        {
            underWay.Leave();
        }

        int answered = outcome switch
        {
            TransactionOutcome.Committed => entries.Length,
            TransactionOutcome.Failed failed => Math.Clamp(failed.FailedStatement, 0, results.Completed),
            _ => 0,
        };
        int from = 0;
        for (int i = 0; i < answered; i++)
        {
            _session.Output.Buffer.WriteBytes(held.AsSpan(from, entries[i].Offset - from));
            from = entries[i].Offset;
            await results.CopyToAsync(_session.Output, i, default).ConfigureAwait(false);
        }

        if (outcome is TransactionOutcome.Committed && results.Failure is null)
        {
            _session.Output.Buffer.WriteBytes(held.AsSpan(from));
            return;
        }

        int failedAt = Math.Min(answered, entries.Length - 1);
        _session.Output.Buffer.WriteBytes(held.AsSpan(from, entries[failedAt].Offset - from));
        _session.Statements.UndoTo(entries[failedAt].UndoMark);
        throw new StatementFailedException(DiagnosticOf(outcome, entries[failedAt].Portal.Statement, results.Failure));
    }

    private EncodedResults ResultsOf(Entry[] entries, OrderedWrites.Generation underWay)
    {
        try
        {
            var forms = new AnswerForm[entries.Length];
            for (int i = 0; i < forms.Length; i++) forms[i] = new AnswerForm(entries[i].Portal.Formats, entries[i].Portal.WithDescription);
            return new EncodedResults(forms, _session.OutputSettings, _session.Sequences);
        }
        catch
        {
            underWay.Leave();
            throw;
        }
    }

    /// <summary>
    /// Runs the batch here, one by one, as the beginning of an implicit transaction: something comes that needs their effects or their
    /// answers now.
    /// </summary>
    public async ValueTask RunLocallyAsync()
    {
        if (IsEmpty)
        {
            return;
        }

        if (EventThread.IsCurrent) await EventThread.Leave();

        Entry[] entries = Take(out byte[] held);
        _session.Block.BeginImplicit();
        int from = 0;
        foreach (Entry entry in entries)
        {
            _session.Output.Buffer.WriteBytes(held.AsSpan(from, entry.Offset - from));
            from = entry.Offset;
            entry.Portal.State = PortalState.Ready;
            try
            {
                await Runner.RunAsync(entry.Portal, rowsMax: 0).ConfigureAwait(false);
            }
            catch (SqlException)
            {
                _session.Statements.UndoTo(entry.UndoMark);
                throw;
            }
        }

        _session.Output.Buffer.WriteBytes(held.AsSpan(from));
        _session.Statements.ForgetUndo();
    }

    public void Dispose()
    {
        _entries.Clear();
        _parameter.Dispose();
    }

    /// <summary>Empties the batch; the held output is given out and no longer held.</summary>
    private Entry[] Take(out byte[] held)
    {
        Entry[] entries = [.. _entries];
        _entries.Clear();
        _sentBytes = 0;
        _session.Statements.CanBeUndone = false;
        HasDefinitions = false;
        MessageBuffer buffer = _session.Output.Buffer;
        held = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        _session.Output.IsHeld = false;
        return entries;
    }

    private TransactionBody BodyOf(Entry[] entries)
    {
        var statements = new CarriedStatement[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            statements[i] = Carry(entries[i].Portal);
        }

        return new TransactionBody
        {
            Kind = TransactionKind.OrderedFirst,
            DatabaseOid = _session.Database.Oid,
            ClockMicros = _session.NowUnixMicros,
            Seed = SessionSeed.Draw(),
            Settings = _session.Settings.Captured,
            Statements = statements,
            LeaseReturns = entries is [Entry only]
                ? _session.Sequences.TakeReturns(SequencesOf(only))
                : _session.Sequences.TakeReturns([.. entries.SelectMany(SequencesOf).Distinct()]),
        };
    }

    private static IReadOnlyCollection<uint> SequencesOf(Entry entry) => entry.Portal.Copied?.Sequences ?? entry.Portal.Statement.Plan?.Sequences ?? [];

    private CarriedStatement Carry(Portal portal)
    {
        SessionStatement statement = portal.Statement;
        if (portal.Parameters.Length == 0)
        {
            return new CarriedStatement
            {
                Text = statement.Text,
                CopyLines = portal.Copied?.Lines,
                ExpectedTypes = ExpectedTypes(portal),
                SequenceValues = _session.Sequences.CaptureFor(statement.Text),
            };
        }

        var oids = new uint[portal.Parameters.Length];
        var values = new byte[]?[oids.Length];
        for (int i = 0; i < oids.Length; i++)
        {
            SqlType type = statement.ParameterTypes[i];
            oids[i] = type.Oid;
            if (!portal.Parameters[i].IsNull)
            {
                _parameter.Clear();
                type.Operations.WriteBinary(portal.Parameters[i], _parameter);
                values[i] = _parameter.WrittenSpan.ToArray();
            }
        }

        return new CarriedStatement
        {
            Text = statement.Text,
            ParameterTypes = oids,
            Parameters = values,
            ExpectedTypes = ExpectedTypes(portal),
            SequenceValues = _session.Sequences.CaptureFor(statement.Text),
        };
    }

    private static uint[]? ExpectedTypes(Portal portal) =>
        portal.WithDescription || portal.Columns is null ? null : [.. portal.Columns.Columns.Select(c => c.Type.Type.Oid)];

    private Diagnostic DiagnosticOf(TransactionOutcome outcome, SessionStatement statement, Exception? lost) => outcome switch
    {
        TransactionOutcome.Failed failed => Diagnostics.From(failed.Error, statement.SourceText, statement.Parsed?.Start ?? 0),
        TransactionOutcome.Canceled => Diagnostics.From(_session.Interrupt.Reason(), null),
        TransactionOutcome.Unknown unknown => TransactionBlock.UnknownOutcome(unknown),
        TransactionOutcome.Committed => new Diagnostic(Severity.Error, SqlState.DiskFull.Code, "the statement was committed, but its result could not be kept") { Detail = lost?.Message },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
