namespace Dadbs.PgWire;

/// <summary>
/// The byte stream can no longer be followed (bad length, unknown message type): the session answers <c>FATAL</c> with
/// <see cref="Code"/> and closes the connection, because nothing behind this byte can be trusted.
/// </summary>
public sealed class FramingException : Exception
{
    public FramingException(string message, string code = "08P01")
        : base(message)
    {
        Code = code;
    }

    /// <summary>SQLSTATE of the answer: 08P01 protocol_violation unless the manual names another.</summary>
    public string Code { get; }
}
