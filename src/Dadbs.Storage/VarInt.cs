namespace Dadbs.Storage;

/// <summary>Unsigned LEB128: seven bits a byte, low bits first, high bit set on all but the last. Only the shortest form is accepted.</summary>
internal static class VarInt
{
    private const int LengthMax = 10;

    public static int Length(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
            length++;
        return length;
    }

    /// <summary>Writes and returns what is left of the destination.</summary>
    public static Span<byte> Write(Span<byte> destination, ulong value)
    {
        int i = 0;
        for (; value >= 0x80; value >>= 7)
            destination[i++] = (byte)(value | 0x80);
        destination[i++] = (byte)value;
        return destination[i..];
    }

    public static bool TryRead(ReadOnlySpan<byte> source, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < Math.Min(source.Length, LengthMax);)
        {
            byte b = source[length];
            if (length == LengthMax - 1 && b > 1)
                return false;
            value |= (ulong)(b & 0x7F) << (7 * length++);
            if (b < 0x80)
                return length == 1 || b != 0;
        }

        return false;
    }
}
