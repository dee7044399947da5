using System.Security.Cryptography;
using Dadbs.Consensus;
using Dadbs.Replication;

namespace Dadbs.ByzantineCampaign;

/// <summary>What a lying validator makes of an honest one's words. It has its own key only. Its words are made on the loop's thread; how to behave is told from another.</summary>
internal sealed class Liar
{
    private const int RememberedMax = 2_000;

    /// <summary>Messages to each peer each time a flooder wakes.</summary>
    private const int FloodMessages = 60;

    private readonly EpochScope _scope;
    private readonly NodeKey _key;
    private readonly ValidatorId _self;
    private readonly Random _random = new(1);
    private readonly List<Message> _remembered = [];
    private volatile Behaviour _behaviour;

    public Liar(Genesis genesis, NodeKey key)
    {
        _scope = genesis.ToScope();
        _key = key;
        _self = new ValidatorId(genesis.IndexOf(key.PublicKey));
        Peers = [.. Enumerable.Range(0, _scope.ValidatorCount).Where(peer => peer != _self.Value).Select(peer => new ValidatorId(peer))];
    }

    public IReadOnlyList<ValidatorId> Peers { get; }

    public Behaviour Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    /// <summary>The one peer that a withholder trusts with its batches.</summary>
    private ValidatorId Favourite => Peers[0];

    public void Heard(Message message) => Remember(message);

    /// <summary>What really leaves for this peer.</summary>
    public IEnumerable<Message> Distort(ValidatorId to, Message message)
    {
        Remember(message);
        return _behaviour switch
        {
            Behaviour.EquivocatingLeader => [TwinProposal(to, message)],
            Behaviour.EquivocatingLane => [TwinBatch(to, message)],
            Behaviour.BadSignatures => [_random.Next(2) == 0 ? message : Spoilt(message)],
            Behaviour.WithheldBatches => message is Message.BatchMessage && to != Favourite ? [] : [message],
            Behaviour.SecretBatches => message is Message.BatchMessage ? [] : [message],
            Behaviour.Replays => [message, Old(), Old(), Old()],
            Behaviour.ExecutedLies => [Lie(message)],
            Behaviour.SilentLeader => message is Message.Proposal ? [] : [message],
            Behaviour.Silent => [],
            Behaviour.Nullifies => message is Message.Voted { Vote: { } vote } ? [new Message.Voted(VoteOf(VoteType.Nullify, vote.View, Digest.Zero, vote.ExecutedHint))] : [message],
            _ => [message],
        };
    }

    /// <summary>A flooder's words to everybody: each is well formed, and each costs whoever takes it seriously more than it cost to say.</summary>
    public IEnumerable<Effect> Flood(View view)
    {
        foreach (ValidatorId peer in Peers)
        {
            for (int i = 0; i < FloodMessages; i++)
            {
                Message message = _random.Next(8) switch
                {
                    0 => new Message.LinkStatus(new View(1), Height.Genesis, Height.Genesis, Tip.Origin),
                    1 => new Message.BlocksRequest(new Height(1 + _random.Next(100))),
                    2 => new Message.BatchRequest(peer, 1, new Tip(1 + _random.Next(1000), Digest.Sha256("?"u8)), new Height(1 + _random.Next(100))),
                    3 => new Message.ViewRequest(new View(view.Value + _random.Next(-5, 2) is var asked and > 0 ? asked : 1)),
                    4 => new Message.Voted(VoteOf(VoteType.Nullify, new View(view.Value + _random.Next(1, 1_000)), Digest.Zero, Height.Genesis)),
                    5 => new Message.Progress(new Height(_random.Next(1_000_000))),
                    _ => Old(),
                };
                yield return new Effect.Send(peer, message);
            }
        }
    }

    private Message Old() => _remembered.Count == 0 ? new Message.Progress(Height.Genesis) : _remembered[_random.Next(_remembered.Count)];

    private void Remember(Message message)
    {
        if (_remembered.Count < RememberedMax)
            _remembered.Add(message);
        else if (_random.Next(10) == 0)
            _remembered[_random.Next(RememberedMax)] = message;
    }

