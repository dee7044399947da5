using System.Runtime.CompilerServices;

namespace Dadbs.Storage;

/// <summary>
/// The order-preserving key format: comparing two encoded keys byte by byte gives the order of the values they hold,
/// column after column. Written by <see cref="KeyWriter"/>, read by <see cref="KeyReader"/>; bytes in docs/formats.md.
/// </summary>
public static class KeyCodec
{
    /// <summary>Marker of NULL where NULLs sort first.</summary>
    public const byte NullFirst = 0x01;

    /// <summary>Marker before the bytes of a value that is not NULL.</summary>
    public const byte NotNull = 0x02;

    /// <summary>Marker of NULL where NULLs sort last.</summary>
    public const byte NullLast = 0x03;

    /// <summary>First byte of the two-byte sequences inside a byte string.</summary>
    internal const byte Escape = 0x00;

    /// <summary>After <see cref="Escape"/>: the string ends. Smaller than every continuation, so a prefix sorts before its extensions.</summary>
    internal const byte Terminator = 0x00;

    /// <summary>After <see cref="Escape"/>: a 0x00 of the string itself.</summary>
    internal const byte EscapedZero = 0xFF;

    /// <summary>
    /// IEEE bits whose unsigned order is PostgreSQL's float order: −0 and 0 are equal, NaN is greater than everything and equal to itself.
    /// </summary>
    internal static ulong ToOrderedBits(double value)
    {
        if (value == 0)
            value = 0;
        ulong bits = double.IsNaN(value) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToUInt64Bits(value);
        return (bits & (1UL << 63)) != 0 ? ~bits : bits | (1UL << 63);
    }

    internal static double FromOrderedBits(ulong ordered) =>
        BitConverter.UInt64BitsToDouble((ordered & (1UL << 63)) != 0 ? ordered & ~(1UL << 63) : ~ordered);

    /// <summary>As the double form, for 32 bits.</summary>
    internal static uint ToOrderedBits(float value)
    {
        if (value == 0)
            value = 0;
        uint bits = float.IsNaN(value) ? 0x7FC0_0000 : BitConverter.SingleToUInt32Bits(value);
        return (bits & (1U << 31)) != 0 ? ~bits : bits | (1U << 31);
    }

    internal static float FromOrderedBits(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & (1U << 31)) != 0 ? ordered & ~(1U << 31) : ~ordered);

    /// <summary>Throws <see cref="KeyTooLongException"/> for a key over <see cref="Limits.KeyBytesMax"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckLength(ReadOnlySpan<byte> key)
    {
        if (key.Length > Limits.KeyBytesMax)
            throw new KeyTooLongException(key.Length);
    }
}
