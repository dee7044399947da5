using System.Buffers.Binary;
using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'P': makes a prepared statement from one statement's text and the types of its parameters.</summary>
public readonly ref struct ParseMessage
{
    private readonly ReadOnlySpan<byte> _types;

    private ParseMessage(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, ReadOnlySpan<byte> types)
    {
        Name = name;
        Text = text;
        _types = types;
    }

    /// <summary>Empty: the unnamed statement.</summary>
    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Text { get; }

    /// <summary>How many parameters have a declared type; may be fewer than the statement uses.</summary>
    public int ParameterTypeCount => _types.Length / sizeof(uint);

    /// <summary>OID of the type declared for a parameter, 0 where the server is to infer it.</summary>
    public uint ParameterType(int index) => BinaryPrimitives.ReadUInt32BigEndian(_types[(index * sizeof(uint))..]);

    public static ParseMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        ReadOnlySpan<byte> name = reader.ReadCString();
        ReadOnlySpan<byte> text = reader.ReadCString();
        ReadOnlySpan<byte> types = reader.ReadBytes(reader.ReadCount() * sizeof(uint));
        reader.End();
        return new ParseMessage(name, text, types);
    }
}
