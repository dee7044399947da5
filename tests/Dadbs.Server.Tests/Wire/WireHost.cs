using System.Net;

namespace Dadbs.Server.Tests.Wire;
internal sealed class WireHost : IAsyncDisposable
{
    public IPEndPoint EndPoint => throw new InvalidOperationException();
    public static Task<WireHost> StartAsync() => throw new InvalidOperationException();
    public ValueTask DisposeAsync() => default;
}
