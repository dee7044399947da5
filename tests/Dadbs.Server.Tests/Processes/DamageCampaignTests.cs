using System.Diagnostics;
using Dadbs.Server.Tests.Architecture;

namespace Dadbs.Server.Tests.Processes;

/// <summary>
/// Damages, one at a time, to a stopped validator's files. No damage may be served; what ends the start names the file. The long form, with a table by
/// kind of file: tools/Dadbs.DamageCampaign.
/// </summary>
[Collection(ProcessCollection.Name)]
public class DamageCampaignTests
{
    [Fact]
    public Task No_damage_to_a_stopped_validator_is_served() =>
        RunAsync(["--damages", "30", "--seed", "11"], "30 damages, 0 served, 0 refused without a name");

    /// <summary>Of four validators one is damaged again and again: its block log and its page store become those of its peers.</summary>
    [Fact]
    public Task What_peers_have_is_healed() => RunAsync(["--cluster", "--damages", "16", "--seed", "5"], ", 0 faults");

    private static async Task RunAsync(string[] arguments, string expected)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(SourceTree.Root, "tools", "Dadbs.DamageCampaign", "bin", configuration, "net10.0", "Dadbs.DamageCampaign.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
