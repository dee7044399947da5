using System.Buffers;
using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// COPY table FROM STDIN in text format (PostgreSQL manual, COPY: File Formats): lines become parameters of one planned INSERT, which
/// brings defaults, length coercions and constraints with it. Made once per COPY.
/// </summary>
public sealed class CopyFrom
{
    private readonly string[] _columns;
    private readonly string _table;
    private readonly byte _delimiter;
    private readonly byte[] _null;
    private readonly TypeSettings _settings;

    private CopyFrom(PreparedStatement insert, string table, string[] columns, byte delimiter, byte[] nullText, TypeSettings settings)
    {
        Insert = insert;
        _table = table;
        _columns = columns;
        _delimiter = delimiter;
        _null = nullText;
        _settings = settings;
    }

    public string TableName => _table;

    /// <summary>Tables that it uses, as <see cref="PreparedStatement.RelationLocks"/>.</summary>
    public IReadOnlyList<Seams.RelationLock> RelationLocks => Insert.RelationLocks;

    public int ColumnCount => _columns.Length;

    /// <summary>What each line is a row of.</summary>
    public PreparedStatement Insert { get; }

    /// <summary>A line may reference a later one, so all are inserted as one statement: foreign keys are checked at its end.</summary>
    public bool ReferencesItself { get; private init; }

    /// <summary>Lines of earlier pieces of the same COPY: messages count from the first.</summary>
    public long LinesBefore { get; set; }

    public static string Tag(long rows) => $"COPY {rows}";

    /// <summary>42P01, 42703, 42701, 42809, and 0A000 for what is not supported (binary, CSV, files).</summary>
    /// <param name="prepare">Plans the INSERT (its text, the types of its parameters).</param>
    /// <param name="copy">The statement.</param>
    /// <param name="context">Where its names are looked up.</param>
    public static CopyFrom Prepare(Func<string, SqlType?[], PreparedStatement> prepare, CopySyntax copy, PlanningContext context)
    {
        (byte delimiter, byte[] nullText) = ReadOptions(copy);
        QualifiedNameSyntax name = copy.Table!;
        RelationDescriptor? relation = context.Catalog.FindRelation(name.Schema, name.Name, context.SearchPath);
        if (relation is not TableDescriptor table)
        {
            throw relation is null
                ? new SqlException(SqlState.UndefinedTable, $"relation \"{name}\" does not exist")
                : new SqlException(SqlState.WrongObjectType, $"cannot copy to {(relation is ViewDescriptor ? "view" : "relation")} \"{relation.Name}\"");
        }

        string[] columns = copy.Columns.Count == 0 ? [.. table.Columns.Select(c => c.Name)] : [.. copy.Columns];
        var types = new SqlType?[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            ColumnDescriptor column = table.Columns.FirstOrDefault(c => c.Name == columns[i])
                ?? throw new SqlException(SqlState.UndefinedColumn, $"column \"{columns[i]}\" of relation \"{table.Name}\" does not exist");
            if (Array.IndexOf(columns, columns[i]) != i)
            {
                throw new SqlException(SqlState.DuplicateColumn, $"column \"{columns[i]}\" specified more than once");
            }

            types[i] = column.Type.Type;
        }

        var text = new StringBuilder($"INSERT INTO {Quote(table.SchemaName)}.{Quote(table.Name)} (");
        text.AppendJoin(", ", columns.Select(Quote)).Append(") OVERRIDING SYSTEM VALUE VALUES (")
            .AppendJoin(", ", columns.Select((_, i) => "$" + (i + 1))).Append(')');
        string insert = text.ToString();
        return new CopyFrom(
            prepare(insert, types), table.Name, columns, delimiter, nullText, context.TypeSettings)
        {
            ReferencesItself = table.ForeignKeys.Any(key => key.ReferencedTableOid == table.Oid),
        };
    }

    /// <summary>Inserts the rows of whole lines as one statement. 22P04, and what values and constraints give, with the place in field W.</summary>
    /// <param name="lines">Lines, each ended by LF or CR LF; the last may lack it. A line <c>\.</c> ends the data.</param>
    /// <param name="context">The statement's; takes each row's values as its parameters.</param>
    /// <returns>How many rows.</returns>
    public long Execute(byte[] lines, StatementContext context)
    {
        var values = new Datum[_columns.Length];
        context.Parameters = values;
        using var insert = (InsertCursor)Insert.Open(context);
        long line = LinesBefore;
        int at = 0;
        byte[] unescaped = [];
        while (at < lines.Length)
        {
            int length = lines.AsSpan(at).IndexOf((byte)'\n');
            int end = length < 0 ? lines.Length : at + length;
            int next = length < 0 ? lines.Length : end + 1;
            if (end > at && lines[end - 1] == '\r')
            {
                end--;
            }

            ReadOnlySpan<byte> text = lines.AsSpan(at, end - at);
            at = next;
            line++;
            if (text.SequenceEqual("\\."u8))
            {
                break;
            }

            if (unescaped.Length < text.Length)
            {
                unescaped = new byte[text.Length * 2];
            }

            ReadLine(text, unescaped, line, values);
            InsertRow(insert, line);
        }

        insert.EndRows();
        return insert.RowCount;
    }

    private void InsertRow(InsertCursor insert, long line)
    {
        try
        {
            insert.InsertRow();
        }
        catch (SqlException failed)
        {
            throw At(failed, $"COPY {_table}, line {line}");
        }
    }

