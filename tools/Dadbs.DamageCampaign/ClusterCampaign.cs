using Dadbs.ClusterHarness;
using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Dadbs.Storage;

namespace Dadbs.DamageCampaign;

/// <summary>
/// The same to one of four validators, whose peers go on: it is stopped, a file of it damaged, and started. Damage to its block log or page store must be healed, to what the peers
/// have; damage to what only it knows (key, genesis, vote log) must be named. It never goes back to an older image: a start that was refused said nothing, so what was damaged is
/// put back and the same directory goes on.
/// </summary>
internal sealed class ClusterCampaign(int seed, TextWriter output)
{
    private const int Validators = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FileDamage _damage = new(seed);
    /// <summary>Files damaged before and still there. Older checkpoints keep what was damaged in them until they are collected: each start reports it again, in whichever words.</summary>
    private readonly HashSet<string> _damagedBefore = [];
    private readonly SortedDictionary<string, int[]> _table = new(StringComparer.Ordinal);

    public async Task<bool> RunAsync(int damages, CancellationToken cancellation)
    {
        string work = Directory.CreateTempSubdirectory("dadbs-damage-").FullName;
        var peers = new List<StartedNode>();
        try
        {
            var directories = ClusterInitialization.Create(work, Validators, 0, FreePorts.FirstOf(Validators), []);
            StartedNode[] nodes = await Task.WhenAll(directories.Select(directory => StartedNode.OpenAsync(directory, cancellation)));
            peers.AddRange(nodes[1..]);
            await StoppedNode.FillAsync(nodes[0], cancellation);
            StartedNode victim = nodes[0];
            for (int i = 0; i < damages; i++)
            {
                await AwaitEqualAsync(victim, peers[0], cancellation);
                await victim.DisposeAsync();
                // They go on meanwhile: what they order now it has to catch up with.
                await peers[i % peers.Count].ExecuteAsync($"INSERT INTO notes VALUES ({1000 + i}, repeat('while it was down ', 100))", cancellation);
                victim = await DamageOnceAsync(directories[0], Path.Combine(work, "image"), i, peers[0], cancellation);
            }

            peers.Add(victim);
            int faults = _table.Values.Sum(counts => counts[(int)Verdict.Served] + counts[(int)Verdict.RefusedUnnamed] + counts[(int)Verdict.Unhealed]);
            Campaign.Print(output, _table);
            output.WriteLine($"{damages} damages to one of {Validators} validators, {_table.Values.Sum(counts => counts[(int)Verdict.Healed])} healed, {faults} faults");
            return faults == 0;
        }
        finally
        {
            foreach (StartedNode peer in peers) await peer.DisposeAsync();
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Returns the node, running and whole.</summary>
    private async Task<StartedNode> DamageOnceAsync(DataDirectory data, string image, int number, StartedNode peer, CancellationToken cancellation)
    {
        SparseCopy.Copy(data.Root, image);
        // Half of them to the block log, which only peers can heal.
        var (file, kind, what) = _damage.Inflict(data.Root, number % 2 == 0 ? "blocks" : "");
        Verdict verdict;
        string saying = "";
        StartedNode? started = null;
        try
        {
            bool isSame;
            while (true)
            {
                started = await StartedNode.OpenAsync(data, cancellation);
                try
                {
                    await AwaitEqualAsync(started, peer, cancellation);
                    isSame = IsAs(started, peer);
                    break;
                }
                catch (CorruptionException) when (started.IsRepairable)
                {
                    // Damage met while it serves: noted, and put right by starting again.
                    await started.DisposeAsync();
                }
            }

            string[] repairs = [.. started.Repairs.Where(repair => Names(repair, file) || !_damagedBefore.Any(before => Names(repair, before)))];
            saying = string.Join("; ", repairs);
            verdict = !isSame ? Verdict.Served
                : repairs.Length == 0 ? Verdict.Harmless
                : FileDamage.Named(saying, file, Verdict.Healed).Verdict;
        }
        catch (Exception e) when (e is IOException or ReplicationException or FormatException or InvalidOperationException or UnauthorizedAccessException or TimeoutException)
        {
            saying = e.Message;
            bool peersHaveIt = kind is not ("genesis.json" or "node.key" or "vote log");
            verdict = peersHaveIt || started is not null ? Verdict.Unhealed : FileDamage.Named(saying, file, Verdict.Refused).Verdict;
        }

        if (!_table.TryGetValue(kind, out int[]? counts)) _table[kind] = counts = new int[Enum.GetValues<Verdict>().Length];
        counts[(int)verdict]++;
        if (verdict is Verdict.Served or Verdict.RefusedUnnamed or Verdict.Unhealed)
            output.WriteLine($"{verdict}: damage {number}: {what} of {Path.GetRelativePath(data.Root, file)}: {saying}");
        if (started is null)
        {
            Directory.Delete(data.Root, recursive: true);
            Directory.Move(image, data.Root);
            return await StartedNode.OpenAsync(data, cancellation);
        }

        Directory.Delete(image, recursive: true);
        _damagedBefore.Add(file);
        return started;
    }

    private static bool Names(string repair, string file) => repair.Contains(file, StringComparison.Ordinal);

    private static bool IsAs(StartedNode node, StartedNode peer)
    {
        long height = Math.Min(node.DurableHeight, peer.DurableHeight);
        return node.DigestOfBlocks(height) == peer.DigestOfBlocks(height) && (node.State.Height != peer.State.Height || node.DigestOfEntries() == peer.DigestOfEntries());
    }

    /// <summary>Until both have executed the same height, on disk.</summary>
    private static async Task AwaitEqualAsync(StartedNode node, StartedNode peer, CancellationToken cancellation)
    {
        var end = DateTime.UtcNow + Patience;
        while (node.State.Height != peer.State.Height || node.DurableHeight != node.State.Height || peer.DurableHeight != peer.State.Height)
        {
            if (DateTime.UtcNow > end) throw new TimeoutException($"it stays at height {node.State.Height}, its peer is at {peer.State.Height}");
            await Task.Delay(20, cancellation);
        }
    }
}
