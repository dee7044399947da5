namespace Dadbs.DamageCampaign;

/// <summary>One bit or one cut in one file of a stopped node's directory, and who is to be named for it.</summary>
internal sealed class FileDamage(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Damages a file of the directory, or of its part below <paramref name="folder"/>.</summary>
    public (string File, string Kind, string What) Inflict(string directory, string folder = "")
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(directory, folder), "*", SearchOption.AllDirectories).Where(IsOurs).Order(StringComparer.Ordinal)];
        string file = files[_random.Next(files.Length)];
        return (file, KindOf(Path.GetRelativePath(directory, file)), Damage(file));
    }

    /// <summary>A start that ends must name the file, or at least the log or store that it belongs to.</summary>
    public static (Verdict Verdict, string Saying) Named(string saying, string file, Verdict verdict)
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
}
