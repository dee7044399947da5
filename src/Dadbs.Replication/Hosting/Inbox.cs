using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// What waits for the consensus loop. Many threads post, the loop takes all at once. What peers may have waiting here is bounded by
/// <see cref="HasRoomFor"/>, which their readers respect; what the process itself posts (results, links, timers) is bounded by its nature.
/// </summary>
internal sealed class Inbox(int peers)
{
    private const long PeerBytesMax = 32L * 1024 * 1024;
    private const int PeerMessagesMax = 16_384;

    private readonly object _gate = new();
    private readonly long[] _peerBytes = new long[peers];
    private readonly int[] _peerMessages = new int[peers];
    private List<Item> _items = [];
    private List<Item> _taken = [];
    private bool _woken;
    private bool _waiting;

    /// <param name="Input">For the replica.</param>
    /// <param name="Peer">Whose budget it counts against, −1: nobody's.</param>
    /// <param name="Bytes">What it counts.</param>
    internal readonly record struct Item(Input Input, int Peer, int Bytes);

    public void Post(Input input, int peer = -1, int bytes = 0)
    {
        lock (_gate)
        {
            _items.Add(new Item(input, peer, bytes));
            if (peer >= 0)
            {
                _peerBytes[peer] += bytes;
                _peerMessages[peer]++;
            }
            WakeLocked();
        }
    }

    /// <summary>Ends the loop's wait although nothing was posted.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            WakeLocked();
        }
    }

    public bool HasRoomFor(int peer)
    {
        lock (_gate)
            return _peerBytes[peer] < PeerBytesMax && _peerMessages[peer] < PeerMessagesMax;
    }

    /// <summary>Waits for something, at most for the time given, and takes all there is. The list is the caller's until the next call.</summary>
    public List<Item> Take(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_items.Count == 0 && !_woken && timeout > TimeSpan.Zero)
            {
                _waiting = true;
                Monitor.Wait(_gate, timeout);
                _waiting = false;
            }
            _woken = false;
            _taken.Clear();
            (_items, _taken) = (_taken, _items);
            return _taken;
        }
    }

    /// <summary>The loop is done with an item: its peer may send more.</summary>
    public void Release(in Item item)
    {
        if (item.Peer < 0)
            return;
        lock (_gate)
        {
            _peerBytes[item.Peer] -= item.Bytes;
            _peerMessages[item.Peer]--;
        }
    }

    private void WakeLocked()
    {
        if (_waiting)
            Monitor.Pulse(_gate);
    }
}
