using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Commands;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>What the session does itself, without the engine: one dispatch that only calls.</summary>
internal sealed class SessionCommands
{
    private readonly SessionState _session;
    private readonly SessionPlanner _planner;

    public SessionCommands(SessionState session, SessionPlanner planner)
    {
        _session = session;
        _planner = planner;
    }

    /// <summary>Set once by the session: what runs the statement that EXECUTE stands for.</summary>
    public PortalRunner Runner { get; set; } = null!;

    public static bool IsSessionCommand(StatementSyntax syntax) => syntax
        is BeginSyntax or CommitSyntax or RollbackSyntax or SavepointSyntax or ReleaseSavepointSyntax or RollbackToSavepointSyntax
        or TwoPhaseSyntax or SetTransactionSyntax or SetConstraintsSyntax or SetSyntax or ResetSyntax or ShowSyntax or DiscardSyntax
        or PrepareSyntax or ExecuteSyntax or DeallocateSyntax or DeclareCursorSyntax or FetchSyntax or CloseCursorSyntax or CopySyntax
        or LockTableSyntax or ListenSyntax or UnlistenSyntax or NotifySyntax or LoadSyntax;

    /// <summary>Whether it takes microseconds: the borders of transactions that neither wrote nor locked anything, and settings.</summary>
    public bool IsBrief(StatementSyntax syntax) => syntax switch
    {
        BeginSyntax or SetTransactionSyntax or SavepointSyntax or SetSyntax or ShowSyntax => true,
        CommitSyntax or RollbackSyntax => !_session.Block.HasWork,
        _ => false,
    };

    /// <summary>The result's shape of a session command as Describe reports it; null: no rows.</summary>
    public static RowDescription? Describe(SessionState session, StatementSyntax? syntax) => syntax switch
    {
        ShowSyntax show => TextColumns(SettingCommands.ShowColumns(show)),
        ExecuteSyntax execute => session.Statements.Get(execute.Name).Columns,
        FetchSyntax { IsMove: false } fetch => CursorCommands.Find(session, fetch.Cursor).Columns,
        _ => null,
    };

    public async ValueTask RunAsync(Portal portal, int rowsMax)
    {
        StatementSyntax syntax = portal.Statement.Syntax!;
        switch (syntax)
        {
            case ExecuteSyntax execute:
                using (Portal stands = PreparedCommands.Portal(_session, _planner, portal, execute))
                {
                    await Runner.RunAsync(stands, rowsMax: 0).ConfigureAwait(false);
                }

                portal.State = PortalState.Done;
                return;
            case CopySyntax copy:
                portal.State = PortalState.Done;
                if (portal.Copied is { } copied) await CopyCommands.InsertAsync(_session, portal, copy, copied.Lines).ConfigureAwait(false);
                else await CopyCommands.BeginAsync(_session, _planner, portal, copy).ConfigureAwait(false);
                return;
            case ShowSyntax show:
                portal.Columns = Describe(_session, show);
                portal.CompletionTag = "SHOW";
                portal.Offer(SettingCommands.Show(_session, show).Select(row => Array.ConvertAll(row, Datum.FromString)));
                if (portal.WithDescription)
                {
                    portal.Encoder.WriteDescription(_session.Output.Buffer);
                }

                await Runner.StreamAsync(portal, rowsMax).ConfigureAwait(false);
                return;
            default:
                portal.State = PortalState.Done;
                string tag = await TagAsync(portal, syntax).ConfigureAwait(false);
                ResultMessages.WriteCommandComplete(_session.Output.Buffer, tag);
                return;
        }
    }

    private async ValueTask<string> TagAsync(Portal portal, StatementSyntax syntax)
    {
        switch (syntax)
        {
            case BeginSyntax begin: return TransactionCommands.Begin(_session, begin);
            case CommitSyntax commit: return await TransactionCommands.CommitAsync(_session, commit).ConfigureAwait(false);
            case RollbackSyntax rollback: return TransactionCommands.Rollback(_session, rollback);
            case SavepointSyntax savepoint: return TransactionCommands.Savepoint(_session, savepoint);
            case ReleaseSavepointSyntax release: return TransactionCommands.Release(_session, release);
            case RollbackToSavepointSyntax rollback: return TransactionCommands.RollbackTo(_session, rollback);
            case SetTransactionSyntax set: return TransactionCommands.SetTransaction(_session, set);
            case TwoPhaseSyntax: throw TransactionCommands.TwoPhase();
            case SetConstraintsSyntax set: return TransactionCommands.SetConstraints(_session, set, portal.Statement);
            case SetSyntax set: return SettingCommands.Set(_session, set);
            case ResetSyntax reset: return SettingCommands.Reset(_session, reset);
            case DiscardSyntax discard: return SettingCommands.Discard(_session, discard);
            case PrepareSyntax prepare: return PreparedCommands.Prepare(_session, _planner, portal.Statement, prepare);
            case DeallocateSyntax deallocate: return PreparedCommands.Deallocate(_session, deallocate);
            case DeclareCursorSyntax declare: return await CursorCommands.DeclareAsync(_session, _planner, portal.Statement, declare).ConfigureAwait(false);
            case FetchSyntax fetch: return CursorCommands.Fetch(_session, portal, fetch);
            case CloseCursorSyntax close: return CursorCommands.Close(_session, close);
            case LockTableSyntax lockTable: return await LockCommands.LockTableAsync(_session, lockTable).ConfigureAwait(false);
            case UnlistenSyntax: return "UNLISTEN";
            case ListenSyntax: throw Unsupported("LISTEN", syntax);
            case NotifySyntax: throw Unsupported("NOTIFY", syntax);
            case LoadSyntax: throw Unsupported("LOAD", syntax);
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static RowDescription TextColumns(string[] names) =>
        new([.. names.Select(name => new ResultColumn(name, new ColumnType(SqlTypes.Text)))]);

    private static SqlException Unsupported(string what, StatementSyntax syntax) =>
        new(SqlState.FeatureNotSupported, $"{what} is not supported", syntax.Position);
}
