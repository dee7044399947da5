using Dadbs.Consensus;
using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// Re-checks a stopped node's block log against genesis alone: that each block stands on its parent, carries exactly the batches that its cut
/// adds, in the one order, with valid signatures of authors and transactions, that finalizations are made by a quorum, and that the roots
/// which blocks name are the recorded ones. Replaying the transactions and comparing states is the caller's, block by block.
/// </summary>
public sealed class ChainAudit
{
    private readonly IAppendLog _log;
    private readonly EpochScope _scope;
    private readonly MessageVerifier _messages;
    private readonly TransactionVerifier _transactions;
    private readonly Dictionary<long, ExecutedState> _recorded = [];
    private Block _head;
    private Cut _cut;

    /// <param name="blockLog">Opened read-only; not disposed here.</param>
    /// <param name="genesis">The trust anchor.</param>
    public ChainAudit(IAppendLog blockLog, Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        _log = blockLog;
        _scope = genesis.ToScope();
        var counters = new PeerCounters();
        _transactions = new TransactionVerifier(genesis);
        _messages = new MessageVerifier(_scope, new StatementVerifier(genesis, counters), new NoPayloads());
        _head = genesis.ToBlock(_scope);
        _cut = Cut.Empty(_scope.ValidatorCount);
        _recorded[0] = genesis.ToExecuted();
    }

    /// <summary>Highest height that was read and found good; 0 for none.</summary>
    public long Height => _head.Height.Value;

    /// <summary>
    /// Highest height that a finalization in this log covers, one that proves itself. Blocks above it were final to the node that wrote them, by a certificate
    /// that is not in this log: they are checked in all but that.
    /// </summary>
    public long FinalizedHeight { get; private set; }

    /// <summary>Highest height whose roots a finalized block names, so that a quorum stands for them.</summary>
    public long CertifiedHeight { get; private set; }

    /// <summary>All blocks in order, each after its checks. Runs once.</summary>
    /// <exception cref="DamagedRecordException">The first thing that does not hold, with its height.</exception>
    public IEnumerable<BlockRecord> ReadAll()
    {
        foreach (Storage.LogRecord record in _log.Read(_log.FirstAddress))
        {
            StoredBlock stored = StoredBlock.Decode(_scope, record.Bytes);
            Block block = stored.Final.Block;
            CheckHeader(block);
            CheckBatches(block, stored.Batches);
            var transactions = stored.Batches.ToDictionary(batch => batch.Digest, CheckTransactions);
            CheckNamed(block);
            CheckFinalization(stored.Final);
            _head = block;
            _cut = _cut.Advance(block.Header.Cut);
            _recorded[stored.Height] = new ExecutedState(stored.Height, stored.Result.StateRoot, stored.Result.ReceiptsRoot);
            OrderedBlock ordered = Ordering.Flatten(block, stored.Batches, batch => transactions[batch.Digest], _scope, isReplay: true);
            yield return new BlockRecord(ordered, stored.Result, block.Header.Executed.ToState());
        }
    }

    private void CheckHeader(Block block)
    {
        BlockHeader header = block.Header;
        Require(block, header.Height == _head.Height.Next, $"follows height {_head.Height.Value}");
        Require(block, header.ParentDigest == _head.Digest && header.ParentView == _head.View, "does not stand on its parent");
        Require(block, header.View > _head.View, "has a view that does not grow");
        Require(block, header.TimeMicros > _head.Header.TimeMicros, "has a time that does not grow");
        Require(block, header.CutDigest == _cut.Advance(header.Cut).DigestIn(_scope), "has the digest of another cut");
    }

    /// <summary>Rule X1: the segment of each lane that advances, by position; rounds over the lanes, starting at height mod n.</summary>
    private void CheckBatches(Block block, IReadOnlyList<Batch> batches)
    {
        int expected = 0;
        foreach (LaneTip advance in block.Header.Cut)
        {
            Tip below = _cut[advance.Lane];
            Batch[] segment = [.. batches.Where(batch => batch.Lane == advance.Lane)];
            Require(block, segment.Length == advance.Tip.Position - below.Position && segment[^1].Tip == advance.Tip, $"lacks batches of lane {advance.Lane}");
            for (int i = 0; i < segment.Length; i++)
            {
                Require(block, segment[i].Position == below.Position + 1 + i, $"has batches of lane {advance.Lane} out of order");
                Require(block, i == 0 || segment[i].Header.Parent == segment[i - 1].Digest, $"has batches of lane {advance.Lane} that are no chain");
            }
            expected += segment.Length;
        }
        Require(block, expected == batches.Count, "holds a batch that its cut does not name");
        int start = (int)(block.Height.Value % _scope.ValidatorCount);
        IEnumerable<Batch> inOrder = batches
            .OrderBy(batch => batch.Position - _cut[batch.Lane].Position)
            .ThenBy(batch => (batch.Lane.Value - start + _scope.ValidatorCount) % _scope.ValidatorCount);
        Require(block, inOrder.SequenceEqual(batches), "has its batches in another order");
        foreach (Batch batch in batches)
            Require(block, _messages.IsValid(batch), $"holds {batch}, which its author did not sign");
    }

    private List<SignedTransaction> CheckTransactions(Batch batch)
    {
        try
        {
            List<SignedTransaction> transactions = BatchPayload.Decode(batch);
            string? refusal = transactions.Count == batch.Header.TransactionCount ? _transactions.RefuseAny(transactions, batch) : "their number is not that of the header";
            return refusal is null ? transactions : throw new DamagedRecordException($"block log: {batch} holds a transaction that is refused: {refusal}");
        }
        catch (FormatException exception)
        {
            throw new DamagedRecordException($"block log: {batch} is malformed: {exception.Message}");
        }
    }

    private void CheckNamed(Block block)
    {
        ExecutedState named = block.Header.Executed.ToState();
        Require(block, _recorded.TryGetValue(named.Height, out ExecutedState? recorded), $"names height {named.Height}, which is not below it or was named before");
        Require(block, recorded == named, $"names other roots for height {named.Height} than this node recorded");
        foreach (long height in _recorded.Keys.Where(height => height < named.Height).ToArray())
            _recorded.Remove(height);
    }

    private void CheckFinalization(FinalizedBlock final)
    {
        if (final.Finalization is not { } certificate)
            return;
        bool finalizes = certificate.Type == VoteType.Finalize && certificate.View == final.Block.View && certificate.Digest == final.Block.Digest;
        bool isValid = finalizes && _messages.IsValid(certificate);
        // Final to the node that wrote it by what it heard over links (Rule M1): a later one covers it.
        if (!isValid && finalizes && _messages.IsNotarizedByLinks(certificate))
            return;
        Require(final.Block, isValid, "has a finalization that no quorum signed");
        FinalizedHeight = final.Block.Height.Value;
        CertifiedHeight = final.Block.Header.Executed.Height.Value;
    }

    private static void Require(Block block, [System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
            throw new DamagedRecordException($"block log: height {block.Height.Value} {otherwise}");
    }
}
