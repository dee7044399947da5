using System.Buffers;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// An explicit transaction on its session's node: statements run at once on a snapshot and the transaction's own overlay, and those that
/// wrote are carried, each with the digest of what it answered. COMMIT submits <see cref="ToBody"/>; every node replays it, and another
/// outcome there is 40001. What ROLLBACK TO undid is not carried. One thread.
/// </summary>
/// <remarks>
/// READ COMMITTED: each statement sees the newest executed state beneath the overlay, and over it rows that were taken over from submitted
/// transactions together with their locks (<see cref="TransactionBase"/>). Own-written rows that plain reads meet are asserted (<see cref="RowAssertions"/>).
/// The upper levels: one state for all statements, and all they read beneath the overlay is the <see cref="Footprint"/>; nothing in it may have changed when
/// the transaction is replayed, so that every answer is what it would be there and no row needs asserting. Replay decides in any case.
/// </remarks>
public sealed class LocalTransaction : IDisposable
{
    private readonly LocalTransactionInputs _inputs;
    private readonly List<CarriedStatement> _carried = [];
    private readonly CarriedBytes _bytes = new();

    /// <summary>What each of the carried added to <see cref="_bytes"/>.</summary>
    private readonly List<long> _sizes = [];
    private readonly List<SavepointMark> _savepoints = [];
    private readonly TransactionBudget _budget = new();
    private readonly DeferredConstraints _deferred = new();
    private readonly LockedTables _locked = new();
    private readonly TransactionBase _base;
    private readonly Overlay _overlay;
    private readonly RowAssertions _assertions;
    private CatalogSnapshot? _catalog;

    /// <summary>Statements that write and have not come to their end: each may have to be undone.</summary>
    private int _openWrites;
    private TransactionIsolation _isolation = TransactionIsolation.ReadCommitted;

    public LocalTransaction(Snapshot start, LocalTransactionInputs inputs)
    {
        _inputs = inputs;
        _base = new TransactionBase(start);
        _overlay = new Overlay(_base);
        _assertions = new RowAssertions(_overlay);
    }

    private readonly record struct SavepointMark(string Name, int OverlayMark, int Carried, object Deferred, int Locked);

    /// <summary>What its statements read: the snapshot with its own writes.</summary>
    public IReadView State => _overlay;

    /// <summary>The catalog as its own definitions made it.</summary>
    public CatalogSnapshot Catalog => _catalog ??= _inputs.Catalogs.Get(_overlay, _inputs.DatabaseOid);

    /// <summary>The same, unless it would have to be put together first.</summary>
    public CatalogSnapshot? KnownCatalog => _catalog ??= _inputs.Catalogs.Find(_overlay, _inputs.DatabaseOid);

    /// <summary>May be changed until the first statement has run.</summary>
    public TransactionIsolation Isolation
    {
        get => _isolation;
        set
        {
            Invariant.Check(!HasRun || value == _isolation);
            _isolation = value;
        }
    }

    /// <summary>A statement has run: isolation and access mode stand, and under the upper levels the state does not move any more.</summary>
    public bool HasRun { get; private set; }

    public bool InSavepoint => _savepoints.Count > 0;

    private bool IsUpper => _isolation >= TransactionIsolation.RepeatableRead;

    /// <summary>Whether there is anything to submit.</summary>
    public bool HasWritten => _carried.Count > 0;

    /// <summary>The executed state that its statements see beneath its own writes.</summary>
    public Snapshot Base => _base.Snapshot;

    /// <summary>What they see beneath its own writes: <see cref="Base"/> with the rows taken over.</summary>
    public IReadView Beneath => _base;

    /// <summary>What it wrote so far, and beneath it what it sees.</summary>
    public Overlay Writes => _overlay;

    /// <summary>Takes the newest executed state, before a statement is bound. False: its own definitions, or an upper isolation level, hold it where it is. No cursor may be open.</summary>
    public bool Refresh(Snapshot latest) => Refresh(latest, _base.Pending);

    /// <param name="latest">The newest executed state.</param>
    /// <param name="pending">Rows of submitted transactions that are not in it yet, whose locks this transaction took over.</param>
    public bool Refresh(Snapshot latest, IReadOnlyList<PendingRow> pending)
    {
        if (ReferenceEquals(latest, _base.Snapshot) && ReferenceEquals(pending, _base.Pending)) return true;
        if (!CanMove) return false;
        if (!_overlay.IsEmpty) CheckDescriptors(latest);
        _locked.RequireUnchanged(_base.Snapshot, latest, () => _inputs.Catalogs.Get(latest, _inputs.DatabaseOid));
        _base.MoveTo(latest, pending);
        _catalog = null;
        return true;
    }

    /// <summary>Whether <see cref="Refresh(Snapshot)"/> can take a newer state at all.</summary>
    public bool CanMove => !(IsUpper && HasRun) && !HasDefinitions;

