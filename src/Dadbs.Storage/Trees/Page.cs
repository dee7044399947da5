using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Dadbs.Storage.Trees;

internal enum PageKind : byte
{
    /// <summary>Entries of a relation.</summary>
    Leaf = 1,

    /// <summary>References to pages one level below; of a relation's tree or of the top tree.</summary>
    Branch = 2,

    /// <summary>The top tree's leaf: references to the roots of relations.</summary>
    Directory = 3,
}

/// <summary>
/// One page, immutable but for what is local to this node: its own id, the ids of its children, and the references to children that are not
/// written yet. Those hang here as objects, so that whatever a snapshot can reach stays alive as long as the snapshot.
/// Layout (docs/formats.md, "Page"): header, slots (end offset of each cell), cells, child ids, checksum of the ids. All but the last two is the
/// canonical form that <see cref="Hash"/> covers. Search works on the bytes in place; values that a leaf has as patches stand in the place of those in its bytes.
/// </summary>
internal sealed class Page
{
    public const int HeaderBytes = 8;
    public const int SlotBytes = 4;
    public const int KeyLengthBytes = 2;

    /// <summary>Hash, entry count and byte count after the key of a reference.</summary>
    public const int ReferenceBytes = Hash256.Size + 8 + 8;

    public const int IdBytes = 8;
    public const int IdsChecksumBytes = 4;
    public const byte FormatVersion = 1;

    /// <summary>What a page costs in memory beside its bytes, for the cache's account.</summary>
    private const int ObjectBytes = 200;

    /// <summary>Where a patched page is put together to be hashed or written.</summary>
    [ThreadStatic]
    private static byte[]? _whole;

    private readonly byte[] _bytes;
    private readonly LeafPatch[] _patches = [];
    private readonly Page?[]? _children;
    private readonly int _count;

    /// <summary>What the patches cost in memory.</summary>
    private readonly int _patchBytes;
    private Hash256 _hash;
    private bool _hashed;
    private long _id;

    /// <summary>Set by every read, cleared by the cache's clock hand.</summary>
    public bool RecentlyUsed;

    /// <summary>Where it stands in the cache's ring. The cache's.</summary>
    public int CachePlace;

    public Page(byte[] bytes, Page?[]? children)
    {
        _bytes = bytes;
        _children = children;
        _count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
    }

    private Page(byte[] bytes, LeafPatch[] patches, int patchBytes, int count)
    {
        _bytes = bytes;
        _patches = patches;
        _patchBytes = patchBytes;
        _count = count;
    }

    public PageKind Kind => (PageKind)_bytes[0];

    /// <summary>0 at the leaves.</summary>
    public byte Level => _bytes[1];

    public int Count => _count;

    /// <summary>Length of the canonical form.</summary>
    public int UsedBytes => CellEnd(_count - 1);

    /// <summary>The bytes are counted whole even where the page before this one shares them.</summary>
    public long MemoryBytes => _bytes.Length + ObjectBytes + _patchBytes;

    /// <summary>Of a patched page good until the thread asks for those of another one.</summary>
    public ReadOnlySpan<byte> StoredBytes
    {
        get
        {
            if (_patches.Length == 0)
                return _bytes;
            if (_whole is null || _whole.Length < _bytes.Length)
                _whole = GC.AllocateUninitializedArray<byte>(Math.Max(_bytes.Length, Limits.PageBytesTarget));
            CopyTo(_whole);
            return _whole.AsSpan(0, _bytes.Length);
        }
    }

    /// <summary>For a page that replaces this one.</summary>
    public byte[] CopyBytes()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(_bytes.Length);
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Whether values of these entries, each named once, can be patches: no more than a page has, with those that are there.</summary>
    public bool HasRoomFor(ReadOnlySpan<int> indices)
    {
        int count = _patches.Length;
        for (int i = 0; i < indices.Length && count <= LeafPatch.CountMax; i++)
            count += PatchOf(indices[i]) < 0 ? 1 : 0;
        return count <= LeafPatch.CountMax;
    }

    /// <summary>A leaf that differs in some values, none of another length than the one it replaces.</summary>
    /// <param name="changed">At most one for an entry; the page has room for them.</param>
    public Page Patch(ReadOnlySpan<LeafPatch> changed)
    {
        int next = _patches.Length;
        int patchBytes = _patchBytes;
        Span<int> places = stackalloc int[LeafPatch.CountMax];
        for (int i = 0; i < changed.Length; i++)
        {
            places[i] = PatchOf(changed[i].Index);
            if (places[i] >= 0)
                continue;
            places[i] = next++;
            patchBytes += changed[i].Value.Length + LeafPatch.ObjectBytes;
        }

        var patches = new LeafPatch[next];
        _patches.CopyTo(patches, 0);
        for (int i = 0; i < changed.Length; i++)
            patches[places[i]] = changed[i];
        return new Page(_bytes, patches, patchBytes, _count);
    }

