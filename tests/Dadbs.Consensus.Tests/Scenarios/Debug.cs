using Dadbs.Consensus.Tests.Simulation;
namespace Dadbs.Consensus.Tests.Scenarios;
public sealed class DebugRun
{
    [Fact]
    public void Look()
    {
        if (Environment.GetEnvironmentVariable("SEED") is not { } s) return;
        var counts = new SortedDictionary<string, int>();
        Simulation.Simulation.Watch = (sim, f, t, m) => { string k = $"{sim.Now / 500000} {f}->{t} {m.GetType().Name}"; counts[k] = counts.GetValueOrDefault(k) + 1; };
        string r = "fine";
        try { Campaign.Run(int.Parse(s)); } catch (Exception e) { r = e.ToString(); }
        File.WriteAllLines("/tmp/consensus_debug.txt", counts.OrderByDescending(c => c.Value).Take(40).Select(c => $"{c.Value} {c.Key}").Append(r));
    }
}
