namespace Dadbs.Consensus.Tests.Rules;

/// <summary>T2: who is silent is a matter of when it was heard, not of when the replica was told.</summary>
public sealed class SilentLeaderTests
{
    /// <summary>Validator 1 leads view 1; the heartbeat is due, so that somebody waits for it.</summary>
    [Theory]
    [InlineData(1_200_000, true)]
    [InlineData(800_000, false)]
    public void T2_a_ping_told_late_counts_from_when_it_came(long agoTicks, bool isSkipped)
    {
        var bench = new Bench { Ticks = 31_100_000 };
        bench.Step(new Input.Heard(new ValidatorId(1), agoTicks));
        bench.Step(new Input.Heard(new ValidatorId(2)));
        bench.Step(new Input.Heard(new ValidatorId(3)));
        bench.Receive(2, new Message.Unheard([new ValidatorId(1)]));
        bench.Step(new Input.Tick());
        bench.EndTurn();
        Assert.Equal(isSkipped, bench.Said(VoteType.Nullify, 1));
    }

    [Fact]
    public void T2_an_older_ping_told_later_takes_nothing_back()
    {
        var bench = new Bench { Ticks = 31_100_000 };
        foreach (int peer in (int[])[1, 2, 3])
            bench.Step(new Input.Heard(new ValidatorId(peer)));
        bench.Receive(2, new Message.Unheard([new ValidatorId(1)]));
        bench.Step(new Input.Heard(new ValidatorId(1), 1_200_000));
        bench.Step(new Input.Tick());
        bench.EndTurn();
        Assert.False(bench.Said(VoteType.Nullify, 1));
    }
}