    /// <summary><see cref="PageId.None"/> until the page is given to the page store.</summary>
    public PageId Id => new(Volatile.Read(ref _id));

    /// <summary>SHA-256 of the canonical form, known once the page is sealed.</summary>
    public Hash256 Hash
    {
        get
        {
            Invariant.Check(_hashed);
            return _hash;
        }
    }

    /// <summary>Any thread's: once it is, <see cref="Hash"/> is there.</summary>
    public bool IsSealed => Volatile.Read(ref _hashed);

    /// <summary>
    /// Computes the hash, below first: children that were built since the last sealing, zeros in the place of their hashes, have theirs entered here. The writer thread's. The page may be published
    /// already: nobody looks at the hash of a child that hangs here as an object.
    /// </summary>
    public Hash256 Seal()
    {
        if (_hashed)
            return _hash;
        for (int i = 0; _children is not null && i < _count; i++)
        {
            // The others are not looked at: they are as many as a page has room for, and each is a cache miss.
            Span<byte> hash = _bytes.AsSpan(CellEnd(i) - ReferenceBytes, Hash256.Size);
            if (!hash.ContainsAnyExcept((byte)0))
                ChildObject(i)!.Seal().CopyTo(hash);
        }

        _hash = Hash256.Sha256(StoredBytes[..UsedBytes]);
        Volatile.Write(ref _hashed, true);
        return _hash;
    }

    public bool HasReferences => Kind != PageKind.Leaf;

