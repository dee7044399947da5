using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// How two nodes meet: mutual TLS 1.3 with <see cref="PeerCertificate"/>s, then a hello frame each way. Whoever is no validator of this
/// chain sees a closed connection and nothing else.
/// </summary>
internal sealed class PeerHandshake : IDisposable
{
    private static readonly byte[] HelloMagic = "DADBS-PEER\u0001"u8.ToArray();

    private readonly Genesis _genesis;
    private readonly Hash256 _chainId;
    private readonly int _self;
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _certificateContext;

    public PeerHandshake(Genesis genesis, NodeKey key)
    {
        _genesis = genesis;
        _chainId = genesis.ChainId;
        _self = genesis.IndexOf(key.PublicKey);
        _certificate = PeerCertificate.Create(key, _chainId);
        _certificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
    }

    public void Dispose() => _certificate.Dispose();

    /// <summary>Greets a peer that was dialled; null if it is not the one expected.</summary>
    public async Task<SslStream?> DialAsync(Socket socket, int expectedPeer, PeerChannel channel, CancellationToken cancellation)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = "dadbs",
                ClientCertificateContext = _certificateContext,
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => ValidatorOf(certificate) == expectedPeer,
            };
            await stream.AuthenticateAsClientAsync(options, cancellation).ConfigureAwait(false);
            await stream.WriteAsync(Hello(channel), cancellation).ConfigureAwait(false);
            if (await ReadHelloAsync(stream, cancellation).ConfigureAwait(false) == channel)
                return stream;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Fall through: a refused connection has one outcome, whatever the reason.
        }
        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Greets a connection that came in; null if it is no peer.</summary>
    public async Task<(SslStream Stream, int Peer, PeerChannel Channel)?> AcceptAsync(Socket socket, CancellationToken cancellation)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            int peer = -1;
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _certificateContext,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (peer = ValidatorOf(certificate)) >= 0 && peer != _self,
            };
            await stream.AuthenticateAsServerAsync(options, cancellation).ConfigureAwait(false);
            if (await ReadHelloAsync(stream, cancellation).ConfigureAwait(false) is { } channel)
            {
                await stream.WriteAsync(Hello(channel), cancellation).ConfigureAwait(false);
                return (stream, peer, channel);
            }
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // As above.
        }
        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private int ValidatorOf(X509Certificate? certificate) =>
        certificate is X509Certificate2 shown && PeerCertificate.VouchedBy(shown, _chainId) is { } key ? _genesis.IndexOf(key) : -1;

    internal static ReadOnlyMemory<byte> Hello(PeerChannel channel)
    {
        var writer = new FrameWriter(FrameKind.Hello, HelloMagic.Length + 1);
        HelloMagic.CopyTo(writer.GetSpan(HelloMagic.Length));
        writer.Advance(HelloMagic.Length);
        writer.GetSpan(1)[0] = (byte)channel;
        writer.Advance(1);
        return writer.Finish();
    }

    private static async ValueTask<PeerChannel?> ReadHelloAsync(SslStream stream, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> wanted = Hello(PeerChannel.Consensus);
        byte[] frame = new byte[wanted.Length];
        await stream.ReadExactlyAsync(frame, cancellation).ConfigureAwait(false);
        byte channel = frame[^1];
        bool known = frame.AsSpan(0, frame.Length - 1).SequenceEqual(wanted.Span[..^1]) && channel <= (byte)PeerChannel.Batches;
        return known ? (PeerChannel)channel : null;
    }

    private static bool IsRefusal(Exception exception) =>
        exception is AuthenticationException or IOException or OperationCanceledException or ObjectDisposedException or SocketException;
}
