using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Ordering;

/// <summary>How an ordered transaction ended, as its session learns it.</summary>
public abstract record TransactionOutcome
{
    private TransactionOutcome()
    {
    }

    /// <summary>Executed at <paramref name="Height"/> and kept; <see cref="ITransactionPipeline.Latest"/> shows it.</summary>
    public sealed record Committed(long Height) : TransactionOutcome;

    /// <summary>
    /// Nothing of it was kept. <paramref name="Error"/> is the client's answer: the statement's own error, 40001 for a replay that differed or
    /// a transaction that expired unexecuted, 42501 for a key that may not act for the role, 54000 for a body that is too large.
    /// </summary>
    /// <param name="Error">The answer.</param>
    /// <param name="FailedStatement">Index of the statement that failed; -1: refused before its first.</param>
    public sealed record Failed(SqlException Error, int FailedStatement) : TransactionOutcome;

    /// <summary>It was cancelled before it was submitted: nothing happened (57014).</summary>
    public sealed record Canceled : TransactionOutcome;

    /// <summary>
    /// The wait ended after submission: the transaction may still be executed (40003, DETAIL its id in hexadecimal).
    /// <c>dadbs.transaction_status(id)</c> tells later.
    /// </summary>
    public sealed record Unknown(string TransactionId, string Reason) : TransactionOutcome;
}
