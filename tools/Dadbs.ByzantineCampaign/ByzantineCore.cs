using Dadbs.Consensus;

namespace Dadbs.ByzantineCampaign;

/// <summary>An honest replica whose words are changed on their way out. What it writes to its log and delivers stays as it is.</summary>
internal sealed class ByzantineCore(IConsensusCore honest, Liar liar) : IConsensusCore
{
    /// <summary>How often a flooder wakes. Ticks.</summary>
    private const long WakeTicks = 10_000;

    private long _wakeTicks;

    public long NextDeadlineTicks => liar.Behaviour == Behaviour.Flood ? Math.Min(honest.NextDeadlineTicks, _wakeTicks) : honest.NextDeadlineTicks;

    public bool IntakeOpen => honest.IntakeOpen;

    public bool HandsOver => honest.HandsOver;

    public View View => honest.View;

    public int BatchesWorthATurn => honest.BatchesWorthATurn;

    public int SubmissionsWorthATurn => honest.SubmissionsWorthATurn;

    public bool AwaitsExecution => honest.AwaitsExecution;

    public bool ExpectsUnanimity => honest.ExpectsUnanimity;

    public Tip OwnAvailable => honest.OwnAvailable;

    public Block Finalized => honest.Finalized;

    public long FrontierOf(ValidatorId lane) => honest.FrontierOf(lane);

    public bool Holds(CertificateKey key) => honest.Holds(key);

    public IReadOnlyList<Effect> Step(Moment now, Input input, bool more = false)
    {
        if (input is Input.Received received)
            liar.Heard(received.Message.Value);
        IReadOnlyList<Effect> effects = honest.Step(now, input, more);
        if (liar.Behaviour == Behaviour.Honest)
            return effects;
        var said = new List<Effect>(effects.Count);
        foreach (Effect effect in effects)
            Change(effect, said);
        if (liar.Behaviour != Behaviour.Flood || now.Ticks < _wakeTicks)
            return said;
        _wakeTicks = now.Ticks + WakeTicks;
        said.AddRange(liar.Flood(honest.View));
        return said;
    }

    private void Change(Effect effect, List<Effect> said)
    {
        switch (effect)
        {
            case Effect.Broadcast broadcast:
                foreach (ValidatorId peer in liar.Peers)
                    said.AddRange(liar.Distort(peer, broadcast.Message).Select(message => new Effect.Send(peer, message)));
                break;
            case Effect.Send send:
                said.AddRange(liar.Distort(send.To, send.Message).Select(message => new Effect.Send(send.To, message)));
                break;
            case Effect.ServeBatches or Effect.ServeBlocks when liar.Behaviour is Behaviour.WithheldBatches or Behaviour.SecretBatches:
                break;
            default:
                said.Add(effect);
                break;
        }
    }
}
