using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>Has a range of sequence values ordered for the node: a transaction of its own, whatever becomes of the one that asks.</summary>
internal static class LeaseRequests
{
    public static async ValueTask TakeAsync(SessionState session, SequenceLeaseNeededException need)
    {
        var body = new TransactionBody
        {
            Kind = TransactionKind.Leases,
            DatabaseOid = session.Database.Oid,
            ClockMicros = session.NowUnixMicros,
            Seed = SessionSeed.Draw(),
            LeaseRequests = [new LeaseRequest(need.SequenceOid, need.Count)],
        };
        TransactionOutcome outcome = await session.Services.Pipeline.ExecuteAsync(
            session.SessionRole.Oid,
            body,
            new Granted(session.Services.Leases, session.Database.Oid),
            session.Settings.Duration("dadbs.commit_timeout"),
            session.Interrupt.Token).ConfigureAwait(false);
        switch (outcome)
        {
            case TransactionOutcome.Committed: return;
            case TransactionOutcome.Failed failed: throw failed.Error;
            case TransactionOutcome.Canceled: throw session.Interrupt.Reason();
            case TransactionOutcome.Unknown unknown: throw new StatementFailedException(TransactionBlock.UnknownOutcome(unknown));
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Puts the values where all sessions of the node find them.</summary>
    private sealed class Granted(NodeLeases leases, uint database) : IResultObserver
    {
        public void LeaseGranted(uint sequenceOid, long first, long increment, int count) => leases.Add(database, sequenceOid, first, increment, count);

        public void BeginStatement(int index, PreparedStatement statement)
        {
        }

        public void Row(ReadOnlySpan<Datum> row)
        {
        }

        public void EndStatement(string commandTag)
        {
        }

        public void Notice(SqlNotice notice)
        {
        }

        public void SequenceTaken(uint sequenceOid, long value)
        {
        }
    }
}
