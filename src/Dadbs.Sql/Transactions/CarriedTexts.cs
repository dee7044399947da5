using System.Text;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Texts of statements that transactions carried lately, so that a text that comes again is the same string: it is neither decoded nor hashed anew (<see cref="ReplayPlans"/>).
/// A text's place follows from a few of its bytes; another of that place displaces it. One thread.
/// </summary>
internal sealed class CarriedTexts
{
    /// <summary>A power of two.</summary>
    private const int Places = 64;

    /// <summary>Longer texts are seldom sent twice.</summary>
    private const int TextLengthMax = 4096;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The known text of these bytes; null: none.</summary>
    public string? Find(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and <= TextLengthMax && _texts[PlaceOf(utf8)] is { } text && Ascii.Equals(utf8, text) ? text : null;

    public void Add(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length is > 0 and <= TextLengthMax) _texts[PlaceOf(utf8)] = text;
    }

    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length;
        return (length + (utf8[length - 1] * 3) + (utf8[length / 2] * 7) + (utf8[length / 4] * 31)) & (Places - 1);
    }
}
