namespace Dadbs.Storage;

/// <summary>
/// The keys k with Low ≤ k &lt; High in byte order; a null bound is open. The arrays belong to the range and are not written again.
/// </summary>
public readonly struct KeyRange(byte[]? low, byte[]? high)
{
    /// <summary>Inclusive.</summary>
    public byte[]? Low { get; } = low;

    /// <summary>Exclusive.</summary>
    public byte[]? High { get; } = high;

    public static KeyRange All => default;

    /// <summary>All keys that start with <paramref name="prefix"/>.</summary>
    public static KeyRange Prefix(ReadOnlySpan<byte> prefix) =>
        prefix.IsEmpty ? All : new KeyRange(prefix.ToArray(), AfterPrefix(prefix));

    /// <summary>The one key.</summary>
    public static KeyRange Exactly(ReadOnlySpan<byte> key)
    {
        var next = new byte[key.Length + 1];
        key.CopyTo(next);
        return new KeyRange(key.ToArray(), next);
    }

    /// <summary>The smallest key greater than every key with this prefix; null where there is none (0xFF only).</summary>
    public static byte[]? AfterPrefix(ReadOnlySpan<byte> prefix)
    {
        int last = prefix.LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0)
            return null;
        byte[] after = prefix[..(last + 1)].ToArray();
        after[last]++;
        return after;
    }

    public bool Contains(ReadOnlySpan<byte> key) =>
        (Low is null || key.SequenceCompareTo(Low) >= 0) && (High is null || key.SequenceCompareTo(High) < 0);

    /// <summary>No key can be inside.</summary>
    public bool IsEmpty => High is not null && (High.Length == 0 || (Low is not null && Low.AsSpan().SequenceCompareTo(High) >= 0));

    public override string ToString() =>
        $"[{(Low is null ? "" : Convert.ToHexString(Low))}, {(High is null ? "" : Convert.ToHexString(High))})";
}
