using System.Diagnostics;
using Dadbs.Server.Tests.Architecture;
using Dadbs.Server.Tests.Processes;

namespace Dadbs.Server.Tests.Determinism;

/// <summary>
/// One stream of statements, executed by processes that differ in all that must not matter: the state roots are equal. Longer streams and other seeds:
/// tools/Dadbs.Determinism.
/// </summary>
[Collection(ProcessCollection.Name)]
public class DeterminismTests
{
    private const string Length = "250";

    [Fact]
    public async Task Culture_time_zone_restart_memory_and_instruction_set_do_not_show_in_the_root()
    {
        string plain = await RootAsync([], []);
        Assert.Matches("^[0-9a-f]{64} [0-9]+ committed$", plain);
        Assert.Equal(plain, await RootAsync(["--foreign-culture"], [("TZ", "Asia/Kolkata"), ("LANG", "tr_TR.UTF-8")]));
        Assert.Equal(plain, await RootAsync(["--restart-at", "17", "--page-cache-kb", "256"], []));
        Assert.Equal(plain, await RootAsync([], [("DOTNET_EnableFMA", "0"), ("DOTNET_EnableAVX", "0")]));
    }

    [Fact]
    public async Task Another_stream_leads_to_another_root() =>
        Assert.NotEqual(await RootAsync(["--seed", "1"], []), await RootAsync(["--seed", "2"], []));

    private static async Task<string> RootAsync(string[] arguments, (string Name, string Value)[] environment)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(SourceTree.Root, "tools", "Dadbs.Determinism", "bin", configuration, "net10.0", "Dadbs.Determinism.dll"));
        foreach (string argument in (string[])["--length", Length, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.Trim();
    }
}
