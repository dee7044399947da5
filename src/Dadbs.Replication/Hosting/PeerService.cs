using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// What a validator does for nodes without an open lane (Rule L4): takes what they hand over into its own lane or pushes it back, tells observers how high its block
/// log is, answers them out of it. The replica hears nothing of observers. Thread-safe.
/// </summary>
internal sealed class PeerService(
    Genesis genesis, EpochScope scope, Payloads payloads, SubmissionQueue submissions, Inbox inbox, BlockLog blocks, BlockServer server, PeerNetwork network, PeerCounters counters)
{
    public bool IsObserver(int peer) => peer >= genesis.Validators.Count;

    /// <summary>An observer's link is up: it may have missed what was announced.</summary>
    public void Greet(int observer)
    {
        Send(observer, new Message.Progress(new Height(blocks.DurableHeight)));
        network.Flush();
    }

    /// <summary>The block log is on disk through this height: what observers can be served.</summary>
    public void Announce(long height)
    {
        if (genesis.Observers.Count == 0)
            return;
        ReadOnlyMemory<byte> frame = EffectRunner.FrameOf(scope, new Message.Progress(new Height(height)));
        for (int observer = genesis.Validators.Count; observer < network.Links.Count; observer++)
        {
            if (network.Links[observer] is { State: LinkState.Up })
                network.Send(observer, PeerChannel.Consensus, frame);
        }
        network.Flush();
    }

    /// <summary>False: an observer has no business to say this.</summary>
    public bool TryServe(int observer, Message message)
    {
        var to = new ValidatorId(observer);
        switch (message)
        {
            case Message.BlocksRequest request:
                server.Enqueue(new Effect.ServeBlocks(to, request.From, ConsensusParameters.Default.CatchUpBlocks));
                return true;
            case Message.BatchRequest request when request.Height > Height.Genesis:
                server.Enqueue(new Effect.ServeBatches(to, request.Height, request.Lane, request.From, request.To.Position));
                return true;
            case Message.BatchRequest or Message.LinkStatus:
                return true;
            case Message.HandedOver handed:
                return TryTake(observer, handed);
            default:
                return false;
        }
    }

    /// <summary>
    /// Rule L4: into the own lane all of it, or none of it and the sender is told. False: a transaction is not valid, or not the sender's own; nobody hands over for
    /// others, so that nobody can fill lanes with what others signed once.
    /// </summary>
    public bool TryTake(int peer, Message.HandedOver handed)
    {
        if (payloads.TryDecodeApart(handed.Payload, handed.Count) is not { } transactions)
            return false;
        PublicKey sender = genesis.PeerKey(peer);
        if (transactions.Any(transaction => transaction.PublicKey != sender))
        {
            counters.RefuseTransaction();
            return false;
        }
        TransactionSource source = IsObserver(peer) ? TransactionSource.HandedOver : TransactionSource.Forwarded;
        HandedTransaction[] taken = [.. transactions.Select(transaction => new HandedTransaction(transaction, source))];
        if (submissions.TryEnqueue(taken))
        {
            payloads.Announce(transactions);
            counters.Work.HandedOver(taken.Length);
            inbox.NoteSubmission(handed.Payload.Length, taken.Length);
            return true;
        }
        counters.Work.PushedBack();
        Send(peer, new Message.PushedBack(handed.Number));
        network.Flush();
        return true;
    }

    private void Send(int peer, Message message) => network.Send(peer, PeerChannel.Consensus, EffectRunner.FrameOf(scope, message));
}
