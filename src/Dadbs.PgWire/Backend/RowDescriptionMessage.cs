namespace Dadbs.PgWire.Backend;

/// <summary>'T': the columns of the rows that follow. Written field by field, so that no list has to be made for it.</summary>
public static class RowDescriptionMessage
{
    public static void Begin(MessageBuffer output, int columnCount)
    {
        output.Begin(BackendMessageType.RowDescription);
        output.WriteInt16(columnCount);
    }

    /// <param name="output">Where a RowDescription was begun.</param>
    /// <param name="name">The column's name in the result.</param>
    /// <param name="tableOid">The table that the column comes from unchanged, else 0.</param>
    /// <param name="attributeNumber">1-based number of the column in that table, else 0.</param>
    /// <param name="typeOid">The column's type.</param>
    /// <param name="typeLength">Bytes of a value; -1: variable.</param>
    /// <param name="typeModifier">The type's modifier (pg_attribute.atttypmod); -1: none.</param>
    /// <param name="format">Text where it is not known yet, as in the answer to Describe of a statement.</param>
    public static void WriteField(
        MessageBuffer output, string name, uint tableOid, int attributeNumber, uint typeOid, int typeLength, int typeModifier, FormatCode format)
    {
        output.WriteCString(name);
        output.WriteOid(tableOid);
        output.WriteInt16(attributeNumber);
        output.WriteOid(typeOid);
        output.WriteInt16(typeLength);
        output.WriteInt32(typeModifier);
        output.WriteInt16((short)format);
    }

    public static void End(MessageBuffer output) => output.End();
}
