using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// What a node runs while its block log is shorter than what it said or knew: it follows the chain through that height as an observer does, asks what it salvaged first and then
/// peers, and answers those that heal at the same time. It says nothing that binds it, and takes no transactions.
/// </summary>
internal sealed class HealingCore(Follower follower, ServedBlocks? salvage, Action<Message> answered) : IConsensusCore
{
    private readonly HashSet<Message> _askedHere = [];

    public long NextDeadlineTicks => follower.NextDeadlineTicks;

    public bool IntakeOpen => false;

    public bool HandsOver => false;

    public View View => follower.View;

    public int BatchesWorthATurn => 1;

    public int SubmissionsWorthATurn => int.MaxValue;

    public bool AwaitsExecution => false;

    public bool ExpectsUnanimity => false;

    public Tip OwnAvailable => Tip.Origin;

    public Block Finalized => follower.Finalized;

    public long FrontierOf(ValidatorId lane) => follower.FrontierOf(lane);

    public bool Holds(CertificateKey key) => false;

    public IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false)
    {
        List<Effect> effects = [.. follower.Step(now, input, more).Where(effect => effect is not Effect.Send send || !IsAnsweredHere(send.Message))];
        if (input is Input.Received received && Serve(received.From, received.Message.Value) is { } served)
            effects.Add(served);
        return effects;
    }

    private static Effect? Serve(ValidatorId from, Message message) => message switch
    {
        Message.BlocksRequest request => new Effect.ServeBlocks(from, request.From, ConsensusParameters.Default.CatchUpBlocks),
        Message.BatchRequest request when request.Height > Height.Genesis => new Effect.ServeBatches(from, request.Height, request.Lane, request.From, request.To.Position),
        _ => null,
    };

    /// <summary>Once for each question: what is asked again was not answered well, and goes to a peer.</summary>
    private bool IsAnsweredHere(Message question)
    {
        if (salvage is null || question is not (Message.BlocksRequest or Message.BatchRequest) || !_askedHere.Add(question))
            return false;
        Message[] answers = question switch
        {
            Message.BlocksRequest request => salvage.Blocks(request.From, ConsensusParameters.Default.CatchUpBlocks) is { } run ? [run] : [],
            Message.BatchRequest request => [.. salvage.Batches(request.Height, request.Lane, request.From, request.To.Position)],
            _ => [],
        };
        foreach (Message answer in answers)
            answered(answer);
        return answers.Length > 0;
    }
}
