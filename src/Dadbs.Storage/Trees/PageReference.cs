using System.Buffers.Binary;

namespace Dadbs.Storage.Trees;

/// <summary>
/// What a parent holds of a child: its separator key (no entry below is less), hash, counts, and where it is: as an object, or by id.
/// </summary>
internal struct PageReference
{
    public ReadOnlyMemory<byte> Key;
    public Page? Page;
    public PageId Id;
    public Hash256 Hash;
    public long Entries;
    public long Bytes;

    /// <summary>Built in this batch and too small to stay alone.</summary>
    public bool IsUnderfull;

    /// <summary>A reference to a page that was just built. Its hash is entered into its parent when that is sealed.</summary>
    public static PageReference OfFresh(ReadOnlyMemory<byte> key, Page page, bool isUnderfull) => new()
    {
        Key = key,
        Page = page,
        Entries = page.CountEntries(),
        Bytes = page.CountBytes(),
        IsUnderfull = isUnderfull,
    };

    /// <summary>The reference that <paramref name="parent"/> holds at an index, under the given key.</summary>
    public static PageReference Of(Page parent, int index, ReadOnlyMemory<byte> key)
    {
        // Object first, id second: the other order could miss both while a checkpoint swaps them.
        Page? child = parent.ChildObject(index);
        return new PageReference
        {
            Key = key,
            Page = child,
            Id = parent.ChildId(index),
            Hash = parent.ChildHash(index),
            Entries = parent.ChildCount(index),
            Bytes = parent.ChildBytes(index),
        };
    }

    /// <summary>Writes hash and counts: the part of the canonical form after the key.</summary>
    public readonly void WriteTo(Span<byte> destination)
    {
        (Page is null ? Hash : Page.IsSealed ? Page.Hash : Hash256.Zero).CopyTo(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[Hash256.Size..], Entries);
        BinaryPrimitives.WriteInt64LittleEndian(destination[(Hash256.Size + 8)..], Bytes);
    }
}
