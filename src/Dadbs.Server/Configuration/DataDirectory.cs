namespace Dadbs.Server.Configuration;

/// <summary>Where a node keeps what. Only names: opening and locking is the business of those who write there.</summary>
public sealed record DataDirectory(string Root)
{
    /// <summary>The chain's first block in readable form; its digest is the chain id.</summary>
    public string GenesisFile => Path.Combine(Root, "genesis.json");

    /// <summary>This node's secp256k1 private key, mode 0600.</summary>
    public string KeyFile => Path.Combine(Root, "node.key");

    public string ConfigurationFile => Path.Combine(Root, NodeConfiguration.FileName);

    /// <summary>Tree pages and the manifests that make them reachable.</summary>
    public string StateDirectory => Path.Combine(Root, "state");

    /// <summary>Finalized blocks with their batches, certificates and change sets.</summary>
    public string BlockLogDirectory => Path.Combine(Root, "blocks");

    /// <summary>All that consensus and lanes have said and not yet seen finalized in the block log.</summary>
    public string VoteLogDirectory => Path.Combine(Root, "votes");

    public bool IsInitialised => File.Exists(GenesisFile) && File.Exists(KeyFile);
}
