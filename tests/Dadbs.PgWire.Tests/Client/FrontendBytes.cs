using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dadbs.PgWire.Tests.Client;

/// <summary>The client's side of the codec, written independently of the server's: bytes of the messages that a client sends.</summary>
internal sealed class FrontendBytes
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public FrontendBytes Startup(int version, params (string Name, string Value)[] parameters)
    {
        var body = new MemoryStream();
        WriteInt32(body, version);
        foreach ((string name, string value) in parameters)
        {
            WriteCString(body, name);
            WriteCString(body, value);
        }

        body.WriteByte(0);
        return Untyped(body);
    }

    public FrontendBytes Request(int code, params int[] more)
    {
        var body = new MemoryStream();
        WriteInt32(body, code);
        foreach (int word in more)
        {
            WriteInt32(body, word);
        }

        return Untyped(body);
    }

    public FrontendBytes Query(string text) => Message('Q', body => WriteCString(body, text));

    public FrontendBytes Parse(string name, string text, params uint[] types) => Message('P', body =>
    {
        WriteCString(body, name);
        WriteCString(body, text);
        WriteInt16(body, types.Length);
        foreach (uint type in types)
        {
            WriteInt32(body, unchecked((int)type));
        }
    });

    public FrontendBytes Bind(string portal, string statement, short[] parameterFormats, byte[]?[] values, short[] resultFormats) => Message('B', body =>
    {
        WriteCString(body, portal);
        WriteCString(body, statement);
        WriteInt16(body, parameterFormats.Length);
        Array.ForEach(parameterFormats, format => WriteInt16(body, format));
        WriteInt16(body, values.Length);
        foreach (byte[]? value in values)
        {
            WriteInt32(body, value?.Length ?? -1);
            body.Write(value ?? []);
        }

        WriteInt16(body, resultFormats.Length);
        Array.ForEach(resultFormats, format => WriteInt16(body, format));
    });

    public FrontendBytes Describe(char kind, string name) => Target('D', kind, name);

    public FrontendBytes Close(char kind, string name) => Target('C', kind, name);

    public FrontendBytes Execute(string portal, int rowsMax = 0) => Message('E', body =>
    {
        WriteCString(body, portal);
        WriteInt32(body, rowsMax);
    });

    public FrontendBytes Sync() => Message('S', _ => { });

    public FrontendBytes Flush() => Message('H', _ => { });

    public FrontendBytes Terminate() => Message('X', _ => { });

    public FrontendBytes CopyData(string text) => Message('d', body => body.Write(Encoding.UTF8.GetBytes(text)));

    public FrontendBytes CopyDone() => Message('c', _ => { });

    public FrontendBytes CopyFail(string reason) => Message('f', body => WriteCString(body, reason));

    public FrontendBytes Raw(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A typed message whose body is given byte by byte, right or wrong.</summary>
    public FrontendBytes Typed(char type, params byte[] body) => Message(type, stream => stream.Write(body));

    private FrontendBytes Target(char type, char kind, string name) => Message(type, body =>
    {
        body.WriteByte((byte)kind);
        WriteCString(body, name);
    });

    private FrontendBytes Message(char type, Action<MemoryStream> write)
    {
        var body = new MemoryStream();
        write(body);
        _bytes.Write([(byte)type]);
        return Untyped(body);
    }

    private FrontendBytes Untyped(MemoryStream body)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, checked((int)body.Length) + 4);
        _bytes.Write(length);
        _bytes.Write(body.ToArray());
        return this;
    }

    private static void WriteCString(MemoryStream target, string text)
    {
        target.Write(Encoding.UTF8.GetBytes(text));
        target.WriteByte(0);
    }

    private static void WriteInt16(MemoryStream target, int value)
    {
        Span<byte> word = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(word, unchecked((short)value));
        target.Write(word);
    }

    private static void WriteInt32(MemoryStream target, int value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, value);
        target.Write(word);
    }
}
