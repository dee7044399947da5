namespace Dadbs.Replication;

/// <summary>
/// The pair of connections with one peer and the rule for two dialling at once: the connection dialled by the lower public key stays; of two
/// dialled by the same side the newer does, because its dialler would not dial while the older lived.
/// </summary>
internal sealed class PeerLink(int peer, IPeerHandler handler, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly PeerConnection?[] _connections = new PeerConnection?[2];
    private readonly TaskCompletionSource[] _vacancies = [Vacancy(isVacant: true), Vacancy(isVacant: true)];
    private bool _up;
    private long _bans;
    private long _banned;
    private TimeSpan _banLength;
    private long _closedBytesSent;
    private long _closedBytesReceived;
    private long _lastHeard;

    public int Peer { get; } = peer;

    public LinkState State
    {
        get
        {
            lock (_gate)
                return _up ? LinkState.Up : _connections[0] is null && _connections[1] is null ? LinkState.Down : LinkState.Connecting;
        }
    }

    public long BytesSent
    {
        get
        {
            lock (_gate)
                return _closedBytesSent + _connections.Sum(connection => connection?.BytesSent ?? 0);
        }
    }

    public long BytesReceived
    {
        get
        {
            lock (_gate)
                return _closedBytesReceived + _connections.Sum(connection => connection?.BytesReceived ?? 0);
        }
    }

    /// <summary>UTC microseconds, 0 if never.</summary>
    public long LastHeardMicros
    {
        get
        {
            PeerConnection? connection = this[PeerChannel.Consensus];
            if (connection is null)
                return Volatile.Read(ref _lastHeard);
            return UtcMicros() - (long)connection.SinceHeard.TotalMicroseconds;
        }
    }

    public PeerConnection? this[PeerChannel channel] => Volatile.Read(ref _connections[(int)channel]);

    /// <summary>Completes when no connection stands on the channel: now, or when the one that does has ended.</summary>
    public Task WhenVacant(PeerChannel channel)
    {
        lock (_gate)
            return _vacancies[(int)channel].Task;
    }

    /// <summary>How often the peer was put off for misbehaving.</summary>
    public long Bans => Volatile.Read(ref _bans);

    public bool IsBanned
    {
        get
        {
            lock (_gate)
                return _bans > 0 && time.GetElapsedTime(_banned) < _banLength;
        }
    }

    /// <summary>Ends both connections, and takes none for a while: each time twice as long.</summary>
    public void Ban()
    {
        PeerConnection?[] connections;
        lock (_gate)
        {
            _banLength = _bans == 0 ? PeerLimits.BanFirst : TimeSpan.FromTicks(Math.Min(_banLength.Ticks * 2, PeerLimits.BanMax.Ticks));
            _bans++;
            _banned = time.GetTimestamp();
            connections = [.. _connections];
        }
        foreach (PeerConnection? connection in connections)
            connection?.Close();
    }

    /// <summary>Takes a new connection in, or says that the one that stands is the better.</summary>
    public bool TryAdd(PeerConnection connection)
    {
        PeerConnection? replaced;
        bool cameUp;
        bool wasUp;
        if (IsBanned)
            return false;
        lock (_gate)
        {
            replaced = _connections[(int)connection.Channel];
            if (replaced is { DialledByLower: true } && !connection.DialledByLower)
                return false;
            wasUp = _up;
            _connections[(int)connection.Channel] = connection;
            if (replaced is null)
                _vacancies[(int)connection.Channel] = Vacancy(isVacant: false);
            _up = cameUp = _connections[0] is not null && _connections[1] is not null;
            Retire(replaced);
        }
        replaced?.Close();
        // What was sent on the replaced connection may be lost: to the host it is a new link.
        if (wasUp)
            handler.LinkDown(Peer);
        if (cameUp)
            handler.LinkUp(Peer);
        return true;
    }

    public void Remove(PeerConnection connection)
    {
        bool wentDown;
        lock (_gate)
        {
            if (!ReferenceEquals(_connections[(int)connection.Channel], connection))
                return;
            _connections[(int)connection.Channel] = null;
            _vacancies[(int)connection.Channel].SetResult();
            wentDown = _up;
            _up = false;
            Retire(connection);
        }
        if (wentDown)
            handler.LinkDown(Peer);
    }

    private static TaskCompletionSource Vacancy(bool isVacant)
    {
        var vacancy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isVacant)
            vacancy.SetResult();
        return vacancy;
    }

    private void Retire(PeerConnection? connection)
    {
        if (connection is null)
            return;
        _closedBytesSent += connection.BytesSent;
        _closedBytesReceived += connection.BytesReceived;
        if (connection.Channel == PeerChannel.Consensus)
            Volatile.Write(ref _lastHeard, UtcMicros() - (long)connection.SinceHeard.TotalMicroseconds);
    }

    private long UtcMicros() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
