using Dadbs.PgWire.Framing;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>Names and texts of messages, decoded.</summary>
internal static class BodyText
{
    /// <exception cref="PgWire.MalformedMessageException">22021 when it is not UTF-8.</exception>
    public static string Of(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? "" : BodyReader.DecodeText(utf8);
}