    private Message TwinProposal(ValidatorId to, Message message)
    {
        if (message is not Message.Proposal { Block: { } block } proposal || to.Value % 2 == 0)
            return message;
        return WithBlock(proposal, block.Header with { TimeMicros = block.Header.TimeMicros + 1 });
    }

    private Message Lie(Message message) => message switch
    {
        Message.Proposal proposal => WithBlock(proposal, proposal.Block.Header with { Executed = proposal.Block.Header.Executed with { StateRoot = Digest.Sha256("lie"u8) } }),
        Message.Voted voted => new Message.Voted(voted.Vote with { ExecutedHint = new Height(1_000_000_000) }),
        Message.LinkStatus status => status with { Finalized = new Height(1_000_000_000), ExecutedHint = new Height(1_000_000_000) },
        Message.Progress => new Message.Progress(new Height(1_000_000_000)),
        _ => message,
    };

    private Message.Proposal WithBlock(Message.Proposal proposal, BlockHeader header)
    {
        var block = Block.Create(_scope, header);
        return proposal with { Block = block, LeaderVote = VoteOf(VoteType.Notarize, block.View, block.Digest, proposal.LeaderVote.ExecutedHint) };
    }

    /// <summary>The same position, another content: the first transaction twice.</summary>
    private Message TwinBatch(ValidatorId to, Message message)
    {
        if (message is not Message.BatchMessage { Batch: { } batch } || batch.Lane != _self || to.Value % 2 == 0)
            return message;
        List<SignedTransaction> transactions = BatchPayload.Decode(batch);
        PendingTransaction[] twice = [.. transactions.Prepend(transactions[0]).Select(transaction =>
            new PendingTransaction(transaction.Core.ToArray(), transaction.Id, transaction.Role, transaction.ExpiryMicros))];
        byte[] payload = BatchPayload.EncodeOwn(twice, out var ids);
        return new Message.BatchMessage(BatchOf(batch.Header with { TransactionCount = twice.Length, Content = TransactionTree.Root(ids).ToDigest() }, payload), null);
    }

    private Message Spoilt(Message message)
    {
        switch (message)
        {
            case Message.Voted voted:
                return new Message.Voted(voted.Vote with { Signature = Spoilt(voted.Vote.Signature) });
            case Message.Proposal proposal:
                return proposal with { LeaderVote = proposal.LeaderVote with { Signature = Spoilt(proposal.LeaderVote.Signature) } };
            case Message.Acknowledged { Acknowledgement: { } acknowledgement }:
                return new Message.Acknowledged(new Acknowledgement(acknowledgement.Signer, acknowledgement.Leaves, Spoilt(acknowledgement.Signature)));
            case Message.BatchMessage { Batch: { } batch } when batch.Lane == _self:
                byte[] payload = batch.Payload.ToArray();
                payload[^1] ^= 1;
                return new Message.BatchMessage(BatchOf(batch.Header, payload), null);
            default:
                return message;
        }
    }

    private static Signature Spoilt(Signature signature)
    {
        byte[] bytes = signature.Span.ToArray();
        bytes[7] ^= 1;
        return new Signature(bytes);
    }

    private Batch BatchOf(BatchHeader header, byte[] payload)
    {
        BatchHeader fitting = header with { PayloadDigest = Digest.Sha256(payload), PayloadBytes = payload.Length };
        return Batch.Create(_scope, fitting, Sign(SigningBytes.OfBatch(_scope, Batch.DigestOf(_scope, fitting), fitting.Content).Span), payload);
    }

    private Vote VoteOf(VoteType type, View view, Digest digest, Height executed) =>
        new(type, view, digest, _self, executed, Sign(SigningBytes.OfVote(_scope, type, view, digest).Span));

    private Signature Sign(ReadOnlySpan<byte> signingBytes)
    {
        Span<byte> digest = stackalloc byte[32];
        Span<byte> signature = stackalloc byte[Signature.Length];
        SHA256.HashData(signingBytes, digest);
        _key.Sign(digest, signature);
        return new Signature(signature);
    }
}
