using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Dadbs.PgWire;
using Dadbs.PgWire.Backend;
using Dadbs.PgWire.Framing;
using Dadbs.PgWire.Frontend;
using Dadbs.Server.Sessions.Results;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>
/// One connection from accept to close: the startup dialogue, then frames into a <see cref="Session"/>. What breaks the framing, and
/// whatever else ends a connection, is answered with FATAL here and disturbs no other connection.
/// </summary>
internal sealed partial class PgConnection : ISessionInterrupts, IDisposable
{
    /// <summary>More messages of a client that arrive at once are no work for an event thread, however short each is.</summary>
    private const int BriefMessagesMax = 128;

    private readonly SessionServices _services;
    private readonly ConnectionContext _connection;
    private readonly PipeReader _input;
    private readonly SessionOutput _output;
    private Session? _session;
    private volatile bool _isTerminated;

    public PgConnection(SessionServices services, ConnectionContext connection)
    {
        _services = services;
        _connection = connection;
        _input = connection.Transport.Input;
        _output = new SessionOutput(connection.Transport.Output);
    }

    public async Task RunAsync()
    {
        try
        {
            StartupPacket.StartupMessage? startup = await NegotiateAsync().ConfigureAwait(false);
            if (startup is not null)
            {
                await ServeAsync(startup).ConfigureAwait(false);
            }
        }
        catch (FramingException violation)
        {
            await EndAsync(new Diagnostic(Severity.Fatal, violation.Code, violation.Message)).ConfigureAwait(false);
        }
        catch (FatalSessionException fatal)
        {
            await EndAsync(new Diagnostic(Severity.Fatal, fatal.State.Code, fatal.Message) { Hint = fatal.Hint }).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException)
        {
            LogClientGone(_services.Log, _connection.ConnectionId);
        }
#pragma warning disable CA1031 // The border of a connection: a bug ends this connection, is logged, and nothing else ends.
        catch (Exception bug)
        {
            LogConnectionFailed(_services.Log, bug, _connection.ConnectionId);
            await EndAsync(new Diagnostic(Severity.Fatal, "XX000", "internal error, the connection is closed")).ConfigureAwait(false);
        }
#pragma warning restore CA1031
    }

    public void CancelStatement() => _session?.Interrupt.Cancel();

    public void Terminate()
    {
        _isTerminated = true;
        _session?.Interrupt.Cancel();
        _input.CancelPendingRead();
    }

    public void Dispose()
    {
        _session?.Dispose();
        _output.Dispose();
    }

