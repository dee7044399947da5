using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>One replica on the table: the test plays all the others, with their keys, and reads every effect.</summary>
internal sealed class Bench
{
    private readonly List<LogRecord> _log = [];
    private readonly TestPayloads _payloads = new();

    /// <param name="self">The replica's index.</param>
    /// <param name="validators">How many there are.</param>
    /// <param name="parameters">Null: as by default.</param>
    /// <param name="believesLinks">M1: Notarize over their voters' own links pass unverified. False: the rim verifies every vote, as where there are many validators.</param>
    public Bench(int self = 0, int validators = 4, ConsensusParameters? parameters = null, bool believesLinks = false)
    {
        Scope = new EpochScope(Digest.Sha256("bench"u8), 1, validators);
        Genesis = Block.Genesis(Scope, 1_000, Digest.Zero, Digest.Zero);
        Options = new ReplicaOptions
        {
            Scope = Scope,
            Self = new ValidatorId(self),
            Genesis = Genesis,
            Signer = new TestSigner(new ValidatorId(self)),
            Sealer = _payloads,
            Verifier = new CountingKeys(this),
            Links = believesLinks ? new LinkTrust(validators) : LinkTrust.Nobody(validators),
            Parameters = parameters ?? ConsensusParameters.Default,
        };
        Replica = Replica.Recover(Options, [], Height.Genesis);
        Step(new Input.Start());
        for (int peer = 0; peer < validators; peer++)
        {
            if (peer != self)
                Step(new Input.LinkUp(new ValidatorId(peer)));
        }
        Effects.Clear();
    }

    public EpochScope Scope { get; }

    public Block Genesis { get; }

    public ReplicaOptions Options { get; }

    public Replica Replica { get; private set; }

    /// <summary>Verifications so far that each would cost curve arithmetic, by the rim or the core.</summary>
    public long Verifications { get; private set; }

    public long Ticks { get; set; } = 1_000_000;

    public long UtcMicros { get; set; } = 1_000_000;

    public List<Effect> Effects { get; } = [];

    public IReadOnlyList<LogRecord> Log => _log;

    public IEnumerable<Vote> OwnVotes => _log.OfType<LogRecord.OwnVote>().Select(record => record.Vote);

    public IEnumerable<Message> Sent => Effects.Select(effect => effect switch
    {
        Effect.Send send => send.Message,
        Effect.Broadcast broadcast => broadcast.Message,
        _ => null,
    }).OfType<Message>();

    public bool Said(VoteType type, long view) => OwnVotes.Any(vote => vote.Type == type && vote.View.Value == view);

    public void Step(Input input)
    {
        foreach (Effect effect in Replica.Step(new Moment(Ticks, UtcMicros), input))
        {
            Effects.Add(effect);
            if (effect is Effect.Persist persist)
                _log.AddRange(persist.Records);
            if (effect is not Effect.Checkpoint checkpoint)
                continue;
            _log.Clear();
            _log.AddRange(checkpoint.Records);
        }
    }

    public void EndTurn() => Step(new Input.EndOfTurn());

    /// <summary>Time passes; timers fire when they are due, and never without end.</summary>
    public void Wait(long ticks)
    {
        long end = Ticks + ticks;
        for (int wakes = 0; Replica.NextDeadlineTicks <= end; wakes++)
        {
            Assert.True(wakes < 100_000, "timers without end");
            Ticks = Math.Max(Ticks, Replica.NextDeadlineTicks);
            Step(new Input.Tick());
            EndTurn();
        }
        Ticks = end;
    }

    /// <summary>kill -9 with everything flushed, and back. Links come up again.</summary>
    public void Restart(long blockLogHeight = 0)
    {
        Effects.Clear();
        Replica = Replica.Recover(Options, _log.ToArray(), new Height(blockLogHeight));
        Step(new Input.Start());
        for (int peer = 0; peer < Scope.ValidatorCount; peer++)
        {
            if (peer != Options.Self.Value)
                Step(new Input.LinkUp(new ValidatorId(peer)));
        }
    }

    public void Receive(int from, Message message)
    {
        Assert.True(TryReceive(from, message), $"refused: {message}");
    }

    /// <summary>False: the rim refuses it, and counts that against its sender.</summary>
    public bool TryReceive(int from, Message message)
    {
        var verifier = new MessageVerifier(Scope, Options.Verifier, _payloads, Replica.Holds, Options.Links);
        if (verifier.TryVerify(new ValidatorId(from), message) is not { } verified)
            return false;
        Step(new Input.Received(new ValidatorId(from), verified));
        return true;
    }

