using System.Buffers;

namespace Dadbs.PgWire.Framing;

/// <summary>One typed message of a client: its type byte and its body without the length word. The body lives as long as the buffer it was read from.</summary>
public readonly struct FrontendFrame
{
    internal FrontendFrame(FrontendMessageType type, ReadOnlySequence<byte> body)
    {
        Type = type;
        Body = body;
    }

    public FrontendMessageType Type { get; }

    public ReadOnlySequence<byte> Body { get; }

    /// <summary>The body as one span: without a copy when it lies in one segment of the pipe, which is the rule.</summary>
    public ReadOnlySpan<byte> Span => Body.IsSingleSegment ? Body.FirstSpan : Body.ToArray();

    /// <summary>
    /// Takes the next message off the front of <paramref name="buffer"/>. False: not all of it is there yet, nothing was consumed.
    /// The length is judged as soon as its five bytes are there, so an impossible one is refused before its body is awaited.
    /// </summary>
    /// <exception cref="FramingException">Unknown type or impossible length; the connection must end.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out FrontendFrame frame)
    {
        frame = default;
        if (buffer.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> first = buffer.FirstSpan;
        byte type = first[0];
        int bytesMax = LengthMax(type);
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        int length;
        if (first.Length >= HeaderBytes)
        {
            length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(first[1..]);
        }
        else
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            buffer.Slice(0, HeaderBytes).CopyTo(header);
            length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header[1..]);
        }

        if (length < LengthBytes || length > bytesMax)
        {
            throw new FramingException("invalid message length");
        }

        if (buffer.Length < length + 1L)
        {
            return false;
        }

        frame = new FrontendFrame((FrontendMessageType)type, buffer.Slice(HeaderBytes, length - LengthBytes));
        buffer = buffer.Slice(length + 1L);
        return true;
    }

    private const int LengthBytes = 4;
    private const int HeaderBytes = 1 + LengthBytes;

    private static int LengthMax(byte type) => (FrontendMessageType)type switch
    {
        FrontendMessageType.Query or FrontendMessageType.Parse or FrontendMessageType.Bind
            or FrontendMessageType.CopyData or FrontendMessageType.FunctionCall => WireLimits.LargeMessageBytesMax,
        FrontendMessageType.Describe or FrontendMessageType.Execute or FrontendMessageType.Close or FrontendMessageType.Flush
            or FrontendMessageType.Sync or FrontendMessageType.Terminate or FrontendMessageType.CopyDone
            or FrontendMessageType.CopyFail or FrontendMessageType.Password => WireLimits.SmallMessageBytesMax,
        _ => throw new FramingException($"invalid frontend message type {type}"),
    };
}
