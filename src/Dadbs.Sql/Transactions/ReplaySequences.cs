using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Sequences at a transaction's place in the order: values captured by the session are taken in turn, each out of an unspent lease of the
/// submitting node; whatever is needed beyond them comes from the counter.
/// </summary>
/// <param name="overlay">The transaction's.</param>
/// <param name="nodeKey">Of the submitting node.</param>
/// <param name="observer">Is told every value taken, so that the submitting session knows what currval and lastval are.</param>
/// <remarks>nextval and setval survive the failure of their transaction, as in PostgreSQL: <see cref="Survive"/>.</remarks>
internal sealed class ReplaySequences(Overlay overlay, byte[] nodeKey, IResultObserver? observer) : ISequenceSource
{
    // Most transactions use no sequence.
    private Dictionary<uint, Queue<CapturedSequenceValue>>? _captured;
    private Dictionary<uint, long>? _current;
    private List<Step>? _steps;
    private CatalogSnapshot? _catalog;
    private uint _lastOid;

    private enum StepKind
    {
        /// <summary>Values taken off the counter.</summary>
        Take,

        /// <summary>A leased value spent.</summary>
        Spend,

        /// <summary>The counter set, called.</summary>
        Set,

        /// <summary>The counter set, not called yet.</summary>
        SetUncalled,
    }

    private readonly record struct Step(StepKind Kind, uint SequenceOid, long Value);

    private uint Database => _catalog!.Database.Oid;

    /// <summary>Prepares for a statement with its captured values.</summary>
    public void Begin(CatalogSnapshot catalog, IReadOnlyList<CapturedSequenceValue> captured)
    {
        _catalog = catalog;
        _captured?.Clear();
        foreach (CapturedSequenceValue value in captured)
        {
            switch (value.Kind)
            {
                case SequenceCapture.LeasedNext or SequenceCapture.Set:
                    _captured ??= [];
                    if (!_captured.TryGetValue(value.SequenceOid, out Queue<CapturedSequenceValue>? queue)) _captured[value.SequenceOid] = queue = new();
                    queue.Enqueue(value);
                    break;
                case SequenceCapture.Last:
                    _lastOid = value.SequenceOid;
                    SetCurrent(value.SequenceOid, value.Value);
                    break;
                default:
                    SetCurrent(value.SequenceOid, value.Value);
                    break;
            }
        }
    }

    public long Next(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        long value;
        if (TryCaptured(sequenceOid, SequenceCapture.LeasedNext, out value))
        {
            if (!SequenceLease.TrySpend(overlay, Database, sequence, nodeKey, value))
            {
                throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
                {
                    Detail = $"Value {value} of sequence \"{sequence.Name}\" is not in a lease of this node.",
                };
            }

            (_steps ??= []).Add(new Step(StepKind.Spend, sequenceOid, value));
        }
        else
        {
            value = SequenceState.Read(overlay, Database, sequence).Next(sequence);
            new SequenceState(value, true).Write(overlay, Database, sequenceOid);
            NoteTaken(sequenceOid);
        }

        SetCurrent(sequenceOid, value);
        _lastOid = sequenceOid;
        observer?.SequenceTaken(sequenceOid, value);
        return value;
    }

    public long Current(uint sequenceOid)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        return _current is not null && _current.TryGetValue(sequenceOid, out long value)
            ? value
            : throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"currval of sequence \"{sequence.Name}\" is not yet defined in this session");
    }

    public long Last() => _lastOid != 0
        ? _current![_lastOid]
        : throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session");

    /// <summary>Sets the counter, unless the session had that ordered by itself before (<see cref="SequenceCapture.Set"/>).</summary>
    public void Set(uint sequenceOid, long value, bool isCalled)
    {
        SequenceDescriptor sequence = Require(sequenceOid);
        sequence.RequireInBounds(value);
        if (!TryCaptured(sequenceOid, SequenceCapture.Set, out _))
        {
            new SequenceState(value, isCalled).Write(overlay, Database, sequenceOid);
            SequenceLease.EndAll(overlay, Database, sequenceOid);
            (_steps ??= []).Add(new Step(isCalled ? StepKind.Set : StepKind.SetUncalled, sequenceOid, value));
        }

        if (!isCalled) return;
        SetCurrent(sequenceOid, value);
        observer?.SequenceTaken(sequenceOid, value);
    }

    /// <summary>
    /// The transaction failed and its effects are gone: does again what it did to sequences that were there before it. Only what it defined
    /// itself (CREATE, ALTER SEQUENCE) is undone with it.
    /// </summary>
    /// <param name="block">The block's overlay.</param>
    /// <param name="before">The catalog before the transaction.</param>
    public void Survive(Overlay block, CatalogSnapshot before)
    {
        uint database = before.Database.Oid;
        foreach (Step step in _steps ?? [])
        {
            if (before.RelationByOid(step.SequenceOid) is not SequenceDescriptor sequence) continue;
            switch (step.Kind)
            {
                case StepKind.Take:
                    TakeAgain(block, database, sequence, step.Value);
                    break;
                case StepKind.Spend:
                    SequenceLease.TrySpend(block, database, sequence, nodeKey, step.Value);
                    break;
                default:
                    new SequenceState(step.Value, step.Kind == StepKind.Set).Write(block, database, sequence.Oid);
                    SequenceLease.EndAll(block, database, sequence.Oid);
                    break;
            }
        }
    }

    /// <summary>Stops where the sequence ends: the transaction may have failed for that.</summary>
    private static void TakeAgain(Overlay block, uint database, SequenceDescriptor sequence, long count)
    {
        SequenceState state = SequenceState.Read(block, database, sequence);
        for (long i = 0; i < count && state.TryNext(sequence, out long next); i++) state = new SequenceState(next, true);
        state.Write(block, database, sequence.Oid);
    }

    /// <summary>Values taken in a row are one step.</summary>
    private void NoteTaken(uint sequenceOid)
    {
        if (_steps is [.., { Kind: StepKind.Take } last] && last.SequenceOid == sequenceOid) _steps[^1] = last with { Value = last.Value + 1 };
        else (_steps ??= []).Add(new Step(StepKind.Take, sequenceOid, 1));
    }

    private bool TryCaptured(uint sequenceOid, SequenceCapture kind, out long value)
    {
        value = 0;
        if (_captured is null || !_captured.TryGetValue(sequenceOid, out Queue<CapturedSequenceValue>? queue) || !queue.TryPeek(out CapturedSequenceValue? captured) || captured.Kind != kind)
            return false;
        queue.Dequeue();
        value = captured.Value;
        return true;
    }

    private void SetCurrent(uint sequenceOid, long value) => (_current ??= [])[sequenceOid] = value;

    private SequenceDescriptor Require(uint oid) => _catalog!.SequenceByOid(oid);
}
