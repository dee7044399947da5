using System.Diagnostics;

namespace Dadbs.Consensus;

/// <summary>
/// One validator's state machine: its lanes and its Simplex core, joined. Pure: what it does is a function of the inputs and the times
/// that it was given. One owner, no locks.
/// <para>
/// The host's loop: wait for input or <see cref="NextDeadlineTicks"/>; Step every input at hand (a passed deadline is an <see cref="Input.Tick"/>);
/// Step <see cref="Input.EndOfTurn"/>; carry out the gathered effects as <see cref="Effect"/> says; repeat. A fresh directory is
/// recovered from no records.
/// </para>
/// </summary>
public sealed class Replica : IConsensusCore
{
    private readonly ReplicaOptions _options;
    private readonly Outbox _outbox;
    private readonly LaneReplica _lanes;
    private readonly Hearing _hearing;
    private readonly SimplexReplica _simplex;
    private readonly HandOver _handOver;
    private long _laneChanges;
    private bool _mustEvaluate;

    private Replica(ReplicaOptions options, LogRecord.Floor? floor)
    {
        _options = options;
        _outbox = new Outbox(options.Scope);
        var numbers = new HandOverNumbers();
        var peers = new PeerTable(options.Scope, options.Self, options.Parameters);
        _hearing = new Hearing(options.Scope, options.Self, peers, _outbox);
        _lanes = new LaneReplica(options, _outbox, _hearing, numbers);
        Block head = floor?.Base ?? options.Genesis;
        Cut cut = floor?.Cut ?? Cut.Empty(options.Scope.ValidatorCount);
        _simplex = new SimplexReplica(options, _outbox, _lanes, peers, _hearing, head, cut);
        _handOver = new HandOver(options.Scope, options.Parameters, options.Sealer, _outbox, numbers, options.Scope.LeaderOf(new View(options.Self.Value + 1)));
        _simplex.State.Execution.Record(options.Genesis.Header.Executed);
        if (floor is null)
            return;
        _lanes.RestoreFloor(floor);
        _simplex.Recovery.RestoreFloor(floor.FloorView);
    }

    /// <summary>When the next <see cref="Input.Tick"/> is due, in ticks of <see cref="Moment"/>; long.MaxValue: never.</summary>
    public long NextDeadlineTicks => Math.Min(Math.Min(_lanes.NextDeadlineTicks, _simplex.NextDeadlineTicks), _handOver.NextDeadlineTicks);

    /// <summary>False: hold writers at COMMIT until a later turn opens it again (L5).</summary>
    public bool IntakeOpen => IsHandingOver || IsSyncing ? _handOver.Open : _lanes.Sealing.IntakeOpen;

    public bool HandsOver => IsHandingOver || _lanes.Sealing.Forwards;

    private bool IsHandingOver => !_handOver.IsEmpty;

    /// <summary>
    /// L4: so far behind what one honest validator says it executed that this node's lane counts as closed. Its transactions are better off in a lane whose author
    /// sees the frontier.
    /// </summary>
    public bool IsSyncing => _simplex.State.Execution.ExecutedByOneHonest.Value - Delivered.Value > _options.Parameters.ExecutionLagBlocks;

    public View View => _simplex.State.Current;

    public long FrontierOf(ValidatorId lane) => _lanes[lane].Frontier.Position;

    /// <summary>
    /// A hint for the host that saves turns: how many batches of others must have come before a turn for their sake is worth it. A leader waits
    /// for so many before it proposes, the others for those that its proposal names. Never a matter of correctness.
    /// </summary>
    public int BatchesWorthATurn => _simplex.BatchesWorthATurn;

    /// <summary>
    /// The same for own transactions: how many more must be submitted before a turn for their sake is worth it. Those that wait meanwhile are stepped with the next
    /// turn, whatever it is for. Never a matter of correctness.
    /// </summary>
    public int SubmissionsWorthATurn =>
        _lanes.Sealing.Leads ? _simplex.SubmissionsWorthATurn : _lanes.Sealing.SubmissionsWorthATurn;

