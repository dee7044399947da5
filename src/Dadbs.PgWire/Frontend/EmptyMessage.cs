using Dadbs.PgWire.Framing;

namespace Dadbs.PgWire.Frontend;

/// <summary>'H' Flush, 'S' Sync, 'X' Terminate, 'c' CopyDone: messages that say all with their type.</summary>
public static class EmptyMessage
{
    /// <exception cref="MalformedMessageException">When there is a body after all.</exception>
    public static void Check(ReadOnlySpan<byte> body) => new BodyReader(body).End();
}
