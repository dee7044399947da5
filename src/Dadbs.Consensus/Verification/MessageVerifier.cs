using System.Diagnostics;

namespace Dadbs.Consensus;

/// <summary>
/// A value whose signatures were checked at the rim, or which says of a vote that it was not (<see cref="Vote.IsProven"/>). Only <see cref="MessageVerifier"/> makes one, so a core that takes it needs no check
/// of its own and cannot forget one.
/// </summary>
public sealed class Verified<T>
{
    internal Verified(T value) => Value = value;

    public T Value { get; }
}

/// <summary>
/// The rim's check of everything signed, eager for now. Stateless, so it may run on any thread. What it refuses is a fault of the peer
/// that sent it, known by its authenticated link.
/// <para>
/// `isKnown` tells which certificates the replica already holds (<see cref="Replica.Holds"/>): they are not verified again, and are cut
/// out of a message that carries them beside its own content. It may answer false at any time; true only for what the replica holds.
/// </para>
/// <para>
/// `links` tells whose Notarize, a leader's in its proposal too, passes unverified over its voter's own link (M1); without it nobody's does. Everything else is verified here.
/// </para>
/// </summary>
public sealed class MessageVerifier(
    EpochScope scope, IStatementVerifier statements, IPayloadVerifier payloads, Func<CertificateKey, bool>? isKnown = null, LinkTrust? links = null)
{
    private readonly Func<CertificateKey, bool> _isKnown = isKnown ?? (_ => false);

    /// <summary>Null: refuse it and count it against <paramref name="sender"/>.</summary>
    public Verified<Message>? TryVerify(ValidatorId sender, Message message)
    {
        Message? checkedMessage = message switch
        {
            Message.Proposal proposal => CheckProposal(sender, proposal),
            Message.Voted voted => voted.Vote.Voter == sender && CheckVote(sender, voted.Vote) is { } vote ? new Message.Voted(vote) : null,
            Message.Certified certified => IsValidOrKnown(certified.Certificate) ? certified : null,
            Message.BatchMessage batch => CheckBatch(batch),
            Message.Acknowledged acknowledged => acknowledged.Acknowledgement.Signer == sender && IsValid(acknowledged.Acknowledgement) ? acknowledged : null,
            Message.Available available => IsValid(available.Proof) ? available : null,
            Message.CertifiedBlock block => CheckCertifiedBlock(block),
            Message.FinalizedBlocks blocks => CheckBlocks(blocks),
            Message.HandedOver handed => payloads.VerifyApart(handed.Payload, handed.Count) ? handed : null,
            Message.LeaderSaid said => IsWordOfLeader(said.View, said.Word) ? said : null,
            Message.Contradiction contradiction => IsProof(contradiction) ? contradiction : null,
            Message.LinkStatus or Message.PushedBack or Message.ViewRequest or Message.BlocksRequest or Message.BatchRequest or Message.Progress or Message.Unheard => message,
            _ => throw new UnreachableException(),
        };
        return checkedMessage is null ? null : new Verified<Message>(checkedMessage);
    }

    /// <summary>Distinct signers, at least q of them (n if unanimous), every signature good. For block-log verification too.</summary>
    public bool IsValid(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!IsWellFormed(certificate) || CountGood(certificate, badMax: 0) < certificate.Signers.Count)
            return false;
        certificate.MarkProven();
        return true;
    }

    /// <summary>
    /// M1: a unanimous certificate in which up to f signatures are bad. Who wrote it knows that all said so, for they said it over their own links; it proves the block notarized, and not final.
    /// </summary>
    public bool IsNotarizedByLinks(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.IsUnanimous && IsWellFormed(certificate) && CountGood(certificate, scope.Faulty) >= scope.Quorum;
    }

    private bool IsWellFormed(Certificate certificate)
    {
        int needed = certificate.IsUnanimous ? scope.ValidatorCount : scope.Quorum;
        bool isComplete = certificate.Epoch == scope.Epoch && certificate.Signers.Count >= needed && certificate.Signers.Count <= scope.ValidatorCount;
        for (int i = 1; isComplete && i < certificate.Signers.Count; i++)
            isComplete = certificate.Signers[i].Value > certificate.Signers[i - 1].Value;
        return isComplete;
    }

    /// <summary>Goes on until more than <paramref name="badMax"/> are bad.</summary>
    private int CountGood(Certificate certificate, int badMax)
    {
        int good = 0;
        ReadOnlyMemory<byte> signed = default;
        for (int i = 0; i < certificate.Signers.Count && i - good <= badMax; i++)
        {
            if (i == 0 || certificate.SaidBy(i) != certificate.SaidBy(i - 1))
                signed = SigningBytes.OfVote(scope, certificate.VotesType, certificate.View, certificate.SaidBy(i));
            good += statements.Verify(certificate.Signers[i], signed.Span, certificate.Signatures[i]) ? 1 : 0;
        }
        return good;
    }

    /// <summary>The author's signature over the header, and the payload's digest; says nothing about the transactions inside.</summary>
    public bool IsValid(Batch batch) =>
        batch.Payload.Length == batch.Header.PayloadBytes
        && Digest.Sha256(batch.Payload.Span) == batch.Header.PayloadDigest
        && statements.Verify(batch.Lane, SigningBytes.OfBatch(scope, batch.Digest, batch.Header.Content).Span, batch.Signature);

    public bool IsValid(Vote vote) =>
        statements.Verify(vote.Voter, SigningBytes.OfVote(scope, vote.Type, vote.View, vote.Digest).Span, vote.Signature);

    public bool IsValid(AvailabilityProof proof)
    {
        Batch header = proof.Header;
        if (proof.Others.Count < scope.OneHonest - 1 || !statements.Verify(header.Lane, SigningBytes.OfBatch(scope, header.Digest, header.Header.Content).Span, header.Signature))
            return false;
        var leaf = new LaneTip(header.Lane, header.Tip);
        ValidatorId? previous = null;
        foreach (TipAcknowledgement other in proof.Others)
        {
            bool ascends = previous is null || other.Signer.Value > previous.Value.Value;
            Digest? root = MerkleTree.Climb(leaf, other.LeafCount, other.Index, other.Path);
            if (!ascends || other.Signer == header.Lane || root is null
                || !statements.Verify(other.Signer, SigningBytes.OfAcknowledgement(scope, other.LeafCount, root.Value).Span, other.Signature))
                return false;
            previous = other.Signer;
        }
        return true;
    }

    /// <summary>B1: the leader of the view signed two digests. What proves nothing is a fault of its sender.</summary>
    public bool IsProof(Message.Contradiction contradiction) =>
        contradiction.First.Digest.CompareTo(contradiction.Second.Digest) < 0
        && IsWordOfLeader(contradiction.View, contradiction.First) && IsWordOfLeader(contradiction.View, contradiction.Second);

    private bool IsWordOfLeader(View view, LeaderWord word) =>
        statements.Verify(scope.LeaderOf(view), SigningBytes.OfVote(scope, VoteType.Notarize, view, word.Digest).Span, word.Signature);

    private bool IsValid(Acknowledgement acknowledgement) => statements.Verify(
        acknowledgement.Signer,
        SigningBytes.OfAcknowledgement(scope, acknowledgement.Leaves.Count, MerkleTree.RootOf(acknowledgement.Leaves)).Span,
        acknowledgement.Signature);

    private bool IsValidOrKnown(Certificate certificate) => _isKnown(certificate.Key) || IsValid(certificate);

    /// <summary>M1: it costs no verification.</summary>
    public bool Believes(ValidatorId sender, Vote vote)
    {
        ArgumentNullException.ThrowIfNull(vote);
        return vote.Type == VoteType.Notarize && vote.Voter == sender && links?.Holds(sender) == true;
    }

    private Vote? CheckVote(ValidatorId sender, Vote vote)
    {
        if (Believes(sender, vote))
            return vote with { IsProven = false };
        return IsValid(vote) ? vote with { IsProven = true } : null;
    }

    private Message.Proposal? CheckProposal(ValidatorId sender, Message.Proposal proposal)
    {
        Block block = proposal.Block;
        Vote vote = proposal.LeaderVote;
        bool isLeadersNotarize = vote.Type == VoteType.Notarize && vote.View == block.View && vote.Digest == block.Digest && vote.Voter == scope.LeaderOf(block.View);
        if (!isLeadersNotarize || CheckVote(sender, vote) is not { } leaderVote)
            return null;
        Certificate? parent = proposal.Parent is { } certificate && !_isKnown(certificate.Key) ? certificate : null;
        Certificate[] skipped = [.. proposal.Skipped.Where(nullification => !_isKnown(nullification.Key))];
        if ((parent is not null && !IsValid(parent)) || !skipped.All(IsValid))
            return null;
        return proposal with { LeaderVote = leaderVote, Parent = parent, Skipped = skipped };
    }

    private Message.BatchMessage? CheckBatch(Message.BatchMessage message)
    {
        if (!IsValid(message.Batch) || (message.Proof is { } proof && !IsValid(proof)))
            return null;
        return message with { TransactionsValid = payloads.Verify(message.Batch) };
    }

    private Message.CertifiedBlock? CheckCertifiedBlock(Message.CertifiedBlock message)
    {
        Certificate certificate = message.Certificate;
        bool names = certificate.Digest == message.Block.Digest && certificate.View == message.Block.View;
        return names && IsValidOrKnown(certificate) ? message : null;
    }

    private Message.FinalizedBlocks? CheckBlocks(Message.FinalizedBlocks message)
    {
        Block? previous = null;
        foreach (FinalizedBlock block in message.Blocks)
        {
            if (previous is not null && (block.Block.Header.ParentDigest != previous.Digest || block.Block.Height != previous.Height.Next))
                return null;
            if (block.Finalization is { } finalization && !Finalizes(finalization, block.Block))
                return null;
            previous = block.Block;
        }
        return message.Blocks is [.., { Finalization: not null }] ? message : null;
    }

    private bool Finalizes(Certificate certificate, Block block) =>
        certificate.Type == VoteType.Finalize && certificate.Digest == block.Digest && certificate.View == block.View && IsValidOrKnown(certificate);
}
