using Dadbs.ByzantineCampaign;

namespace Dadbs.Server.Tests.Processes;

/// <summary>The short form of tools/Dadbs.ByzantineCampaign: three real nodes and one made of the same parts that lies in every way it knows, one after the other.</summary>
[Collection(ProcessCollection.Name)]
public class ByzantineTests
{
    [Fact]
    public async Task A_validator_that_lies_in_every_way_neither_forks_the_others_nor_takes_an_acknowledged_write_from_them()
    {
        string? fault = await Campaign.RunInTurnAsync(Enum.GetValues<Behaviour>(), clients: 8, TimeSpan.FromSeconds(1.5), CancellationToken.None);
        Assert.Null(fault);
    }
}
