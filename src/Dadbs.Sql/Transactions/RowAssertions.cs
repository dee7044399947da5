using System.Buffers.Binary;
using System.Security.Cryptography;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// The assertions of an explicit transaction under READ COMMITTED: its own-written rows that plain reads met, and the rows that locking reads
/// returned. Each once for each place between its statements; where a place meets many rows of a relation, that relation's own writes as a whole. One thread.
/// </summary>
public sealed class RowAssertions
{
    /// <summary>Rows of one relation at one place before the relation is asserted as a whole.</summary>
    internal const int RowsPerRelationMax = 1024;

    /// <summary>Set in the file of a relation that the transaction itself made; the rest is its distance from the first OID that the transaction could take.</summary>
    internal const uint OwnFile = 1u << 31;

    private readonly Overlay _writes;
    private readonly List<RowAssertion> _all = [];

    /// <summary>What is asserted at the present place.</summary>
    private readonly Dictionary<RelationId, HashSet<byte[]>> _keys = [];
    private readonly HashSet<RelationId> _whole = [];
    private int _place;

    /// <param name="writes">The transaction's own writes.</param>
    public RowAssertions(Overlay writes) => _writes = writes;

    /// <summary>In the order in which the replay checks them.</summary>
    public IReadOnlyList<RowAssertion> All => _all;

    /// <summary>How many statements are carried: assertions from now on are checked when so many have been replayed.</summary>
    public void MoveTo(int place)
    {
        if (place == _place) return;
        if (place < _place) _all.RemoveAll(a => a.BeforeStatement > place);
        _place = place;
        _keys.Clear();
        _whole.Clear();
    }

    /// <summary>A row that a locking read returned, or a row of its own that the transaction read again: it must have this image when the transaction is replayed.</summary>
    public void Add(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> image) => Add(relation, key, image, isAbsent: false);

    /// <summary>The key must be absent.</summary>
    public void AddAbsent(RelationId relation, ReadOnlySpan<byte> key) => Add(relation, key, default, isAbsent: true);

    /// <summary>All that the transaction wrote in a relation so far, at once.</summary>
    public void AddOwnWrites(RelationId relation)
    {
        if (!_whole.Add(relation)) return;
        if (_keys.Remove(relation, out HashSet<byte[]>? keys))
        {
            uint file = FileOf(relation);
            _all.RemoveAll(a => a.BeforeStatement == _place && a.Database == relation.Database && a.File == file && _writes.HasWritten(relation, a.Key));
        }

        Append(relation, null, DigestOfOwnWrites(_writes, relation, ProvisionalRowIds.First));
    }

    /// <summary>The digest of what an overlay itself holds of a relation (docs/formats.md). Row ids from <paramref name="firstRowId"/> on count as provisional ones.</summary>
    internal static byte[] DigestOfOwnWrites(Overlay writes, RelationId relation, long firstRowId)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        OwnWriteCursor own = writes.OwnWrites(relation, KeyRange.All);
        Span<byte> length = stackalloc byte[4];
        while (own.MoveNext())
        {
            byte[] key = ProvisionalRowIds.ToProvisional(own.Key.Span, firstRowId);
            BinaryPrimitives.WriteInt32BigEndian(length, key.Length);
            hash.AppendData(length);
            hash.AppendData(key);
            BinaryPrimitives.WriteInt32BigEndian(length, own.IsDelete ? -1 : own.Value.Length);
            hash.AppendData(length);
            hash.AppendData(own.Value.Span);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return digest[..RowImage.DigestLength].ToArray();
    }

    private void Add(RelationId relation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> image, bool isAbsent)
    {
        if (_whole.Contains(relation) && _writes.HasWritten(relation, key)) return;
        if (!_keys.TryGetValue(relation, out HashSet<byte[]>? keys)) _keys[relation] = keys = new HashSet<byte[]>(KeyComparer.Instance);
        byte[] copy = key.ToArray();
        if (!keys.Add(copy)) return;
        if (keys.Count > RowsPerRelationMax && _writes.HasWritten(relation, key) && !MentionsProvisionalRows(relation))
        {
            AddOwnWrites(relation);
            return;
        }

        Append(relation, copy, isAbsent ? RowImage.Absent : RowImage.DigestOf(image));
    }

    /// <summary>Entries of rows without a key of their own have other bytes in the replay.</summary>
    private bool MentionsProvisionalRows(RelationId relation)
    {
        OwnWriteCursor own = _writes.OwnWrites(relation, KeyRange.All);
        while (own.MoveNext())
        {
            if (!ProvisionalRowIds.IsProvisional(own.Key.Span) && ProvisionalRowIds.Mentions(own.Key.Span, own.Value.Span)) return true;
        }

        return false;
    }

    /// <summary>Whether an own-written row of the relation needs an assertion of its own.</summary>
    internal bool IsWhole(RelationId relation) => _whole.Contains(relation);

    /// <summary>A relation that the transaction made is named by which of the OIDs that it took is its file.</summary>
    private uint FileOf(RelationId relation)
    {
        uint firstOwn = CatalogKeys.ReadNextOid(_writes.Parent);
        return relation.File < firstOwn ? relation.File : OwnFile | (relation.File - firstOwn);
    }

    private void Append(RelationId relation, byte[]? key, byte[] digest)
    {
        if (_all.Count >= TransactionLimits.AssertionsMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a transaction cannot rely on more than {TransactionLimits.AssertionsMax} rows");
        _all.Add(new RowAssertion(_place, relation.Database, FileOf(relation), key, digest));
    }

    private sealed class KeyComparer : IEqualityComparer<byte[]>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        /// <summary>FNV-1a: never leaves the process, so only its spread matters.</summary>
        public int GetHashCode(byte[] key)
        {
            uint hash = 2166136261;
            foreach (byte b in key) hash = (hash ^ b) * 16777619;
            return (int)hash;
        }
    }
}
