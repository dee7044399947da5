using Dadbs.Storage;

namespace Dadbs.Server.Locks;

/// <summary>
/// What can be locked: a row (or the right to make a unique index entry) by its relation and key; or, without a key, a relation by its database and OID.
/// </summary>
internal readonly record struct LockName(RelationId Relation, byte[]? Key)
{
    public bool IsRow => Key is not null;

    public static LockName OfRelation(uint database, uint oid) => new(new RelationId(database, oid), null);
}

/// <summary>A name as it is looked up, before a key is copied.</summary>
internal readonly ref struct LockProbe(RelationId relation, ReadOnlySpan<byte> key, bool isRow)
{
    public RelationId Relation { get; } = relation;

    public ReadOnlySpan<byte> Key { get; } = key;

    public bool IsRow { get; } = isRow;
}

/// <summary>Equality by content.</summary>
internal sealed class LockNameComparer : IEqualityComparer<LockName>, IAlternateEqualityComparer<LockProbe, LockName>
{
    public static LockNameComparer Instance { get; } = new();

    public bool Equals(LockName x, LockName y) => Equals(new LockProbe(x.Relation, x.Key, x.IsRow), y);

    public int GetHashCode(LockName obj) => GetHashCode(new LockProbe(obj.Relation, obj.Key, obj.IsRow));

    public bool Equals(LockProbe alternate, LockName other) =>
        alternate.Relation == other.Relation && alternate.IsRow == other.IsRow && alternate.Key.SequenceEqual(other.Key);

    public int GetHashCode(LockProbe alternate)
    {
        var hash = new HashCode();
        hash.Add(alternate.Relation);
        hash.AddBytes(alternate.Key);
        return hash.ToHashCode();
    }

    public LockName Create(LockProbe alternate) => new(alternate.Relation, alternate.IsRow ? alternate.Key.ToArray() : null);
}
