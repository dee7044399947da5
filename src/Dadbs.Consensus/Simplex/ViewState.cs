namespace Dadbs.Consensus;

/// <summary>All that is known of one view above the last finalized block.</summary>
internal sealed class ViewState(View view, int validators)
{
    public View View { get; } = view;

    /// <summary>The leader's first proposal.</summary>
    public Block? Proposal { get; set; }

    public long ProposalTicks { get; set; }

    /// <summary>V8: the leader itself showed a proposal to this node.</summary>
    public bool IsShownByLeader { get; set; }

    /// <summary>A rule of V3 is broken: nullify.</summary>
    public string? Invalid { get; set; }

    public bool LeaderEquivocated { get; set; }

    public VoteTally Notarizes { get; } = new(validators);

    public VoteTally Nullifies { get; } = new(validators);

    public VoteTally Finalizes { get; } = new(validators);

    /// <summary>M1: a quorum said Notarize of it over their own links, and its signatures wait for <see cref="CertificateStore.ProveQuorum"/>.</summary>
    public Digest? QuorumDigest { get; set; }

    /// <summary>When a quorum had said so.</summary>
    public long? QuorumTicks { get; set; }

    public Certificate? Notarization { get; set; }

    /// <summary>When a quorum was there.</summary>
    public long NotarizedTicks { get; set; }

    /// <summary>C1: whose Notarize was missing has been counted.</summary>
    public bool IsUnanimityOver { get; set; }

    /// <summary>One that is not locked: the view may be skipped.</summary>
    public Certificate? Nullification { get; set; }

    /// <summary>S2: nullifications that are locked, one for each block. Without a leader that contradicts itself there is one at most.</summary>
    public List<Certificate> Locks { get; } = [];

    public Certificate? Finalization { get; set; }

    /// <summary>Own votes in the order cast, for V7 and D1.</summary>
    public List<Vote> OwnVotes { get; } = [];

    public OwnStatements Own { get; private set; } = new(view, null, false, null);

    /// <summary>Raised once.</summary>
    public bool AlarmedExecutedDiffers { get; set; }

    public VoteTally TallyOf(VoteType type) => type switch
    {
        VoteType.Notarize => Notarizes,
        VoteType.Nullify => Nullifies,
        _ => Finalizes,
    };

    public IEnumerable<Certificate> Certificates
    {
        get
        {
            if (Notarization is not null)
                yield return Notarization;
            if (Nullification is not null)
                yield return Nullification;
            foreach (Certificate locked in Locks)
                yield return locked;
            if (Finalization is not null)
                yield return Finalization;
        }
    }

    /// <summary>The one held that says the same as a certificate with this key. Of finalizations there is one, however it came about.</summary>
    public Certificate? Held(CertificateKey key) => key.Type switch
    {
        VoteType.Notarize => Notarization,
        VoteType.Finalize => Finalization,
        _ => key.Digest == Digest.Zero ? Nullification : LockOn(key.Digest),
    };

    /// <summary>V6: a nullification is held, locked or not.</summary>
    public bool IsNullified => Nullification is not null || Locks.Count > 0;

    public void Remember(Vote own)
    {
        OwnVotes.Add(own);
        Own = own.Type switch
        {
            VoteType.Notarize => Own with { Notarized = own.Digest },
            VoteType.Nullify => Own with { Nullified = true },
            _ => Own with { Finalized = own.Digest },
        };
    }

    /// <summary>What certifies a digest as a parent: a notarization, a finalization, or a nullification that is locked on it (S2).</summary>
    public Certificate? Certifying(Digest digest) =>
        Notarization?.Digest == digest ? Notarization : Finalization?.Digest == digest ? Finalization : LockOn(digest);

    private Certificate? LockOn(Digest digest)
    {
        foreach (Certificate locked in Locks)
        {
            if (locked.Digest == digest)
                return locked;
        }
        return null;
    }
}
