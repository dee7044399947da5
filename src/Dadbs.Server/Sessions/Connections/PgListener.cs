using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>
/// The SQL port: accepts connections on Kestrel's socket transport and serves each until its end. Continuations run where the
/// socket's event was picked up (<see cref="EventThread"/>), without another hop.
/// </summary>
public sealed class PgListener : IAsyncDisposable
{
    /// <summary>Unread input that a connection may pile up before its socket is no longer read.</summary>
    private const int ReadBufferBytes = 1 << 20;

    /// <summary>Output that a client may leave unread before its session waits.</summary>
    private const int WriteBufferBytes = 1 << 18;

    private readonly SessionServices _services;
    private readonly SocketTransportFactory _transport;
    private readonly IConnectionListener _listener;
    private readonly ConcurrentDictionary<ConnectionContext, Task> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private PgListener(SessionServices services, SocketTransportFactory transport, IConnectionListener listener)
    {
        _services = services;
        _transport = transport;
        _listener = listener;
        EndPoint = (IPEndPoint)listener.EndPoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; the port is the one given by the system when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    public static async Task<PgListener> BindAsync(SessionServices services, IPEndPoint endPoint, CancellationToken cancellation = default)
    {
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions
            {
                NoDelay = true,
                UnsafePreferInlineScheduling = true,
                WaitForDataBeforeAllocatingBuffer = false,
                MaxReadBufferSize = ReadBufferBytes,
                MaxWriteBufferSize = WriteBufferBytes,
            }),
            NullLoggerFactory.Instance);
        try
        {
            IConnectionListener listener = await transport.BindAsync(endPoint, cancellation).ConfigureAwait(false);
            return new PgListener(services, transport, listener);
        }
        catch (Exception e) when (e is AddressInUseException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"cannot listen for clients on {endPoint}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Accepts no more, ends every session with 57P01, and waits for them; those that are not gone after <paramref name="grace"/> are
    /// cut off.
    /// </summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _listener.UnbindAsync().ConfigureAwait(false);
            await _accepting.ConfigureAwait(false);
        }

        _services.Registry.Shutdown();
        Task all = Task.WhenAll(_connections.Values);
        await Task.WhenAny(all, Task.Delay(grace, _services.Clock)).ConfigureAwait(false);
        foreach (ConnectionContext connection in _connections.Keys)
        {
            connection.Abort(new ConnectionAbortedException("the server is shutting down"));
        }

        await all.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
        GC.KeepAlive(_transport);
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            ConnectionContext? connection;
            try
            {
                connection = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (connection is null)
            {
                return;
            }

            var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[connection] = served.Task;
            _ = ServeAsync(connection, served);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, TaskCompletionSource served)
    {
        try
        {
            await Task.Yield();
            using var session = new PgConnection(_services, connection);
            await session.RunAsync().ConfigureAwait(false);

            // What the session still holds goes with it.
            if (EventThread.IsCurrent) await EventThread.Leave();
        }
        finally
        {
            await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
            await connection.Transport.Input.CompleteAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            _connections.TryRemove(connection, out _);
            served.SetResult();
        }
    }
}
