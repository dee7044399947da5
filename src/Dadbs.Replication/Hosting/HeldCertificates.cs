using System.Collections.Concurrent;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// The certificates that the replica passed on lately, as the rim may know them: what only repeats one of these needs no check and no turn of
/// the loop. The loop adds, any thread asks. A certificate that is missing here costs time, never correctness.
/// </summary>
internal sealed class HeldCertificates(TimeProvider time)
{
    private const int KeysMax = 256;

    /// <summary>Below Δ, at whose pace a peer that was left behind repeats itself and has to be heard (Rule V7).</summary>
    private static readonly TimeSpan FreshMax = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<CertificateKey, long> _keys = new();
    private readonly Queue<CertificateKey> _order = new();

    public bool Contains(CertificateKey key) => _keys.ContainsKey(key);

    /// <summary>Held since a moment ago: who repeats it sent it before it could know.</summary>
    public bool IsFresh(CertificateKey key) => _keys.TryGetValue(key, out long since) && time.GetElapsedTime(since) < FreshMax;

    public void Add(CertificateKey key)
    {
        if (!_keys.TryAdd(key, time.GetTimestamp()))
            return;
        _order.Enqueue(key);
        if (_order.Count > KeysMax)
            _keys.TryRemove(_order.Dequeue(), out _);
    }
}
