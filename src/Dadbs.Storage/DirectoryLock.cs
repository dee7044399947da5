using System.Globalization;

namespace Dadbs.Storage;

/// <summary>
/// Holds a data directory for this process. The operating system drops the lock when the process ends, however it ends; the file stays
/// and means nothing by itself.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    public const string FileName = "LOCK";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the directory if need be. Throws <see cref="DirectoryInUseException"/>, naming the holder where it is known.</summary>
    public static DirectoryLock Acquire(string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return Announce(file);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new DirectoryInUseException($"data directory {directory} is in use by another process{HolderOf(directory)}");
        }
    }

    /// <summary>Whether a process holds the directory now.</summary>
    public static bool IsHeld(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static DirectoryLock Announce(FileStream file)
    {
        // Beside the locked file, because another process cannot open that one.
        File.WriteAllText(HolderPath(Path.GetDirectoryName(file.Name)!), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DirectoryLock(file);
    }

    private static string HolderPath(string directory) => Path.Combine(directory, FileName + ".pid");

    private static string HolderOf(string directory)
    {
        try
        {
            return $" (process {File.ReadAllText(HolderPath(directory)).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
