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
}

/// <summary>
/// A stopped validator's directory is copied, one bit of one file is flipped or one file is cut, the node is started on it and read through. No damage may be
/// served: content is equal, or the node says what is wrong.
/// </summary>
internal sealed class Campaign(int seed, string? keep, TextWriter output)
{
    private readonly Random _random = new(seed);
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
        string[] files = [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(IsOurs).Order(StringComparer.Ordinal)];
        string file = files[_random.Next(files.Length)];
        string kind = KindOf(Path.GetRelativePath(directory, file));
        string what = Damage(file);
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
            return !isSame ? (Verdict.Served, $"{found} instead of {expected}") : found.Repairs.Count > 0 ? Named(saying, file, Verdict.Healed) : (Verdict.Harmless, "");
        }
        catch (Exception e) when (e is IOException or ReplicationException or FormatException or InvalidOperationException or UnauthorizedAccessException)
        {
            return Named(e.Message, file, Verdict.Refused);
        }
    }

    /// <summary>A start that ends must name the file, or at least the log or store that it belongs to.</summary>
    private static (Verdict Verdict, string Saying) Named(string saying, string file, Verdict verdict)
    {
        string name = Path.GetFileName(file);
        string[] names = name switch
        {
            "genesis.json" => ["genesis"],
            "node.key" => ["node.key"],
            _ when file.Contains("/blocks/", StringComparison.Ordinal) => [name, "block log"],
            _ when file.Contains("/votes/", StringComparison.Ordinal) => [name, "vote log"],
            _ => [name],
        };
        return (names.Any(n => saying.Contains(n, StringComparison.Ordinal)) ? verdict : Verdict.RefusedUnnamed, saying);
    }

    /// <summary>One time in five a cut, else one bit, where the file has content: preallocated zeros are damaged rarely.</summary>
    private string Damage(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        long used = _random.Next(10) == 0 ? stream.Length : Math.Min(stream.Length, SparseCopy.UsedBytes(file) + 64);
        if (_random.Next(5) == 0)
        {
            long length = _random.NextInt64(Math.Max(1, used));
            stream.SetLength(length);
            return $"cut at {length}";
        }

        stream.Position = _random.NextInt64(Math.Max(1, used));
        int bit = _random.Next(8);
        int old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ (1 << bit)));
        return $"bit {bit} at {stream.Position - 1}";
    }

    /// <summary>Locks hold nothing; the configuration is the operator's own text.</summary>
    private static bool IsOurs(string path) =>
        Path.GetFileName(path) is not ("LOCK" or "LOCK.pid" or "dadbs.json") && new FileInfo(path).Length > 0;

    private static string KindOf(string path) => path switch
    {
        "genesis.json" or "node.key" => path,
        _ when path.StartsWith("votes", StringComparison.Ordinal) => "vote log",
        _ when path.Contains("log-commits", StringComparison.Ordinal) => "block log commit",
        _ when path.StartsWith("blocks", StringComparison.Ordinal) => "block log",
        _ when path.Contains("manifest", StringComparison.Ordinal) => "manifest",
        _ when path.Contains("cpr-checkpoints", StringComparison.Ordinal) => "page log checkpoint",
        _ when path.Contains("index-checkpoints", StringComparison.Ordinal) => "page index checkpoint",
        _ => "page log",
    };

    private void Report(int damages)
    {
        output.WriteLine($"{"file",-24}{string.Concat(Enum.GetNames<Verdict>().Select(v => $"{v,16}"))}");
        foreach (var (kind, counts) in _table) output.WriteLine($"{kind,-24}{string.Concat(counts.Select(c => $"{c,16}"))}");
        output.WriteLine($"{damages} damages, {Served} served, {Unnamed} refused without a name");
    }
}
