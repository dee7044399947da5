using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dadbs.Storage.Trees;

/// <summary>Enters the changes of one relation: its bottom pages hold keys with values.</summary>
internal sealed class RelationWriter(PageCache cache) : TreeWriter(cache)
{
    /// <summary>What the work on a larger batch needed is not kept for the next.</summary>
    private const int CellsKept = 1 << 16;

    private readonly List<Cell> _cells = [];
    private readonly List<int> _places = [];
    private readonly List<LeafPatch> _patches = [];
    private Change[] _changes = [];

    /// <summary>An entry on its way into a page: as it stands in an old page, or as a change brings it.</summary>
    private readonly record struct Cell(Page? Page, int Index);

    /// <summary>The relation's root after the changes; null when it is empty.</summary>
    public Page? Apply(Page? root, IReadOnlyList<Change> changes)
    {
        // A large batch asks for each change several times.
        _changes = changes as Change[] ?? [.. changes];
        Page? result = changes.Count == 0 ? root : ApplyBatch(root, changes.Count);
        _changes = [];
        _cells.Clear();
        if (_cells.Capacity > CellsKept) _cells.Capacity = 0;
        return result;
    }

    protected override ReadOnlySpan<byte> ChangeKey(int index) => _changes[index].Key.Span;

    protected override void ApplyToBottom(Page? page, ReadOnlyMemory<byte> separator, int from, int to, List<PageReference> output)
    {
        if (page is not null && TryPatch(page, from, to) is { } patched)
        {
            output.Add(PageReference.OfFresh(separator, patched, isUnderfull: false));
            return;
        }

        _cells.Clear();
        bool appended = page is null ? MergeIntoNothing(from, to) : Merge(page, from, to);
        BuildLeaves(separator, appended, page?.UsedBytes ?? 0, output);
    }

    protected override void JoinBottom(Page left, Page right, ReadOnlyMemory<byte> leftSeparator, List<PageReference> output)
    {
        _cells.Clear();
        for (int i = 0; i < left.Count; i++)
            _cells.Add(new Cell(left, i));
        for (int i = 0; i < right.Count; i++)
            _cells.Add(new Cell(right, i));
        BuildLeaves(leftSeparator, appended: false, oldBytes: 0, output);
    }

    /// <summary>
    /// The short way for updates in place: where every change replaces a value by one of the same length, the page is patched, or copied with the
    /// values overwritten. Gives the bytes that the long way would; null where that could cut or join.
    /// </summary>
    private Page? TryPatch(Page page, int from, int to)
    {
        if (page.UsedBytes > Limits.PageBytesTarget || page.Count < Limits.PageEntriesMin)
            return null;
        _places.Clear();
        for (int i = from; i < to; i++)
        {
            ref readonly Change change = ref _changes[i];
            int found = change.IsDelete ? -1 : page.Search(change.Key.Span);
            if (found < 0 || page.ValueLength(found) != change.Value.Length)
                return null;
            _places.Add(found);
        }

        return Counted(PatchFew(page, from) ?? Overwrite(page, from));
    }

    private Page? PatchFew(Page page, int from)
    {
        if (!page.HasRoomFor(CollectionsMarshal.AsSpan(_places)))
            return null;
        _patches.Clear();
        for (int i = 0; i < _places.Count; i++)
            _patches.Add(new LeafPatch(_places[i], _changes[from + i].Value.ToArray()));
        return page.Patch(CollectionsMarshal.AsSpan(_patches));
    }

    private Page Overwrite(Page page, int from)
    {
        byte[] bytes = page.CopyBytes();
        for (int i = 0; i < _places.Count; i++)
            _changes[from + i].Value.Span.CopyTo(bytes.AsSpan(page.ValueStart(_places[i])));
        return new Page(bytes, null);
    }

    private bool MergeIntoNothing(int from, int to)
    {
        for (int change = from; change < to; change++)
        {
            if (!_changes[change].IsDelete)
                _cells.Add(new Cell(null, change));
        }

        return true;
    }

    /// <summary>Old entries and changes in key order. True if no entry went and new ones came only at the end.</summary>
    private bool Merge(Page page, int from, int to)
    {
        int old = 0;
        bool appended = true;
        for (int change = from; change < to; change++)
        {
            int found = page.Search(_changes[change].Key.Span);
            int place = found >= 0 ? found : ~found;
            for (; old < place; old++)
                _cells.Add(new Cell(page, old));
            if (found >= 0)
                old++;
            appended &= found >= 0 ? !_changes[change].IsDelete : place == page.Count;
            if (!_changes[change].IsDelete)
                _cells.Add(new Cell(null, change));
        }

        for (; old < page.Count; old++)
            _cells.Add(new Cell(page, old));
        return appended;
    }

    private void BuildLeaves(ReadOnlyMemory<byte> separator, bool appended, int oldBytes, List<PageReference> output)
    {
        if (_cells.Count == 0)
            return;
        Span<int> sizes = Sizes(_cells.Count);
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Page.SlotBytes + LengthOf(_cells[i]);
        List<int> ends = CutIntoPages(sizes, appended);
        int start = 0;
        foreach (int end in ends)
        {
            Page page = BuildLeaf(CollectionsMarshal.AsSpan(_cells)[start..end], sizes[start..end]);
            ReadOnlyMemory<byte> key = start == 0 ? separator : PageBuilder.Separator(KeyOf(_cells[start - 1]).Span, KeyOf(_cells[start]));
            output.Add(PageReference.OfFresh(key, page, IsUnderfull(page, ends.Count == 1 ? oldBytes : 0)));
            start = end;
        }
    }

    private Page BuildLeaf(ReadOnlySpan<Cell> cells, ReadOnlySpan<int> sizes)
    {
        int length = Page.HeaderBytes;
        foreach (int size in sizes)
            length += size;
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        PageBuilder.WriteHeader(bytes, PageKind.Leaf, level: 0, cells.Length);
        int at = Page.HeaderBytes + cells.Length * Page.SlotBytes;
        for (int i = 0; i < cells.Length; i++)
        {
            WriteCell(bytes.AsSpan(at), cells[i]);
            at += sizes[i] - Page.SlotBytes;
            PageBuilder.WriteSlot(bytes, i, at);
        }

        return Counted(new Page(bytes, null));
    }

    private Page Counted(Page page)
    {
        Cache.AddDirty(page.MemoryBytes);
        return page;
    }

    private void WriteCell(Span<byte> destination, Cell cell)
    {
        if (cell.Page is not null)
        {
            cell.Page.CopyCell(cell.Index, destination);
            return;
        }

        ref readonly Change change = ref _changes[cell.Index];
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)change.Key.Length);
        change.Key.Span.CopyTo(destination[Page.KeyLengthBytes..]);
        change.Value.Span.CopyTo(destination[(Page.KeyLengthBytes + change.Key.Length)..]);
    }

    private int LengthOf(Cell cell)
    {
        if (cell.Page is not null)
            return cell.Page.CellLength(cell.Index);
        ref readonly Change change = ref _changes[cell.Index];
        return Page.KeyLengthBytes + change.Key.Length + change.Value.Length;
    }

    private ReadOnlyMemory<byte> KeyOf(Cell cell) => cell.Page is null ? _changes[cell.Index].Key : cell.Page.KeyMemory(cell.Index);
}
