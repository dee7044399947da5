namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>What a Byzantine validator makes of what its honest core wants to say. It has its own key only.</summary>
internal abstract class Adversary
{
    /// <summary>The messages that really leave, to whom.</summary>
    public abstract IEnumerable<(ValidatorId To, Message Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random);

    public static Adversary Make(AdversaryKind kind) => kind switch
    {
        AdversaryKind.Silent => new Silent(),
        AdversaryKind.EquivocatingLeader => new EquivocatingLeader(),
        AdversaryKind.EquivocatingVoter => new EquivocatingVoter(),
        AdversaryKind.EquivocatingLane => new EquivocatingLane(),
        AdversaryKind.Withholder => new Withholder(),
        AdversaryKind.Nullifier => new Nullifier(),
        AdversaryKind.Replayer => new Replayer(),
        AdversaryKind.Liar => new Liar(),
        AdversaryKind.SilentLeader => new SilentLeader(),
        AdversaryKind.BadSigner => new BadSigner(_ => true),
        AdversaryKind.BadSignerToSome => new BadSigner(to => to.Value % 2 == 0),
        AdversaryKind.BadSignerAtTimes => new BadSigner(_ => true, oneOf: 3),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// A leader that shows each of the others one block only, always the same to the same ones, and votes for all of them. <paramref name="variant"/>: which block a peer sees; 0 is the honest core's own. Not
    /// among the kinds: those are what the random lives choose from.
    /// </summary>
    public static Adversary LeaderWithTwins(Func<ValidatorId, int> variant) => new SplittingLeader(variant);

    /// <summary>M1: signs its Notarize badly for some of the others.</summary>
    public static Adversary SignsBadlyTo(Func<ValidatorId, bool> isVictim) => new BadSigner(isVictim);

    /// <summary>Says nothing to some of the others, over links that live.</summary>
    public static Adversary SilentTo(Func<ValidatorId, bool> isVictim) => new Shunning(isVictim);

    private static Vote Forge(SimulatedNode self, VoteType type, View view, Digest digest) => new(
        type, view, digest, self.Id, Height.Genesis, TestKeys.SignatureOf(self.Id, SigningBytes.OfVote(self.Simulation.Scope, type, view, digest).Span));

    private sealed class Silent : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) => [];
    }

    private sealed class Shunning(Func<ValidatorId, bool> isVictim) : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) => isVictim(to) ? [] : [(to, message)];
    }

    /// <summary>Proposes one block to half of the others and another to the rest, and votes for both.</summary>
    private sealed class EquivocatingLeader : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            if (message is not Message.Proposal proposal || to.Value % 2 == (int)(proposal.Block.View.Value / 4 % 2))
                return [(to, message)];
            BlockHeader header = proposal.Block.Header;
            var other = Block.Create(self.Simulation.Scope, header with { TimeMicros = header.TimeMicros + 1 });
            Message twin = proposal with { Block = other, LeaderVote = Forge(self, VoteType.Notarize, other.View, other.Digest) };
            return random.Next(3) == 0 ? [(to, twin), (to, message)] : [(to, twin)];
        }
    }

    private sealed class SplittingLeader(Func<ValidatorId, int> variant) : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            if (message is not Message.Proposal proposal || variant(to) is not (> 0 and var later))
                return [(to, message)];
            BlockHeader header = proposal.Block.Header;
            var other = Block.Create(self.Simulation.Scope, header with { TimeMicros = header.TimeMicros + later });
            return [(to, proposal with { Block = other, LeaderVote = Forge(self, VoteType.Notarize, other.View, other.Digest) })];
        }
    }

    /// <summary>Says Notarize, Nullify and Finalize of the same view, something else to everybody.</summary>
    private sealed class EquivocatingVoter : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            if (message is not Message.Voted { Vote: { } vote })
                return [(to, message)];
            var said = new List<(ValidatorId, Message)>();
            if (random.Next(3) > 0)
                said.Add((to, message));
            if (random.Next(2) == 0)
                said.Add((to, new Message.Voted(Forge(self, VoteType.Nullify, vote.View, random.Next(2) == 0 ? vote.Digest : Digest.Zero))));
            if (random.Next(2) == 0 && vote.Digest != Digest.Zero)
                said.Add((to, new Message.Voted(Forge(self, VoteType.Finalize, vote.View, vote.Digest))));
            return said;
        }
    }

    /// <summary>Two batches at one position, to different halves.</summary>
    private sealed class EquivocatingLane : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            if (message is not Message.BatchMessage { Batch: { } batch } || batch.Lane != self.Id || to.Value % 2 == 0)
                return [(to, message)];
            byte[] payload = [.. batch.Payload.Span, (byte)'x'];
            EpochScope scope = self.Simulation.Scope;
            BatchHeader header = batch.Header with { PayloadDigest = Digest.Sha256(payload), PayloadBytes = payload.Length };
            Signature signature = TestKeys.SignatureOf(self.Id, SigningBytes.OfBatch(scope, Batch.DigestOf(scope, header), header.Content).Span);
            return [(to, new Message.BatchMessage(Batch.Create(scope, header, signature, payload), null))];
        }
    }

    /// <summary>Shows its batches to one peer only, enough for a proof, and answers no request for them.</summary>
    private sealed class Withholder : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) =>
            message is Message.BatchMessage && to.Value != (self.Id.Value + 1) % self.Simulation.Scope.ValidatorCount ? [] : [(to, message)];
    }

    /// <summary>Never proposes, though its link lives.</summary>
    private sealed class SilentLeader : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) =>
            message is Message.Proposal ? [] : [(to, message)];
    }

    /// <summary>
    /// M1: what it says over its own link is believed there and proves nothing to anybody else: its Notarize, alone and in its proposals, are signed badly. <paramref name="oneOf"/>: one
    /// of so many, by chance.
    /// </summary>
    private sealed class BadSigner(Func<ValidatorId, bool> isVictim, int oneOf = 1) : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            if (!isVictim(to) || random.Next(oneOf) > 0)
                return [(to, message)];
            return message switch
            {
                Message.Voted { Vote: { Type: VoteType.Notarize } vote } => [(to, new Message.Voted(Spoilt(vote)))],
                Message.Proposal proposal => [(to, proposal with { LeaderVote = Spoilt(proposal.LeaderVote) })],
                _ => [(to, message)],
            };
        }

        private static Vote Spoilt(Vote vote)
        {
            byte[] bytes = vote.Signature.Span.ToArray();
            bytes[7] ^= 1;
            return vote with { Signature = new Signature(bytes) };
        }
    }

    /// <summary>Nullifies whatever view is spoken of.</summary>
    private sealed class Nullifier : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) =>
            message is Message.Voted { Vote: { } vote } ? [(to, new Message.Voted(Forge(self, VoteType.Nullify, vote.View, Digest.Zero)))] : [(to, message)];
    }

    /// <summary>Says old things again, others' signed words too, and bytes without sense.</summary>
    private sealed class Replayer : Adversary
    {
        private readonly List<Message> _heard = [];

        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random)
        {
            _heard.Add(message);
            if (random.Next(4) == 0)
                self.Simulation.SendGarbage(self.Id, to);
            return random.Next(3) == 0 ? [(to, message), (to, _heard[random.Next(_heard.Count)])] : [(to, message)];
        }
    }

    /// <summary>Claims to have executed what does not exist yet, and claims to hold all of everybody's lane.</summary>
    private sealed class Liar : Adversary
    {
        public override IEnumerable<(ValidatorId, Message)> Distort(SimulatedNode self, ValidatorId to, Message message, Random random) => message switch
        {
            Message.Voted voted => [(to, new Message.Voted(voted.Vote with { ExecutedHint = new Height(1_000_000) })), (to, new Message.Progress(new Height(2_000_000)))],
            Message.LinkStatus status => [(to, status with { Finalized = new Height(1_000_000), YourLane = new Tip(1_000_000, Digest.Sha256("lie"u8)) })],
            _ => [(to, message)],
        };
    }
}

public enum AdversaryKind
{
    Silent,
    EquivocatingLeader,
    EquivocatingVoter,
    EquivocatingLane,
    Withholder,
    Nullifier,
    Replayer,
    Liar,
    SilentLeader,
    BadSigner,
    BadSignerToSome,
    BadSignerAtTimes,
}
