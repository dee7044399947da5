using System.Threading.Channels;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Answers peers that catch up, out of the block log, on a worker of its own: reading a disk is no business of the loop. Requests beyond the
/// bound are dropped; who needs the answer asks again.
/// </summary>
internal sealed class BlockServer(EpochScope scope, BlockLog blocks, PeerNetwork network)
{
    private const int RequestsMax = 256;

    /// <summary>A run of blocks without finalization of their own is followed at most so far.</summary>
    private const int RunMax = 1024;

    private readonly Channel<Effect> _requests = Channel.CreateBounded<Effect>(
        new BoundedChannelOptions(RequestsMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Enqueue(Effect request) => _requests.Writer.TryWrite(request);

    public void Stop() => _requests.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (Effect request in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (request is Effect.ServeBlocks some)
                ServeBlocks(some);
            else if (request is Effect.ServeBatches batches)
                ServeBatches(batches);
            network.Flush();
        }
    }

    private void ServeBlocks(Effect.ServeBlocks request)
    {
        var run = new List<FinalizedBlock>();
        int lastFinal = 0;
        for (long height = request.From.Value; run.Count < RunMax && (run.Count < request.CountMax || lastFinal == 0); height++)
        {
            if (blocks.TryRead(height) is not { } stored)
                break;
            run.Add(stored.Final);
            if (stored.Final.Finalization is not null)
                lastFinal = run.Count;
        }
        if (lastFinal == 0)
            return;
        run.RemoveRange(lastFinal, run.Count - lastFinal);
        Send(request.To, new Message.FinalizedBlocks(run));
    }

    private void ServeBatches(Effect.ServeBatches request)
    {
        if (blocks.TryRead(request.Height.Value) is not { } stored)
            return;
        IEnumerable<Batch> wanted = stored.Batches
            .Where(batch => batch.Lane == request.Lane && batch.Position >= request.From && batch.Position <= request.Through)
            .OrderByDescending(batch => batch.Position);
        foreach (Batch batch in wanted)
            Send(request.To, new Message.BatchMessage(batch, Proof: null));
    }

    private void Send(ValidatorId to, Message message) =>
        network.Send(to.Value, EffectRunner.ChannelOf(message), EffectRunner.FrameOf(scope, message));
}
