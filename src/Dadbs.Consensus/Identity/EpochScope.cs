namespace Dadbs.Consensus;

/// <summary>
/// The chain and the epoch that a statement belongs to, and the numbers that follow from the size of the validator set
/// (Notation, docs/consensus.md): f = ⌊(n−1)/3⌋ may lie, q = ⌊(n+f)/2⌋+1 make a quorum.
/// </summary>
public sealed record EpochScope
{
    /// <summary>Bitmaps and loops are sized by it; a certificate for more signers is refused.</summary>
    public const int ValidatorsMax = 1024;

    public EpochScope(Digest chainId, long epoch, int validatorCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(validatorCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(validatorCount, ValidatorsMax);
        ChainId = chainId;
        Epoch = epoch;
        ValidatorCount = validatorCount;
        Faulty = (validatorCount - 1) / 3;
        Quorum = ((validatorCount + Faulty) / 2) + 1;
    }

    public Digest ChainId { get; }

    public long Epoch { get; }

    /// <summary>n.</summary>
    public int ValidatorCount { get; }

    /// <summary>f, the number of validators that may be Byzantine.</summary>
    public int Faulty { get; }

    /// <summary>q.</summary>
    public int Quorum { get; }

    /// <summary>f + 1: at least one of them is honest. Makes a proof of availability (L3).</summary>
    public int OneHonest => Faulty + 1;

    /// <summary>Rule T2: validators take turns in genesis order.</summary>
    public ValidatorId LeaderOf(View view) => new((int)(view.Value % ValidatorCount));

    public bool Contains(ValidatorId validator) => validator.Value >= 0 && validator.Value < ValidatorCount;
}
