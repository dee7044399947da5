using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// A statement in an explicit transaction needs something of a sequence that only the order can give; the session has it ordered in a
/// transaction of its own, whatever becomes of the statement's, and runs the statement again. Not an error of SQL.
/// </summary>
public abstract class SequenceOrderNeededException(string message) : Exception(message);

/// <summary>Values of which the node holds none: a lease is to be ordered (<see cref="TransactionKind.Leases"/>).</summary>
public sealed class SequenceLeaseNeededException(uint sequenceOid, int count) : SequenceOrderNeededException($"a lease of {count} values of sequence {sequenceOid} is needed")
{
    public uint SequenceOid { get; } = sequenceOid;

    /// <summary>How many values to ask for.</summary>
    public int Count { get; } = count;
}

/// <summary>setval: it is to be ordered by itself, as it survives ROLLBACK.</summary>
public sealed class SequenceSettingNeededException(uint sequenceOid, long value, bool isCalled) : SequenceOrderNeededException($"sequence {sequenceOid} is to be set to {value}")
{
    public uint SequenceOid { get; } = sequenceOid;

    public long Value { get; } = value;

    public bool IsCalled { get; } = isCalled;
}

/// <summary>
/// Sequences as one session sees them: what currval and lastval are, and in explicit transactions nextval out of the node's leases, each
/// value captured for the replay. One thread.
/// </summary>
/// <param name="leases">The node's, shared by its sessions.</param>
/// <param name="database">OID of the session's database.</param>
/// <param name="latest">The newest executed state.</param>
public sealed class SessionSequences(NodeLeases leases, uint database, Func<IReadView> latest) : ISequenceSource
{
    private readonly Dictionary<uint, long> _current = [];
    private readonly List<CapturedSequenceValue> _captured = [];

    /// <summary>Drawn by the transaction so far, carried or not: settled when it is over.</summary>
    private readonly List<(uint Sequence, long Value)> _drawn = [];

    /// <summary>What setval was ordered for the statement that runs, in the order of its calls.</summary>
    private readonly List<(uint Sequence, long Value, bool IsCalled)> _ordered = [];

    private Overlay? _overlay;
    private int _drawnBefore;
    private int _repeated;
    private bool _runsAgain;
    private long _expected;
    private uint _lastOid;

    /// <summary>The catalog of the statement that runs, for names and bounds.</summary>
    private CatalogSnapshot? Catalog { get; set; }

    /// <summary>A value that the session's ordered transaction took at its place.</summary>
    public void Note(uint sequenceOid, long value)
    {
        _current[sequenceOid] = value;
        _lastOid = sequenceOid;
    }

    /// <summary>A statement begins, or begins again: forgets what an earlier one captured.</summary>
    /// <param name="catalog">The catalog of the statement.</param>
    /// <param name="overlay">The transaction's own writes; null outside of one.</param>
    public void Begin(CatalogSnapshot catalog, Overlay? overlay)
    {
        (Catalog, _overlay) = (catalog, overlay);
        _captured.Clear();
        if (!_runsAgain) _ordered.Clear();
        (_repeated, _runsAgain, _expected) = (0, false, 0);
        _drawnBefore = _drawn.Count;
    }

    /// <summary>DISCARD SEQUENCES: currval and lastval are undefined again.</summary>
    public void Discard()
    {
        _current.Clear();
        _lastOid = 0;
    }

    public void Expect(long rows) => _expected = rows;

    /// <exception cref="SqlException">54000: the statement captured too many.</exception>
    private void Capture(CapturedSequenceValue value)
    {
        if (_captured.Count >= TransactionLimits.CapturedSequenceValuesMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a statement in a transaction block cannot use more than {TransactionLimits.CapturedSequenceValuesMax} values of sequences");
        _captured.Add(value);
    }

    public long Next(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        if (IsOwn(sequenceOid))
        {
            long own = SequenceState.Read(_overlay!, database, sequence).Next(sequence);
            new SequenceState(own, true).Write(_overlay!, database, sequenceOid);
            Note(sequenceOid, own);
            return own;
        }

        if (!leases.TryTake(database, sequenceOid, latest(), out long value))
        {
            long needed = Math.Max(_captured.Count(c => c.Kind == SequenceCapture.LeasedNext && c.SequenceOid == sequenceOid) + 1, _expected);
            throw new SequenceLeaseNeededException(sequenceOid, leases.NextRequest(database, sequenceOid, needed));
        }

        Capture(new CapturedSequenceValue(SequenceCapture.LeasedNext, sequenceOid, value));
        _drawn.Add((sequenceOid, value));
        Note(sequenceOid, value);
        return value;
    }

    public long Current(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        if (!_current.TryGetValue(sequenceOid, out long value))
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"currval of sequence \"{sequence.Name}\" is not yet defined in this session");
        Capture(new CapturedSequenceValue(SequenceCapture.Current, sequenceOid, value));
        return value;
    }

