using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dadbs.Replication;

namespace Dadbs.Replication.Tests.Peers;

/// <summary>Real sockets on loopback, real TLS.</summary>
public sealed class PeerNetworkTests : IAsyncDisposable
{
    private const int LowestPort = 30_000;
    private const int Candidates = 2_700;
    private static readonly int FirstCandidate = Random.Shared.Next(Candidates);
    private static int _candidates;

    private readonly List<TestPeer> _peers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (TestPeer peer in _peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Validators_link_with_two_connections_and_exchange_messages_in_order()
    {
        TestPeer[] peers = StartAll(TestChain.Genesis(4, Ports(4)));
        await Eventually(() => peers.All(peer => peer.Network.Links.All(link => link is null || link.State == LinkState.Up)));

        for (int i = 0; i < 200; i++)
        {
            foreach (PeerChannel channel in (PeerChannel[])[PeerChannel.Consensus, PeerChannel.Batches])
                peers[0].Network.Send(3, channel, Message($"{channel} {i} {new string('x', i * 100)}"));
        }
        peers[0].Network.Flush();
        await Eventually(() => peers[3].Received.Count == 400);
        foreach (PeerChannel channel in (PeerChannel[])[PeerChannel.Consensus, PeerChannel.Batches])
        {
            string[] texts = [.. peers[3].Received.Where(message => message.Peer == 0).Select(message => message.Text).Where(text => text.StartsWith($"{channel}", StringComparison.Ordinal))];
            Assert.Equal(Enumerable.Range(0, 200), texts.Select(text => int.Parse(text.Split(' ')[1])));
            Assert.All(texts, text => Assert.Equal(int.Parse(text.Split(' ')[1]) * 100, text.Split(' ')[2].Length));
        }
    }

    [Fact]
    public async Task A_restarted_peer_is_linked_again()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer[] peers = StartAll(genesis);
        await Eventually(() => peers.All(peer => peer.Ups >= 1));
        Task vacant = peers[0].Network.Links[1]!.WhenVacant(PeerChannel.Batches);
        Assert.False(vacant.IsCompleted);
        await peers[1].DisposeAsync();
        await vacant;
        await Eventually(() => peers[0].Downs >= 1 && peers[0].Network.Links[1]!.State == LinkState.Down);
        TestPeer again = Start(genesis, 1);
        await Eventually(() => peers[0].Network.Links[1]!.State == LinkState.Up && again.Network.Links[0]!.State == LinkState.Up);
        again.Network.Send(0, PeerChannel.Consensus, Message("back"));
        again.Network.Flush();
        await Eventually(() => peers[0].Received.Any(message => message.Text == "back"));
    }

