using System.Diagnostics;
using Dadbs.Server.Tests.Architecture;

namespace Dadbs.Server.Tests.Processes;

/// <summary>A table as a queue: eight workers on two nodes take 200 jobs in each of the two usual forms, each exactly once. The long form: tools/Dadbs.QueueCampaign.</summary>
[Collection(ProcessCollection.Name)]
public class QueueCampaignTests
{
    [Fact]
    public async Task Each_job_is_handed_out_once()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(SourceTree.Root, "tools", "Dadbs.QueueCampaign", "bin", configuration, "net10.0", "Dadbs.QueueCampaign.dll"));
        foreach (string argument in (string[])["--jobs", "200", "--workers", "8", "--nodes", "2"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        Assert.Equal(2, output.Split("200 jobs, 8 workers, 2 nodes").Length - 1);
        Assert.Contains("each job once", output, StringComparison.Ordinal);
    }
}
