namespace Dadbs.ByzantineCampaign;

/// <summary>What one validator does wrong. In everything else it follows the protocol, so that it is always in a position to do harm.</summary>
public enum Behaviour
{
    Honest,

    /// <summary>Proposes one block to some and another to the rest, and votes for both.</summary>
    EquivocatingLeader,

    /// <summary>Two batches at every position of its lane, to different peers.</summary>
    EquivocatingLane,

    /// <summary>Half of what it signs is signed wrongly, and half of its batches hold a transaction that nobody signed.</summary>
    BadSignatures,

    /// <summary>Shows its batches to one peer only, which is enough for a proof, and answers no request for them.</summary>
    WithheldBatches,

    /// <summary>Shows its batches to nobody, and proposes them all the same.</summary>
    SecretBatches,

    /// <summary>Says old things again, others' signed words too.</summary>
    Replays,

    /// <summary>Thousands of messages a second: votes far ahead, questions whose answers are long, claims to have nothing.</summary>
    Flood,

    /// <summary>Proposes blocks that name roots which nobody computed, and claims to have executed what does not exist yet.</summary>
    ExecutedLies,

    /// <summary>Never proposes, though its link lives.</summary>
    SilentLeader,

    /// <summary>Says Nullify of every view.</summary>
    Nullifies,

    /// <summary>Says nothing, as if it were down: what a liar that is put off costs, too, since every quorum then needs all the others.</summary>
    Silent,
}

public static class Behaviours
{
    /// <summary>The name in small letters with hyphens, as on the command line.</summary>
    public static string NameOf(Behaviour behaviour) =>
        string.Concat(behaviour.ToString().Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static Behaviour Parse(string name) =>
        Enum.GetValues<Behaviour>().Cast<Behaviour?>().FirstOrDefault(behaviour => NameOf(behaviour!.Value) == name)
        ?? throw new ArgumentException($"'{name}' is none of {string.Join(", ", Enum.GetValues<Behaviour>().Select(NameOf))}");
}
