using System.Diagnostics;

namespace Dadbs.Determinism;

/// <summary>Records one chain, replays it under each variation in a process of its own, and compares the roots.</summary>
internal static class Campaign
{
    private static readonly Variation[] Variations =
    [
        new("as it is", [], []),
        new("foreign culture and language", ["--foreign-culture"], [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")]),
        new("restart every 17 blocks, 256 KB of pages", ["--restart-every", "17", "--page-cache-kb", "256"], []),
        new("no FMA, no AVX", [], [("DOTNET_EnableFMA", "0"), ("DOTNET_EnableAVX", "0")]),
        new("time zone Asia/Kolkata", [], [("TZ", "Asia/Kolkata")]),
        new("time zone America/St_Johns", [], [("TZ", "America/St_Johns")]),
        new("restart every 3 blocks", ["--restart-every", "3"], []),
        new("restart every 101 blocks", ["--restart-every", "101"], []),
        new("checkpoint every block", ["--checkpoint-every", "1"], []),
        new("checkpoint every 50 blocks, 64 KB of pages", ["--checkpoint-every", "50", "--page-cache-kb", "64"], []),
        new("1 GB of pages", ["--page-cache-kb", "1048576"], []),
        new("plans and catalogs forgotten every block", ["--cold-every", "1"], []),
        new("no hardware intrinsics", [], [("DOTNET_EnableHWIntrinsic", "0")]),
        new("optimised code from the start", [], [("DOTNET_TieredCompilation", "0")]),
        new("no profile-guided optimisation, no quick code for loops", [], [("DOTNET_TieredPGO", "0"), ("DOTNET_TC_QuickJitForLoops", "0")]),
        new("no precompiled code", [], [("DOTNET_ReadyToRun", "0")]),
        new("unoptimised code", [], [("DOTNET_JITMinOpts", "1")]),
        new("server garbage collector", [], [("DOTNET_gcServer", "1")]),
        new("collections all the time", [], [("DOTNET_GCgen0size", "80000")]),
        new("one processor", [], [("DOTNET_PROCESSOR_COUNT", "1")]),
        new("small stacks", [], [("DOTNET_DefaultStackSize", "40000")]),
        new("foreign culture, restarts, small cache, no AVX2", ["--foreign-culture", "--restart-every", "29", "--page-cache-kb", "128"], [("DOTNET_EnableAVX2", "0"), ("TZ", "Pacific/Chatham")]),
    ];

    private sealed record Variation(string Name, string[] Arguments, (string Name, string Value)[] Environment);

    /// <returns>0 if all led to one root.</returns>
    public static async Task<int> RunAsync(int seed, int statements, int sessions, int only, CancellationToken cancellation)
    {
        string directory = Directory.CreateTempSubdirectory("dadbs-determinism-chain-").FullName;
        try
        {
            int recorded = await Recording.RunAsync(directory, seed, statements, sessions, cancellation);
            if (recorded != 0) return recorded;
            var roots = new HashSet<string>();
            int failures = 0;
            foreach (var variation in only > 0 ? Variations.Take(only) : Variations)
            {
                (int exitCode, string output) = await ReplayAsync(directory, variation, cancellation);
                Console.WriteLine($"{(exitCode == 0 ? output : $"FAILED ({exitCode}) {output}")}  {variation.Name}");
                if (exitCode == 0) roots.Add(output);
                else failures++;
            }

            Console.WriteLine($"{roots.Count} root(s), {failures} failure(s)");
            return roots.Count == 1 && failures == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> ReplayAsync(string directory, Variation variation, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Campaign).Assembly.Location);
        foreach (string argument in (string[])["replay", directory, .. variation.Arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in variation.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, process.ExitCode == 0 ? output.Trim() : $"{output.Trim()} {await errors}");
    }
}
