namespace Dadbs.PgWire.Backend;

/// <summary>The server's side of COPY (PostgreSQL manual 55.2.6).</summary>
public static class CopyMessages
{
    /// <summary>Asks the client for CopyData, all columns in one format.</summary>
    public static void WriteCopyInResponse(MessageBuffer output, int columnCount, FormatCode format = FormatCode.Text) =>
        WriteResponse(output, BackendMessageType.CopyInResponse, columnCount, format);

    /// <summary>Announces CopyData from the server.</summary>
    public static void WriteCopyOutResponse(MessageBuffer output, int columnCount, FormatCode format = FormatCode.Text) =>
        WriteResponse(output, BackendMessageType.CopyOutResponse, columnCount, format);

    private static void WriteResponse(MessageBuffer output, BackendMessageType type, int columnCount, FormatCode format)
    {
        output.Begin(type);
        output.WriteByte((byte)format);
        output.WriteInt16(columnCount);
        for (int i = 0; i < columnCount; i++)
        {
            output.WriteInt16((short)format);
        }

        output.End();
    }
}
