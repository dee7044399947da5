namespace Dadbs.Storage.Faster.Tests;

internal static class CopiedDirectory
{
    /// <summary>Copies files that another handle may be writing. FASTER deletes a superseded commit in the background: a file that is gone by then was one.</summary>
    public static void Copy(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (string directory in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(destination, Path.GetRelativePath(source, directory)));
        foreach (string path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            FileStream from;
            try
            {
                from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (FileNotFoundException)
            {
                continue;
            }

            using FileStream opened = from;
            using FileStream to = File.Create(Path.Combine(destination, Path.GetRelativePath(source, path)));
            from.CopyTo(to);
        }
    }
}
