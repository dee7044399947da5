namespace Dadbs.DamageCampaign;

/// <summary>Copies directories without writing zeros: preallocated logs are mostly holes.</summary>
internal static class SparseCopy
{
    private const int BlockBytes = 64 * 1024;

    public static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (string directory in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(destination, Path.GetRelativePath(source, directory)));
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
            CopyFile(file, Path.Combine(destination, Path.GetRelativePath(source, file)));
    }

    /// <summary>Bytes up to the last that is not zero.</summary>
    public static long UsedBytes(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
    }

    private static void CopyFile(string source, string destination)
    {
        using var from = File.OpenRead(source);
        using var to = new FileStream(destination, FileMode.CreateNew);
        to.SetLength(from.Length);
        byte[] block = new byte[BlockBytes];
        for (long at = 0; at < from.Length; at += BlockBytes)
        {
            int read = from.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false);
            if (!block.AsSpan(0, read).ContainsAnyExcept((byte)0)) continue;
            to.Position = at;
            to.Write(block, 0, read);
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(destination, File.GetUnixFileMode(source));
    }
}
