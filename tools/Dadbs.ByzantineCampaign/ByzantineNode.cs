using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;

namespace Dadbs.ByzantineCampaign;

/// <summary>A node made of the server's own parts, except that a <see cref="ByzantineCore"/> stands between its replica and the world.</summary>
internal static class ByzantineNode
{
    public static async Task<int> RunAsync(string directory, int port, CancellationToken cancellation)
    {
        var data = new DataDirectory(Path.GetFullPath(directory));
        Genesis genesis = GenesisJson.Parse(await File.ReadAllTextAsync(data.GenesisFile, cancellation));
        using NodeKey key = KeyFile.Read(data.KeyFile);
        var liar = new Liar(genesis, key);
        Node node = await Node.StartAsync(
            data, NodeConfiguration.Load(data.Root, port), options => options with { Core = core => new ByzantineCore(core, liar) }, cancellation);
        await using (node)
        {
            Console.WriteLine("ready");
            Task obeying = ObeyAsync(liar, cancellation);
            if (await Task.WhenAny(obeying, node.Failed) == obeying)
                return 0;
            await Console.Error.WriteLineAsync(await node.Failed);
        }

        return 1;
    }

    private static async Task ObeyAsync(Liar liar, CancellationToken cancellation)
    {
        while (await Console.In.ReadLineAsync(cancellation) is { } line)
        {
            liar.Behaviour = Behaviours.Parse(line);
            Console.WriteLine(line);
        }
    }
}
