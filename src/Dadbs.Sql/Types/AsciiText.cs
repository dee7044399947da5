using System.Buffers;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>Character classes and number text as PostgreSQL's C locale has them, on UTF-8 bytes.</summary>
internal static class AsciiText
{
    /// <summary>isspace() in the C locale.</summary>
    public static bool IsSpace(byte b) => b is (byte)' ' or (>= 9 and <= 13);

    public static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    public static bool IsLetter(byte b) => (uint)((b | 0x20) - 'a') <= 25;

    public static byte ToLower(byte b) => (uint)(b - 'A') <= 25 ? (byte)(b | 0x20) : b;

    public static byte ToUpper(byte b) => (uint)(b - 'a') <= 25 ? (byte)(b & ~0x20) : b;

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start]))
            start++;
        var end = text.Length;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (ToLower(text[i]) != lower[i])
                return false;
        }
        return true;
    }

    public static void WriteInt64(long value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(20);
        System.Buffers.Text.Utf8Formatter.TryFormat(value, span, out var written);
        output.Advance(written);
    }

    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => output.Write(text);

    public static void Write(string text, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    /// <summary>Skips one UTF-8 character from a position; malformed bytes count one each.</summary>
    public static int CharacterLength(byte lead) => lead switch
    {
        < 0x80 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };

    public static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            if ((b & 0xC0) != 0x80)
                count++;
        }
        return count;
    }

    /// <summary>The byte offset of the n-th character (0-based), or the length when there are fewer.</summary>
    public static int OffsetOfCharacter(ReadOnlySpan<byte> utf8, long characters)
    {
        var offset = 0;
        while (characters > 0 && offset < utf8.Length)
        {
            offset++;
            while (offset < utf8.Length && (utf8[offset] & 0xC0) == 0x80)
                offset++;
            characters--;
        }
        return offset;
    }
}
