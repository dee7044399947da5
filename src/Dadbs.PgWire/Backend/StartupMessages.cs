namespace Dadbs.PgWire.Backend;

/// <summary>What a server says between the startup packet and the first ReadyForQuery (PostgreSQL manual 55.2.1).</summary>
public static class StartupMessages
{
    private const int AuthenticationOkCode = 0;

    public static void WriteAuthenticationOk(MessageBuffer output)
    {
        output.Begin(BackendMessageType.Authentication);
        output.WriteInt32(AuthenticationOkCode);
        output.End();
    }

    /// <summary>Reports a setting that clients follow; also sent whenever it changes later.</summary>
    public static void WriteParameterStatus(MessageBuffer output, string name, string value)
    {
        output.Begin(BackendMessageType.ParameterStatus);
        output.WriteCString(name);
        output.WriteCString(value);
        output.End();
    }

    /// <summary>What a later CancelRequest must show.</summary>
    public static void WriteBackendKeyData(MessageBuffer output, int processId, int secretKey)
    {
        output.Begin(BackendMessageType.BackendKeyData);
        output.WriteInt32(processId);
        output.WriteInt32(secretKey);
        output.End();
    }

    /// <summary>Tells a client that asked for more which version is served and which of its protocol options are unknown.</summary>
    public static void WriteNegotiateProtocolVersion(MessageBuffer output, int version, IReadOnlyList<string> unknownOptions)
    {
        output.Begin(BackendMessageType.NegotiateProtocolVersion);
        output.WriteInt32(version);
        output.WriteInt32(unknownOptions.Count);
        foreach (string option in unknownOptions)
        {
            output.WriteCString(option);
        }

        output.End();
    }
}
