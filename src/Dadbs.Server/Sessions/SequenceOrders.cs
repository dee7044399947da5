using System.Buffers.Binary;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>
/// What a statement of an explicit transaction needs of a sequence and only the order can give, each in a transaction of its own: a range of values
/// for the node, or the counter set. It stays, whatever becomes of the transaction that asks.
/// </summary>
internal static class SequenceOrders
{
    public static ValueTask ExecuteAsync(SessionState session, SequenceOrderNeededException need) => need switch
    {
        SequenceLeaseNeededException lease => TakeLeasesAsync(session, lease),
        SequenceSettingNeededException setting => SetAsync(session, setting),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async ValueTask TakeLeasesAsync(SessionState session, SequenceLeaseNeededException need)
    {
        var requests = new List<LeaseRequest>();
        for (int left = need.Count; left > 0; left -= LeaseRequest.CountMax)
            requests.Add(new LeaseRequest(need.SequenceOid, Math.Min(left, LeaseRequest.CountMax)));
        TransactionBody body = NewBody(session, TransactionKind.Leases) with
        {
            LeaseRequests = requests,
            LeaseReturns = session.Services.Leases.TakeOver(session.Database.Oid, need.SequenceOid),
        };
        var granted = new Granted();
        await OrderAsync(session, body, granted).ConfigureAwait(false);
        foreach ((long first, long increment, int count) in granted.Leases)
            session.Services.Leases.Add(session.Database.Oid, need.SequenceOid, first, increment, count);
    }

    private static async ValueTask SetAsync(SessionState session, SequenceSettingNeededException need)
    {
        var value = new byte[8];
        var oid = new byte[4];
        BinaryPrimitives.WriteInt64BigEndian(value, need.Value);
        BinaryPrimitives.WriteUInt32BigEndian(oid, need.SequenceOid);
        TransactionBody body = NewBody(session, TransactionKind.OrderedFirst) with
        {
            Settings = session.Settings.Captured,
            Statements =
            [
                new CarriedStatement
                {
                    Text = "SELECT pg_catalog.setval($1::pg_catalog.regclass, $2, $3)",
                    ParameterTypes = [SqlTypes.Oid.Oid, SqlTypes.BigInt.Oid, SqlTypes.Boolean.Oid],
                    Parameters = [oid, value, [need.IsCalled ? (byte)1 : (byte)0]],
                },
            ],
        };
        await OrderAsync(session, body, null).ConfigureAwait(false);
        session.Sequences.SettingDone(need);
    }

    private static TransactionBody NewBody(SessionState session, TransactionKind kind) => new()
    {
        Kind = kind,
        DatabaseOid = session.Database.Oid,
        ClockMicros = session.NowUnixMicros,
        Seed = SessionSeed.Draw(),
    };

    private static async ValueTask OrderAsync(SessionState session, TransactionBody body, IResultObserver? observer)
    {
        TransactionOutcome outcome = await session.Services.Pipeline.ExecuteAsync(
            session.SessionRole.Oid, body, observer, session.Settings.Duration("dadbs.commit_timeout"), session.Interrupt.Token).ConfigureAwait(false);

        // The statement that needed it runs now, on the thread of the answers otherwise.
        if (EventThread.IsCurrent) await EventThread.Leave();
        switch (outcome)
        {
            case TransactionOutcome.Committed: return;
            case TransactionOutcome.Failed failed: throw failed.Error;
            case TransactionOutcome.Canceled: throw session.Interrupt.Reason();
            case TransactionOutcome.Unknown unknown: throw new StatementFailedException(TransactionBlock.UnknownOutcome(unknown));
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Keeps what was granted until the transaction is known to have committed.</summary>
    private sealed class Granted : IResultObserver
    {
        public List<(long First, long Increment, int Count)> Leases { get; } = [];

        public void Begin() => Leases.Clear();

        public void LeaseGranted(uint sequenceOid, long first, long increment, int count) => Leases.Add((first, increment, count));

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
    }
}
