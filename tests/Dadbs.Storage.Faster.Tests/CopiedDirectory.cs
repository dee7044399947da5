namespace Dadbs.Storage.Faster.Tests;

internal static class CopiedDirectory
{
    /// <summary>Copies files that another handle may be writing.</summary>
    public static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (string directory in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(destination, Path.GetRelativePath(source, directory)));
        foreach (string path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(Path.Combine(destination, Path.GetRelativePath(source, path)));
            from.CopyTo(to);
        }
    }
}
