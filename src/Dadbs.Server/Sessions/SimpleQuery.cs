using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql.Parsing;

namespace Dadbs.Server.Sessions;

/// <summary>
/// The simple query protocol: a string of statements, executed with text results. Statements of one string are one transaction unless
/// the string says otherwise (PostgreSQL manual 55.2.2.1).
/// </summary>
internal sealed class SimpleQuery
{
    private readonly SessionState _session;
    private readonly SessionPlanner _planner;
    private readonly PortalRunner _runner;
    private readonly OrderedBatch _batch;
    private IReadOnlyList<ParsedStatement> _statements = [];
    private string _text = "";
    private int _next;

    public SimpleQuery(SessionState session, SessionPlanner planner, PortalRunner runner, OrderedBatch batch)
    {
        _session = session;
        _planner = planner;
        _runner = runner;
        _batch = batch;
    }

    /// <returns>False: a COPY waits for its data; <see cref="ContinueAsync"/> goes on behind it.</returns>
    public ValueTask<bool> RunAsync(string text)
    {
        _session.CurrentText = text;
        _statements = _session.Services.Engine.Parse(text);
        _text = text;
        _next = 0;
        if (_statements.Count == 0)
        {
            _session.Output.Buffer.WriteEmpty(BackendMessageType.EmptyQueryResponse);
            return new ValueTask<bool>(true);
        }

        return _statements.Count > 1 && _session.Block.IsIdle && ShipsWhole(_statements) ? ShipAsync() : ContinueAsync();
    }

    /// <summary>Runs the statements that are left.</summary>
    public async ValueTask<bool> ContinueAsync()
    {
        while (_next < _statements.Count)
        {
            ParsedStatement parsed = _statements[_next++];
            if (_statements.Count > 1 && _session.Block.IsIdle && NeedsBlock(parsed.Syntax))
            {
                _session.Block.BeginImplicit();
            }

            using Portal portal = PortalOf(parsed);
            await _runner.RunAsync(portal, rowsMax: 0).ConfigureAwait(false);
            if (!_batch.IsEmpty)
            {
                ValueTask resolved = _batch.ResolveAsync();
                bool isOnBorrowedThread = !resolved.IsCompleted;
                await resolved.ConfigureAwait(false);

                // Whoever brought the outcome has others to bring: the next statement is not its work.
                if (isOnBorrowedThread && _next < _statements.Count) await Task.Yield();
            }

            await _session.Output.RelieveAsync(_session.Interrupt.Token).ConfigureAwait(false);
            if (_session.Copy is not null)
            {
                return false;
            }
        }

        Forget();
        return true;
    }

    public void Forget() => _statements = [];

    /// <summary>The whole string becomes one ordered transaction; each statement is bound at its place, the first one here too.</summary>
    private async ValueTask<bool> ShipAsync()
    {
        Portal[] portals = [.. _statements.Select(PortalOf)];
        _planner.Plan(portals[0].Statement);
        foreach (Portal portal in portals)
        {
            _batch.Add(portal);
        }

        await _batch.ResolveAsync().ConfigureAwait(false);
        Forget();
        return true;
    }

    private Portal PortalOf(ParsedStatement parsed) => new()
    {
        Name = "",
        Statement = new SessionStatement { SourceText = _text, Parsed = parsed, IsOneShot = true },
        WithDescription = true,
    };

    /// <summary>With a write and nothing that only the session can do, a string needs no local execution.</summary>
    private static bool ShipsWhole(IReadOnlyList<ParsedStatement> statements)
    {
        bool writes = false;
        foreach (ParsedStatement statement in statements)
        {
            if (SessionCommands.IsSessionCommand(statement.Syntax) || statement.Syntax is ExplainSyntax or VacuumSyntax or LockTableSyntax || statement.ParameterCount > 0)
            {
                return false;
            }

            writes |= statement.Syntax is not QuerySyntax;
        }

        return writes;
    }

    /// <summary>Whether the statement's effect must be undone when a later one of its string fails.</summary>
    private static bool NeedsBlock(StatementSyntax syntax) =>
        syntax is not (QuerySyntax or BeginSyntax or CommitSyntax or RollbackSyntax or ShowSyntax or ExplainSyntax { Statement: QuerySyntax } or VacuumSyntax
            or SavepointSyntax or ReleaseSavepointSyntax or RollbackToSavepointSyntax or DeclareCursorSyntax or DiscardSyntax);
}
