using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>A text to be searched: its code points, and the way back to bytes.</summary>
internal sealed class SubjectText
{
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _length;
    private readonly int[]? _offsets;

    public SubjectText(Datum text)
        : this(text.AsBytesMemory)
    {
    }

    public SubjectText(ReadOnlyMemory<byte> utf8)
    {
        if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray(utf8, out var segment))
            segment = new ArraySegment<byte>(utf8.ToArray());
        (_bytes, _start, _length) = (segment.Array!, segment.Offset, segment.Count);
        Points = Decode(utf8.Span);
        if (Points.Length == _length)
            return;
        _offsets = new int[Points.Length + 1];
        for (int i = 0, at = 0; at < _length; i++)
        {
            _offsets[i] = at;
            at += Math.Min(AsciiText.CharacterLength(_bytes[_start + at]), _length - at);
        }
        _offsets[^1] = _length;
    }

    public int[] Points { get; }

    /// <summary>In code points.</summary>
    public int Length => Points.Length;

    public ReadOnlySpan<byte> Utf8(int from, int to)
    {
        var (first, last) = (_offsets?[from] ?? from, _offsets?[to] ?? to);
        return _bytes.AsSpan(_start + first, last - first);
    }

    public Datum Slice(int from, int to) => Datum.FromUtf8(Utf8(from, to));

    public static int[] Decode(ReadOnlySpan<byte> utf8)
    {
        var points = new int[AsciiText.CountCharacters(utf8)];
        for (int i = 0, at = 0; i < points.Length; i++)
        {
            if (utf8[at] < 128)
            {
                points[i] = utf8[at++];
                continue;
            }
            var size = Math.Min(AsciiText.CharacterLength(utf8[at]), utf8.Length - at);
            points[i] = Rune.DecodeFromUtf8(utf8.Slice(at, size), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : 0xFFFD;
            at += size;
        }
        return points;
    }
}
