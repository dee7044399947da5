using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>A finalized block with its cut flattened into the order of execution (Rule X1).</summary>
/// <param name="Height">1 for the first block after genesis; without gaps.</param>
/// <param name="TimeMicros">Block time in microseconds since 1970 UTC; grows strictly with the height.</param>
/// <param name="BlockDigest">Digest of the block that consensus finalized.</param>
/// <param name="Transactions">All transactions in order, repeated ones included.</param>
/// <param name="Lanes">For each transaction the validator index of the lane that carried it.</param>
/// <param name="View">The view in which the block was proposed.</param>
/// <param name="Proposer">Validator index of its proposer.</param>
/// <param name="IsReplay">True while a restarted node repeats what it had executed before.</param>
public sealed record OrderedBlock(
    long Height,
    long TimeMicros,
    Hash256 BlockDigest,
    IReadOnlyList<SignedTransaction> Transactions,
    IReadOnlyList<int> Lanes,
    long View,
    int Proposer,
    bool IsReplay);
