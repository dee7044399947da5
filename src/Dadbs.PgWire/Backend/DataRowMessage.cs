namespace Dadbs.PgWire.Backend;

/// <summary>
/// 'D': one row. Values are written straight into the message by whoever knows their type, between
/// <see cref="MessageBuffer.BeginField"/> and <see cref="MessageBuffer.EndField"/>.
/// </summary>
public static class DataRowMessage
{
    private const int NullLength = -1;

    public static void Begin(MessageBuffer output, int columnCount)
    {
        output.Begin(BackendMessageType.DataRow);
        output.WriteInt16(columnCount);
    }

    public static void WriteNull(MessageBuffer output) => output.WriteInt32(NullLength);

    public static void End(MessageBuffer output) => output.End();
}
