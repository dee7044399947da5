using Dadbs.PgWire.Backend;
using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Results;

/// <summary>The engine's errors and notices in the wire's words.</summary>
internal static class Diagnostics
{
    /// <param name="error">What ended the statement.</param>
    /// <param name="text">The text that the client sent, which positions count in; null: the position means nothing to the client.</param>
    /// <param name="textStart">Where the statement's own text begins in it, when positions count from there.</param>
    public static Diagnostic From(SqlException error, string? text, int textStart = 0) => new(Severity.Error, error.State.Code, error.Message)
    {
        Detail = error.Detail,
        Hint = error.Hint,
        Position = Position(error.Position, text, textStart),
        Where = error.Where,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
    };

    public static Diagnostic From(SqlNotice notice, string? text, int textStart = 0) =>
        new(SeverityOf(notice.Severity), notice.State.Code, notice.Message)
        {
            Detail = notice.Detail,
            Hint = notice.Hint,
            Position = Position(notice.Position, text, textStart),
        };

    /// <summary>1-based in characters: a character outside of the basic plane is two code units and one character.</summary>
    private static int? Position(int? codeUnits, string? text, int textStart)
    {
        if (codeUnits is not { } offset || text is null)
        {
            return null;
        }

        int end = Math.Clamp(offset + textStart, 0, text.Length);
        int characters = 1;
        for (int i = 0; i < end; i++)
        {
            if (!char.IsLowSurrogate(text[i]))
            {
                characters++;
            }
        }

        return characters;
    }

    private static Severity SeverityOf(NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Debug => Severity.Debug,
        NoticeSeverity.Log => Severity.Log,
        NoticeSeverity.Info => Severity.Info,
        NoticeSeverity.Notice => Severity.Notice,
        NoticeSeverity.Warning => Severity.Warning,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
