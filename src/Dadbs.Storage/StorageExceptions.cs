namespace Dadbs.Storage;

/// <summary>Bytes read back from disk are not the bytes that were written. A local failure: it is reported and never served.</summary>
public sealed class CorruptionException : IOException
{
    public CorruptionException(string message, string? file = null, long position = -1, Exception? inner = null)
        : base(file is null ? message : $"{message} ({file}{(position < 0 ? "" : $", at {position}")})", inner)
    {
        File = file;
        Position = position;
    }

    /// <summary>The damaged file, or the directory of the page store; null where nothing is on disk.</summary>
    public string? File { get; }

    /// <summary>Page id in a page store, byte address in a log; −1 where it is the whole file.</summary>
    public long Position { get; }
}

/// <summary>A key is longer than <see cref="Limits.KeyBytesMax"/>. Deterministic; SQL reports it as 54000.</summary>
public sealed class KeyTooLongException(int length)
    : Exception($"key of {length} bytes exceeds maximum {Limits.KeyBytesMax}")
{
    public int Length { get; } = length;
}

/// <summary>A value is longer than <see cref="Limits.ValueBytesMax"/>. Deterministic; SQL reports it as 54000.</summary>
public sealed class ValueTooLongException(int length)
    : Exception($"value of {length} bytes exceeds maximum {Limits.ValueBytesMax}")
{
    public int Length { get; } = length;
}

/// <summary>Bytes that came from outside (a peer, a file, a key) are not in the format they claim. Nothing was changed.</summary>
public sealed class MalformedBytesException(string message) : Exception(message);

/// <summary>The disk refused a write or a flush. What was appended since the last flush is in doubt; the log or store takes no more.</summary>
public class StorageFailedException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>
/// There was no room for a write of a log. Nothing that the last flush made durable is touched, and nothing was promised since: the log takes no more, and what is there can be read.
/// A flush that fails is never this, whatever the reason: nobody knows what it left behind.
/// </summary>
public sealed class DiskFullException(string message, Exception? inner = null) : StorageFailedException(message, inner)
{
    /// <summary>EFBIG: a limit to the length of files, the process's or the file system's.</summary>
    internal const int FileTooLarge = 27;

    /// <summary>ENOSPC, and EDQUOT of Linux; on Windows ERROR_DISK_FULL as an HRESULT.</summary>
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether a write failed for want of room. The failures of flushes carry no such code (see <see cref="Recovery.DurableFile"/>).</summary>
    public static bool IsReasonOf(Exception failure) => failure is IOException { HResult: NoSpace or FileTooLarge or QuotaExceeded or WindowsDiskFull };
}

/// <summary>Another process works in this data directory.</summary>
public sealed class DirectoryInUseException(string message) : IOException(message);
