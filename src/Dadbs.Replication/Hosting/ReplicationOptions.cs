using System.Net;
using Dadbs.Consensus;
using Dadbs.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dadbs.Replication;

/// <summary>All that a node of replication needs from its process. The node owns neither the logs nor the key; their creator disposes them after it.</summary>
public sealed record ReplicationOptions
{
    public required Genesis Genesis { get; init; }

    /// <summary>The key of this node; one of the genesis validators.</summary>
    public required NodeKey Key { get; init; }

    /// <summary>All that this node says to others, before it is said (Rule D1): a log whose flush is fast.</summary>
    public required IAppendLog VoteLog { get; init; }

    /// <summary>Finalized blocks with their batches, certificates and change sets. Flushed off the latency path.</summary>
    public required IAppendLog BlockLog { get; init; }

    /// <summary>Where the index of the block log is kept, a directory that goes with the log; null: nowhere, and each start reads the whole log.</summary>
    public string? BlockIndexDirectory { get; init; }

    /// <summary>What a damaged block log, set aside, still held; the block log was begun anew with what of it joined on. Null: it was not damaged.</summary>
    public SalvagedChain? Salvage { get; init; }

    /// <summary>How long a start waits for the next block that the block log lacks, before it gives up: no peer has it, or none is there.</summary>
    public TimeSpan HealingPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Called once, from any thread, when the node cannot go on (failed flush, damaged log, state machine failure). It must end the process.</summary>
    public required Action<Exception> Fatal { get; init; }

    /// <summary>
    /// Called instead of <see cref="Fatal"/> when a log had no room for a write, before anything in it was promised: the node says and writes nothing more, and what it executed can
    /// still be read. <see cref="Fatal"/> may follow, if something else fails than a write for want of room. Null: <see cref="Fatal"/>.
    /// </summary>
    public Action<DiskFullException>? DiskFull { get; init; }

    /// <summary>Where peers are awaited; null: the address that genesis names for this validator, on all of the host's interfaces if it is a name.</summary>
    public IPEndPoint? PeerEndPoint { get; init; }

    /// <summary>Addresses that replace those of genesis, by public key.</summary>
    public IReadOnlyDictionary<PublicKey, PeerAddress> PeerAddresses { get; init; } = new Dictionary<PublicKey, PeerAddress>();

    /// <summary>
    /// Told of other validators' transactions that are on their way to the order, once their batch was verified: on any thread, of one perhaps twice, perhaps never, perhaps after it was executed. A
    /// hint; must return at once.
    /// </summary>
    public Action<IReadOnlyList<SignedTransaction>>? Announced { get; init; }

    /// <summary>The seam at which a test build puts a lying core around the honest one. Nothing outside this assembly's friends can set it.</summary>
    internal Func<IConsensusCore, IConsensusCore> Core { get; init; } = static core => core;

    /// <summary>The vote log is rewritten to what is still needed after so many bytes (Rule D1); a test makes it few.</summary>
    internal long VoteLogBytes { get; init; } = ConsensusParameters.Default.CheckpointLogBytes;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
