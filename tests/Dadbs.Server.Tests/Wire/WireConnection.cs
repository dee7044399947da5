using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Dadbs.PgWire.Tests.Client;

namespace Dadbs.Server.Tests.Wire;

/// <summary>A client that speaks the protocol message by message, so that tests can say exactly what is sent and see exactly what comes.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private WireConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Connects without saying anything.</summary>
    public static async Task<WireConnection> OpenAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint);
        return new WireConnection(socket);
    }

    /// <summary>Connects and starts a session up to its first ReadyForQuery.</summary>
    public static async Task<WireConnection> StartAsync(IPEndPoint endPoint, string user, string database)
    {
        WireConnection connection = await OpenAsync(endPoint);
        await connection.SendAsync(new FrontendBytes().Startup(3 << 16, ("user", user), ("database", database)));
        await connection.ReadUntilAsync("ReadyForQuery");
        return connection;
    }

    public async Task SendAsync(FrontendBytes messages) => await _stream.WriteAsync(messages.ToArray());

    /// <summary>Reads messages, printed as lines, up to and with the given occurrence of one whose name starts so.</summary>
    public async Task<List<string>> ReadUntilAsync(string name, int occurrence = 1)
    {
        List<string> lines = [];
        while (occurrence > 0)
        {
            string? line = await ReadAsync();
            if (line is null)
            {
                lines.Add("(closed)");
                break;
            }

            lines.Add(line);
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                occurrence--;
            }
        }

        return lines;
    }

    /// <summary>The next message as a line, null when the server closed the connection.</summary>
    public async Task<string?> ReadAsync() => await ReadRawAsync() is var (type, body) ? BackendText.Print(type, body) : null;

    /// <summary>The next message's type and body, null when the server closed the connection.</summary>
    public async Task<(byte Type, byte[] Body)?> ReadRawAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            byte[] header = new byte[5];
            await _stream.ReadExactlyAsync(header, patience.Token);
            byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
            await _stream.ReadExactlyAsync(body, patience.Token);
            return (header[0], body);
        }
        catch (Exception closed) when (closed is EndOfStreamException or IOException)
        {
            return null;
        }
    }

    /// <summary>One byte that is no message: the answer to SSLRequest.</summary>
    public async Task<char> ReadByteAsync()
    {
        byte[] one = new byte[1];
        await _stream.ReadExactlyAsync(one);
        return (char)one[0];
    }

    public ValueTask DisposeAsync()
    {
        _socket.LingerState = new LingerOption(true, 0);
        return _stream.DisposeAsync();
    }
}
