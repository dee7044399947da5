using System.Buffers;

namespace Dadbs.Sql.Rows;

/// <summary>A growing byte array that row and key encoders append to, reused between rows. One owner.</summary>
internal sealed class RowBuffer : IBufferWriter<byte>
{
    private const int BytesFirst = 256;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>Bytes that it has room for.</summary>
    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public Span<byte> Mutable => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void TruncateTo(int length) => Length = length;

    /// <summary>Appends <paramref name="count"/> zero bytes and returns their offset.</summary>
    public int AppendZeros(int count)
    {
        Reserve(count);
        _bytes.AsSpan(Length, count).Clear();
        int at = Length;
        Length += count;
        return at;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length >= count) return;
        Array.Resize(ref _bytes, Math.Max(Math.Max(BytesFirst, _bytes.Length * 2), Length + count));
    }
}
