using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>
/// Random lives by seed. DADBS_CONSENSUS_SEEDS=first-count runs a longer campaign; a failing message names its seed. DADBS_CONSENSUS_TRACES=file
/// writes what each seed did as one number: a change that should change no behaviour leaves that file as it was.
/// </summary>
public sealed class RandomCampaign
{
    [Fact]
    public void No_seed_forks_or_stands_still()
    {
        (int first, int count) = Campaign.Seeds(60);
        var failures = new List<string>();
        var traces = new SortedDictionary<int, ulong>();
        Parallel.For(first, first + count, seed =>
        {
            try
            {
                ulong trace = Campaign.Run(seed).Trace;
                lock (traces)
                    traces[seed] = trace;
                if (first != 1)
                    Console.Error.WriteLine($"seed {seed} ok");
            }
            catch (Exception failure) when (failure is SafetyViolationException or InvariantBrokenException or InvalidOperationException or KeyNotFoundException or NullReferenceException or ArgumentException)
            {
                lock (failures)
                    failures.Add($"{seed}: {failure.GetType().Name} {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Dadbs.Consensus"))}");
            }
        });
        if (Environment.GetEnvironmentVariable("DADBS_CONSENSUS_TRACES") is { } file)
            File.WriteAllLines(file, traces.Select(trace => $"{trace.Key} {trace.Value:x16}"));
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures.Order()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void One_seed_is_one_life(int seed) => Assert.Equal(Campaign.Run(seed).Trace, Campaign.Run(seed).Trace);
}
