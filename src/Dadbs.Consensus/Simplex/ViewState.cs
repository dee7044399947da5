namespace Dadbs.Consensus;

/// <summary>All that is known of one view above the last finalized block.</summary>
internal sealed class ViewState(View view)
{
    public View View { get; } = view;

    /// <summary>The leader's first proposal.</summary>
    public Block? Proposal { get; set; }

    public long ProposalTicks { get; set; }

    /// <summary>A rule of V3 is broken: nullify.</summary>
    public string? Invalid { get; set; }

    public bool LeaderEquivocated { get; set; }

    public VoteTally Notarizes { get; } = new();

    public VoteTally Nullifies { get; } = new();

    public VoteTally Finalizes { get; } = new();

    public Certificate? Notarization { get; set; }

    public Certificate? Nullification { get; set; }

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

    public Certificate? CertificateOf(VoteType type) => type switch
    {
        VoteType.Notarize => Notarization,
        VoteType.Nullify => Nullification,
        _ => Finalization,
    };

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

    /// <summary>What certifies a digest as a parent: a notarization or a finalization.</summary>
    public Certificate? Certifying(Digest digest) =>
        Notarization?.Digest == digest ? Notarization : Finalization?.Digest == digest ? Finalization : null;
}
