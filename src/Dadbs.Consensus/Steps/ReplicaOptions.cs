namespace Dadbs.Consensus;

/// <summary>All that a replica is built from.</summary>
public sealed record ReplicaOptions
{
    public required EpochScope Scope { get; init; }

    public required ValidatorId Self { get; init; }

    /// <summary>From <see cref="Block.Genesis"/>; equal on all nodes.</summary>
    public required Block Genesis { get; init; }

    public required IStatementSigner Signer { get; init; }

    public required IBatchSealer Sealer { get; init; }

    public ConsensusParameters Parameters { get; init; } = ConsensusParameters.Default;

    /// <summary>Replaced only by a test that shows what the rules are for.</summary>
    internal SafetyRules Safety { get; init; } = new();
}