    /// <summary>M1: what goes out is what others take.</summary>
    public void AssertOthersTakeWhatWasSent()
    {
        var verifier = new MessageVerifier(Scope, new TestKeys(), _payloads);
        foreach (Message message in Sent)
        {
            Message? heard = Message.Decode(Scope, message.ToBytes(Scope));
            Assert.NotNull(heard);
            Assert.True(verifier.TryVerify(Options.Self, heard) is not null, $"sent: {message}");
        }
    }

    public Vote VoteOf(int voter, VoteType type, long view, Digest digest = default, long executed = 0) => new(
        type, new View(view), digest, new ValidatorId(voter), new Height(executed),
        TestKeys.SignatureOf(new ValidatorId(voter), SigningBytes.OfVote(Scope, type, new View(view), digest).Span));

    public void ReceiveVotes(VoteType type, long view, Digest digest, params int[] voters)
    {
        foreach (int voter in voters)
            Receive(voter, new Message.Voted(VoteOf(voter, type, view, digest)));
    }

    public Certificate CertificateOf(VoteType type, long view, Digest digest, params int[] voters) => new(
        type, Scope.Epoch, new View(view), digest, [.. voters.Select(voter => (new ValidatorId(voter), VoteOf(voter, type, view, digest).Signature))]);

    /// <summary>C1: the Notarize of all.</summary>
    public Certificate UnanimousOf(long view, Digest digest, params int[] voters) => new(
        VoteType.Finalize, Scope.Epoch, new View(view), digest, [.. voters.Select(voter => (new ValidatorId(voter), VoteOf(voter, VoteType.Notarize, view, digest).Signature))], isUnanimous: true);

    /// <summary>S2: each with what it claims.</summary>
    public Certificate NullificationOf(long view, params (int Voter, Digest Claim)[] votes) => Certificate.Nullification(
        Scope, new View(view), [.. votes.Select(vote => (new ValidatorId(vote.Voter), vote.Claim, VoteOf(vote.Voter, VoteType.Nullify, view, vote.Claim).Signature))]);

    public Batch BatchOf(int lane, long position, Digest parent, string payload, int transactions = 1)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(payload);
        var header = new BatchHeader(Scope.Epoch, new ValidatorId(lane), position, parent, Digest.Sha256(bytes), bytes.Length, transactions);
        Digest digest = Batch.DigestOf(Scope, header);
        return Batch.Create(Scope, header, TestKeys.SignatureOf(header.Lane, SigningBytes.OfBatch(Scope, digest).Span), bytes);
    }

    public void ReceiveBatch(int from, Batch batch) => Receive(from, new Message.BatchMessage(batch, null));

    public Acknowledgement AcknowledgementOf(int signer, params LaneTip[] leaves) => new(
        new ValidatorId(signer), leaves,
        TestKeys.SignatureOf(new ValidatorId(signer), SigningBytes.OfAcknowledgement(Scope, leaves.Length, MerkleTree.RootOf(leaves)).Span));

    /// <summary>A valid block on <paramref name="parent"/>, whose full cut is <paramref name="before"/>.</summary>
    public Block BlockOn(Block parent, long view, Cut? before = null, IReadOnlyList<LaneTip>? cut = null, Func<BlockHeader, BlockHeader>? change = null)
    {
        before ??= Cut.Empty(Scope.ValidatorCount);
        cut ??= [];
        var header = new BlockHeader
        {
            Epoch = Scope.Epoch,
            View = new View(view),
            Height = parent.Height.Next,
            ParentView = parent.View,
            ParentDigest = parent.Digest,
            Cut = cut,
            CutDigest = before.Advance(cut).DigestIn(Scope),
            Executed = parent.Header.Executed,
            TimeMicros = parent.Header.TimeMicros + 1,
        };
        return Block.Create(Scope, change?.Invoke(header) ?? header);
    }

    public void Propose(Block block, Certificate? parent = null, params Certificate[] skipped)
    {
        int leader = Scope.LeaderOf(block.View).Value;
        Receive(leader, new Message.Proposal(block, VoteOf(leader, VoteType.Notarize, block.View.Value, block.Digest), parent, skipped));
        EndTurn();
    }

    private sealed class CountingKeys(Bench bench) : IStatementVerifier
    {
        private readonly TestKeys _keys = new();

        public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature)
        {
            bench.Verifications++;
            return _keys.Verify(signer, signingBytes, signature);
        }
    }
}
