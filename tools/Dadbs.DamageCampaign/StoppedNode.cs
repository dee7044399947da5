using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Dadbs.Storage;

namespace Dadbs.DamageCampaign;

/// <summary>All that a started node would tell anyone: digests over every entry of its state, every block and every record of its vote log.</summary>
internal sealed record NodeContent(long Height, Hash256 Root, Hash256 Entries, Hash256 Blocks, Hash256 Votes, IReadOnlyList<string> Repairs);

/// <summary>A validator's directory with a past, and the node's own way of opening one.</summary>
internal static class StoppedNode
{
    private const int Blocks = 90;
    private const int RowsPerBlock = 40;

    public static NodeConfiguration Configuration { get; } = new()
    {
        PeerPort = 1,
        PageCacheMegabytes = 4,
        StoreMemoryMegabytes = 8,
        StoreIndexMegabytes = 1,
        CheckpointBlocks = 20,
    };

    /// <summary>A single validator that ordered statements over three tables, with checkpoints on the way, closed tidily.</summary>
    public static async Task BuildAsync(string directory, CancellationToken cancellation)
    {
        var data = new DataDirectory(directory);
        ClusterInitialization.CreateSingleValidator(data, Configuration);
        await using var node = await StartedNode.OpenAsync(data, cancellation);
        await FillAsync(node, cancellation);
    }

    /// <summary>Some ninety blocks.</summary>
    public static async Task FillAsync(StartedNode node, CancellationToken cancellation)
    {
        await node.ExecuteAsync("CREATE TABLE accounts (id int PRIMARY KEY, owner text, balance numeric)", cancellation);
        await node.ExecuteAsync("CREATE TABLE notes (id int PRIMARY KEY, body text); CREATE INDEX ON accounts (owner)", cancellation);
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * RowsPerBlock / 3;
            await node.ExecuteAsync(
                $"INSERT INTO accounts SELECT g, 'owner ' || g % 17, g * 1.5 FROM generate_series({first}, {first + RowsPerBlock}) g ON CONFLICT (id) DO UPDATE SET balance = accounts.balance + {block}",
                cancellation);
            if (block % 10 == 0) await node.ExecuteAsync($"INSERT INTO notes VALUES ({block}, repeat('a long note {block} ', 400)); DELETE FROM accounts WHERE id % 13 = {block % 13}", cancellation);
        }
    }

    /// <summary>Opens, recovers and reads everything. Whatever the node would say instead of starting is thrown.</summary>
    public static async Task<NodeContent> ReadAsync(string directory, CancellationToken cancellation)
    {
        await using var node = await StartedNode.OpenAsync(new DataDirectory(directory), cancellation);
        return node.ReadAll();
    }
}
