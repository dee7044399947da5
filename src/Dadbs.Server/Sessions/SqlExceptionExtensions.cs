using Dadbs.Sql;

namespace Dadbs.Server.Sessions;

/// <summary>Adds what only the session knows to an engine's error.</summary>
internal static class SqlExceptionExtensions
{
    /// <summary>The same error with a place in the wire's field W, before the one it may have.</summary>
    public static SqlException WithWhere(this SqlException error, string where) => new(error.State, error.Message, error.Position)
    {
        Detail = error.Detail,
        Hint = error.Hint,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
        Where = error.Where is null ? where : $"{error.Where}\n{where}",
    };
}
