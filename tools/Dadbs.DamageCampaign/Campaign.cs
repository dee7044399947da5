using Dadbs.Replication;

namespace Dadbs.DamageCampaign;

internal enum Verdict
{
    /// <summary>The node does not start, or stops, and names the file.</summary>
    Refused,

    /// <summary>The node says what was damaged, has put it right, and everything it tells is as it was.</summary>
    Healed,

    /// <summary>Nothing was said, and everything is as it was: the bytes mean nothing.</summary>
    Harmless,

    /// <summary>The node does not start, and does not say which file is at fault.</summary>
    RefusedUnnamed,

    /// <summary>Something else is told than before.</summary>
    Served,

    /// <summary>The node does not start, although its peers have what was damaged.</summary>
    Unhealed,
}

/// <summary>
/// A stopped validator's directory is copied, one bit of one file is flipped or one file is cut, the node is started on it and read through. No damage may be
/// served: content is equal, or the node says what is wrong.
/// </summary>
internal sealed class Campaign(int seed, string? keep, TextWriter output)
{
    private readonly FileDamage _damage = new(seed);
    private readonly SortedDictionary<string, int[]> _table = new(StringComparer.Ordinal);

    public int Served { get; private set; }

    public int Unnamed { get; private set; }

    public async Task<bool> RunAsync(int damages, CancellationToken cancellation)
    {
        string work = Directory.CreateTempSubdirectory("dadbs-damage-").FullName;
        try
        {
            string original = Path.Combine(work, "original");
            await StoppedNode.BuildAsync(original, cancellation);
            string probe = Path.Combine(work, "probe");
            SparseCopy.Copy(original, probe);
            var expected = await StoppedNode.ReadAsync(probe, cancellation);
            output.WriteLine($"height {expected.Height}, root {expected.Root}");
            for (int i = 0; i < damages; i++)
            {
                string copy = Path.Combine(work, $"damage{i}");
                SparseCopy.Copy(original, copy);
                await DamageOnceAsync(copy, i, expected, cancellation);
                Directory.Delete(copy, recursive: true);
            }

            Report(damages);
            return Served == 0 && Unnamed == 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task DamageOnceAsync(string directory, int number, NodeContent expected, CancellationToken cancellation)
    {
        var (file, kind, what) = _damage.Inflict(directory);
        var (verdict, saying) = await JudgeAsync(directory, file, expected, cancellation);
        if (!_table.TryGetValue(kind, out int[]? counts)) _table[kind] = counts = new int[Enum.GetValues<Verdict>().Length];
        counts[(int)verdict]++;
        if (verdict is not (Verdict.Served or Verdict.RefusedUnnamed)) return;
        if (verdict == Verdict.Served) Served++;
        else Unnamed++;
        output.WriteLine($"{verdict}: damage {number}: {what} of {Path.GetRelativePath(directory, file)}: {saying}");
        if (keep is not null) SparseCopy.Copy(directory, Path.Combine(keep, $"damage{number}"));
    }

    private static async Task<(Verdict Verdict, string Saying)> JudgeAsync(string directory, string file, NodeContent expected, CancellationToken cancellation)
    {
        try
        {
            var found = await StoppedNode.ReadAsync(directory, cancellation);
            bool isSame = found with { Repairs = expected.Repairs } == expected;
            string saying = string.Join("; ", found.Repairs);
            return !isSame ? (Verdict.Served, $"{found} instead of {expected}") : found.Repairs.Count > 0 ? FileDamage.Named(saying, file, Verdict.Healed) : (Verdict.Harmless, "");
        }
        catch (Exception e) when (e is IOException or ReplicationException or FormatException or InvalidOperationException or UnauthorizedAccessException)
        {
            return FileDamage.Named(e.Message, file, Verdict.Refused);
        }
    }

    public static void Print(TextWriter output, IReadOnlyDictionary<string, int[]> table)
    {
        output.WriteLine($"{"file",-24}{string.Concat(Enum.GetNames<Verdict>().Select(v => $"{v,16}"))}");
        foreach (var (kind, counts) in table) output.WriteLine($"{kind,-24}{string.Concat(counts.Select(c => $"{c,16}"))}");
    }

    private void Report(int damages)
    {
        Print(output, _table);
        output.WriteLine($"{damages} damages, {Served} served, {Unnamed} refused without a name");
    }
}
