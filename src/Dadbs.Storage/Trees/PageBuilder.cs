using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dadbs.Storage.Trees;

/// <summary>Encodes pages. There is one way to write a given content: slots ascend, cells follow each other without gaps.</summary>
internal static class PageBuilder
{
    /// <summary>The top tree without any relation.</summary>
    public static Page EmptyDirectory()
    {
        Page page = OfReferences(PageKind.Directory, 0, [], 0, 0);
        page.Seal();
        return page;
    }

    public static Page OfReferences(PageKind kind, byte level, List<PageReference> children, int start, int end)
    {
        ReadOnlySpan<PageReference> references = CollectionsMarshal.AsSpan(children)[start..end];
        int used = Page.HeaderBytes;
        for (int i = 0; i < references.Length; i++)
            used += Page.SlotBytes + StoredKey(kind, references, i).Length + Page.ReferenceBytes;
        var bytes = new byte[used + references.Length * Page.IdBytes + Page.IdsChecksumBytes];
        WriteHeader(bytes, kind, level, references.Length);
        var pages = new Page?[references.Length];
        int at = Page.HeaderBytes + references.Length * Page.SlotBytes;
        for (int i = 0; i < references.Length; i++)
        {
            ReadOnlySpan<byte> key = StoredKey(kind, references, i);
            key.CopyTo(bytes.AsSpan(at));
            references[i].WriteTo(bytes.AsSpan(at + key.Length));
            at += key.Length + Page.ReferenceBytes;
            WriteSlot(bytes, i, at);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(used + i * Page.IdBytes), references[i].Id.Value);
            pages[i] = references[i].Page;
        }

        return new Page(bytes, pages);
    }

    public static void WriteHeader(Span<byte> page, PageKind kind, byte level, int count)
    {
        page[0] = (byte)kind;
        page[1] = level;
        page[2] = Page.FormatVersion;
        page[3] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(page[4..], count);
    }

    public static void WriteSlot(Span<byte> page, int index, int cellEnd) =>
        BinaryPrimitives.WriteInt32LittleEndian(page[(Page.HeaderBytes + index * Page.SlotBytes)..], cellEnd);

    /// <summary>A branch's first separator is known to its parent and stored empty, so that a page's bytes do not depend on where it hangs.</summary>
    private static ReadOnlySpan<byte> StoredKey(PageKind kind, ReadOnlySpan<PageReference> references, int index) =>
        kind == PageKind.Branch && index == 0 ? default : references[index].Key.Span;

    /// <summary>The shortest key that is greater than <paramref name="last"/> and not greater than <paramref name="first"/>.</summary>
    public static ReadOnlyMemory<byte> Separator(ReadOnlySpan<byte> last, ReadOnlyMemory<byte> first) =>
        first[..(last.CommonPrefixLength(first.Span) + 1)];
}
