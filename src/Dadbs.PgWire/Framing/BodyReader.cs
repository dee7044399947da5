using System.Buffers.Binary;
using System.Text;

namespace Dadbs.PgWire.Framing;

/// <summary>Reads the fields of one message body from front to back. Every read is checked against the end of the body.</summary>
/// <exception cref="MalformedMessageException">By any read past the end: <c>insufficient data left in message</c>, as PostgreSQL.</exception>
public ref struct BodyReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> _rest;

    public BodyReader(ReadOnlySpan<byte> body)
    {
        _rest = body;
    }

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => ReadBytes(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(ReadBytes(2));

    /// <summary>A 16-bit count. PostgreSQL reads parameter counts without a sign, so that 65,535 parameters are possible.</summary>
    public int ReadCount() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(ReadBytes(4));

    public uint ReadOid() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4));

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new MalformedMessageException("insufficient data left in message");
        }

        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>A zero-terminated string without its terminator.</summary>
    public ReadOnlySpan<byte> ReadCString()
    {
        int end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new MalformedMessageException("invalid string in message");
        }

        ReadOnlySpan<byte> bytes = _rest[..end];
        _rest = _rest[(end + 1)..];
        return bytes;
    }

    /// <summary>A zero-terminated string as text.</summary>
    /// <exception cref="MalformedMessageException">22021 when it is not UTF-8.</exception>
    public string ReadText() => DecodeText(ReadCString());

    /// <summary>Everything up to the end of the body.</summary>
    public ReadOnlySpan<byte> ReadRest() => ReadBytes(_rest.Length);

    /// <summary>Asserts that the body is used up.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new MalformedMessageException("invalid message format");
        }
    }

    /// <summary>Text from UTF-8, refusing what is not: 22021 with the offending bytes, as PostgreSQL words it.</summary>
    public static string DecodeText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException refused)
        {
            string bytes = string.Join(' ', (refused.BytesUnknown ?? []).Select(b => $"0x{b:x2}"));
            throw new MalformedMessageException($"invalid byte sequence for encoding \"UTF8\": {bytes}", "22021");
        }
    }
}
