namespace Dadbs.PgWire;

/// <summary>
/// A message was framed well, but its body is not what its type promises: the session answers <c>ERROR</c> 08P01 (22021 for text that
/// is not UTF-8) and, inside an extended query, skips to Sync.
/// </summary>
public sealed class MalformedMessageException : Exception
{
    public MalformedMessageException(string message, string code = "08P01")
        : base(message)
    {
        Code = code;
    }

    /// <summary>SQLSTATE of the answer.</summary>
    public string Code { get; }
}
