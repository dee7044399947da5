using System.Net;
using System.Net.Sockets;

namespace Dadbs.ClusterHarness;

/// <summary>Ports for nodes that are about to start. Below the ephemeral range, which peers' outgoing connections use.</summary>
public static class FreePorts
{
    private const int Lowest = 10_000;
    private const int Steps = 900;
    private const int AttemptsMax = 200;

    /// <summary>A node's peer port is so far above its SQL port.</summary>
    private const int PeerPortOffset = 1000;

    /// <summary>The first of a run of ports of which all, and those of the peers, are free now.</summary>
    public static int FirstOf(int count)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            int first = Lowest + (Random.Shared.Next(Steps) * 20);
            if (first % (2 * PeerPortOffset) >= PeerPortOffset) continue; // so that one cluster's SQL ports are never another's peer ports
            if (Enumerable.Range(first, count).All(p => IsFree(p) && IsFree(p + PeerPortOffset))) return first;
        }

        throw new InvalidOperationException("no free ports");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