    /// <summary>
    /// Definitions of its own: they were made against the catalog of its state (OIDs included), so the state stays where it is from then on.
    /// </summary>
    private bool HasDefinitions => CatalogCache.VersionOf(_overlay, _inputs.DatabaseOid) != CatalogCache.VersionOf(_base, _inputs.DatabaseOid);

    /// <summary>40001 if a relation that this transaction wrote has another descriptor in the newer state: its rows could not be repeated there.</summary>
    private void CheckDescriptors(Snapshot latest)
    {
        if (CatalogCache.VersionOf(latest, _inputs.DatabaseOid) == CatalogCache.VersionOf(_base, _inputs.DatabaseOid)) return;
        CatalogSnapshot now = _inputs.Catalogs.Get(latest, _inputs.DatabaseOid);
        CatalogSnapshot before = _inputs.Catalogs.Get(_base.Snapshot, _inputs.DatabaseOid);
        HashSet<RelationId> written = [.. _overlay.ToChangeSet().Relations.Select(r => r.Relation)];
        foreach (TableDescriptor table in before.Relations.OfType<TableDescriptor>())
        {
            if (!written.Contains(table.Rows)) continue;
            bool same = now.RelationByOid(table.Oid) is TableDescriptor other
                && DescriptorCodec.Encode(other).AsSpan().SequenceEqual(DescriptorCodec.Encode(table))
                && other.Indexes.Select(i => i.Entries).SequenceEqual(table.Indexes.Select(i => i.Entries));
            if (same) continue;
            throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
            {
                Detail = $"The definition of \"{table.Name}\" has changed.",
            };
        }
    }

    /// <summary>
    /// LOCK TABLE holds a table against writers: from the state of now on until the transaction's place in the order it must stay as it is, but for the transaction's own writes. Not a table that the
    /// transaction made itself.
    /// </summary>
    public void KeepUnchanged(uint tableOid)
    {
        if (_inputs.Catalogs.Get(_base.Snapshot, _inputs.DatabaseOid).RelationByOid(tableOid) is not TableDescriptor table) return;
        _locked.Add(table);
        if (IsUpper) (_base.Footprint ??= new Footprint()).Add(table.Rows, KeyRange.All);
    }

    /// <summary>Begins a read. It sees the state as it is now; later writes of the transaction must not happen while the cursor is open.</summary>
    public StatementCursor Read(PreparedStatement statement, Datum[] parameters)
    {
        Begin();
        bool asserts = !IsUpper && !_overlay.IsEmpty;
        return statement.Open(NewContext(asserts ? new OwnWriteView(_overlay, _assertions, IsTable) : _overlay, null, parameters));
    }

    /// <summary>Begins a statement that writes. It is carried once its cursor came to its end; a failure undoes what it wrote.</summary>
    public StatementCursor Write(PreparedStatement statement, Datum[] parameters)
    {
        Begin();
        StatementContext context = WritingContext(parameters);
        return new CarryingCursor(this, statement, parameters, context, statement.Open(context), _overlay.Mark());
    }

    /// <summary>SET CONSTRAINTS: carried, so that replay defers the same. A check that waited and fails now is 23503.</summary>
    public void SetConstraints(SetConstraintsSyntax syntax, string text)
    {
        SetConstraints(syntax);
        Carry(new CarriedStatement
        {
            Text = text,
            Settings = _inputs.Settings.Captured,
            Digest = new OutcomeDigest([], isOrdered: false).Finish(Statements.ForeignKeys.SetConstraints.Tag),
        });
    }

    /// <summary>What constraints put off until the end of the transaction, before it is submitted. 23503.</summary>
    public void CheckDeferredConstraints()
    {
        if (!_deferred.HasPending) return;
        int mark = _overlay.Mark();
        object deferred = _deferred.Mark;
        try
        {
            _deferred.CheckAll(WritingContext([]));
        }
        catch (LockWaitNeededException)
        {
            _overlay.RollbackTo(mark);
            _deferred.RollbackTo(deferred);
            throw;
        }
    }

    /// <summary>A statement that ran to its end goes into the body.</summary>
    /// <exception cref="SqlException">54000: the body would be too long.</exception>
    private void Carry(CarriedStatement statement)
    {
        long bytes = CarriedBytes.Of(statement);
        if (_carried.Count == 0 || (!ReferenceEquals(_carried[^1].Settings, statement.Settings) && !_carried[^1].Settings!.SequenceEqual(statement.Settings!)))
            bytes += SizeOf(statement.Settings!);
        _bytes.Add(bytes);
        _carried.Add(statement);
        _sizes.Add(bytes);
        if (_savepoints.Count == 0 && _openWrites == 0) _overlay.ForgetMarks();
    }