    /// <summary>Greeted and put off, a node does not dial again at once: each handshake costs both.</summary>
    [Fact]
    public async Task A_peer_that_greets_and_closes_is_dialled_again_with_growing_pauses()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer putsOff = Start(genesis, 0);
        putsOff.Network.Links[1]!.Ban();
        var time = new NotedPauses();
        Start(genesis, 1, time);
        await Eventually(() => time.LongestPause >= PeerLimits.RedialMax);
        Assert.Equal(0, putsOff.Ups);
    }

    [Fact]
    public void An_address_gets_a_burst_of_handshakes_and_others_are_not_in_it()
    {
        var budgets = new HandshakeBudgets(new NotedPauses());
        IPAddress[] addresses = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")];
        int taken = Enumerable.Range(0, 10 * PeerLimits.HandshakesBurst).TakeWhile(_ => budgets.TrySpend(addresses[0])).Count();
        Assert.InRange(taken, PeerLimits.HandshakesBurst, (10 * PeerLimits.HandshakesBurst) - 1);
        Assert.True(budgets.TrySpend(addresses[1]));
    }

    [Fact]
    public async Task A_key_that_is_no_validator_gets_a_closed_connection()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer peer = Start(genesis, 0);
        using NodeKey stranger = TestChain.Key(77);
        await AssertRefused(peer, PeerCertificate.Create(stranger, genesis.ChainId));
    }

    [Fact]
    public async Task A_validator_of_another_chain_gets_a_closed_connection()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer peer = Start(genesis, 0);
        using NodeKey key = TestChain.Key(1);
        await AssertRefused(peer, PeerCertificate.Create(key, TestChain.Genesis(3).ChainId));
    }

    [Fact]
    public async Task A_certificate_without_the_validators_signature_gets_a_closed_connection()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer peer = Start(genesis, 0);
        using NodeKey key = TestChain.Key(1);
        X509Certificate2 real = PeerCertificate.Create(key, genesis.ChainId);
        // The extension of a real certificate, copied into one with another P-256 key.
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dadbs", other, System.Security.Cryptography.HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(real.Extensions.First(extension => extension.Oid!.Value == PeerCertificate.ExtensionOid));
        await AssertRefused(peer, request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)));
    }

    [Fact]
    public async Task The_own_key_shown_by_another_gets_a_closed_connection()
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer peer = Start(genesis, 0);
        using NodeKey key = TestChain.Key(0);
        await AssertRefused(peer, PeerCertificate.Create(key, genesis.ChainId));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0000\u0000\u0000\u0008\u0004\u00d2\u0016\u002f")]
    public async Task Garbage_gets_a_closed_connection_and_disturbs_nobody(string garbage)
    {
        Genesis genesis = TestChain.Genesis(2, Ports(2));
        TestPeer[] peers = StartAll(genesis);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, genesis.Validators[0].Address.Port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(garbage));
            byte[] buffer = new byte[256];
            int total = 0;
            try
            {
                for (int read; (read = await client.GetStream().ReadAsync(buffer)) > 0;)
                    total += read;
            }
            catch (IOException)
            {
                total += 0;
            }
            // A TLS alert at most.
            Assert.True(total <= 7, $"{total} bytes");
        }
        await Eventually(() => peers[0].Counters.Read().Connections >= 1);
        await Eventually(() => peers.All(peer => peer.Network.Links.All(link => link is null || link.State == LinkState.Up)));
    }

    [Fact]
    public async Task A_frame_of_impossible_length_closes_the_connection_and_a_new_one_comes()
    {
        TestPeer[] peers = StartAll(TestChain.Genesis(2, Ports(2)));
        await Eventually(() => peers.All(peer => peer.Ups >= 1));
        peers[0].Network.Send(1, PeerChannel.Consensus, new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 3 });
        peers[0].Network.Flush();
        await Eventually(() => peers[1].Counters.Read().Frames == 1 && peers[1].Downs >= 1);
        await Eventually(() => peers.All(peer => peer.Network.Links.All(link => link is null || link.State == LinkState.Up)));
    }

    [Fact]
    public async Task A_message_that_the_host_finds_malformed_closes_the_connection()
    {
        TestPeer[] peers = StartAll(TestChain.Genesis(2, Ports(2)));
        await Eventually(() => peers.All(peer => peer.Ups >= 1));
        peers[0].Network.Send(1, PeerChannel.Batches, Message("malformed"));
        peers[0].Network.Flush();
        await Eventually(() => peers[1].Counters.Read().Frames == 1 && peers[1].Ups >= 2);
    }

    internal static Func<int, int> Ports(int count)
    {
        int[] ports = FreePorts(count);
        return i => ports[i];
    }

    /// <summary>Ports below the range from which outgoing connections, of whichever test, have theirs.</summary>
    internal static int[] FreePorts(int count) => [.. Enumerable.Range(0, count).Select(_ => FreePort())];

    private static int FreePort()
    {
        for (int attempt = 0; attempt < Candidates; attempt++)
        {
            // A number is tried once in a run, so that no two tests are given the same.
            int port = LowestPort + ((FirstCandidate + Interlocked.Increment(ref _candidates)) % Candidates);
            using TcpListener listener = new(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }

        throw new InvalidOperationException("no free port");
    }

    internal static async Task Eventually(Func<bool> condition)
    {
        for (int attempt = 0; attempt < 1500; attempt++)
        {
            if (condition())
                return;
            await Task.Delay(20);
        }
        Assert.Fail("what was awaited did not happen");
    }

    private static ReadOnlyMemory<byte> Message(string text)
    {
        var writer = new FrameWriter(FrameKind.Message);
        System.Buffers.BuffersExtensions.Write(writer, Encoding.UTF8.GetBytes(text));
        return writer.Finish();
    }

    private static async Task AssertRefused(TestPeer peer, X509Certificate2 certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, peer.Port);
        using var stream = new SslStream(client.GetStream());
        int read = -1;
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "dadbs",
                ClientCertificates = [certificate],
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            });
            read = await stream.ReadAsync(new byte[64]);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            read = 0;
        }
        Assert.Equal(0, read);
        await Eventually(() => peer.Counters.Read().Connections == 1);
        Assert.Equal(0, peer.Ups);
    }

    private TestPeer[] StartAll(Genesis genesis) => [.. Enumerable.Range(0, genesis.Validators.Count).Select(i => Start(genesis, i))];

    private TestPeer Start(Genesis genesis, int index, TimeProvider? time = null)
    {
        var peer = new TestPeer(genesis, index, time ?? TimeProvider.System);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>The system's time, and the longest that anybody slept by it once.</summary>
    private sealed class NotedPauses : TimeProvider
    {
        private long _longest;

        public TimeSpan LongestPause => TimeSpan.FromTicks(Volatile.Read(ref _longest));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period == Timeout.InfiniteTimeSpan)
                Volatile.Write(ref _longest, Math.Max(_longest, dueTime.Ticks));
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class TestPeer : IPeerHandler, IAsyncDisposable
    {
        private readonly NodeKey _key;
        private int _ups;
        private int _downs;

        public TestPeer(Genesis genesis, int index, TimeProvider time)
        {
            _key = TestChain.Key(index);
            Port = genesis.Validators[index].Address.Port;
            Network = new PeerNetwork(genesis, _key, [.. genesis.Validators.Select(validator => validator.Address)], this, Counters, time);
            Network.Start(new IPEndPoint(IPAddress.Loopback, Port));
        }

        public PeerNetwork Network { get; }

        public PeerCounters Counters { get; } = new();

        public int Port { get; }

        public int Ups => Volatile.Read(ref _ups);

        public int Downs => Volatile.Read(ref _downs);

        public ConcurrentQueue<(int Peer, string Text)> Received { get; } = new();

        public void LinkUp(int peer) => Interlocked.Increment(ref _ups);

        public void LinkDown(int peer) => Interlocked.Increment(ref _downs);

        public void Heard(int peer) => Interlocked.Increment(ref _heard);

        private int _heard;

        void IPeerHandler.Received(int peer, ReadOnlyMemory<byte> message)
        {
            string text = Encoding.UTF8.GetString(message.Span);
            if (text == "malformed")
                throw new FormatException("as the test wishes");
            Received.Enqueue((peer, text));
        }

        private bool _disposed;

        public async ValueTask DisposeAsync()
        {
            if (_disposed)
                return;
            _disposed = true;
            await Network.DisposeAsync();
            _key.Dispose();
        }
    }
}
