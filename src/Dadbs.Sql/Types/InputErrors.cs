using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>The errors that input functions share, in PostgreSQL's words.</summary>
internal static class InputErrors
{
    /// <summary>22P02</summary>
    public static SqlException InvalidSyntax(string type, ReadOnlySpan<byte> text) =>
        new(SqlState.InvalidTextRepresentation, $"invalid input syntax for type {type}: \"{Encoding.UTF8.GetString(text)}\"");

    /// <summary>22003 for the text of a value.</summary>
    public static SqlException OutOfRange(string type, ReadOnlySpan<byte> text) =>
        new(SqlState.NumericValueOutOfRange, $"value \"{Encoding.UTF8.GetString(text)}\" is out of range for type {type}");

    /// <summary>22003 for a computed value: <c>integer out of range</c>.</summary>
    public static SqlException OutOfRange(string type) => new(SqlState.NumericValueOutOfRange, $"{type} out of range");

    /// <summary>22007</summary>
    public static SqlException InvalidDateTime(string type, ReadOnlySpan<byte> text) =>
        new(SqlState.InvalidDatetimeFormat, $"invalid input syntax for type {type}: \"{Encoding.UTF8.GetString(text)}\"");

    public static SqlException DivisionByZero() => new(SqlState.DivisionByZero, "division by zero");

    /// <summary>22P03</summary>
    public static SqlException InvalidBinary(string message) => new(SqlState.InvalidBinaryRepresentation, message);

    /// <summary>08P01, as pq_getmsg* reports a value that is too short.</summary>
    public static SqlException InsufficientData() => new(SqlState.ProtocolViolation, "insufficient data left in message");
}