    private static long SizeOf(IReadOnlyList<CapturedSetting> settings)
    {
        long bytes = 0;
        foreach (CapturedSetting setting in settings) bytes += setting.Name.Length + setting.Value.Length;
        return bytes;
    }

    private void SetConstraints(SetConstraintsSyntax syntax)
    {
        object mark = _deferred.Mark;
        try
        {
            Statements.ForeignKeys.SetConstraints.Execute(syntax, WritingContext([]));
        }
        catch
        {
            _deferred.RollbackTo(mark);
            throw;
        }
    }

    private StatementContext WritingContext(Datum[] parameters)
    {
        StatementContext context = NewContext(_overlay, _overlay, parameters);
        context.Budget = _budget.Next(context.Budget.Interrupt);
        context.Deferred = _deferred;
        return context;
    }

    /// <summary>Writes rows of COPY FROM STDIN and carries them. A failure undoes what it wrote. Returns how many rows.</summary>
    public long Copy(CopyFrom copy, string text, byte[] lines)
    {
        if (_bytes.Count + lines.Length > TransactionBodyCodec.BodyBytesMax) throw CarriedBytes.TooLong(copy, copy.LinesBefore + 1);
        int mark = _overlay.Mark();
        object deferred = _deferred.Mark;
        Begin();
        _inputs.Sequences?.Expect(lines.AsSpan().Count((byte)'\n'));
        try
        {
            long rows = copy.Execute(lines, WritingContext([]));
            Carry(new CarriedStatement
            {
                Text = text,
                Settings = _inputs.Settings.Captured,
                CopyLines = lines,
                Digest = new OutcomeDigest([], isOrdered: false).Finish(CopyFrom.Tag(rows)),
                SequenceValues = _inputs.Sequences?.TakeCaptured() ?? [],
            });
            return rows;
        }
        catch (Exception restart) when (restart is SequenceOrderNeededException or LockWaitNeededException)
        {
            _inputs.Sequences?.Restart();
            _overlay.RollbackTo(mark);
            _deferred.RollbackTo(deferred);
            throw;
        }
        catch
        {
            _overlay.RollbackTo(mark);
            _deferred.RollbackTo(deferred);
            throw;
        }
    }

    /// <exception cref="SqlException">54000: there are too many.</exception>
    public void Savepoint(string name)
    {
        if (_savepoints.Count >= TransactionLimits.SavepointsMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a transaction cannot have more than {TransactionLimits.SavepointsMax} savepoints at a time");
        _savepoints.Add(new SavepointMark(name, _overlay.Mark(), _carried.Count, _deferred.Mark, _locked.Count));
    }

    /// <summary>3B001 where there is none.</summary>
    public void ReleaseSavepoint(string name)
    {
        int at = Find(name);
        _savepoints.RemoveRange(at, _savepoints.Count - at);
    }

    /// <summary>Undoes everything since the savepoint, which stays. 3B001 where there is none.</summary>
    public void RollbackTo(string name)
    {
        int at = Find(name);
        SavepointMark savepoint = _savepoints[at];
        _savepoints.RemoveRange(at + 1, _savepoints.Count - at - 1);
        _overlay.RollbackTo(savepoint.OverlayMark);
        _deferred.RollbackTo(savepoint.Deferred);
        _locked.RollbackTo(savepoint.Locked);
        for (int i = savepoint.Carried; i < _sizes.Count; i++) _bytes.Remove(_sizes[i]);
        _sizes.RemoveRange(savepoint.Carried, _sizes.Count - savepoint.Carried);
        _carried.RemoveRange(savepoint.Carried, _carried.Count - savepoint.Carried);
        _assertions.MoveTo(_carried.Count);
        _inputs.Sequences?.Abandon();
        _catalog = null;
    }

    /// <summary>What is submitted at COMMIT. 40001 if an upper level's footprint is over its limit.</summary>
    public TransactionBody ToBody() => new()
    {
        Kind = TransactionKind.Explicit,
        Isolation = _isolation,
        SnapshotHeight = IsUpper || _locked.Count > 0 ? _base.Snapshot.Height : 0,
        Assertions = [.. _assertions.All],
        Footprint = IsUpper ? _base.Footprint?.ToRanges() ?? [] : _locked.ToRanges(),
        DatabaseOid = _inputs.DatabaseOid,
        ClockMicros = _inputs.ClockMicros,
        Seed = _inputs.Seed,
        Settings = _carried.Count == 0 ? [] : _carried[0].Settings!,
        Statements = WithChangedSettings(),
    };

    /// <summary>Each statement is replayed under the settings that it was run with; they are named where they changed.</summary>
    private CarriedStatement[] WithChangedSettings()
    {
        var statements = new CarriedStatement[_carried.Count];
        for (int i = 0; i < statements.Length; i++)
        {
            bool same = i == 0 || _carried[i].Settings!.SequenceEqual(_carried[i - 1].Settings!);
            statements[i] = same ? _carried[i] with { Settings = null } : _carried[i];
        }

        return statements;
    }

    public void Dispose()
    {
        _carried.Clear();
        _savepoints.Clear();
    }

    /// <summary>A statement begins: what an earlier one captured without being carried is forgotten.</summary>
    private void Begin()
    {
        HasRun = true;
        if (IsUpper) _base.Footprint ??= new Footprint();
        _assertions.MoveTo(_carried.Count);
        _inputs.Sequences?.Begin(Catalog, _overlay);
    }

    private StatementContext NewContext(IReadView state, Overlay? writable, Datum[] parameters)
    {
        StatementContext context = _inputs.NewContext(this, state, writable, parameters, _carried.Count);
        context.TransactionSeed = _inputs.Seed;
        context.KeyCapture = KeyCapture.ForSession();
        context.Assertions = IsUpper ? null : _assertions;
        context.GivesProvisionalRowIds = true;
        return context;
    }

    private bool IsTable(RelationId relation) => Catalog.Relations.OfType<TableDescriptor>().Any(t => t.Rows == relation);

    private int Find(string name)
    {
        int at = _savepoints.FindLastIndex(s => s.Name == name);
        return at >= 0 ? at : throw new SqlException(SqlState.SEInvalidSpecification, $"savepoint \"{name}\" does not exist");
    }

    /// <summary>Parameters in the canonical binary form of their types.</summary>
    private static byte[]?[] Encode(IReadOnlyList<SqlType> types, Datum[] values)
    {
        var encoded = new byte[]?[values.Length];
        var buffer = new ArrayBufferWriter<byte>();
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNull)
            {
                buffer.ResetWrittenCount();
                types[i].Operations.WriteBinary(values[i], buffer);
                encoded[i] = buffer.WrittenSpan.ToArray();
            }
        }

