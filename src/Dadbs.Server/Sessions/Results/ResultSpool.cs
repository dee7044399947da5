using Dadbs.PgWire.Backend;

namespace Dadbs.Server.Sessions.Results;

/// <summary>
/// Encoded answers of an ordered transaction, kept until its outcome is known: in memory up to <see cref="MemoryBytesMax"/>, then in a
/// temporary file, so that neither a large result nor a slow client holds up execution. Written by one thread, then read by another.
/// </summary>
internal sealed class ResultSpool : IDisposable
{
    public const int MemoryBytesMax = 4 << 20;

    private const int ReadBytes = 1 << 16;
    private FileStream? _file;

    /// <summary>Where messages are written; call <see cref="Spill"/> between them.</summary>
    public MessageBuffer Memory { get; } = new();

    /// <summary>Bytes written so far.</summary>
    public long Length => (_file?.Length ?? 0) + Memory.Length;

    /// <summary>Forgets all that was written.</summary>
    public void Clear()
    {
        Memory.Clear();
        _file?.SetLength(0); // the position comes along
    }

    /// <summary>Moves what is in memory to the file when it became too much.</summary>
    public void Spill()
    {
        if (Memory.Length > MemoryBytesMax)
        {
            _file ??= Create();
            _file.Write(Memory.WrittenSpan);
            Memory.Clear();
        }
    }

    /// <summary>Copies bytes [from, to) of the answers into the client's output, flushing as it goes.</summary>
    public async ValueTask CopyToAsync(SessionOutput output, long from, long to, CancellationToken cancellation)
    {
        long inFile = _file?.Length ?? 0;
        if (from < inFile)
        {
            long end = Math.Min(to, inFile);
            _file!.Position = from;
            byte[] chunk = new byte[ReadBytes];
            while (from < end)
            {
                int count = _file.Read(chunk, 0, (int)Math.Min(chunk.Length, end - from));
                output.Buffer.WriteBytes(chunk.AsSpan(0, count));
                from += count;
                await output.RelieveAsync(cancellation).ConfigureAwait(false);
            }
        }

        while (from < to)
        {
            int count = (int)Math.Min(ReadBytes, to - from);
            output.Buffer.WriteBytes(Memory.WrittenSpan.Slice((int)(from - inFile), count));
            from += count;
            await output.RelieveAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>For the owner's eyes only, and gone when it is closed.</summary>
    private static FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), "dadbs-result-" + Guid.NewGuid().ToString("n")), options);
    }

    public void Dispose()
    {
        Memory.Dispose();
        _file?.Dispose();
    }
}
