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
}
