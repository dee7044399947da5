namespace Dadbs.Storage;

/// <summary>One key's new value, or its deletion. The memory is not written again.</summary>
public readonly record struct Change(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, bool IsDelete);

/// <summary>
/// What happens to one relation: first, if <paramref name="Dropped"/>, everything in it goes; then the changes apply, each key once, in key order.
/// </summary>
public sealed record RelationChanges(RelationId Relation, bool Dropped, IReadOnlyList<Change> Changes);

/// <summary>
/// The net difference between two states: relations in order, keys in order, no change that changes nothing. Equal differences have equal
/// bytes, so <see cref="Hash"/> (SHA-256 of the encoding) stands for them; nodes agree on it. Format: docs/formats.md, "Change set".
/// </summary>
public sealed class ChangeSet
{
    private const byte FormatVersion = 1;
    private const byte DroppedFlag = 1;

    private byte[]? _encoded;
    private Hash256? _hash;

    /// <summary>Takes relations in ascending order, each with its changes in ascending key order; anything else is a bug of the caller.</summary>
    public ChangeSet(IReadOnlyList<RelationChanges> relations)
    {
        Relations = relations;
        CheckOrder(relations);
    }

    public static ChangeSet Empty { get; } = new([]);

    public IReadOnlyList<RelationChanges> Relations { get; }

    public bool IsEmpty => Relations.Count == 0;

    /// <summary>Length of the encoding.</summary>
    public long Bytes => EncodedBytes().Length;

    public Hash256 Hash => _hash ??= Hash256.Sha256(EncodedBytes());

    /// <summary>The canonical bytes. Not to be written to.</summary>
    public ReadOnlyMemory<byte> Encode() => EncodedBytes();

