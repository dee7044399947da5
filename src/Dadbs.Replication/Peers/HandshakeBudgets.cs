using System.Net;

namespace Dadbs.Replication;

/// <summary>
/// How many handshakes each address may ask for: a handshake costs milliseconds of processor time before it shows who dials, a peer that was put off included. The accepting
/// task's.
/// </summary>
internal sealed class HandshakeBudgets(TimeProvider time)
{
    /// <summary>Beyond it all addresses begin anew: what strangers may cost at once is bounded besides (<see cref="PeerLimits.StrangersMax"/>).</summary>
    private const int AddressesMax = 1_024;

    private readonly Dictionary<IPAddress, PeerBudget> _budgets = [];

    /// <summary>False: the address has used up its budget for now, the connection is to be closed.</summary>
    public bool TrySpend(IPAddress address)
    {
        if (!_budgets.TryGetValue(address, out PeerBudget? budget))
        {
            if (_budgets.Count == AddressesMax)
                _budgets.Clear();
            _budgets.Add(address, budget = new PeerBudget(PeerLimits.HandshakesBurst, PeerLimits.HandshakesPerSecond, time));
        }
        return budget.TrySpend();
    }
}
