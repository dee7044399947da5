using System.Runtime.CompilerServices;
using Dadbs.Replication;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;

namespace Dadbs.Server.Execution;

/// <summary>
/// The way of a session's transaction into the chain and of its outcome back: encode, sign, hand to the lane, wait until this node has executed it at its
/// place.
/// </summary>
internal sealed class TransactionPipeline(ReplicationNode replication, SqlStateMachine machine, TimeProvider time) : ITransactionPipeline
{
    private readonly OldTransactions _old = new(replication, machine);

    public Snapshot Latest => machine.Latest;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one a statement; what it returns is awaited once
    public async ValueTask<TransactionOutcome> ExecuteAsync(
        uint roleOid, TransactionBody body, IResultObserver? results, TimeSpan commitTimeout, CancellationToken cancellation, Action? submitted = null)
    {
        byte[] encoded = TransactionBodyCodec.Encode(body);
        if (encoded.Length > TransactionBodyCodec.BodyBytesMax)
        {
            return new TransactionOutcome.Failed(
                new SqlException(SqlState.ProgramLimitExceeded, $"transaction of {encoded.Length} bytes exceeds the limit of {TransactionBodyCodec.BodyBytesMax}"), -1);
        }

        // Rule X1a: the chain refuses what expires later than that, by the clock of whoever proposes.
        ChainParameters parameters = replication.Genesis.Parameters;
        long expiry = NowMicros() + Math.Min((long)commitTimeout.TotalMicroseconds, parameters.ExpiryAheadMicros - parameters.ClockDriftMicros);
        var transaction = replication.Prepare(roleOid, encoded, expiry);
        var waiter = machine.Pending.Add(transaction.Id, results, expiry);
        try
        {
            await replication.SubmitAsync(transaction, commitTimeout, cancellation).ConfigureAwait(false);
            submitted?.Invoke();
        }
        catch (OperationCanceledException)
        {
            machine.Pending.Remove(transaction.Id);
            return new TransactionOutcome.Canceled();
        }
        catch (TimeoutException)
        {
            machine.Pending.Remove(transaction.Id);
            return new TransactionOutcome.Failed(NotSubmitted(commitTimeout), -1);
        }
        catch (DiskFullException full)
        {
            machine.Pending.Remove(transaction.Id);
            return new TransactionOutcome.Failed(DiskFull(full), -1);
        }

        return await machine.Pending.AwaitAsync(waiter, commitTimeout, cancellation).ConfigureAwait(false);
    }

    public string? StatusOf(string transactionId, Action throwIfInterrupted)
    {
        var id = Hash256.FromHex(transactionId);
        TransactionPlace? place = machine.Index.Find(id);
        if (place is { WasDue: true } known) return Word(known.Receipt);
        if (machine.Pending.Contains(id)) return "in progress";

        return (_old.Find(id, throwIfInterrupted) ?? place?.Receipt) is { } receipt ? Word(receipt) : null;
    }

    /// <summary>Rule L5: the lane was full for as long as the client was willing to wait. Unlike 40003, the outcome is known.</summary>
    private static SqlException NotSubmitted(TimeSpan waited) => new(
        SqlState.SerializationFailure, $"the transaction could not be submitted within dadbs.commit_timeout ({waited.TotalSeconds:0.###} s)")
    {
        Detail = "It was not executed; it is safe to retry.",
    };

    /// <summary>As PostgreSQL says it when a write finds no room.</summary>
    private static SqlException DiskFull(DiskFullException full) => new(SqlState.DiskFull, $"this node's disk is full: {full.Message}")
    {
        Detail = "The transaction was not submitted. This node answers reads only.",
        Hint = "Free disk space and start the node again, or write on another node.",
    };

    private static string Word(Receipt receipt) => receipt == Receipt.Committed ? "committed" : "aborted";

    private long NowMicros() => (long)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds;
}