    /// <summary>Reads what <see cref="Encode"/> wrote; bytes that are not the canonical form of a change set throw <see cref="MalformedBytesException"/>.</summary>
    public static ChangeSet Decode(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > Limits.ChangeSetBytesMax)
            throw new MalformedBytesException($"a change set of {encoded.Length} bytes is over the limit");
        var reader = new ChangeSetReader(encoded.ToArray());
        return reader.Read(FormatVersion, DroppedFlag);
    }

    private byte[] EncodedBytes() => _encoded ??= EncodeNow();

    private byte[] EncodeNow()
    {
        var bytes = new byte[EncodedLength()];
        Span<byte> rest = bytes;
        rest[0] = FormatVersion;
        rest = VarInt.Write(rest[1..], (ulong)Relations.Count);
        foreach (RelationChanges relation in Relations)
        {
            relation.Relation.CopyTo(rest);
            rest[RelationId.Size] = relation.Dropped ? DroppedFlag : (byte)0;
            rest = VarInt.Write(rest[(RelationId.Size + 1)..], (ulong)relation.Changes.Count);
            foreach (Change change in relation.Changes)
                rest = EncodeChange(rest, change);
        }

        Invariant.Check(rest.IsEmpty);
        return bytes;
    }

    private static Span<byte> EncodeChange(Span<byte> rest, Change change)
    {
        rest = VarInt.Write(rest, (ulong)change.Key.Length);
        change.Key.Span.CopyTo(rest);
        rest = VarInt.Write(rest[change.Key.Length..], change.IsDelete ? 0 : (ulong)change.Value.Length + 1);
        if (change.IsDelete)
            return rest;
        change.Value.Span.CopyTo(rest);
        return rest[change.Value.Length..];
    }

    private int EncodedLength()
    {
        long length = 1 + VarInt.Length((ulong)Relations.Count);
        foreach (RelationChanges relation in Relations)
        {
            length += RelationId.Size + 1 + VarInt.Length((ulong)relation.Changes.Count);
            foreach (Change change in relation.Changes)
            {
                length += VarInt.Length((ulong)change.Key.Length) + change.Key.Length;
                length += change.IsDelete ? 1 : VarInt.Length((ulong)change.Value.Length + 1) + change.Value.Length;
            }
        }

        Invariant.Check(length <= Limits.ChangeSetBytesMax);
        return (int)length;
    }

    private static void CheckOrder(IReadOnlyList<RelationChanges> relations)
    {
        for (int i = 0; i < relations.Count; i++)
        {
            RelationChanges relation = relations[i];
            Invariant.Check(i == 0 || relations[i - 1].Relation.CompareTo(relation.Relation) < 0);
            Invariant.Check(relation.Dropped || relation.Changes.Count > 0);
            for (int k = 1; k < relation.Changes.Count; k++)
                Invariant.Check(relation.Changes[k - 1].Key.Span.SequenceCompareTo(relation.Changes[k].Key.Span) < 0);
        }
    }

    /// <summary>The decoder: one pass, every count checked against the bytes that are left before anything is allocated for it.</summary>
    private struct ChangeSetReader(byte[] bytes)
    {
        private int _at;

        private readonly ReadOnlySpan<byte> Rest => bytes.AsSpan(_at);

        public ChangeSet Read(byte version, byte droppedFlag)
        {
            if (Take(1).Span[0] != version)
                throw new MalformedBytesException("a change set has an unknown format version");
            int count = TakeCount(RelationId.Size + 2);
            var relations = new RelationChanges[count];
            for (int i = 0; i < count; i++)
            {
                relations[i] = ReadRelation(droppedFlag);
                if (i > 0 && relations[i - 1].Relation.CompareTo(relations[i].Relation) >= 0)
                    throw new MalformedBytesException("relations of a change set are out of order");
            }

            if (_at != bytes.Length)
                throw new MalformedBytesException("bytes follow the end of a change set");
            return count == 0 ? Empty : new ChangeSet(relations) { _encoded = bytes };
        }

        private RelationChanges ReadRelation(byte droppedFlag)
        {
            RelationId relation = RelationId.FromSpan(Take(RelationId.Size).Span);
            byte flags = Take(1).Span[0];
            if (flags > droppedFlag)
                throw new MalformedBytesException("a relation of a change set has unknown flags");
            bool dropped = flags == droppedFlag;
            var changes = new Change[TakeCount(2)];
            if (changes.Length == 0 && !dropped)
                throw new MalformedBytesException("a relation of a change set has no change");
            for (int i = 0; i < changes.Length; i++)
            {
                changes[i] = ReadChange();
                if (i > 0 && changes[i - 1].Key.Span.SequenceCompareTo(changes[i].Key.Span) >= 0)
                    throw new MalformedBytesException("keys of a change set are out of order");
                if (dropped && changes[i].IsDelete)
                    throw new MalformedBytesException("a change set deletes from a dropped relation");
            }

            return new RelationChanges(relation, dropped, changes);
        }

        private Change ReadChange()
        {
            ReadOnlyMemory<byte> key = Take(TakeLength(Limits.KeyBytesMax));
            int stored = TakeLength(Limits.ValueBytesMax + 1);
            return stored == 0 ? new Change(key, default, IsDelete: true) : new Change(key, Take(stored - 1), IsDelete: false);
        }

        private int TakeCount(int bytesEach)
        {
            int count = TakeLength(int.MaxValue);
            if ((long)count * bytesEach > bytes.Length - _at)
                throw new MalformedBytesException("a change set ends before its last entry");
            return count;
        }

        private int TakeLength(int limit)
        {
            if (!VarInt.TryRead(Rest, out ulong value, out int length) || value > (ulong)limit)
                throw new MalformedBytesException("a length in a change set is malformed or over its limit");
            _at += length;
            return (int)value;
        }

        private ReadOnlyMemory<byte> Take(int count)
        {
            if (count > bytes.Length - _at)
                throw new MalformedBytesException("a change set ends too early");
            _at += count;
            return bytes.AsMemory(_at - count, count);
        }
    }
}
