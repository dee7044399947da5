using System.Diagnostics;
using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>
/// What waits for the consensus loop. Many threads post, the loop takes all at once. What peers may have waiting here is bounded by
/// <see cref="WaitForRoom"/>, which their readers call; what the process itself posts (results, links, timers) is bounded by its nature.
/// <para>
/// An input that need not be looked at by itself is posted as not urgent: it waits for company, but never longer than <see cref="LazyMax"/>. Every
/// turn that is saved so saves a wake, and often a flush.
/// </para>
/// </summary>
internal sealed class Inbox(int peers, PeerPoller poller)
{
    private const long PeerBytesMax = 32L * 1024 * 1024;
    private const int PeerMessagesMax = 16_384;

    /// <summary>A transaction of so many bytes is worth a turn by itself.</summary>
    private const int LargeSubmissionBytes = 16 * 1024;

    /// <summary>Whole milliseconds, as the poller waits.</summary>
    private static readonly TimeSpan LazyMax = TimeSpan.FromMilliseconds(4);

    /// <summary>The same for a transaction, which somebody waits for.</summary>
    private static readonly TimeSpan LazySubmissionMax = TimeSpan.FromMilliseconds(2);

    /// <summary>Timestamps of what is not taken yet; 0: nothing.</summary>
    private readonly long[] _heard = new long[peers];
    private readonly object _gate = new();
    private readonly object _room = new();
    private readonly long[] _peerBytes = new long[peers];
    private readonly int[] _peerMessages = new int[peers];
    private List<Item> _items = [];
    private List<Item> _taken = [];
    private bool _urgent;
    private volatile bool _waiting;
    private bool _waitsLong;
    private bool _closed;
    private int _batchesWaiting;
    private int _batchesWorthATurn = 1;
    private int _submitted;
    private long _submittedSince;
    private long _lazySince;
    private int _submissionsWorthATurn = 1;
    private int _holding;

    /// <param name="Input">For the replica; null: <paramref name="Unverified"/> has to be verified first.</param>
    /// <param name="Peer">Whose budget it counts against, −1: nobody's.</param>
    /// <param name="Bytes">What it counts.</param>
    /// <param name="Unverified">A message that may not be worth its verification by the time the loop comes to it.</param>
    internal readonly record struct Item(Input? Input, int Peer, int Bytes, Message? Unverified = null);

    /// <summary>How many may post, by index.</summary>
    public int Peers => peers;

    /// <summary>How long the first of the submissions behind the last <see cref="Take"/> had waited for it. The loop's.</summary>
    public TimeSpan SubmissionsWaited { get; private set; }

    public void Post(Input input, int peer = -1, int bytes = 0, bool urgent = true)
    {
        lock (_gate)
            Add(new Item(input, peer, bytes), urgent);
    }

    /// <summary>
    /// A sign of life came from a peer. It wakes nobody: the loop asks with its next turn, before it judges who is silent. Idle validators ping each other several times a second.
    /// </summary>
    public void NoteHeard(int peer) => Volatile.Write(ref _heard[peer], Stopwatch.GetTimestamp());

    /// <summary>The loop's: whether a peer was heard since this was last asked, and how long ago the last time was.</summary>
    public bool TryTakeHeard(int peer, out TimeSpan ago)
    {
        long heard = Volatile.Read(ref _heard[peer]) == 0 ? 0 : Interlocked.Exchange(ref _heard[peer], 0);
        ago = heard == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(heard);
        return heard != 0;
    }

    /// <summary>A batch is urgent when it completes what the loop said it waits for.</summary>
    public void PostBatch(Input input, int peer, int bytes)
    {
        lock (_gate)
            Add(new Item(input, peer, bytes), urgent: ++_batchesWaiting >= _batchesWorthATurn);
    }

    /// <summary>A vote or an acknowledgement, which the loop verifies if it still matters when its turn comes.</summary>
    public void PostUnverified(Message message, int peer, int bytes, bool urgent)
    {
        lock (_gate)
            Add(new Item(null, peer, bytes, message), urgent);
    }

