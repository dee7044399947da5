using System.Buffers.Binary;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Rows;

/// <summary>An end of a range on one index part.</summary>
public readonly record struct IndexBound(Datum Value, bool Inclusive);

/// <summary>
/// Keys of rows and index entries. Each part is a NULL marker (after everything else, or before it for NULLS FIRST) or the not-NULL
/// marker and the type's key form, inverted when descending.
/// </summary>
public static class IndexKeys
{
    /// <summary>Bytes of a hidden row id.</summary>
    public const int RowIdBytes = 8;

    /// <summary>The key under which a table without a primary key keeps its n-th row, big-endian from 1.</summary>
    public static byte[] RowId(long id)
    {
        var key = new byte[RowIdBytes];
        BinaryPrimitives.WriteInt64BigEndian(key, id);
        return key;
    }

    /// <summary>Appends one part of a key.</summary>
    public static void WritePart(in IndexPart part, Datum value, ref KeyWriter writer)
    {
        if (value.IsNull)
        {
            writer.WriteNull(part.NullsFirst);
            return;
        }

        writer.WriteNotNull();
        writer.Descending = part.Descending;
        part.Type.Operations.EncodeKey(value, ref writer);
        writer.Descending = false;
    }

    /// <summary>Appends all parts of <paramref name="index"/> for a row of its table.</summary>
    /// <returns>True if any part is NULL.</returns>
    public static bool WriteKey(IndexDescriptor index, ReadOnlySpan<Datum> row, ref KeyWriter writer)
    {
        bool hasNull = false;
        IReadOnlyList<IndexPart> parts = index.Parts;
        for (int i = 0; i < parts.Count; i++)
        {
            IndexPart part = parts[i];
            Datum value = row[part.ColumnIndex];
            hasNull |= value.IsNull;
            WritePart(part, value, ref writer);
        }

        if (writer.Length > Limits.KeyBytesMax) throw TooLong(index, writer.Length);
        return hasNull;
    }

    /// <summary>
    /// Whether the entry's key ends in the row's key: always in a non-unique index, and in a unique one where a NULL makes it distinct.
    /// </summary>
    public static bool AppendsRowKey(IndexDescriptor index, bool hasNull) => !index.IsUnique || (hasNull && !index.NullsNotDistinct);

    /// <summary>The entry of a row in a secondary index: its whole key, and its value (the row's key, or nothing in a non-unique index).</summary>
    internal static byte[] EntryKey(IndexDescriptor index, ReadOnlySpan<Datum> row, ReadOnlySpan<byte> rowKey, out bool mayCollide)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        bool appends = AppendsRowKey(index, WriteKey(index, row, ref writer));
        mayCollide = !appends;
        if (appends)
        {
            writer.WriteEncoded(rowKey);
            if (writer.Length > Limits.KeyBytesMax) throw TooLong(index, writer.Length);
        }

        byte[] key = writer.ToArray();
        writer.Dispose();
        return key;
    }

    /// <summary>The key of the row that an index entry points to. For a primary key, the entry's own key.</summary>
    public static ReadOnlyMemory<byte> RowKeyOf(IndexDescriptor index, ReadOnlyMemory<byte> entryKey, ReadOnlyMemory<byte> entryValue)
    {
        if (index.IsPrimary) return entryKey;
        if (index.IsUnique) return entryValue;
        return entryKey[^BinaryPrimitives.ReadUInt16LittleEndian(entryValue.Span)..];
    }

    /// <summary>
    /// The keys of an index whose first parts equal <paramref name="equal"/> (NULL stands for IS NULL) and whose next part lies between the
    /// bounds. Bounds are in the order of values, whichever way the part is sorted; with any bound, NULLs are left out.
    /// </summary>
    public static KeyRange Range(IndexDescriptor index, ReadOnlySpan<Datum> equal, IndexBound? lower = null, IndexBound? upper = null)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        for (int i = 0; i < equal.Length; i++) WritePart(index.Parts[i], equal[i], ref writer);
        if (lower is null && upper is null)
        {
            KeyRange exact = KeyRange.Prefix(writer.Written);
            writer.Dispose();
            return exact;
        }

        IndexPart part = index.Parts[equal.Length];
        int prefix = writer.Length;
        (IndexBound? first, IndexBound? last) = part.Descending ? (upper, lower) : (lower, upper);
        byte[] low = BoundKey(part, first, isLow: true, prefix, ref writer);
        byte[] high = BoundKey(part, last, isLow: false, prefix, ref writer);
        writer.Dispose();
        return new KeyRange(low, high);
    }

    private static byte[] BoundKey(in IndexPart part, IndexBound? bound, bool isLow, int prefix, ref KeyWriter writer)
    {
        writer.TruncateTo(prefix);
        writer.WriteNotNull();
        if (bound is not { } end) return isLow ? writer.ToArray() : KeyRange.AfterPrefix(writer.Written)!;
        writer.TruncateTo(prefix);
        WritePart(part, end.Value, ref writer);
        return end.Inclusive == isLow ? writer.ToArray() : KeyRange.AfterPrefix(writer.Written)!;
    }

    private static SqlException TooLong(IndexDescriptor index, int length) =>
        new(SqlState.ProgramLimitExceeded, $"index row size {length} exceeds btree version 4 maximum {Limits.KeyBytesMax} for index \"{index.Name}\"")
        {
            Hint = "Values larger than 1/3 of a buffer page cannot be indexed.\n"
                + "Consider a function index of an MD5 hash of the value, or use full text indexing.",
            SchemaName = index.SchemaName,
            ConstraintName = null,
        };
}