    /// <summary>
    /// A page read back from the store, checked against the hash its parent holds and, where it has children, against the checksum of
    /// their ids. Null if it is not the page that was written.
    /// </summary>
    public static Page? Load(byte[] bytes, PageId id, Hash256 expected)
    {
        if (bytes.Length < HeaderBytes)
            return null;
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        if (count < 0 || HeaderBytes + (long)count * SlotBytes > bytes.Length)
            return null;
        int used = count == 0 ? HeaderBytes : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(HeaderBytes + (count - 1) * SlotBytes));
        if (used < HeaderBytes || used > bytes.Length || Hash256.Sha256(bytes.AsSpan(0, used)) != expected)
            return null;
        var page = new Page(bytes, null) { _hash = expected, _hashed = true, _id = id.Value };
        return page.IdsAreIntact() ? page : null;
    }

    public ReadOnlySpan<byte> Key(int index)
    {
        (int start, int length) = KeyPlace(index);
        return _bytes.AsSpan(start, length);
    }

    public ReadOnlyMemory<byte> KeyMemory(int index)
    {
        (int start, int length) = KeyPlace(index);
        return _bytes.AsMemory(start, length);
    }

    /// <summary>The value of a leaf's entry.</summary>
    public ReadOnlyMemory<byte> ValueMemory(int index)
    {
        int patch = PatchOf(index);
        if (patch >= 0)
            return _patches[patch].Value;
        int start = ValueStart(index);
        return _bytes.AsMemory(start, CellEnd(index) - start);
    }

    public int ValueLength(int index) => CellEnd(index) - ValueStart(index);

    /// <summary>Offset of a leaf entry's value in the page.</summary>
    public int ValueStart(int index)
    {
        int start = CellStart(index);
        return start + KeyLengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(start));
    }

    /// <summary>Copies all bytes of an entry, with the lengths it carries.</summary>
    public void CopyCell(int index, Span<byte> destination)
    {
        int start = CellStart(index);
        _bytes.AsSpan(start..CellEnd(index)).CopyTo(destination);
        int patch = PatchOf(index);
        if (patch >= 0)
            _patches[patch].Value.CopyTo(destination[(ValueStart(index) - start)..]);
    }

    public int CellLength(int index) => CellEnd(index) - CellStart(index);

    /// <summary>Entries below a reference.</summary>
    public long ChildCount(int index) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(CellEnd(index) - 16));

    /// <summary>Bytes of keys and values below a reference.</summary>
    public long ChildBytes(int index) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(CellEnd(index) - 8));

    public Hash256 ChildHash(int index) => Hash256.FromSpan(_bytes.AsSpan(CellEnd(index) - ReferenceBytes));

    public PageId ChildId(int index) => new(BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(IdPlace(index))));

    /// <summary>The child as an object where it hangs here; null where it is found by its id.</summary>
    public Page? ChildObject(int index) => _children is null ? null : Volatile.Read(ref _children[index]);

    /// <summary>
    /// The child's id is known: readers that find no object find the id, because it is written first.
    /// </summary>
    public void SetChildId(int index, PageId id)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(IdPlace(index)), id.Value);
        Volatile.Write(ref _children![index], null);
    }

    /// <summary>The children have their ids: enters the checksum over them.</summary>
    public void SealChildIds()
    {
        if (HasReferences)
            BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(IdPlace(_count)), Crc32C.Of(_bytes.AsSpan(UsedBytes, _count * IdBytes)));
    }

    /// <summary>The page is in the store under this id.</summary>
    public void SetId(PageId id)
    {
        Invariant.Check(_id == 0 && !id.IsNone);
        Volatile.Write(ref _id, id.Value);
    }

    /// <summary>A copy whose children may be changed in place by the writer, before it is published.</summary>
    public Page CloneForWriting()
    {
        var children = _children is null ? new Page?[_count] : (Page?[])_children.Clone();
        // The bytes after the objects: where an object was gone already, the id is there to be copied.
        Volatile.ReadBarrier();
        return new Page(CopyBytes(), children);
    }

    /// <summary>Puts a new child, key unchanged, into a page that is not published yet.</summary>
    public void ReplaceChild(int index, in PageReference child)
    {
        Invariant.Check(!_hashed && _id == 0);
        child.WriteTo(_bytes.AsSpan(CellEnd(index) - ReferenceBytes));
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(IdPlace(index)), child.Id.Value);
        _children![index] = child.Page;
    }

    /// <summary>The child whose subtree holds <paramref name="key"/>: the last one whose separator is not greater. The first takes all that is less.</summary>
    public int FindChild(ReadOnlySpan<byte> key)
    {
        int low = 0;
        int high = _count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            int start = CellStart(middle);
            int length = CellEnd(middle) - ReferenceBytes - start;
            if (_bytes.AsSpan(start, length).SequenceCompareTo(key) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>Index of the entry with this key in a page at the bottom of its tree; the complement of where it would go, if it is absent.</summary>
    public int Search(ReadOnlySpan<byte> key)
    {
        bool isLeaf = Kind == PageKind.Leaf;
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int start = CellStart(middle);
            int length = isLeaf ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(start)) : CellEnd(middle) - ReferenceBytes - start;
            int order = _bytes.AsSpan(isLeaf ? start + KeyLengthBytes : start, length).SequenceCompareTo(key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    /// <summary>Entries below, for the reference that a parent holds.</summary>
    public long CountEntries()
    {
        if (!HasReferences)
            return _count;
        long entries = 0;
        for (int i = 0; i < _count; i++)
            entries += ChildCount(i);
        return entries;
    }

    /// <summary>Bytes of keys and values below.</summary>
    public long CountBytes()
    {
        long bytes = 0;
        if (HasReferences)
        {
            for (int i = 0; i < _count; i++)
                bytes += ChildBytes(i);
            return bytes;
        }

        return _count == 0 ? 0 : CellEnd(_count - 1) - CellStart(0) - (long)_count * KeyLengthBytes;
    }

    private void CopyTo(byte[] bytes)
    {
        _bytes.CopyTo(bytes, 0);
        foreach (LeafPatch patch in _patches)
            patch.Value.CopyTo(bytes, ValueStart(patch.Index));
    }

    /// <summary>Where the entry's patch is; -1 if it has none.</summary>
    private int PatchOf(int index)
    {
        LeafPatch[] patches = _patches;
        for (int i = 0; i < patches.Length; i++)
        {
            if (patches[i].Index == index)
                return i;
        }

        return -1;
    }

    private (int Start, int Length) KeyPlace(int index)
    {
        int start = CellStart(index);
        return Kind == PageKind.Leaf
            ? (start + KeyLengthBytes, BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(start)))
            : (start, CellEnd(index) - ReferenceBytes - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CellStart(int index) =>
        index == 0 ? HeaderBytes + _count * SlotBytes : BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(HeaderBytes + (index - 1) * SlotBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CellEnd(int index) =>
        index < 0 ? HeaderBytes : BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(HeaderBytes + index * SlotBytes));

    private int IdPlace(int index) => UsedBytes + index * IdBytes;

    private bool IdsAreIntact()
    {
        if (!HasReferences)
            return _bytes.Length == UsedBytes;
        return _bytes.Length == UsedBytes + _count * IdBytes + IdsChecksumBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(IdPlace(_count))) == Crc32C.Of(_bytes.AsSpan(UsedBytes, _count * IdBytes));
    }
}
