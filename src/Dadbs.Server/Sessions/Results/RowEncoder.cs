using Dadbs.PgWire;
using Dadbs.PgWire.Backend;
using Dadbs.Sql;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Results;

/// <summary>
/// Writes one statement's rows straight from Datums into messages, in the formats that its client asked for. Immutable; made once per
/// portal, or kept with the prepared statement.
/// </summary>
internal sealed class RowEncoder
{
    private readonly RowDescription _columns;
    private readonly TypeOperations[] _operations;
    private readonly FormatCodes _formats;

    public RowEncoder(RowDescription columns, FormatCodes formats)
    {
        _columns = columns;
        _formats = formats;
        _operations = new TypeOperations[columns.Columns.Count];
        for (int i = 0; i < _operations.Length; i++)
        {
            _operations[i] = columns.Columns[i].Type.Type.Operations;
        }
    }

    public int ColumnCount => _operations.Length;

    public void WriteRow(MessageBuffer output, ReadOnlySpan<Datum> row, TypeSettings settings)
    {
        DataRowMessage.Begin(output, _operations.Length);
        for (int i = 0; i < _operations.Length; i++)
        {
            if (row[i].IsNull)
            {
                DataRowMessage.WriteNull(output);
                continue;
            }

            int field = output.BeginField();
            if (_formats[i] == FormatCode.Binary)
            {
                _operations[i].WriteBinary(row[i], output);
            }
            else
            {
                _operations[i].FormatText(row[i], output, settings);
            }

            output.EndField(field);
        }

        DataRowMessage.End(output);
    }

    public void WriteDescription(MessageBuffer output) => WriteDescription(output, _columns, _formats);

    /// <summary>RowDescription, or NoData for a statement without a result.</summary>
    public static void WriteDescription(MessageBuffer output, RowDescription? columns, FormatCodes formats)
    {
        if (columns is null)
        {
            output.WriteEmpty(BackendMessageType.NoData);
            return;
        }

        RowDescriptionMessage.Begin(output, columns.Columns.Count);
        for (int i = 0; i < columns.Columns.Count; i++)
        {
            ResultColumn column = columns.Columns[i];
            SqlType type = column.Type.Type;
            RowDescriptionMessage.WriteField(
                output, column.Name, column.TableOid, column.AttributeNumber, type.Oid, type.Length, column.Type.Modifier, formats[i]);
        }

        RowDescriptionMessage.End(output);
    }
}
