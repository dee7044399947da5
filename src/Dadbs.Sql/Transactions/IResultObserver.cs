using Dadbs.Sql.Types;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Sees the results of a transaction's statements while it is executed: how the submitting node encodes its client's answer, and how digests
/// are taken. It must keep what it is given by copying; it cannot fail the statement. An execution ahead of the order may turn out not to be the transaction's (Rule X4): nothing that is
/// seen may have an effect before <see cref="Final"/>.
/// </summary>
public interface IResultObserver
{
    /// <summary>The transaction is executed from its start. What was seen of it before is void.</summary>
    void Begin();

    /// <summary>What was seen since <see cref="Begin"/> is the transaction's execution at its place in the order, whether it committed or failed.</summary>
    void Final()
    {
    }

    void BeginStatement(int index, PreparedStatement statement);

    void Row(ReadOnlySpan<Datum> row);

    void EndStatement(string commandTag);

    /// <summary>NOTICE, WARNING and the like, in the order in which they arose.</summary>
    void Notice(SqlNotice notice);

    /// <summary>A sequence gave this value to nextval or setval: what currval is in the session from now on.</summary>
    void SequenceTaken(uint sequenceOid, long value)
    {
    }

    /// <summary>The node may hand these values out (<see cref="NodeLeases.Add"/>).</summary>
    void LeaseGranted(uint sequenceOid, long first, long increment, int count)
    {
    }

    /// <summary>The counter had moved on: the tail that the transaction brought back stays the node's (<see cref="NodeLeases.Restore"/>).</summary>
    void LeaseKept(LeaseReturn tail, long increment, int count)
    {
    }
}
