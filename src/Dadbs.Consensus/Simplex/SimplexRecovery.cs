namespace Dadbs.Consensus;

/// <summary>D1: what the vote log gives back at a start, and what a checkpoint of it must keep.</summary>
internal sealed class SimplexRecovery(SimplexState state, CertificateStore certificates, DeliveryQueue deliveries)
{
    private readonly SimplexState _state = state;
    private readonly DeliveryQueue _deliveries = deliveries;

    public void RestoreVote(Vote written)
    {
        Vote vote = written with { IsProven = true };
        if (vote.View <= _state.Tree.Head.Block.View)
            return;
        ViewState view = _state.At(vote.View);
        view.Remember(vote);
        if (vote.Type == VoteType.Notarize)
            view.Proposal ??= _state.Tree.Find(vote.Digest)?.Block;
        view.TallyOf(vote.Type).Add(vote, out _);
        if (vote.Type != VoteType.Finalize && vote.View > _state.Current)
            _state.Current = vote.View;
    }

    public void RestoreBlock(Block block)
    {
        if (block.Height <= _state.Tree.Head.Block.Height)
            return;
        _state.Tree.Add(block).Persisted = true;
    }

    public void RestoreCertificate(Certificate certificate)
    {
        Block head = _state.Tree.Head.Block;
        // What a peer that was left behind at the head is answered with (V7): nobody's votes for it are said again.
        if (certificate.Type == VoteType.Finalize && certificate.View == head.View && certificate.Digest == head.Digest)
            _state.HighestFinalization = certificate;
        if (certificate.View <= _state.Tree.Head.Block.View || !certificates.Record(certificate) || certificate.View < _state.Current)
            return;
        _state.Current = certificate.View.Next;
        _state.Entry = certificate;
    }

    public void RestoreFloor(View floor)
    {
        _state.Floor = floor;
        if (_state.Current <= floor)
            _state.Current = floor.Next;
    }

    /// <summary>D1: all that is still needed, from the last block that the block log holds for good.</summary>
    public List<LogRecord> RecordsToKeep(LogRecord.Floor floor)
    {
        var records = new List<LogRecord> { floor };
        records.AddRange(_deliveries.AboveDurable.Select(final => new LogRecord.KnownBlock(final.Block)));
        records.AddRange(_state.Tree.Above.Where(node => node.Persisted).Select(node => new LogRecord.KnownBlock(node.Block)));
        records.AddRange(_deliveries.AboveDurable.Where(final => final.Finalization is not null).Select(final => new LogRecord.KnownCertificate(final.Finalization!)));
        if (_state.HighestFinalization is { } highest)
            records.Add(new LogRecord.KnownCertificate(highest));
        foreach (ViewState view in _state.Views)
        {
            records.AddRange(view.Certificates.Select(certificate => new LogRecord.KnownCertificate(certificate)));
            records.AddRange(view.OwnVotes.Select(vote => new LogRecord.OwnVote(vote)));
        }
        records.AddRange(_state.Execution.All.Select(roots => new LogRecord.OwnExecution(roots)));
        return records;
    }
}
