namespace Dadbs.Consensus;

/// <summary>Own results by height, and how far the others say they are: the ground of K1 and of the `executed` rule in V3.</summary>
internal sealed class ExecutionLedger
{
    private readonly EpochScope _scope;
    private readonly ValidatorId _self;
    private readonly SortedDictionary<long, ExecutedRoots> _own = [];
    private readonly long[] _hints;

    public ExecutionLedger(EpochScope scope, ValidatorId self)
    {
        _scope = scope;
        _self = self;
        _hints = new long[scope.ValidatorCount];
    }

    public Height Executed => new(_hints[_self.Value]);

    public void Record(ExecutedRoots roots)
    {
        if (_own.TryGetValue(roots.Height.Value, out ExecutedRoots known))
            Invariant.Check(known == roots, "one height has one result on one node");
        _own[roots.Height.Value] = roots;
        Hint(_self, roots.Height);
    }

    /// <summary>A peer's word (K1): only the highest f hints can be lies, and they can only make a proposal wait.</summary>
    public void Hint(ValidatorId peer, Height height) => _hints[peer.Value] = Math.Max(_hints[peer.Value], height.Value);

    public ExecutedRoots? ResultAt(Height height) => _own.TryGetValue(height.Value, out ExecutedRoots roots) ? roots : null;

    /// <summary>K1: the parent's, or the highest above it that this node executed and q validators say they executed.</summary>
    public ExecutedRoots Nameable(Block parent)
    {
        long said = _hints.OrderDescending().ElementAt(_scope.Quorum - 1);
        long limit = Math.Min(said, parent.Height.Value);
        ExecutedRoots named = parent.Header.Executed;
        foreach ((long height, ExecutedRoots roots) in _own.Reverse())
        {
            if (height <= limit && height > named.Height.Value)
                return roots;
        }
        return named;
    }

    /// <summary>Results at or below what a final block names are never compared again.</summary>
    public void Forget(Height named)
    {
        foreach (long height in _own.Keys.TakeWhile(height => height < named.Value).ToArray())
            _own.Remove(height);
    }

    public IEnumerable<ExecutedRoots> All => _own.Values;
}
