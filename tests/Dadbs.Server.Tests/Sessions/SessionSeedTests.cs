using Dadbs.Server.Sessions;

namespace Dadbs.Server.Tests.Sessions;

public sealed class SessionSeedTests
{
    /// <summary>More than a thread draws at once.</summary>
    [Fact]
    public void No_two_transactions_have_the_same_seed()
    {
        byte[][] seeds = [.. Enumerable.Range(0, 1000).Select(_ => SessionSeed.Draw())];
        Assert.All(seeds, seed => Assert.Equal(32, seed.Length));
        Assert.Equal(seeds.Length, seeds.Select(Convert.ToHexString).Distinct().Count());
    }
}