    /// <summary>Reads startup packets until one starts a session. Null: the connection ended, or was only to cancel another.</summary>
    private async ValueTask<StartupPacket.StartupMessage?> NegotiateAsync()
    {
        using var patience = new CancellationTokenSource(_services.StartupTimeout, _services.Clock);
        while (true)
        {
            ReadResult read = await _input.ReadAsync(patience.Token).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = read.Buffer;
            StartupPacket? packet = null;
            try
            {
                if (StartupPacket.TryRead(ref buffer, out StartupPacket whole))
                {
                    packet = whole;
                }
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, packet is null ? buffer.End : buffer.Start);
            }

            switch (packet)
            {
                case null when read.IsCompleted || read.IsCanceled: return null;
                case null: break;
                case StartupPacket.SslRequest or StartupPacket.GssEncRequest:
                    _output.Buffer.WriteByte((byte)'N');
                    await _output.FlushAsync(default).ConfigureAwait(false);
                    break;
                case StartupPacket.CancelRequest cancel:
                    _services.Registry.Cancel(cancel.ProcessId, cancel.SecretKey);
                    return null;
                case StartupPacket.StartupMessage startup: return startup;
                default: throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private async ValueTask ServeAsync(StartupPacket.StartupMessage startup)
    {
        if (_services.Registry.IsShuttingDown)
        {
            throw new FatalSessionException(Sql.SqlState.CannotConnectNow, "the database system is shutting down");
        }

        // To open a session is to look things up.
        if (EventThread.IsCurrent) await EventThread.Leave();
        using SessionRegistry.Entry entry = _services.Registry.TryAdd(this)
            ?? throw new FatalSessionException(Sql.SqlState.TooManyConnections, "sorry, too many clients already");
        _session = SessionStart.Open(_services, startup, entry, _connection.RemoteEndPoint as IPEndPoint, _connection.LocalEndPoint as IPEndPoint, _output);
        await _output.FlushAsync(default).ConfigureAwait(false);
        await ReadFramesAsync(_session).ConfigureAwait(false);
    }

    /// <summary>
    /// Hands every whole message that has arrived to the session before answers leave, so that a pipeline costs one flush.
    /// </summary>
    private async ValueTask ReadFramesAsync(Session session)
    {
        // The thread that brought an answer has others' to deliver (PendingOutcomes.AwaitAsync): what the client sent behind it is no work for it.
        bool isOnBorrowedThread = false;
        while (true)
        {
            ValueTask<ReadResult> reading = ReadAsync(session);
            isOnBorrowedThread &= reading.IsCompleted;
            ReadResult read = await reading.ConfigureAwait(false);
            if (_isTerminated || _services.Registry.IsShuttingDown)
            {
                throw new FatalSessionException(Sql.SqlState.AdminShutdown, "terminating connection due to administrator command");
            }

            ReadOnlySequence<byte> buffer = read.Buffer;
            SequencePosition end = buffer.End;
            bool goesOn = true;
            int messages = 0;
            while (goesOn && FrontendFrame.TryRead(ref buffer, out FrontendFrame frame))
            {
                bool mustLeave = isOnBorrowedThread
                    ? frame.Type != FrontendMessageType.Sync || !session.IsBrief(frame)
                    : EventThread.IsCurrent && (++messages > BriefMessagesMax || !session.IsBrief(frame));
                if (mustLeave)
                {
                    await EventThread.Leave();
                    isOnBorrowedThread = false;
                }

                ValueTask<bool> handled = session.HandleAsync(frame);
                isOnBorrowedThread |= !handled.IsCompleted;
                goesOn = handled.IsCompletedSuccessfully ? handled.Result : await handled.ConfigureAwait(false);
                ValueTask relieved = _output.RelieveAsync(default);
                if (!relieved.IsCompletedSuccessfully)
                {
                    await relieved.ConfigureAwait(false);
                }

                if (_isTerminated)
                {
                    throw new FatalSessionException(Sql.SqlState.AdminShutdown, "terminating connection due to administrator command");
                }
            }

            _input.AdvanceTo(buffer.Start, end);
            await _output.FlushAsync(default).ConfigureAwait(false);
            if (!goesOn || read.IsCompleted || _output.IsClosed)
            {
                return;
            }
        }
    }

    /// <summary>Waits for the client, as long as its settings let it be idle.</summary>
    private ValueTask<ReadResult> ReadAsync(Session session)
    {
        if (_input.TryRead(out ReadResult read))
        {
            return new ValueTask<ReadResult>(read);
        }

        TimeSpan? idle = session.IdleTimeout;
        return idle is null ? _input.ReadAsync() : ReadWithinAsync(session, idle.Value);
    }

    private async ValueTask<ReadResult> ReadWithinAsync(Session session, TimeSpan idle)
    {
        using var patience = new CancellationTokenSource(idle, _services.Clock);
        try
        {
            return await _input.ReadAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw session.IdleTooLong();
        }
    }

    /// <summary>Tells the client why, as far as it still listens, and lets the connection close.</summary>
    private async ValueTask EndAsync(Diagnostic diagnostic)
    {
        try
        {
            _output.IsHeld = false;
            diagnostic.Write(_output.Buffer);
            using var patience = new CancellationTokenSource(_services.FarewellTimeout, _services.Clock);
            await _output.FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException or InvalidOperationException)
        {
            LogClientGone(_services.Log, _connection.ConnectionId);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Connection {ConnectionId}: the client is gone")]
    private static partial void LogClientGone(ILogger log, string connectionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Connection {ConnectionId} ended by an unexpected exception")]
    private static partial void LogConnectionFailed(ILogger log, Exception exception, string connectionId);
}
