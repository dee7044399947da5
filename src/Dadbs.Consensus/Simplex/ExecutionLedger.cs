namespace Dadbs.Consensus;

/// <summary>Own results by height, and how far the others say they are: the ground of K1 and of the `executed` rule in V3.</summary>
internal sealed class ExecutionLedger
{
    private readonly EpochScope _scope;
    private readonly ValidatorId _self;
    private readonly int _lagBlocks;
    private readonly Dictionary<long, ExecutedRoots> _own = [];
    private readonly long[] _hints;
    private readonly long[] _sorted;
    private long _highest;

    /// <summary>Nothing is kept at or below it.</summary>
    private long _forgotten = -1;

    public ExecutionLedger(EpochScope scope, ConsensusParameters parameters, ValidatorId self)
    {
        _lagBlocks = parameters.ExecutionLagBlocks;
        _scope = scope;
        _self = self;
        _hints = new long[scope.ValidatorCount];
        _sorted = new long[scope.ValidatorCount];
    }

    public Height Executed => new(_hints[_self.Value]);

    /// <summary>What at least one honest validator says it executed: the highest but f.</summary>
    public Height ExecutedByOneHonest { get; private set; }

    public void Record(ExecutedRoots roots)
    {
        if (_own.TryGetValue(roots.Height.Value, out ExecutedRoots known))
            Invariant.Check(known == roots, "one height has one result on one node");
        _own[roots.Height.Value] = roots;
        _highest = Math.Max(_highest, roots.Height.Value);
        _forgotten = Math.Min(_forgotten, roots.Height.Value - 1);
        Hint(_self, roots.Height);
    }

    /// <summary>A peer's word (K1): only the highest f hints can be lies, and they can only make a proposal wait.</summary>
    public void Hint(ValidatorId peer, Height height)
    {
        if (height.Value <= _hints[peer.Value])
            return;
        _hints[peer.Value] = height.Value;
        if (height <= ExecutedByOneHonest)
            return;
        SortHints();
        ExecutedByOneHonest = new(_sorted[^_scope.OneHonest]);
    }

    /// <summary>
    /// T2: the validator says that it executed more than K blocks less than this node, as after a restart: it has to catch up before it can lead (K1). Not who has said nothing yet, as all have right after
    /// the own restart.
    /// </summary>
    public bool IsBehind(ValidatorId validator) => _hints[validator.Value] is > 0 and var said && Executed.Value - said > _lagBlocks;

    public ExecutedRoots? ResultAt(Height height) => _own.TryGetValue(height.Value, out ExecutedRoots roots) ? roots : null;

    /// <summary>K1: the parent's, or the highest above it that this node executed and q validators say they executed.</summary>
    public ExecutedRoots Nameable(Block parent)
    {
        ExecutedRoots named = parent.Header.Executed;
        if (parent.Height.Value <= named.Height.Value)
            return named;
        SortHints();
        long limit = Math.Min(_sorted[^_scope.Quorum], parent.Height.Value);
        // Downwards: what is asked for is nearly always the first.
        for (long height = Math.Min(limit, _highest); height > named.Height.Value && height > _forgotten; height--)
        {
            if (_own.TryGetValue(height, out ExecutedRoots roots))
                return roots;
        }
        return named;
    }

    /// <summary>Results at or below what a final block names are never compared again.</summary>
    public void Forget(Height named)
    {
        if (named.Value - 1 <= _forgotten)
            return;
        _forgotten = named.Value - 1;
        foreach (long height in _own.Keys)
        {
            if (height < named.Value)
                _own.Remove(height);
        }
    }

    private void SortHints()
    {
        _hints.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
    }

    /// <summary>Ascending.</summary>
    public IEnumerable<ExecutedRoots> All => _own.Values.OrderBy(roots => roots.Height);
}
