using System.Diagnostics;
using Dadbs.Consensus;
using Microsoft.Extensions.Logging;

namespace Dadbs.Replication;

/// <summary>Carries out what leaves the replica, after the flush: messages, deliveries, answers out of the block log, alarms.</summary>
internal sealed partial class EffectRunner(
    EpochScope scope, PeerNetwork network, ApplyLoop apply, BlockServer server, HeldCertificates held, ILogger logger, Action<Exception> fatal)
{
    private const int SmallBatchBytesMax = 15 * 1024;

    /// <summary>So many small batches follow a large one on its connection.</summary>
    private const int SmallBatchesApartMax = 64;

    private const long AlarmPauseMilliseconds = 1000;

    private readonly Dictionary<(AlarmKind Kind, int Culprit), (long Since, long Silent)> _alarms = [];
    private Message? _encoded;
    private ReadOnlyMemory<byte> _frame;
    private int _smallBatchesApart;

    /// <summary>Before the flush: nothing leaves by it, and the apply thread works while this one waits for the disk.</summary>
    public void Speculate(Effect.Speculate ahead) => apply.Offer(ahead);

    public void Run(Effect effect)
    {
        switch (effect)
        {
            case Effect.Persist persist:
                NoteHeld(persist.Records);
                break;
            case Effect.Checkpoint or Effect.Speculate:
                break;
            case Effect.Send send:
                network.Send(send.To.Value, Channel(send.Message), Frame(send.Message));
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
    public void EndTurn()
    {
        _encoded = null;
        network.Flush();
    }

    /// <summary>
    /// Batches have a connection of their own, so that no vote waits behind them (Rule L5). One that is no longer than what a leader gathers from a few validators would only cost a
    /// record, a write and a wake more there; it goes with the votes, unless larger ones are under way, which it must not overtake.
    /// </summary>
    private PeerChannel Channel(Message message)
    {
        if (message is Message.HandedOver handed)
            return handed.Payload.Length > SmallBatchBytesMax ? PeerChannel.Batches : PeerChannel.Consensus;
        if (message is not Message.BatchMessage { Batch: { } batch })
            return PeerChannel.Consensus;
        if (batch.Payload.Length > SmallBatchBytesMax)
            _smallBatchesApart = SmallBatchesApartMax;
        else if (_smallBatchesApart > 0)
            _smallBatchesApart--;
        return _smallBatchesApart > 0 ? PeerChannel.Batches : PeerChannel.Consensus;
    }

    public static PeerChannel ChannelOf(Message message) => message is Message.BatchMessage ? PeerChannel.Batches : PeerChannel.Consensus;

    /// <summary>A message to several peers is encoded once.</summary>
    private ReadOnlyMemory<byte> Frame(Message message)
    {
        if (!ReferenceEquals(message, _encoded))
            (_encoded, _frame) = (message, FrameOf(scope, message));
        return _frame;
    }

    private void NoteHeld(IReadOnlyList<Dadbs.Consensus.LogRecord> records)
    {
        foreach (Dadbs.Consensus.LogRecord record in records)
        {
            if (record is Dadbs.Consensus.LogRecord.KnownCertificate known)
                held.Add(known.Certificate.Key);
        }
    }

    public static ReadOnlyMemory<byte> FrameOf(EpochScope scope, Message message)
    {
        var writer = new FrameWriter(FrameKind.Message, message switch
        {
            Message.BatchMessage batch => batch.Batch.Payload.Length + (batch.Proof is null ? 256 : 1024),
            Message.Proposal => 1024,
            _ => 192,
        });
        message.Encode(scope, writer);
        return writer.Finish();
    }

    private void Broadcast(Message message)
    {
        if (scope.ValidatorCount == 1)
            return;
        ReadOnlyMemory<byte> frame = Frame(message);
        PeerChannel channel = Channel(message);
        for (int peer = 0; peer < scope.ValidatorCount; peer++)
        {
            if (network.Links[peer] is { State: not LinkState.Down })
                network.Send(peer, channel, frame);
        }
    }

    /// <summary>A liar may give cause for thousands a second: one a second of each kind and culprit is written, with how many were not.</summary>
    private void Raise(Effect.Alarm alarm)
    {
        int culprit = alarm.Culprit?.Value ?? -1;
        (long since, long silent) = _alarms.GetValueOrDefault((alarm.Kind, culprit), (long.MinValue, 0));
        long now = Environment.TickCount64;
        if (since == long.MinValue || now - since >= AlarmPauseMilliseconds)
        {
            LogAlarm(logger, alarm.Kind, culprit, alarm.Text, silent);
            (since, silent) = (now, -1);
        }
        _alarms[(alarm.Kind, culprit)] = (since, silent + 1);
        // Rule X3: a node that executed to another root than a quorum must not serve what it has.
        if (alarm.Kind == AlarmKind.ExecutedDiffers)
            fatal(new DivergenceException($"this node's execution differs from the others': {alarm.Text}"));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "alarm {Kind}, validator {Culprit}: {Text} ({Silent} more of the kind since the last)")]
    private static partial void LogAlarm(ILogger logger, AlarmKind kind, int culprit, string text, long silent);
}
