using System.Globalization;

namespace Dadbs.Storage.Recovery;

/// <summary>The manifest files of a data directory, newest first by height. Names are <c>manifest-</c> and 16 hexadecimal digits of the height.</summary>
internal sealed class ManifestDirectory
{
    private const string Prefix = "manifest-";

    private readonly string _directory;

    public ManifestDirectory(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
    }

    /// <summary>Those that check, newest first, and the names of those that do not.</summary>
    public (List<Manifest> Good, List<string> Damaged) ReadAll()
    {
        var good = new List<Manifest>();
        var damaged = new List<string>();
        foreach (string path in Directory.EnumerateFiles(_directory, Prefix + "*"))
        {
            if (path.EndsWith(".tmp", StringComparison.Ordinal))
                continue;
            Manifest? manifest = Manifest.Decode(File.ReadAllBytes(path));
            if (manifest is not null && PathOf(manifest.Height) == path)
                good.Add(manifest);
            else
                damaged.Add(path);
        }

        good.Sort((left, right) => right.Height.CompareTo(left.Height));
        return (good, damaged);
    }

    public void Write(Manifest manifest) => DurableFile.WriteWhole(PathOf(manifest.Height), manifest.Encode());

    public void Delete(IEnumerable<string> paths)
    {
        bool deleted = false;
        foreach (string path in paths)
        {
            File.Delete(path);
            deleted = true;
        }

        if (deleted)
            DurableFile.FlushDirectory(_directory);
    }

    public string PathOf(long height) =>
        Path.Combine(_directory, Prefix + height.ToString("x16", CultureInfo.InvariantCulture));
}