    /// <summary>
    /// The same for results: whether the next <see cref="Input.Executed"/> may be what a proposal waits for, its own or another's. Else it is in time with the next turn.
    /// </summary>
    public bool AwaitsExecution => _simplex.AwaitsExecution;

    /// <summary>
    /// A hint for the host that saves turns: the last of all n Notarize is worth waiting for, and those before it are not worth a turn. Never a matter of correctness.
    /// </summary>
    public bool ExpectsUnanimity => _simplex.ExpectsUnanimity;

    /// <summary>The own lane's highest tip that is known to be available: acknowledgements up to it change nothing where f + 1 is at most 2.</summary>
    public Tip OwnAvailable => _lanes.OwnAvailable;

    /// <summary>The highest final block whose header chain is complete here; it may not be delivered yet.</summary>
    public Block Finalized => _simplex.State.Tree.Head.Block;

    /// <summary>The last block delivered (or already in the block log at recovery).</summary>
    public Height Delivered => _simplex.Deliveries.Delivered;

    /// <summary>Δ as it stands (T1), for status views.</summary>
    public long DeltaTicks => _simplex.Delta;

    /// <summary>Views above the final head of which anything is kept (M1).</summary>
    public int KnownViews => _simplex.State.Views.Count;

    /// <summary>
    /// Rebuilds the replica from the vote log: all records from the last checkpoint's frame on, oldest first (none for a fresh directory).
    /// <paramref name="blockLogHeight"/> is the height through which the block log is durable: those blocks are not delivered again. Then
    /// Step <see cref="Input.Start"/>, and <see cref="Input.Executed"/> for the recovered state.
    /// </summary>
    public static Replica Recover(ReplicaOptions options, IEnumerable<LogRecord> records, Height blockLogHeight)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(records);
        options.Parameters.Validate();
        List<LogRecord> log = [.. records];
        int start = log.FindLastIndex(record => record is LogRecord.Floor);
        var replica = new Replica(options, start < 0 ? null : (LogRecord.Floor)log[start]);
        replica._simplex.Deliveries.Silent = blockLogHeight;
        foreach (LogRecord record in log.Skip(start + 1))
            replica.Restore(record);
        return replica;
    }

    /// <summary>Whether a certificate with this key is already held; for <see cref="MessageVerifier"/>. The owner's thread only.</summary>
    public bool Holds(CertificateKey key)
    {
        SimplexState state = _simplex.State;
        if (key.View <= state.Tree.Head.Block.View)
            return key == state.HighestFinalization?.Key || key == state.Entry?.Key;
        return state.Find(key.View)?.Held(key)?.Key == key;
    }

    /// <summary>
    /// Cheap, before verification: false when the message could change nothing here (a vote or certificate already held, a view long past).
    /// The owner's thread only; skipping the call costs time, not correctness.
    /// </summary>
    public bool IsUseful(ValidatorId from, Message message)
    {
        SimplexState state = _simplex.State;
        View head = state.Tree.Head.Block.View;
        return message switch
        {
            Message.Certified certified => certified.Certificate.View > head && !Holds(certified.Certificate.Key),
            Message.Voted { Vote: { } vote } => vote.View >= state.Current || (vote.View > head && !vote.IsNeedless(Holds)) || IsAnswered(vote),
            Message.CertifiedBlock block => block.Block.View > head,
            Message.FinalizedBlocks blocks => blocks.Blocks.Any(block => block.Block.Height > Finalized.Height),
            Message.Available available => !_lanes[available.Proof.Header.Lane].IsAvailable(available.Proof.Header.Digest)
                && available.Proof.Header.Position > _lanes[available.Proof.Header.Lane].Frontier.Position,
            _ => true,
        };
    }

    /// <summary>V7 and C1: whoever says so was left behind.</summary>
    private bool IsAnswered(Vote vote) =>
        vote.Type == VoteType.Nullify || (vote.Type == VoteType.Finalize && _simplex.State.HighestFinalization is { IsUnanimous: true });

    /// <summary>
    /// The effects of one input, in order. The list is the caller's. <paramref name="more"/>: another input of this turn follows, in the end
    /// <see cref="Input.EndOfTurn"/>; what the rules make of all of them is said once, then.
    /// </summary>
    public IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false)
    {
        _lanes.BeginStep(now.Ticks);
        _simplex.BeginStep(now);
        // What is ordered by now lets the own lane seal in this turn.
        if (input is Input.EndOfTurn)
        {
            _mustEvaluate |= _simplex.IsToPropose && _lanes.HoldsForProposal;
            Evaluate();
            _lanes.Sealing.NextProposal = _simplex.NextProposal;
        }
        Take(input);
        if (IsHandingOver && input is Input.EndOfTurn or Input.Tick)
            _handOver.Evaluate(now);
        _mustEvaluate |= !ConcernsLanesOnly(input);
        if (!more)
            Evaluate();
        if (input is Input.BlockLogDurable && _outbox.LogBytes >= _options.Parameters.CheckpointLogBytes)
            Checkpoint();
        return _outbox.Drain();
    }

    private void Evaluate()
    {
        long laneChanges = _lanes.Changes;
        if (laneChanges != _laneChanges || _mustEvaluate)
            _simplex.Evaluate();
        _laneChanges = laneChanges;
        _mustEvaluate = false;
    }

    /// <summary>Agreement has nothing new to say after these, unless a lane changed. Most inputs under load are of this kind.</summary>
    private static bool ConcernsLanesOnly(Input input) => input switch
    {
        Input.EndOfTurn or Input.Submitted or Input.Heard => true,
        Input.Received received => received.Message.Value is Message.Acknowledged or Message.BatchMessage or Message.Available or Message.BatchRequest,
        _ => false,
    };

    private void Take(Input input)
    {
        switch (input)
        {
            case Input.Start:
                _lanes.Sealing.Start();
                _simplex.Start();
                break;
            case Input.Tick:
                _lanes.Tick();
                _simplex.Tick();
                break;
            case Input.EndOfTurn:
                _lanes.EndOfTurn();
                break;
            case Input.Received received:
                _simplex.OnHeard(received.From, agoTicks: 0);
                Take(received.From, received.Message.Value);
                break;
            case Input.Submitted submitted:
                Submit(submitted);
                break;
            case Input.LinkUp up:
                _simplex.Relay.OnLinkUp(up.Peer, _lanes.OnLinkUp(up.Peer));
                _simplex.Evidence.OnLinkUp(up.Peer);
                _handOver.LinkUp(up.Peer, _simplex.State.Now.Ticks);
                break;
            case Input.LinkDown down:
                _simplex.OnLinkDown(down.Peer);
                _handOver.LinkDown(down.Peer, _simplex.State.Now.Ticks);
                _lanes.Sealing.OnLinkDown(down.Peer);
                break;
            case Input.Heard heard:
                _simplex.OnHeard(heard.Peer, heard.AgoTicks);
                break;
            case Input.Doubted doubted:
                _simplex.OnDoubted(doubted.Finalization);
                break;
            case Input.Executed executed:
                _simplex.OnExecuted(executed.Roots);
                break;
            case Input.Ordered ordered:
                _handOver.Ordered(ordered.Ids);
                _lanes.Sealing.Ordered(ordered.Ids);
                break;
            case Input.BlockLogDurable durable:
                _simplex.Deliveries.BlockLogDurable(durable.Height);
                _lanes.Forget(durable.Height);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Take(ValidatorId from, Message message)
    {
        switch (message)
        {
            case Message.Proposal proposal:
                _simplex.OnProposal(from, proposal);
                break;
            case Message.Voted voted:
                _simplex.OnVote(from, voted.Vote);
                break;
            case Message.Certified certified:
                _simplex.OnCertificate(from, certified.Certificate);
                break;
            case Message.BatchMessage batch:
                _lanes.OnBatch(batch);
                break;
            case Message.Acknowledged acknowledged:
                _lanes.OnAcknowledgement(acknowledged.Acknowledgement);
                break;
            case Message.Available available:
                _lanes.OnProof(available.Proof);
                break;
            case Message.LinkStatus status:
                _simplex.OnLinkStatus(from, status);
                _lanes.OnLinkStatus(from, status.YourLane);
                break;
            case Message.ViewRequest request:
                _simplex.Relay.OnViewRequest(from, request.View);
                break;
            case Message.CertifiedBlock certified:
                _simplex.OnCertifiedBlock(certified);
                break;
            case Message.BlocksRequest request:
                _simplex.Relay.OnBlocksRequest(from, request.From);
                break;
            case Message.FinalizedBlocks blocks:
                _simplex.OnFinalizedBlocks(blocks.Blocks);
                break;
            case Message.BatchRequest request:
                _lanes.OnRequest(from, request);
                break;
            case Message.Progress progress:
                _simplex.OnProgress(from, progress);
                break;
            case Message.Unheard unheard:
                _hearing.Heard(from, unheard);
                break;
            case Message.LeaderSaid said:
                _simplex.Evidence.Saw(said.View, said.Word, isProven: true);
                break;
            case Message.Contradiction contradiction:
                _simplex.Evidence.Take(contradiction);
                break;
            case Message.PushedBack pushed:
                _handOver.PushedBack(from, pushed.Number, _simplex.State.Now.Ticks);
                _lanes.Sealing.PushedBack(from, pushed.Number);
                break;
            case Message.HandedOver:
                // The host puts these into the lane as it does own ones, or pushes back.
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// L4: while anything is handed over, what follows goes the same way, so that nothing overtakes it. Nobody hands on what another signed: that stays for the own lane, and whoever forwarded it
    /// takes it back if that takes long.
    /// </summary>
    private void Submit(Input.Submitted submitted)
    {
        if ((IsHandingOver || IsSyncing) && submitted.Transaction.Source == TransactionSource.Own)
            _handOver.Submit(submitted.Transaction);
        else
            _lanes.Sealing.Submit(submitted);
    }

    /// <summary>D1. After everything else of the step, so that the records of the step are in it.</summary>
    private void Checkpoint()
    {
        SimplexState state = _simplex.State;
        state.Floor = state.Tree.Head.Block.View;
        var floor = new LogRecord.Floor(
            _simplex.Deliveries.DurableBlock, _simplex.Deliveries.DurableCut, state.Floor, _lanes.OwnTip, _lanes.AcknowledgedCut());
        List<LogRecord> records = _simplex.Recovery.RecordsToKeep(floor);
        records.AddRange(_lanes.BatchesToKeep());
        _outbox.Checkpoint(records);
    }

    private void Restore(LogRecord record)
    {
        switch (record)
        {
            case LogRecord.KnownBlock known:
                _simplex.Recovery.RestoreBlock(known.Block);
                break;
            case LogRecord.OwnVote own:
                _simplex.Recovery.RestoreVote(own.Vote);
                break;
            case LogRecord.KnownCertificate known:
                _simplex.Recovery.RestoreCertificate(known.Certificate);
                break;
            case LogRecord.StoredBatch stored:
                _lanes.RestoreBatch(stored.Batch);
                break;
            case LogRecord.OwnAcknowledgement own:
                _lanes.RestoreAcknowledgement(own.Acknowledgement);
                break;
            case LogRecord.OwnExecution own:
                _simplex.State.Execution.Record(own.Roots);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
