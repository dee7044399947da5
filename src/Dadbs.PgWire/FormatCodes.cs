using System.Buffers.Binary;

namespace Dadbs.PgWire;

/// <summary>
/// The formats a client wants for the columns of a result: none named (all text), one for all, or one for each. Immutable, and
/// without an array of its own in the two frequent cases.
/// </summary>
public readonly struct FormatCodes
{
    private readonly FormatCode _all;
    private readonly FormatCode[]? _each;

    private FormatCodes(FormatCode all, FormatCode[]? each)
    {
        _all = all;
        _each = each;
    }

    public static FormatCodes AllText => default;

    public static FormatCodes AllBinary { get; } = new(FormatCode.Binary, null);

    public FormatCode this[int column] => _each is null ? _all : _each[column];

    /// <summary>Whether a result of so many columns can be written in these formats.</summary>
    public bool Fits(int columnCount) => _each is null || _each.Length == columnCount;

    /// <summary>How many codes the client named when it named one for each column, else -1.</summary>
    public int CountNamed => _each?.Length ?? -1;

    internal static FormatCodes From(ReadOnlySpan<byte> bigEndianCodes)
    {
        int count = bigEndianCodes.Length / sizeof(short);
        if (count == 0)
        {
            return AllText;
        }

        if (count == 1)
        {
            return new FormatCodes((FormatCode)BinaryPrimitives.ReadInt16BigEndian(bigEndianCodes), null);
        }

        var each = new FormatCode[count];
        for (int i = 0; i < count; i++)
        {
            each[i] = (FormatCode)BinaryPrimitives.ReadInt16BigEndian(bigEndianCodes[(i * sizeof(short))..]);
        }

        return new FormatCodes(default, each);
    }

    /// <exception cref="MalformedMessageException">22023 for a code that is neither 0 nor 1.</exception>
    internal static void Check(ReadOnlySpan<byte> bigEndianCodes)
    {
        for (int at = 0; at < bigEndianCodes.Length; at += sizeof(short))
        {
            short code = BinaryPrimitives.ReadInt16BigEndian(bigEndianCodes[at..]);
            if (code is not (0 or 1))
            {
                throw new MalformedMessageException($"unsupported format code: {code}", "22023");
            }
        }
    }
}
