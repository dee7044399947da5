namespace Dadbs.PgWire.Backend;

/// <summary>
/// What an ErrorResponse or a NoticeResponse says: every field of PostgreSQL manual 55.8. Fields that are null are not sent.
/// </summary>
public sealed record Diagnostic(Severity Severity, string Code, string Message)
{
    public string? Detail { get; init; }

    public string? Hint { get; init; }

    /// <summary>1-based, in characters of the text that the client sent.</summary>
    public int? Position { get; init; }

    /// <summary>1-based, in characters of <see cref="InternalQuery"/>.</summary>
    public int? InternalPosition { get; init; }

    /// <summary>Text of the statement that the server made itself (inside a function), where the failure is.</summary>
    public string? InternalQuery { get; init; }

    /// <summary>Call stack of functions, innermost first, a line each.</summary>
    public string? Where { get; init; }

    public string? SchemaName { get; init; }

    public string? TableName { get; init; }

    public string? ColumnName { get; init; }

    public string? DataTypeName { get; init; }

    public string? ConstraintName { get; init; }

    /// <summary>Source file, line and routine that reported it.</summary>
    public string? File { get; init; }

    public int? Line { get; init; }

    public string? Routine { get; init; }

    /// <summary>Writes the message: ErrorResponse from <see cref="Severity.Error"/> upwards, NoticeResponse below.</summary>
    public void Write(MessageBuffer output)
    {
        output.Begin(Severity >= Severity.Error ? BackendMessageType.ErrorResponse : BackendMessageType.NoticeResponse);
        string severity = Severity.ToString().ToUpperInvariant();
        WriteField(output, 'S', severity);
        WriteField(output, 'V', severity);
        WriteField(output, 'C', Code);
        WriteField(output, 'M', Message);
        WriteField(output, 'D', Detail);
        WriteField(output, 'H', Hint);
        WriteField(output, 'P', Position);
        WriteField(output, 'p', InternalPosition);
        WriteField(output, 'q', InternalQuery);
        WriteField(output, 'W', Where);
        WriteField(output, 's', SchemaName);
        WriteField(output, 't', TableName);
        WriteField(output, 'c', ColumnName);
        WriteField(output, 'd', DataTypeName);
        WriteField(output, 'n', ConstraintName);
        WriteField(output, 'F', File);
        WriteField(output, 'L', Line);
        WriteField(output, 'R', Routine);
        output.WriteByte(0);
        output.End();
    }

    private static void WriteField(MessageBuffer output, char code, int? value)
    {
        if (value is { } number)
        {
            WriteField(output, code, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void WriteField(MessageBuffer output, char code, string? value)
    {
        if (value is not null)
        {
            output.WriteByte((byte)code);
            output.WriteCString(value);
        }
    }
}