    private void ReadLine(ReadOnlySpan<byte> text, byte[] unescaped, long line, Datum[] values)
    {
        ReadOnlySpan<byte> rest = text;
        bool isOver = false;
        for (int i = 0; i < _columns.Length; i++)
        {
            if (isOver)
            {
                throw Malformed($"missing data for column \"{_columns[i]}\"", text, line);
            }

            int end = FieldEnd(rest);
            ReadOnlySpan<byte> field = rest[..end];
            isOver = end == rest.Length;
            rest = isOver ? default : rest[(end + 1)..];
            if (field.SequenceEqual(_null))
            {
                values[i] = Datum.Null;
                continue;
            }

            values[i] = ReadField(Unescape(field, unescaped), i, line);
        }

        if (!isOver) throw Malformed("extra data after last expected column", text, line);
    }

    private Datum ReadField(ReadOnlySpan<byte> field, int column, long line)
    {
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(field))
            {
                throw new SqlException(SqlState.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"UTF8\": {InvalidBytes(field)}");
            }

            return Insert.ParameterTypes[column].Operations.ParseText(field, -1, _settings);
        }
        catch (SqlException failed)
        {
            throw At(failed, $"COPY {_table}, line {line}, column {_columns[column]}: \"{Shown(field)}\"");
        }
    }

    /// <summary>The bytes that a decoder stops at, as PostgreSQL shows them: as many as their first one announces.</summary>
    private static string InvalidBytes(ReadOnlySpan<byte> field)
    {
        int valid = 0;
        while (System.Text.Rune.DecodeFromUtf8(field[valid..], out _, out int consumed) == OperationStatus.Done) valid += consumed;
        int announced = field[valid] switch
        {
            < 0xC0 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            < 0xF8 => 4,
            _ => 1,
        };
        string[] shown = [.. field.Slice(valid, Math.Min(announced, field.Length - valid)).ToArray().Select(b => $"0x{b:x2}")];
        return string.Join(' ', shown);
    }

    /// <summary>Where the field ends: at a delimiter that no backslash protects.</summary>
    private int FieldEnd(ReadOnlySpan<byte> rest)
    {
        int plain = rest.IndexOf(_delimiter);
        int end = plain < 0 ? rest.Length : plain;
        if (rest[..end].IndexOf((byte)'\\') < 0)
        {
            return end;
        }

        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == _delimiter)
            {
                return i;
            }
        }

        return rest.Length;
    }

    /// <summary>The field itself where no backslash is in it.</summary>
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> field, byte[] into)
    {
        if (field.IndexOf((byte)'\\') < 0) return field;

        int length = 0;
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\' || i + 1 == field.Length)
            {
                into[length++] = field[i];
                continue;
            }

            byte escaped = field[++i];
            switch (escaped)
            {
                case (byte)'b': into[length++] = 8; break;
                case (byte)'f': into[length++] = 12; break;
                case (byte)'n': into[length++] = 10; break;
                case (byte)'r': into[length++] = 13; break;
                case (byte)'t': into[length++] = 9; break;
                case (byte)'v': into[length++] = 11; break;
                case (byte)'x' when i + 1 < field.Length && char.IsAsciiHexDigit((char)field[i + 1]):
                    int hex = 0;
                    for (int digits = 0; digits < 2 && i + 1 < field.Length && char.IsAsciiHexDigit((char)field[i + 1]); digits++)
                    {
                        hex = (hex * 16) + Convert.ToInt32(((char)field[++i]).ToString(), 16);
                    }

                    into[length++] = (byte)hex;
                    break;
                case >= (byte)'0' and <= (byte)'7':
                    int octal = escaped - '0';
                    for (int digits = 1; digits < 3 && i + 1 < field.Length && field[i + 1] is >= (byte)'0' and <= (byte)'7'; digits++)
                    {
                        octal = (octal * 8) + field[++i] - '0';
                    }

                    into[length++] = (byte)octal;
                    break;
                default: into[length++] = escaped; break;
            }
        }

        return into.AsSpan(0, length);
    }

    private static (byte Delimiter, byte[] Null) ReadOptions(CopySyntax copy)
    {
        byte delimiter = (byte)'\t';
        byte[] nullText = "\\N"u8.ToArray();
        foreach (OptionSyntax option in copy.Options)
        {
            string value = option.Value is StringLiteralSyntax literal ? literal.Value : "";
            switch (option.Name)
            {
                case "format" when value == "text": break;
                case "format": throw new SqlException(SqlState.FeatureNotSupported, $"COPY format \"{value}\" is not supported", option.Position);
                case "delimiter" when Encoding.UTF8.GetByteCount(value) == 1: delimiter = (byte)value[0]; break;
                case "delimiter": throw new SqlException(SqlState.FeatureNotSupported, "COPY delimiter must be a single one-byte character");
                case "null": nullText = Encoding.UTF8.GetBytes(value); break;
                case "freeze" or "encoding": break;
                default: throw new SqlException(SqlState.FeatureNotSupported, $"COPY option \"{option.Name}\" is not supported", option.Position);
            }
        }

        return (delimiter, nullText);
    }

    private SqlException Malformed(string message, ReadOnlySpan<byte> text, long line) =>
        new(SqlState.BadCopyFileFormat, message) { Where = $"COPY {_table}, line {line}: \"{Shown(text)}\"" };

    /// <summary>At most so much of the input is repeated in a message.</summary>
    private static string Shown(ReadOnlySpan<byte> text)
    {
        const int BytesMax = 100;
        return text.Length <= BytesMax ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..BytesMax]) + "...";
    }

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static SqlException At(SqlException error, string where) => new(error.State, error.Message)
    {
        Detail = error.Detail,
        Hint = error.Hint,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
        Where = where,
    };
}
