using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// How two nodes meet: mutual TLS 1.3 with <see cref="PeerCertificate"/>s, then a hello frame each way. Whoever is no validator or observer of this
/// chain sees a closed connection and nothing else. Blocks its thread; whoever calls bounds the time by disposing the socket.
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
        _self = genesis.PeerIndexOf(key.PublicKey);
        _certificate = PeerCertificate.Create(key, _chainId);
        _certificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
    }

    public void Dispose() => _certificate.Dispose();

    /// <summary>Greets a peer that was dialled; null if it is not the one expected.</summary>
    public SslStream? Dial(PolledStream bytes, int expectedPeer, PeerChannel channel)
    {
        var stream = new SslStream(bytes);
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = "dadbs",
                ClientCertificateContext = _certificateContext,
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                AllowTlsResume = false,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => NodeOf(certificate) == expectedPeer,
            };
            stream.AuthenticateAsClient(options);
            stream.Write(Hello(channel).Span);
            if (ReadHello(stream) == channel)
                return stream;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // Fall through: a refused connection has one outcome, whatever the reason.
        }
        stream.Dispose();
        return null;
    }

    /// <summary>Greets a connection that came in; null if it is no peer.</summary>
    public (SslStream Stream, int Peer, PeerChannel Channel)? Accept(PolledStream bytes)
    {
        var stream = new SslStream(bytes);
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
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (peer = NodeOf(certificate)) >= 0 && PeerNetwork.AreLinked(_genesis, _self, peer),
            };
            stream.AuthenticateAsServer(options);
            if (ReadHello(stream) is { } channel)
            {
                stream.Write(Hello(channel).Span);
                return (stream, peer, channel);
            }
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // As above.
        }
        stream.Dispose();
        return null;
    }

    private int NodeOf(X509Certificate? certificate) =>
        certificate is X509Certificate2 shown && PeerCertificate.VouchedBy(shown, _chainId) is { } key ? _genesis.PeerIndexOf(key) : -1;

    internal static ReadOnlyMemory<byte> Hello(PeerChannel channel)
    {
        var writer = new FrameWriter(FrameKind.Hello, HelloMagic.Length + 1);
        HelloMagic.CopyTo(writer.GetSpan(HelloMagic.Length));
        writer.Advance(HelloMagic.Length);
        writer.GetSpan(1)[0] = (byte)channel;
        writer.Advance(1);
        return writer.Finish();
    }

    private static PeerChannel? ReadHello(SslStream stream)
    {
        ReadOnlyMemory<byte> wanted = Hello(PeerChannel.Consensus);
        byte[] frame = new byte[wanted.Length];
        stream.ReadExactly(frame);
        byte channel = frame[^1];
        bool known = frame.AsSpan(0, frame.Length - 1).SequenceEqual(wanted.Span[..^1]) && channel <= (byte)PeerChannel.Batches;
        return known ? (PeerChannel)channel : null;
    }

    private static bool IsRefusal(Exception exception) =>
        exception is AuthenticationException or IOException or ObjectDisposedException or InvalidOperationException or SocketException;
}
