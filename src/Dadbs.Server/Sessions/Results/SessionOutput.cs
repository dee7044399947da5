using System.IO.Pipelines;
using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Connections;

namespace Dadbs.Server.Sessions.Results;

/// <summary>
/// A session's way to its client: messages gather in <see cref="Buffer"/> and leave when the session would wait, when the client asks
/// (Flush, Sync), or when there are many. A client that does not read stops its session here, and nothing else.
/// </summary>
public sealed class SessionOutput : IDisposable
{
    /// <summary>Bytes gathered before they leave in the middle of a result.</summary>
    private const int FlushThreshold = 1 << 15;

    private readonly PipeWriter _pipe;

    public SessionOutput(PipeWriter pipe)
    {
        _pipe = pipe;
    }

    public MessageBuffer Buffer { get; } = new();

    /// <summary>Set while answers must be held back because one before them is not known yet.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>How much may be held back; past it <see cref="HeldOutputFullException"/>.</summary>
    internal int HeldBytesMax { get; set; } = int.MaxValue;

    /// <summary>The client is gone: what is written goes nowhere.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Sends what has gathered if it is much.</summary>
    public ValueTask RelieveAsync(CancellationToken cancellation)
    {
        if (!IsHeld) return Buffer.Length >= FlushThreshold ? FlushAsync(cancellation) : default;
        return Buffer.Length <= HeldBytesMax ? default : throw new HeldOutputFullException();
    }

    /// <summary>Sends what has gathered and waits while the client is behind.</summary>
    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (Buffer.Length == 0 || IsHeld)
        {
            return default;
        }

        Buffer.WrittenSpan.CopyTo(_pipe.GetSpan(Buffer.Length));
        _pipe.Advance(Buffer.Length);
        Buffer.Clear();
        ValueTask<FlushResult> flush = _pipe.FlushAsync(cancellation);
        if (!flush.IsCompletedSuccessfully)
        {
            return AwaitAsync(flush);
        }

        IsClosed |= flush.Result.IsCompleted;
        return default;
    }

    public void Dispose() => Buffer.Dispose();

    private async ValueTask AwaitAsync(ValueTask<FlushResult> flush)
    {
        FlushResult result = await flush.ConfigureAwait(false);
        IsClosed |= result.IsCompleted;

        // The client took up what it was sent; more is to be made of whatever statement that was.
        if (EventThread.IsCurrent) await EventThread.Leave();
    }
}
