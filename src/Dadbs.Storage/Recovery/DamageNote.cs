using System.Text;

namespace Dadbs.Storage.Recovery;

/// <summary>
/// The file DAMAGED in a store's or a log's directory: one line that says what was met there. What is in such a directory is not opened again as it is (docs/formats.md, "Recovery").
/// </summary>
public static class DamageNote
{
    private const string FileName = "DAMAGED";

    /// <summary>What an earlier process, or an earlier attempt of this one, found damaged; null if nothing.</summary>
    public static string? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Durably. Threads that meet damage at once leave one note. Where none can be left nothing is thrown: the damage itself is what must be reported, and without a note it is met again.</summary>
    public static void Write(string directory, string damage)
    {
        try
        {
            DurableFile.WriteWhole(Path.Combine(directory, FileName), Encoding.UTF8.GetBytes(damage));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As the summary says.
        }
    }
}
