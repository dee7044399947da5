namespace Dadbs.Replication;

/// <summary>What a node knows of itself and its peers at one moment; the source of <c>dadbs status</c>, <c>dadbs.peers</c> and <c>dadbs.validators</c>.</summary>
/// <param name="View">The view that consensus is in.</param>
/// <param name="FinalizedHeight">Highest height known to be finalized.</param>
/// <param name="Executed">Highest height executed here, with its roots.</param>
/// <param name="DurableHeight">Highest height whose record is flushed in the block log.</param>
/// <param name="Crypto">Name of the signature backend.</param>
/// <param name="IsSigning">False once an alarm (Rule X3) or a damaged log made the node stop voting.</param>
/// <param name="StoppedBecause">Why it takes part no more and only answers reads: its disk is full. Null: it takes part.</param>
/// <param name="Peers">One entry per other validator, in genesis order.</param>
/// <param name="Counters">What was refused or lost since the start.</param>
public sealed record NodeStatus(
    long View,
    long FinalizedHeight,
    ExecutedState Executed,
    long DurableHeight,
    string Crypto,
    bool IsSigning,
    string? StoppedBecause,
    IReadOnlyList<PeerStatus> Peers,
    RefusalCounters Counters);

/// <param name="Validator">Index in the validator set.</param>
/// <param name="Key">Its public key.</param>
/// <param name="Address">Where this node dials it.</param>
/// <param name="Link">State of the pair of connections.</param>
/// <param name="LastHeardMicros">When anything last came from it, microseconds since 1970 UTC; 0 if never.</param>
/// <param name="ExecutedHeight">The executed height that it says it has (a hint).</param>
/// <param name="BytesSent">On the current pair of connections and earlier ones since the start.</param>
/// <param name="BytesReceived">Likewise.</param>
/// <param name="Refused">Messages of it that were refused since the start.</param>
/// <param name="Bans">How often it was put off for misbehaving.</param>
public sealed record PeerStatus(
    int Validator,
    PublicKey Key,
    PeerAddress Address,
    LinkState Link,
    long LastHeardMicros,
    long ExecutedHeight,
    long BytesSent,
    long BytesReceived,
    long Refused,
    long Bans);

/// <summary>A link is up when both of its connections are.</summary>
public enum LinkState
{
    Down,
    Connecting,
    Up,
}

/// <summary>Counts of what this node refused. All grow only.</summary>
public sealed record RefusalCounters(
    long Connections,
    long Frames,
    long Messages,
    long Signatures,
    long Transactions,
    long SendsDropped);
