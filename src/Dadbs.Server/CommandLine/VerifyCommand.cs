using System.CommandLine;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;

namespace Dadbs.Server.CommandLine;

/// <summary><c>dadbs verify</c>: re-checks a stopped node's whole chain from genesis and public data alone.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var dataDirectory = SharedOptions.DataDirectory("directory of a stopped node");
        var command = new Command("verify", "Re-check a stopped node's chain: signatures, certificates, replay, state roots.") { dataDirectory };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(dataDirectory)!, cancellation));
        return command;
    }

    private static Task<int> RunAsync(string directory, CancellationToken cancellation)
    {
        var data = new DataDirectory(Path.GetFullPath(directory));
        if (!File.Exists(data.GenesisFile)) throw new CommandFailedException($"{data.Root} holds no node: {data.GenesisFile} is missing");
        var verified = ChainVerification.Run(data, cancellation);
        Console.WriteLine($"chain        {verified.ChainId}");
        Console.WriteLine($"height       {verified.Height}");
        Console.WriteLine($"state root   {verified.StateRoot}");
        Console.WriteLine($"finalized    {verified.FinalizedHeight}");
        Console.WriteLine($"certified    {verified.CertifiedHeight}");
        Console.WriteLine($"transactions {verified.Transactions}");
        Console.WriteLine("verified");
        return Task.FromResult(ExitCode.Done);
    }
}
