namespace Dadbs.Consensus;

/// <summary>
/// Whose Notarize is believed at the word of its link (M1): a link is authenticated, so what comes over its voter's own is said by it. Who is found to have signed badly loses
/// that for the life of the process; its votes are verified before they count. Any thread; only the core withdraws.
/// </summary>
public sealed class LinkTrust(int validators)
{
    /// <summary>By validator; 1: withdrawn.</summary>
    private readonly int[] _withdrawn = new int[validators];

    /// <summary>Nobody is believed: every signature is checked at the rim.</summary>
    public static LinkTrust Nobody(int validators)
    {
        var trust = new LinkTrust(validators);
        Array.Fill(trust._withdrawn, 1);
        return trust;
    }

    public bool Holds(ValidatorId validator) => Volatile.Read(ref _withdrawn[validator.Value]) == 0;

    /// <summary>False when it was withdrawn before.</summary>
    public bool Withdraw(ValidatorId validator) => Interlocked.Exchange(ref _withdrawn[validator.Value], 1) == 0;
}
