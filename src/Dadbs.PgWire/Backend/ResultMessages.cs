namespace Dadbs.PgWire.Backend;

/// <summary>The small messages that answer queries.</summary>
public static class ResultMessages
{
    public static void WriteReadyForQuery(MessageBuffer output, TransactionStatus status)
    {
        output.Begin(BackendMessageType.ReadyForQuery);
        output.WriteByte((byte)status);
        output.End();
    }

    /// <summary>Ends one statement: its tag is the verb, and for those that have one, a count of rows.</summary>
    public static void WriteCommandComplete(MessageBuffer output, string tag)
    {
        output.Begin(BackendMessageType.CommandComplete);
        output.WriteCString(tag);
        output.End();
    }

    /// <summary>Types of a prepared statement's parameters, the inferred ones included.</summary>
    public static void WriteParameterDescription(MessageBuffer output, ReadOnlySpan<uint> typeOids)
    {
        output.Begin(BackendMessageType.ParameterDescription);
        output.WriteInt16(typeOids.Length);
        foreach (uint oid in typeOids)
        {
            output.WriteOid(oid);
        }

        output.End();
    }

    /// <summary>An asynchronous notification (NOTIFY).</summary>
    public static void WriteNotification(MessageBuffer output, int processId, string channel, string payload)
    {
        output.Begin(BackendMessageType.NotificationResponse);
        output.WriteInt32(processId);
        output.WriteCString(channel);
        output.WriteCString(payload);
        output.End();
    }
}
