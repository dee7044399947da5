namespace Dadbs.Sql;

/// <summary>
/// Ends a statement with a deterministic error, as PostgreSQL would report it. Everything that the user's SQL can cause is one of these;
/// any other exception that leaves the engine is a bug (XX000) or a local failure of the node.
/// </summary>
public sealed class SqlException : Exception
{
    public SqlException(SqlState state, string message, int? position = null)
        : base(message)
    {
        State = state;
        Position = position;
    }

    public SqlState State { get; }

    /// <summary>0-based offset in UTF-16 code units of the text that was parsed; the wire's field P is the 1-based offset in characters.</summary>
    public int? Position { get; }

    public string? Detail { get; init; }

    public string? Hint { get; init; }

    public string? SchemaName { get; init; }

    public string? TableName { get; init; }

    public string? ColumnName { get; init; }

    public string? DataTypeName { get; init; }

    public string? ConstraintName { get; init; }

    /// <summary>The wire's field W: where in procedures or COPY input it happened.</summary>
    public string? Where { get; init; }
}
