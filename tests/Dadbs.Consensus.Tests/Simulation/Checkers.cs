namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>A rule seen broken from outside. The message names seed and time, by which the run is repeated.</summary>
public sealed class SafetyViolationException(string what) : Exception(what);

/// <summary>Looks at everything that honest nodes make durable or deliver, through all their lives.</summary>
internal sealed class Checkers(Simulation simulation)
{
    private readonly SortedDictionary<long, (Digest Block, Digest Batches)> _chain = [];
    private readonly Dictionary<(int Node, View View, VoteType Type), Digest> _votes = [];
    private readonly Dictionary<(int Node, int Lane, long Position), Digest> _acknowledged = [];
    private readonly Dictionary<(int Node, long Position), Digest> _sealed = [];

    /// <summary>Off: only forks are complained of, not yet the statements that lead to them.</summary>
    public bool WatchStatements { get; set; } = true;

    /// <summary>Transactions in the one order, as text.</summary>
    public List<string> Ordered { get; } = [];

    public Digest BlockAt(long height) => _chain[height].Block;

    public bool Knows(long height) => _chain.ContainsKey(height);

    /// <summary>No two conflicting own statements, ever, on the disk of an honest node.</summary>
    public void OnDurable(SimulatedNode node, LogRecord record)
    {
        switch (record)
        {
            case LogRecord.OwnVote { Vote: { } vote }:
                Once(_votes, (node.Id.Value, vote.View, vote.Type), vote.Digest, $"{node.Id} says two {vote.Type} at {vote.View}");
                bool both = WatchStatements && _votes.ContainsKey((node.Id.Value, vote.View, VoteType.Finalize)) && _votes.ContainsKey((node.Id.Value, vote.View, VoteType.Nullify));
                Require(!both, $"{node.Id} says Finalize and Nullify at {vote.View}");
                break;
            case LogRecord.OwnAcknowledgement { Acknowledgement: { } acknowledgement }:
                foreach (LaneTip leaf in acknowledgement.Leaves)
                    Once(_acknowledged, (node.Id.Value, leaf.Lane.Value, leaf.Tip.Position), leaf.Tip.Digest, $"{node.Id} acknowledges two batches at {leaf.Lane} {leaf.Tip.Position}");
                break;
            case LogRecord.StoredBatch { Batch: { } batch } when batch.Lane == node.Id:
                Once(_sealed, (node.Id.Value, batch.Position), batch.Digest, $"{node.Id} seals two batches at {batch.Position}");
                break;
        }
    }

    /// <summary>Delivered chains are prefixes of one chain, batches in one order.</summary>
    public void OnDelivered(SimulatedNode node, DeliveredBlock block)
    {
        Digest batches = Digest.Sha256(block.Batches.SelectMany(batch => batch.Digest.ToArray()).ToArray());
        if (_chain.TryGetValue(block.Height.Value, out (Digest Block, Digest Batches) known))
        {
            Require(known == (block.Block.Digest, batches), $"fork at {block.Height}: {node.Id} delivers {block.Block}, others {known.Block}");
            return;
        }
        _chain.Add(block.Height.Value, (block.Block.Digest, batches));
        foreach (Batch batch in block.Batches)
            Ordered.AddRange(System.Text.Encoding.UTF8.GetString(batch.Payload.Span).Split(';', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A follower delivers only what validators delivered, in their order.</summary>
    public void OnObserved(ValidatorId observer, DeliveredBlock block)
    {
        Digest batches = Digest.Sha256(block.Batches.SelectMany(batch => batch.Digest.ToArray()).ToArray());
        bool isKnown = _chain.TryGetValue(block.Height.Value, out (Digest Block, Digest Batches) known) && known == (block.Block.Digest, batches);
        Require(isKnown, $"observer {observer} delivers {block.Block}, which no validator did");
    }

    public void Require(bool holds, string what)
    {
        if (!holds)
            throw new SafetyViolationException($"seed {simulation.Seed} at {simulation.Now}: {what}");
    }

    private void Once<TKey>(Dictionary<TKey, Digest> said, TKey key, Digest digest, string what)
        where TKey : notnull
    {
        if (!said.TryAdd(key, digest))
            Require(said[key] == digest, what);
    }
}