    /// <summary>Transactions stand in the submission queue. They are urgent when the lane waits for no more than have come.</summary>
    public void NoteSubmission(int bytes, int transactions = 1)
    {
        lock (_gate)
        {
            if (_submitted == 0)
                _submittedSince = Stopwatch.GetTimestamp();
            _submitted += transactions;
            bool urgent = _submitted >= _submissionsWorthATurn || bytes >= LargeSubmissionBytes;
            _urgent |= urgent;
            if (_waiting && (urgent || _waitsLong))
                poller.Wake();
        }
    }

    /// <summary>Ends the loop's wait although nothing was posted.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _urgent = true;
            if (_waiting)
                poller.Wake();
        }
    }

    /// <summary>Holds the reader of a peer that is too far ahead of this node.</summary>
    public void WaitForRoom(int peer)
    {
        if (HasRoomFor(peer))
            return;
        Interlocked.Increment(ref _holding);
        lock (_room)
        {
            while (!HasRoomFor(peer))
                Monitor.Wait(_room);
        }
        Interlocked.Decrement(ref _holding);
    }

    /// <summary>The loop ends: nobody is held any more.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        lock (_room)
            Monitor.PulseAll(_room);
    }

    /// <summary>
    /// Waits for something, at most for the time given, and takes all there is. The list is the caller's until the next call.
    /// <paramref name="batchesWorthATurn"/>: so many batches are urgent together; <paramref name="submissionsWorthATurn"/> the same of own transactions.
    /// </summary>
    public List<Item> Take(TimeSpan timeout, int batchesWorthATurn, int submissionsWorthATurn)
    {
        long since = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _batchesWorthATurn = batchesWorthATurn;
            _submissionsWorthATurn = submissionsWorthATurn;
            _urgent |= _submitted >= submissionsWorthATurn || _batchesWaiting >= batchesWorthATurn;
        }
        // Looked at before each turn, so that no other input keeps peers from being heard; what they sent meanwhile is part of the turn.
        TimeSpan wait = MustWait(timeout, out TimeSpan most) ? most : TimeSpan.Zero;
        do
        {
            poller.Poll(wait);
            _waiting = false;
            poller.Read();
        }
        while (MustWait(timeout - Stopwatch.GetElapsedTime(since), out wait));
        lock (_gate)
        {
            _urgent = false;
            _batchesWaiting = 0;
            SubmissionsWaited = _submitted == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_submittedSince);
            _submitted = 0;
            _lazySince = 0;
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
        if (Volatile.Read(ref _holding) == 0)
            return;
        lock (_room)
            Monitor.PulseAll(_room);
    }

    /// <summary>False: what comes from this peer now has to wait.</summary>
    public bool HasRoomFor(int peer)
    {
        lock (_gate)
            return _closed || (_peerBytes[peer] < PeerBytesMax && _peerMessages[peer] < PeerMessagesMax);
    }

    private void Add(in Item item, bool urgent)
    {
        _items.Add(item);
        if (item.Peer >= 0)
        {
            _peerBytes[item.Peer] += item.Bytes;
            _peerMessages[item.Peer]++;
        }
        _urgent |= urgent;
        // A loop that waits for longer than an idle input may learns that there is one now.
        if (_waiting && (urgent || _waitsLong))
            poller.Wake();
    }

    /// <summary>Whether there is nothing for a turn yet, and how long to wait for it.</summary>
    private bool MustWait(TimeSpan left, out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = left;
            bool holdsLazy = _items.Count > 0 || _submitted > 0;
            if (holdsLazy)
            {
                if (_lazySince == 0)
                    _lazySince = Stopwatch.GetTimestamp();
                TimeSpan patience = (_submitted > 0 ? LazySubmissionMax : LazyMax) - Stopwatch.GetElapsedTime(_lazySince);
                wait = patience < left ? patience : left;
            }
            _waiting = !_urgent && wait > TimeSpan.Zero;
            _waitsLong = !holdsLazy && left > LazySubmissionMax;
            return _waiting;
        }
    }
}
