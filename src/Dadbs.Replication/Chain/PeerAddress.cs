using System.Globalization;

namespace Dadbs.Replication;

/// <summary>Where a validator awaits its peers: a name or address, and a port. Text form <c>host:port</c>, <c>[v6]:port</c>.</summary>
public readonly record struct PeerAddress(string Host, int Port)
{
    public static PeerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        if (colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= ushort.MaxValue)
        {
            string host = text[..colon];
            if (host.StartsWith('[') && host.EndsWith(']'))
                host = host[1..^1];
            else if (host.Contains(':'))
                throw new FormatException($"'{text}': an IPv6 address is written in brackets, [address]:port");
            return new PeerAddress(host, port);
        }
        throw new FormatException($"'{text}' is not host:port");
    }

    public override string ToString() =>
        Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
