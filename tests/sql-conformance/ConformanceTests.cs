using System.Text;
using Npgsql;

namespace Dadbs.SqlConformance;

/// <summary>
/// The project's own scripts, whose expectations come from a real PostgreSQL: with <c>DADBS_CONFORMANCE_RECORD</c> set to a connection string the
/// scripts run there instead and their expected lines are rewritten in the source tree.
/// </summary>
public sealed class ConformanceTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "scripts");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Scripts, "*.slt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answers_as_PostgreSQL_does(string name)
    {
        var recordFrom = Environment.GetEnvironmentVariable("DADBS_CONFORMANCE_RECORD");
        if (recordFrom is not null)
        {
            await Recording.RewriteAsync(SourceOf(name), recordFrom);
            return;
        }

        await using var runner = await node.OpenAsync("slt_" + name.Replace('-', '_'));
        var failures = new StringBuilder();
        foreach (var record in SqlLogicFile.Read(await File.ReadAllLinesAsync(Path.Combine(Scripts, name + ".slt")), isDadbs: true))
        {
            var (failure, _) = await runner.RunAsync(record);
            if (failure is not null) failures.AppendLine($"{name}.slt:{record.Line}: {record.Sql}\n    {failure}");
        }

        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static string SourceOf(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "sql-conformance.csproj"))) directory = directory.Parent;
        return Path.Combine(directory!.FullName, "scripts", name + ".slt");
    }
}