    public long Last()
    {
        if (_lastOid == 0) throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session");
        Capture(new CapturedSequenceValue(SequenceCapture.Last, _lastOid, _current[_lastOid]));
        return _current[_lastOid];
    }

    public void Set(uint sequenceOid, long value, bool isCalled)
    {
        Require(sequenceOid).RequireInBounds(value);
        if (IsOwn(sequenceOid))
        {
            new SequenceState(value, isCalled).Write(_overlay!, database, sequenceOid);
            if (isCalled) _current[sequenceOid] = value;
            return;
        }

        if (_repeated == _ordered.Count || _ordered[_repeated] != (sequenceOid, value, isCalled))
        {
            _ordered.RemoveRange(_repeated, _ordered.Count - _repeated);
            throw new SequenceSettingNeededException(sequenceOid, value, isCalled);
        }

        _repeated++;
        Capture(new CapturedSequenceValue(SequenceCapture.Set, sequenceOid, value));
        if (isCalled) _current[sequenceOid] = value;
    }

    /// <summary>setval was ordered and executed: the statement that asked for it goes on when it runs again.</summary>
    public void SettingDone(SequenceSettingNeededException need) => _ordered.Add((need.SequenceOid, need.Value, need.IsCalled));

    /// <summary>What the statement just run captured.</summary>
    public IReadOnlyList<CapturedSequenceValue> TakeCaptured()
    {
        CapturedSequenceValue[] captured = [.. _captured];
        _captured.Clear();
        return captured;
    }

    /// <summary>The statement was undone to run again: the values it drew go back to the node.</summary>
    public void Restart()
    {
        foreach (IGrouping<uint, CapturedSequenceValue> drawn in _captured.Where(c => c.Kind == SequenceCapture.LeasedNext).GroupBy(c => c.SequenceOid))
            leases.GiveBack(database, drawn.Key, drawn.Select(c => c.Value));

        _drawn.RemoveRange(_drawnBefore, _drawn.Count - _drawnBefore);
        _captured.Clear();
        _runsAgain = true;
    }

    /// <summary>A statement failed instead of running again, and the transaction goes on behind it: what was ordered for it counts for no other.</summary>
    public void Abandon()
    {
        _ordered.Clear();
        _runsAgain = false;
    }

    /// <summary>What an ordered transaction of the session gives back to the counters that it takes from.</summary>
    public IReadOnlyList<LeaseReturn> TakeReturns(IReadOnlyCollection<uint> sequences) => leases.TakeReturns(database, sequences);

    /// <summary>A tail was not taken back.</summary>
    public void Restore(LeaseReturn tail, long increment, int count) => leases.Restore(database, tail, increment, count);

    /// <summary>
    /// The transaction is over. Values that it drew and did not commit are gaps, as in PostgreSQL. One whose outcome is unknown may still spend
    /// its values: they stay reserved until the node's process ends.
    /// </summary>
    public void EndTransaction(bool isOutcomeKnown)
    {
        if (isOutcomeKnown)
        {
            foreach (IGrouping<uint, (uint Sequence, long Value)> drawn in _drawn.GroupBy(d => d.Sequence))
                leases.Settle(database, drawn.Key, drawn.Select(d => d.Value));
        }

        _drawn.Clear();
        Abandon();
    }

    /// <summary>currval and lastval for a statement that is ordered before it is executed: all that it might ask for, if it asks at all.</summary>
    public IReadOnlyList<CapturedSequenceValue> CaptureFor(string text)
    {
        if (_lastOid == 0) return [];
        bool asks = text.Contains("currval", StringComparison.OrdinalIgnoreCase) || text.Contains("lastval", StringComparison.OrdinalIgnoreCase);
        if (!asks) return [];
        List<CapturedSequenceValue> values = [.. _current.OrderBy(c => c.Key).Select(c => new CapturedSequenceValue(SequenceCapture.Current, c.Key, c.Value))];
        values.Add(new CapturedSequenceValue(SequenceCapture.Last, _lastOid, _current[_lastOid]));
        return values;
    }

    /// <summary>
    /// The transaction itself created the sequence or set it anew (CREATE, ALTER SEQUENCE, TRUNCATE … RESTART IDENTITY): nobody else can take
    /// from that counter before it commits, and the replay meets the same one.
    /// </summary>
    private bool IsOwn(uint sequenceOid) =>
        _overlay is { } overlay && overlay.HasWritten(SystemRelations.SequenceStates(database), CatalogKeys.Oid(sequenceOid));

    private SequenceDescriptor Require(uint oid) => Catalog!.SequenceByOid(oid);
}
