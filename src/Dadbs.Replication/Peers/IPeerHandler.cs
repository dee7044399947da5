namespace Dadbs.Replication;

/// <summary>What the network tells the host. Calls come from the threads of connections; those of one connection are in order.</summary>
internal interface IPeerHandler
{
    /// <summary>Both connections stand. Called again after every loss.</summary>
    void LinkUp(int peer);

    void LinkDown(int peer);

    /// <summary>A ping came on the consensus connection (Rule T2).</summary>
    void Heard(int peer);

    /// <summary>
    /// A message came; the memory is the handler's for ever. The connection reads on when the call returns, so a full host slows its
    /// peers down by blocking. A <see cref="FormatException"/> closes the connection.
    /// </summary>
    void Received(int peer, ReadOnlyMemory<byte> message);

    /// <summary>
    /// The same on the thread that polls many peers, which none may hold up; the memory is the caller's. False: it would wait or take long, and nothing was done;
    /// <see cref="Received"/> gets the message then.
    /// </summary>
    bool TryReceive(int peer, ReadOnlySpan<byte> message) => false;
}
