using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Recovery;

/// <summary>
/// The few file operations whose durability .NET does not spell out: a file replaced as a whole, a directory's entries flushed, a file's
/// content flushed without its times (fdatasync).
/// </summary>
internal static class DurableFile
{
    /// <summary>Writes under a temporary name, flushes, renames, flushes the directory: after a crash the file is whole or not there.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".tmp";
        using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes all of it. A file that may not grow so far, by the process's limit or the file system's, is want of room as a full disk is.</summary>
    /// <exception cref="IOException">The write failed; with its number as HResult.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> content, long offset)
    {
        try
        {
            RandomAccess.Write(file, content, offset);
        }
        catch (ArgumentOutOfRangeException) when (offset >= 0)
        {
            throw FileTooLarge();
        }
    }

    /// <summary>Makes the file so long; no room is taken for what it grows by.</summary>
    /// <exception cref="IOException">As <see cref="Write"/>.</exception>
    public static void SetLength(SafeFileHandle file, long length)
    {
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (ArgumentOutOfRangeException) when (length >= 0)
        {
            throw FileTooLarge();
        }
    }

    /// <summary>Makes created, renamed and deleted names of a directory durable. Windows does so by itself.</summary>
    public static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(directory, flags: 0, mode: 0);
        if (descriptor < 0)
            throw new StorageFailedException($"cannot open directory {directory}: error {Marshal.GetLastPInvokeError()}");
        int failed = Sync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed != 0)
            throw new StorageFailedException($"cannot flush directory {directory}: error {error}");
    }

    /// <summary>The content and, where it grew, the length; not the times.</summary>
    public static void FlushContent(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        if (SyncContent(file) != 0)
            throw new IOException($"fdatasync failed: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>What .NET says as a wrong argument.</summary>
    private static IOException FileTooLarge() => new("the file may not grow beyond the limit of the process or of the file system", DiskFullException.FileTooLarge);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncContent(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
