namespace Dadbs.SqlConformance;

/// <summary>
/// Suites that are not part of the repository: a directory of sqllogictest files named by <c>DADBS_CONFORMANCE</c>. Without it these tests say so and pass.
/// </summary>
public sealed class ExternalSuiteTests(NodeFixture node, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData("sqllogictest/select", 3, 100)]
    [InlineData("sqltest", int.MaxValue, 80)]
    public async Task Passes_most_of(string suite, int filesMax, int passedPercentMin)
    {
        var root = Environment.GetEnvironmentVariable("DADBS_CONFORMANCE");
        if (root is null)
        {
            output.WriteLine("skipped: DADBS_CONFORMANCE does not name the directory of the suites");
            return;
        }

        var (passed, total) = (0, 0);
        foreach (var file in Directory.GetFiles(Path.Combine(root, suite), "*.slt", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(root, suite), "*.test", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Take(filesMax))
        {
            await using var runner = await node.OpenAsync("external");
            foreach (var record in SqlLogicFile.Read(await File.ReadAllLinesAsync(file), isDadbs: true))
            {
                total++;
                var (failure, _) = await runner.RunAsync(record);
                if (failure is null) passed++;
                else output.WriteLine($"{Path.GetFileName(file)}:{record.Line}: {failure}");
            }
        }

        output.WriteLine($"{suite}: {passed} of {total}");
        Assert.True(passed * 100L >= total * (long)passedPercentMin, $"{suite}: only {passed} of {total} records pass");
    }
}
