using System.Threading.Channels;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// Answers peers that catch up, out of the block log, on a worker of its own: reading a disk is no business of the loop. Requests beyond the
/// bound are dropped; who needs the answer asks again.
/// </summary>
internal sealed class BlockServer(EpochScope scope, ServedBlocks blocks, PeerNetwork network)
{
    private const int RequestsMax = 256;

    private readonly Channel<Effect> _requests = Channel.CreateBounded<Effect>(
        new BoundedChannelOptions(RequestsMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Enqueue(Effect request) => _requests.Writer.TryWrite(request);

    public void Stop() => _requests.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (Effect request in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (request is Effect.ServeBlocks run && blocks.Blocks(run.From, run.CountMax) is { } answer)
                Send(run.To, answer);
            else if (request is Effect.ServeBatches some)
            {
                foreach (Message.BatchMessage batch in blocks.Batches(some.Height, some.Lane, some.From, some.Through))
                    Send(some.To, batch);
            }
            network.Flush();
        }
    }

    private void Send(ValidatorId to, Message message) =>
        network.Send(to.Value, EffectRunner.ChannelOf(message), EffectRunner.FrameOf(scope, message));
}
