using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'D' Describe and 'C' Close: both name a prepared statement or a portal.</summary>
public readonly ref struct TargetMessage
{
    private TargetMessage(bool isPortal, ReadOnlySpan<byte> name)
    {
        IsPortal = isPortal;
        Name = name;
    }

    /// <summary>True: a portal ('P'); false: a prepared statement ('S').</summary>
    public bool IsPortal { get; }

    public ReadOnlySpan<byte> Name { get; }

    /// <param name="body">The message without type and length.</param>
    /// <param name="verb">DESCRIBE or CLOSE, for the message of a refusal.</param>
    public static TargetMessage Read(ReadOnlySpan<byte> body, string verb)
    {
        var reader = new BodyReader(body);
        byte kind = reader.ReadByte();
        var message = new TargetMessage(kind == (byte)'P', reader.ReadCString());
        reader.End();
        if (kind is not ((byte)'P' or (byte)'S'))
        {
            throw new MalformedMessageException($"invalid {verb} message subtype {kind}");
        }

        return message;
    }
}
