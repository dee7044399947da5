using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Tests.Functions;

public sealed class SeedStreamTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void The_same_seed_and_statement_give_the_same_values_and_another_statement_others()
    {
        var (first, again, other) = (new SeedStream(Seed, 3), new SeedStream(Seed, 3), new SeedStream(Seed, 4));
        for (var i = 0; i < 20; i++)
        {
            var value = first.NextUInt64();
            Assert.Equal(value, again.NextUInt64());
            Assert.NotEqual(value, other.NextUInt64());
        }
    }

    [Fact]
    public void Random_numbers_stay_below_one_and_uuids_say_version_4()
    {
        var stream = new SeedStream(Seed, 0);
        for (var i = 0; i < 1000; i++)
            Assert.InRange(stream.NextDouble(), 0, 0.99999999999999994);
        var uuid = stream.NextUuid();
        Assert.Equal(4, uuid[6] >> 4);
        Assert.Equal(2, uuid[8] >> 6);
    }
}
