using System.Diagnostics;
using Dadbs.Consensus;
using Microsoft.Extensions.Logging;

namespace Dadbs.Replication;

/// <summary>Carries out what leaves the replica, after the flush: messages, deliveries, answers out of the block log, alarms.</summary>
internal sealed partial class EffectRunner(
    EpochScope scope, PeerNetwork network, ApplyLoop apply, BlockServer server, HeldCertificates held, ILogger logger, Action<Exception> fatal)
{
    public void Run(Effect effect)
    {
        switch (effect)
        {
            case Effect.Persist or Effect.Checkpoint:
                break;
            case Effect.Send send:
                network.Send(send.To.Value, ChannelOf(send.Message), FrameOf(scope, send.Message));
                break;
            case Effect.Broadcast broadcast:
                Broadcast(broadcast.Message);
                break;
            case Effect.Deliver deliver:
                apply.Enqueue(deliver.Block);
                break;
            case Effect.ServeBlocks serve:
                server.Enqueue(serve);
                break;
            case Effect.ServeBatches serve:
                server.Enqueue(serve);
                break;
            case Effect.Alarm alarm:
                Raise(alarm);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>One write per connection and turn.</summary>
    public void EndTurn() => network.Flush();

    /// <summary>Batches have a connection of their own, so that no vote waits behind them (Rule L5).</summary>
    public static PeerChannel ChannelOf(Message message) => message is Message.BatchMessage ? PeerChannel.Batches : PeerChannel.Consensus;

    public static ReadOnlyMemory<byte> FrameOf(EpochScope scope, Message message)
    {
        int capacity = message is Message.BatchMessage batch ? batch.Batch.Payload.Length + 1024 : 256;
        var writer = new FrameWriter(FrameKind.Message, capacity);
        message.Encode(scope, writer);
        return writer.Finish();
    }

    private void Broadcast(Message message)
    {
        if (network.Links.Count == 1)
            return;
        if (message is Message.Certified certified)
            held.Add(certified.Certificate.Key);
        ReadOnlyMemory<byte> frame = FrameOf(scope, message);
        PeerChannel channel = ChannelOf(message);
        for (int peer = 0; peer < network.Links.Count; peer++)
        {
            if (network.Links[peer] is { State: not LinkState.Down })
                network.Send(peer, channel, frame);
        }
    }

    private void Raise(Effect.Alarm alarm)
    {
        LogAlarm(logger, alarm.Kind, alarm.Culprit?.Value ?? -1, alarm.Text);
        // Rule X3: a node that executed to another root than a quorum must not serve what it has.
        if (alarm.Kind == AlarmKind.ExecutedDiffers)
            fatal(new DivergenceException($"this node's execution differs from the others': {alarm.Text}"));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "alarm {Kind}, validator {Culprit}: {Text}")]
    private static partial void LogAlarm(ILogger logger, AlarmKind kind, int culprit, string text);
}
