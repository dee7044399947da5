using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Sequences at a transaction's place in the order: values captured by the session are taken in turn, each out of an unspent lease of the
/// submitting node; whatever is needed beyond them comes from the counter.
/// </summary>
internal sealed class ReplaySequences(Overlay overlay, byte[] nodeKey) : ISequenceSource
{
    private readonly Dictionary<uint, Queue<long>> _leased = [];
    private readonly Dictionary<uint, long> _current = [];
    private CatalogSnapshot? _catalog;
    private uint _lastOid;

    /// <summary>Is told every value taken, so that the submitting session knows what currval and lastval are.</summary>
    public Action<uint, long>? Taken { get; set; }

    /// <summary>Prepares for a statement with its captured values.</summary>
    public void Begin(CatalogSnapshot catalog, IReadOnlyList<CapturedSequenceValue> captured)
    {
        _catalog = catalog;
        if (captured.Count == 0 && _leased.Count == 0) return;
        _leased.Clear();
        foreach (CapturedSequenceValue value in captured)
        {
            switch (value.Kind)
            {
                case SequenceCapture.LeasedNext:
                    if (!_leased.TryGetValue(value.SequenceOid, out Queue<long>? queue)) _leased[value.SequenceOid] = queue = new Queue<long>();
                    queue.Enqueue(value.Value);
                    break;
                case SequenceCapture.Last:
                    _lastOid = value.SequenceOid;
                    _current[value.SequenceOid] = value.Value;
                    break;
                default:
                    _current[value.SequenceOid] = value.Value;
                    break;
            }
        }
    }

    public long Next(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        long value;
        if (_leased.TryGetValue(sequenceOid, out Queue<long>? queue) && queue.TryDequeue(out value))
        {
            if (!SequenceLease.TrySpend(overlay, Database, sequenceOid, nodeKey, value))
            {
                throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
                {
                    Detail = $"Value {value} of sequence \"{sequence.Name}\" is not in a lease of this node.",
                };
            }
        }
        else
        {
            value = SequenceState.Read(overlay, Database, sequence).Next(sequence);
            new SequenceState(value, true).Write(overlay, Database, sequenceOid);
        }

        _current[sequenceOid] = value;
        _lastOid = sequenceOid;
        Taken?.Invoke(sequenceOid, value);
        return value;
    }

    public long Current(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        return _current.TryGetValue(sequenceOid, out long value)
            ? value
            : throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"currval of sequence \"{sequence.Name}\" is not yet defined in this session");
    }

    public long Last() => _lastOid != 0
        ? _current[_lastOid]
        : throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session");

    public void Set(uint sequenceOid, long value, bool isCalled)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        if (value < sequence.Minimum || value > sequence.Maximum)
        {
            throw new SqlException(
                SqlState.NumericValueOutOfRange, $"setval: value {value} is out of bounds for sequence \"{sequence.Name}\" ({sequence.Minimum}..{sequence.Maximum})");
        }

        new SequenceState(value, isCalled).Write(overlay, Database, sequenceOid);
        SequenceLease.EndAll(overlay, Database, sequenceOid);
        if (!isCalled) return;
        _current[sequenceOid] = value;
        Taken?.Invoke(sequenceOid, value);
    }

    private uint Database => _catalog!.Database.Oid;

    private SequenceDescriptor Require(uint oid) => _catalog!.RelationByOid(oid) switch
    {
        SequenceDescriptor sequence => sequence,
        { } other => throw new SqlException(SqlState.WrongObjectType, $"\"{other.Name}\" is not a sequence"),
        null => throw new SqlException(SqlState.UndefinedTable, $"could not open relation with OID {oid}"),
    };
}
