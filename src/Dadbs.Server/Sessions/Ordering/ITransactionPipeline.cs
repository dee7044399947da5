using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Sessions.Ordering;

/// <summary>
/// What orders and executes transactions, as sessions see it: a node of a cluster, or one process alone. Any number of threads.
/// </summary>
public interface ITransactionPipeline
{
    /// <summary>
    /// The newest executed state. Whoever got a <see cref="TransactionOutcome.Committed"/> sees that transaction here: the state is
    /// published before the outcome is.
    /// </summary>
    Snapshot Latest { get; }

    /// <summary>How a transaction ended: committed, aborted, in progress; null if this node has not seen it.</summary>
    /// <param name="transactionId">64 hexadecimal digits.</param>
    /// <param name="throwIfInterrupted">Called now and then where the search is long.</param>
    string? StatusOf(string transactionId, Action throwIfInterrupted);

    /// <summary>
    /// Signs the body for the role, has it ordered, and waits until it was executed at its place.
    /// </summary>
    /// <param name="roleOid">The role it acts for.</param>
    /// <param name="body">What to execute. Refused with 54000 (<see cref="TransactionOutcome.Failed"/>) when it is too large to carry.</param>
    /// <param name="results">
    /// Is told the results of an ordered-first transaction from this node's own execution, on the apply thread, before the outcome is
    /// known; null for an explicit transaction, whose answers were given already.
    /// </param>
    /// <param name="commitTimeout">dadbs.commit_timeout: after it <see cref="TransactionOutcome.Unknown"/>. Also the transaction's expiry.</param>
    /// <param name="cancellation">
    /// Cancel, statement_timeout, shutdown. Before submission: <see cref="TransactionOutcome.Canceled"/>, nothing happened. After it: the
    /// wait ends with <see cref="TransactionOutcome.Unknown"/>.
    /// </param>
    /// <param name="submitted">
    /// Is told when the transaction has its place before whatever this node submits later, on any thread, before the outcome is known; not at all if it never has one.
    /// </param>
    /// <returns>Never faults for what SQL or the cluster can cause. Continuations do not run on the apply thread.</returns>
    ValueTask<TransactionOutcome> ExecuteAsync(
        uint roleOid, TransactionBody body, IResultObserver? results, TimeSpan commitTimeout, CancellationToken cancellation, Action? submitted = null);
}
