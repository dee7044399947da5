using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>PREPARE, EXECUTE and DEALLOCATE: the extended protocol's statements by SQL.</summary>
internal static class PreparedCommands
{
    public static string Prepare(SessionState session, SessionPlanner planner, SessionStatement statement, PrepareSyntax prepare)
    {
        if (session.Statements.Has(prepare.Name))
        {
            throw new SqlException(SqlState.DuplicatePstatement, $"prepared statement \"{prepare.Name}\" already exists");
        }

        // The body's own text begins where its first word is; what precedes it is PREPARE's.
        ParsedStatement whole = statement.Parsed!;
        int start = prepare.Body.Position;
        var prepared = new SessionStatement
        {
            SourceText = statement.SourceText,
            Parsed = new ParsedStatement(prepare.Body, start, whole.Start + whole.Length - start, whole.ParameterCount),
            DeclaredTypes = [.. prepare.ParameterTypes.Select(t => session.ResolveType(t))],
        };
        planner.Plan(prepared);
        session.Statements.Add(prepare.Name, prepared);
        return "PREPARE";
    }

    /// <summary>The portal that EXECUTE stands for: its arguments are evaluated here and now.</summary>
    public static Portal Portal(SessionState session, SessionPlanner planner, Portal executing, ExecuteSyntax execute)
    {
        SessionStatement prepared = session.Statements.Get(execute.Name);
        if (execute.Arguments.Count != prepared.ParameterTypes.Count)
        {
            throw new SqlException(SqlState.SyntaxError, $"wrong number of parameters for prepared statement \"{execute.Name}\"")
            {
                Detail = $"Expected {prepared.ParameterTypes.Count} parameters but got {execute.Arguments.Count}.",
            };
        }

        planner.Plan(prepared);
        return new Portal
        {
            Name = executing.Name,
            Statement = prepared,
            Parameters = Evaluate(session, executing.Statement, execute, prepared.ParameterTypes),
            Formats = executing.Formats,
            Columns = prepared.Columns,
            WithDescription = executing.WithDescription,
        };
    }

    public static string Deallocate(SessionState session, DeallocateSyntax deallocate)
    {
        if (deallocate.Name is null)
        {
            session.Statements.Clear();
            return "DEALLOCATE ALL";
        }

        session.Statements.Get(deallocate.Name);
        session.Statements.Remove(deallocate.Name);
        return "DEALLOCATE";
    }

    /// <summary>Arguments are expressions without a table: a SELECT of them, each cast to its parameter's type.</summary>
    private static Datum[] Evaluate(SessionState session, SessionStatement statement, ExecuteSyntax execute, IReadOnlyList<SqlType> types)
    {
        if (types.Count == 0)
        {
            return [];
        }

        var items = new SelectItemSyntax[types.Count];
        for (int i = 0; i < items.Length; i++)
        {
            ExpressionSyntax argument = execute.Arguments[i];
            var type = new TypeNameSyntax(argument.Position, new QualifiedNameSyntax(argument.Position, ["pg_catalog", types[i].Name]), [], []);
            items[i] = new SelectItemSyntax(argument.Position, new CastSyntax(argument.Position, argument, type, CastNotation.Colons), null);
        }

        var select = new SelectSyntax(execute.Position, items);
        PreparedStatement plan = session.Prepare(statement.SourceText, statement.Parsed! with { Syntax = select });
        using StatementCursor cursor = plan.Open(session.ReadContext([]));
        cursor.MoveNext();
        var values = new Datum[types.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = cursor.Current[i].Detach();
        }

        return values;
    }
}
