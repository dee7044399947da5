using System.Collections.Immutable;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Statements;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// A transaction's deferred constraints: which constraints SET CONSTRAINTS has set how, and the checks that wait for its end. Checked by the
/// session at COMMIT, and by every node at the end of the transaction's replay. Its state is one immutable value, so that a savepoint is a reference.
/// </summary>
public sealed class DeferredConstraints
{
    private static readonly State Initial = new(null, ImmutableDictionary<uint, bool>.Empty, [], 0);

    private State _state = Initial;

    /// <param name="All">What SET CONSTRAINTS ALL said.</param>
    /// <param name="Named">What it said of single ones since.</param>
    /// <param name="Pending">In the order in which they came.</param>
    /// <param name="PendingBytes">What they hold together.</param>
    private sealed record State(bool? All, ImmutableDictionary<uint, bool> Named, ImmutableList<ConstraintEvent> Pending, long PendingBytes);

    /// <summary>What <see cref="RollbackTo"/> takes back to.</summary>
    public object Mark => _state;

    public bool HasPending => _state.Pending.Count > 0;

    public void RollbackTo(object mark) => _state = (State)mark;

    /// <summary>Whether the constraint's checks wait for the end of the transaction now.</summary>
    /// <param name="constraint">Its OID.</param>
    /// <param name="isDeferrable">What it was declared as.</param>
    /// <param name="isInitiallyDeferred">What holds unless SET CONSTRAINTS said otherwise.</param>
    public bool IsDeferred(uint constraint, bool isDeferrable, bool isInitiallyDeferred)
    {
        if (!isDeferrable) return false;
        return _state.Named.TryGetValue(constraint, out bool named) ? named : _state.All ?? isInitiallyDeferred;
    }

    /// <summary>SET CONSTRAINTS. Checks that waited for a constraint which is immediate from now on are made at once.</summary>
    /// <param name="constraints">OIDs; null: ALL.</param>
    /// <param name="deferred">DEFERRED or IMMEDIATE.</param>
    /// <param name="context">Where checks are made.</param>
    /// <exception cref="SqlException">23503, 23505.</exception>
    public void Set(IReadOnlyList<uint>? constraints, bool deferred, StatementContext context)
    {
        _state = constraints is null
            ? _state with { All = deferred, Named = ImmutableDictionary<uint, bool>.Empty }
            : _state with { Named = _state.Named.SetItems(constraints.Select(oid => KeyValuePair.Create(oid, deferred))) };
        if (!deferred) Check(pending => constraints?.Contains(pending.ConstraintOid) ?? true, context);
    }

    /// <summary>The end of the transaction: every check that waited.</summary>
    /// <exception cref="SqlException">23503, 23505.</exception>
    public void CheckAll(StatementContext context) => Check(static _ => true, context);

    /// <exception cref="SqlException">54000.</exception>
    internal void Add(ConstraintEvent pending)
    {
        if (_state.Pending.Count >= TransactionLimits.DeferredChecksMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a transaction cannot put off more than {TransactionLimits.DeferredChecksMax} checks of its constraints");
        long bytes = _state.PendingBytes + pending.HeldBytes;
        if (bytes > TransactionLimits.DeferredBytesMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"checks of constraints that a transaction puts off cannot hold more than {TransactionLimits.DeferredBytesMax} bytes");
        _state = _state with { Pending = _state.Pending.Add(pending), PendingBytes = bytes };
    }

    /// <summary>55006 while checks of the table's constraints wait: the definition they speak of must not change beneath them.</summary>
    internal void RequireNonePending(TableDescriptor table, string command, CatalogSnapshot catalog)
    {
        foreach (ConstraintEvent pending in _state.Pending)
        {
            if (pending.Written(catalog)?.Oid == table.Oid)
                throw new SqlException(SqlState.ObjectInUse, $"cannot {command} \"{table.Name}\" because it has pending trigger events");
        }
    }

    private void Check(Func<ConstraintEvent, bool> isMeant, StatementContext context)
    {
        long settled = 0;
        foreach (ConstraintEvent pending in _state.Pending)
        {
            if (!isMeant(pending)) continue;
            pending.Settle(context);
            settled += pending.HeldBytes;
        }

        _state = _state with { Pending = _state.Pending.RemoveAll(pending => isMeant(pending)), PendingBytes = _state.PendingBytes - settled };
    }
}
