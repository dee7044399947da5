using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>
/// Makes a session's statements ready to run under the catalog that they would see now, and plans them anew when it moved.
/// </summary>
internal sealed class SessionPlanner
{
    private readonly SessionState _session;

    public SessionPlanner(SessionState session)
    {
        _session = session;
    }

    /// <summary>Reads the one statement of a Parse message. 42601 when there are several.</summary>
    public SessionStatement Parse(string text, IReadOnlyList<SqlType?> declaredTypes)
    {
        IReadOnlyList<ParsedStatement> parsed = SqlParser.Parse(text);
        if (parsed.Count > 1)
        {
            throw new SqlException(SqlState.SyntaxError, "cannot insert multiple commands into a prepared statement");
        }

        return new SessionStatement { SourceText = text, Parsed = parsed.Count == 0 ? null : parsed[0], DeclaredTypes = declaredTypes };
    }

    /// <summary>
    /// The plan under the catalog of now; null for what the session does itself. After the first time a plan must keep its result type.
    /// </summary>
    /// <exception cref="SqlException">0A000 <c>cached plan must not change result type</c>, and all that binding can refuse.</exception>
    public PreparedStatement? Plan(SessionStatement statement)
    {
        if (statement.Parsed is null || SessionCommands.IsSessionCommand(statement.Parsed.Syntax))
        {
            return null;
        }

        CatalogSnapshot catalog = _session.Catalog;
        SearchPath path = _session.SearchPath;
        if (IsPlanned(statement, catalog, path))
        {
            return statement.Plan;
        }

        bool isFirst = statement.Plan is null;
        PreparedStatement made = _session.Services.Engine.Prepare(
            statement.SourceText, statement.Parsed, isFirst ? [.. statement.DeclaredTypes] : [.. statement.ParameterTypes], _session.Planning);
        if (!isFirst && !statement.IsOneShot && !SameShape(statement.Columns, made.Columns))
        {
            throw new SqlException(SqlState.FeatureNotSupported, "cached plan must not change result type");
        }

        statement.Plan = made;
        statement.PlannedVersion = catalog.Version;
        statement.PlannedPath = path;
        statement.ParameterTypes = made.ParameterTypes;
        statement.Columns = made.Columns;
        return made;
    }

    /// <summary>Whether <see cref="Plan"/> has nothing to do.</summary>
    public bool IsPlanned(SessionStatement statement) =>
        statement.Parsed is null || SessionCommands.IsSessionCommand(statement.Parsed.Syntax) || (_session.KnownCatalog is { } catalog && IsPlanned(statement, catalog, _session.SearchPath));

    private static bool IsPlanned(SessionStatement statement, CatalogSnapshot catalog, SearchPath path) =>
        statement.Plan is not null && statement.PlannedVersion == catalog.Version && (ReferenceEquals(statement.PlannedPath, path) || statement.PlannedPath!.Setting == path.Setting);

    private static bool SameShape(RowDescription? before, RowDescription? after)
    {
        if (before is null || after is null)
        {
            return before is null && after is null;
        }

        if (before.Columns.Count != after.Columns.Count)
        {
            return false;
        }

        for (int i = 0; i < before.Columns.Count; i++)
        {
            if (before.Columns[i].Type != after.Columns[i].Type || before.Columns[i].Name != after.Columns[i].Name)
            {
                return false;
            }
        }

        return true;
    }
}
