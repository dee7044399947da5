namespace Dadbs.Replication;

/// <summary>Sizes, counts and times of peer connections.</summary>
internal static class PeerLimits
{
    /// <summary>Longest frame on the consensus connection: a certificate of 1,000 signers, or a page of blocks for catch-up, fits.</summary>
    public const int ConsensusFrameBytesMax = 4 * 1024 * 1024;

    /// <summary>Longest frame on the batch connection: the largest batch with its proofs.</summary>
    public const int BatchFrameBytesMax = 20 * 1024 * 1024;

    /// <summary>Before a peer has said hello.</summary>
    public const int HelloFrameBytesMax = 64;

    /// <summary>Waiting to be sent; beyond it the connection is closed, and the next link sends what counts again (Rule V7).</summary>
    public const long ConsensusQueueBytesMax = 16L * 1024 * 1024;

    public const long BatchQueueBytesMax = 128L * 1024 * 1024;

    /// <summary>More than this is written by the connection's writer, not by whoever flushes: less than a third of a socket's buffer.</summary>
    public const int InlineWriteBytesMax = 16 * 1024;

    /// <summary>Small frames are put together up to one TLS record.</summary>
    public const int CoalesceBytesMax = 16 * 1024;

    /// <summary>Connections that have not shown who they are.</summary>
    public const int StrangersMax = 64;

    /// <summary>Handshakes of one address at once: all peers of a cluster of 64 validators on one machine, with both their connections.</summary>
    public const int HandshakesBurst = 128;

    public const int HandshakesPerSecond = 10;

    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Below the second after which a silent leader is skipped (Rule T2).</summary>
    public static readonly TimeSpan ConsensusPing = TimeSpan.FromMilliseconds(400);

    public static readonly TimeSpan BatchPing = TimeSpan.FromSeconds(5);

    /// <summary>A connection from which nothing came for so long is closed.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(20);

    /// <summary>A peer that misbehaved is not heard for so long, and twice as long each further time.</summary>
    public static readonly TimeSpan BanFirst = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan BanMax = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan RedialFirst = TimeSpan.FromMilliseconds(50);

    public static readonly TimeSpan RedialMax = TimeSpan.FromSeconds(1);

    /// <summary>The higher key gives the lower one this start, so that both seldom dial at once.</summary>
    public static readonly TimeSpan RedialHandicap = TimeSpan.FromMilliseconds(300);
}
