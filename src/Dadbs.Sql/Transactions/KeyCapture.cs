using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Where an operator that chooses rows (a locking read or DML under LIMIT or SKIP LOCKED) notes its choice in a session, and finds it again in the
/// replay. One for each execution of a statement in an explicit transaction (<see cref="StatementContext.KeyCapture"/>; null elsewhere: choose
/// and do not note). One thread.
/// </summary>
public sealed class KeyCapture
{
    private readonly IReadOnlyList<CapturedKeys>? _replayed;
    private List<CapturedKeys>? _recorded;

    private KeyCapture(IReadOnlyList<CapturedKeys>? replayed) => _replayed = replayed;

    /// <summary>True where the choice was made already: <see cref="TryGetChosen"/> has it.</summary>
    public bool IsReplay => _replayed is not null;

    /// <summary>What was noted, ascending by place.</summary>
    public IReadOnlyList<CapturedKeys> Recorded => _recorded is null ? [] : [.. _recorded.OrderBy(c => c.Place)];

    public static KeyCapture ForSession() => new(null);

    public static KeyCapture ForReplay(IReadOnlyList<CapturedKeys> captured) => new(captured);

    /// <summary>
    /// Notes that the operator at <paramref name="place"/> chooses rows of the relation (none yet): returns the list to which it adds their keys. 54000 is the operator's
    /// business past <see cref="TransactionLimits.CapturedKeysMax"/>.
    /// </summary>
    public List<byte[]> Record(int place, RelationId relation)
    {
        CapturedKeys? noted = (_recorded ??= []).Find(c => c.Place == place);
        if (noted is not null) return (List<byte[]>)noted.Keys;
        var keys = new List<byte[]>();
        _recorded.Add(new CapturedKeys(place, relation.Database, relation.File, keys));
        return keys;
    }

    /// <summary>The keys that the session's execution chose at this place, in its order; false where it noted none there, or of another relation.</summary>
    public bool TryGetChosen(int place, RelationId relation, out IReadOnlyList<byte[]> keys)
    {
        foreach (CapturedKeys captured in _replayed!)
        {
            if (captured.Place != place) continue;
            keys = captured.Keys;
            return captured.Database == relation.Database && captured.File == relation.File;
        }

        keys = [];
        return false;
    }
}