        return encoded;
    }

    /// <summary>Passes rows on and takes their digest; at the end the statement is carried.</summary>
    private sealed class CarryingCursor : StatementCursor
    {
        private readonly LocalTransaction _transaction;
        private readonly PreparedStatement _statement;
        private readonly Datum[] _parameters;
        private readonly StatementContext _context;
        private readonly StatementCursor _inner;
        private readonly OutcomeDigest _digest;
        private readonly int _mark;
        private readonly object _deferredMark;
        private bool _isOver;

        public CarryingCursor(
            LocalTransaction transaction, PreparedStatement statement, Datum[] parameters, StatementContext context, StatementCursor inner, int mark)
        {
            _parameters = parameters;
            _context = context;
            _transaction = transaction;
            _statement = statement;
            _inner = inner;
            _mark = mark;
            _deferredMark = transaction._deferred.Mark;
            _digest = OutcomeDigest.Of(statement);
            transaction._openWrites++;
        }

        public override ReadOnlySpan<Datum> Current => _inner.Current;

        public override string CommandTag => _inner.CommandTag;

        public override long RowCount => _inner.RowCount;

        public override bool MoveNext()
        {
            if (_isOver)
            {
                return false;
            }

            try
            {
                if (_inner.MoveNext())
                {
                    _digest.AddRow(_inner.Current);
                    return true;
                }
            }
            catch (Exception error)
            {
                Undo(error);
                throw;
            }

            End();
            var carried = new CarriedStatement
            {
                Text = _statement.Text,
                Settings = _transaction._inputs.Settings.Captured,
                ParameterTypes = [.. _statement.ParameterTypes.Select(t => t.Oid)],
                Parameters = Encode(_statement.ParameterTypes, _parameters),
                Digest = _digest.Finish(_inner.CommandTag),
                ExpectedTypes = _statement.Columns is null ? null : [.. _statement.Columns.Columns.Select(c => c.Type.Type.Oid)],
                SequenceValues = _transaction._inputs.Sequences?.TakeCaptured() ?? [],
                CapturedKeys = _context.KeyCapture!.Recorded,
            };
            try
            {
                _transaction.Carry(carried);
            }
            catch (SqlException tooLong)
            {
                Undo(tooLong);
                throw;
            }

            foreach (SqlNotice notice in _context.Notices) _transaction._inputs.Tell(notice);
            _transaction._catalog = null;
            return false;
        }

        private void End()
        {
            if (!_isOver) _transaction._openWrites--;
            _isOver = true;
        }

        private void Undo(Exception error)
        {
            End();
            _transaction._overlay.RollbackTo(_mark);
            _transaction._deferred.RollbackTo(_deferredMark);
            _transaction._catalog = null;
            if (error is SequenceOrderNeededException or LockWaitNeededException) _transaction._inputs.Sequences?.Restart();
        }

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
