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

    /// <summary>For what was not verified at the rim, and is late (M1).</summary>
    public required IStatementVerifier Verifier { get; init; }

    /// <summary>Whose Notarize the rim lets pass unverified; the same as the <see cref="MessageVerifier"/>'s.</summary>
    public required LinkTrust Links { get; init; }

    public ConsensusParameters Parameters { get; init; } = ConsensusParameters.Default;

    /// <summary>Replaced only by a test that shows what the rules are for.</summary>
    internal SafetyRules Safety { get; init; } = new();
}
