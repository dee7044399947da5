using Dadbs.Consensus;
using Microsoft.Extensions.Logging;

namespace Dadbs.Replication;

/// <summary>
/// Recovery invariant "block log behind the vote log: fetch from peers" (docs/formats.md). What this node said stands on blocks that its block log no longer holds, or a damaged log
/// held more than joins on: it follows the chain through there before it votes. Nothing is said meanwhile, and the vote log is what it was.
/// </summary>
internal sealed partial class BlockLogHealing
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>The log that is too short; the apply thread appends what the loop delivers.</summary>
    public required BlockLog Blocks { get; init; }

    /// <summary>Asked before peers are; null: nothing was salvaged.</summary>
    public required SalvagedChain? Salvage { get; init; }

    /// <summary>Whether a salvaged finalization checks.</summary>
    public required Func<Certificate, bool> IsValid { get; init; }

    /// <summary>Takes an answer out of the salvaged blocks the way of a peer's: what is not proven is refused.</summary>
    public required Action<Message> Answered { get; init; }

    /// <summary>Runs a core on a thread of its own, until the loop is stopped.</summary>
    public required Func<IConsensusCore, (ConsensusLoop Loop, Thread Thread)> Start { get; init; }

    /// <summary>What stopped the node meanwhile; null: nothing.</summary>
    public required Func<Exception?> Failure { get; init; }

    /// <summary>How long the next block may take.</summary>
    public required TimeSpan Patience { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Completes when every height that the follower follows is on disk and its thread has ended.</summary>
    /// <exception cref="DamagedRecordException">Nobody gave the next block for so long.</exception>
    /// <exception cref="ReplicationException">The node failed.</exception>
    public async Task RunAsync(Follower follower, long through, CancellationToken cancellation)
    {
        LogHealing(Log, Blocks.Height + 1, through);
        ServedBlocks? salvage = Salvage is { } salvaged ? new ServedBlocks(salvaged.TryRead, IsValid) : null;
        (ConsensusLoop loop, Thread thread) = Start(new HealingCore(follower, salvage, Answered));
        await AwaitDurableAsync(through, cancellation).ConfigureAwait(false);
        loop.Stop();
        await Task.Run(thread.Join, CancellationToken.None).ConfigureAwait(false);
        LogHealed(Log, through);
    }

    private async Task AwaitDurableAsync(long through, CancellationToken cancellation)
    {
        long height = Blocks.Height;
        long since = Time.GetTimestamp();
        while (Blocks.DurableHeight < through)
        {
            await Task.Delay(Poll, cancellation).ConfigureAwait(false);
            if (Failure() is { } failure)
                throw new ReplicationException($"block log: healing it from peers failed: {failure.Message}", failure);
            if (Blocks.Height > height)
                (height, since) = (Blocks.Height, Time.GetTimestamp());
            else if (Time.GetElapsedTime(since) > Patience)
                throw new DamagedRecordException($"block log: height {height + 1} is damaged or missing here, and no peer gave it within {Patience.TotalSeconds:0.###} s");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The block log lacks heights {From} to {Through}: they are fetched from peers before this node votes")]
    private static partial void LogHealing(ILogger logger, long from, long through);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The block log is whole again through height {Through}")]
    private static partial void LogHealed(ILogger logger, long through);
}
