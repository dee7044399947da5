using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// A statement in an explicit transaction needs values of a sequence of which the node holds none: the session has a lease ordered
/// (<see cref="TransactionKind.Leases"/>), then runs the statement again. Not an error of SQL.
/// </summary>
public sealed class SequenceLeaseNeededException(uint sequenceOid, int count) : Exception($"a lease of {count} values of sequence {sequenceOid} is needed")
{
    public uint SequenceOid { get; } = sequenceOid;

    /// <summary>How many values to ask for.</summary>
    public int Count { get; } = count;
}

/// <summary>
/// Sequences as one session sees them: what currval and lastval are, and in explicit transactions nextval out of the node's leases, each
/// value captured for the replay. One thread.
/// </summary>
public sealed class SessionSequences(NodeLeases leases, uint database) : ISequenceSource
{
    private readonly Dictionary<uint, long> _current = [];
    private readonly List<CapturedSequenceValue> _captured = [];
    private uint _lastOid;

    /// <summary>The catalog of the statement that runs, for names and bounds.</summary>
    public CatalogSnapshot? Catalog { get; set; }

    /// <summary>A value that the session's ordered transaction took at its place.</summary>
    public void Note(uint sequenceOid, long value)
    {
        _current[sequenceOid] = value;
        _lastOid = sequenceOid;
    }

    public long Next(uint sequenceOid)
    {
        RequireSequence(sequenceOid);
        if (!leases.TryTake(database, sequenceOid, out long value))
        {
            int drawn = _captured.Count(c => c.Kind == SequenceCapture.LeasedNext && c.SequenceOid == sequenceOid);
            throw new SequenceLeaseNeededException(sequenceOid, leases.NextRequest(database, sequenceOid, drawn + 1));
        }

        _captured.Add(new CapturedSequenceValue(SequenceCapture.LeasedNext, sequenceOid, value));
        Note(sequenceOid, value);
        return value;
    }

    public long Current(uint sequenceOid)
    {
        SequenceDescriptor sequence = RequireSequence(sequenceOid);
        if (!_current.TryGetValue(sequenceOid, out long value))
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"currval of sequence \"{sequence.Name}\" is not yet defined in this session");
        _captured.Add(new CapturedSequenceValue(SequenceCapture.Current, sequenceOid, value));
        return value;
    }

    public long Last()
    {
        if (_lastOid == 0) throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session");
        _captured.Add(new CapturedSequenceValue(SequenceCapture.Last, _lastOid, _current[_lastOid]));
        return _current[_lastOid];
    }

    public void Set(uint sequenceOid, long value, bool isCalled) =>
        throw new SqlException(SqlState.FeatureNotSupported, "setval in an explicit transaction is not supported")
        {
            Hint = "Call it outside a transaction block.",
        };

    /// <summary>What the statement just run captured; the next one starts empty.</summary>
    public IReadOnlyList<CapturedSequenceValue> TakeCaptured()
    {
        CapturedSequenceValue[] captured = [.. _captured];
        _captured.Clear();
        return captured;
    }

    /// <summary>The statement is to run again: the values it drew go back to the node.</summary>
    public void Restart()
    {
        foreach (IGrouping<uint, CapturedSequenceValue> drawn in _captured.Where(c => c.Kind == SequenceCapture.LeasedNext).GroupBy(c => c.SequenceOid))
            leases.GiveBack(database, drawn.Key, drawn.Select(c => c.Value));
        _captured.Clear();
    }

    /// <summary>currval and lastval for a statement that is ordered before it is executed: all that it might ask for, if it asks at all.</summary>
    public IReadOnlyList<CapturedSequenceValue> CaptureFor(string text)
    {
        bool asks = text.Contains("currval", StringComparison.OrdinalIgnoreCase) || text.Contains("lastval", StringComparison.OrdinalIgnoreCase);
        if (!asks || _lastOid == 0) return [];
        List<CapturedSequenceValue> values = [.. _current.OrderBy(c => c.Key).Select(c => new CapturedSequenceValue(SequenceCapture.Current, c.Key, c.Value))];
        values.Add(new CapturedSequenceValue(SequenceCapture.Last, _lastOid, _current[_lastOid]));
        return values;
    }

    private SequenceDescriptor RequireSequence(uint oid) => Catalog?.RelationByOid(oid) switch
    {
        SequenceDescriptor sequence => sequence,
        { } other => throw new SqlException(SqlState.WrongObjectType, $"\"{other.Name}\" is not a sequence"),
        null => throw new SqlException(SqlState.UndefinedTable, $"could not open relation with OID {oid}"),
    };
}
