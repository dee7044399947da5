using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>DECLARE, FETCH, MOVE and CLOSE, forwards only.</summary>
internal static class CursorCommands
{
    public static async ValueTask<string> DeclareAsync(SessionState session, SessionPlanner planner, SessionStatement statement, DeclareCursorSyntax declare)
    {
        if (declare.Query.Locking.Count > 0) RequireReadOnlyKind(declare);
        if (declare.WithHold || declare.IsScroll == true)
        {
            throw new SqlException(SqlState.FeatureNotSupported, declare.WithHold ? "cursors WITH HOLD are not supported" : "SCROLL cursors are not supported", declare.Position);
        }

        if (!session.Block.IsExplicit && !session.Block.IsImplicit)
        {
            throw new SqlException(SqlState.NoActiveSqlTransaction, "DECLARE CURSOR can only be used in transaction blocks");
        }

        var query = new SessionStatement
        {
            SourceText = statement.SourceText,
            Parsed = statement.Parsed! with { Syntax = declare.Query },
            IsOneShot = true,
        };
        PreparedStatement plan = planner.Plan(query)!;
        var portal = new Portal
        {
            Name = declare.Name,
            Statement = query,
            Columns = plan.Columns,
            Formats = declare.IsBinary ? PgWire.FormatCodes.AllBinary : PgWire.FormatCodes.AllText,
            State = PortalState.Open,
        };
        if (!plan.LocksRows)
        {
            await session.Block.LockRelationsAsync(plan.RelationLocks).ConfigureAwait(false);
            plan = planner.Plan(query)!;
            portal.Columns = plan.Columns;
            session.Portals.Add(portal);
            portal.Cursor = session.Block.Open(portal, plan);
            return "DECLARE CURSOR";
        }

        session.Block.RequireWritable(declare.Query);
        await KeepLockedAsync(session, planner, portal, plan).ConfigureAwait(false);
        session.Portals.Add(portal);
        return "DECLARE CURSOR";
    }

    /// <summary>What cannot lock rows, in PostgreSQL's words and order.</summary>
    private static void RequireReadOnlyKind(DeclareCursorSyntax declare)
    {
        if (declare.WithHold)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "DECLARE CURSOR WITH HOLD ... FOR UPDATE is not supported") { Detail = "Holdable cursors must be READ ONLY." };
        }

        if (declare.IsScroll == true)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "DECLARE SCROLL CURSOR ... FOR UPDATE is not supported") { Detail = "Scrollable cursors must be READ ONLY." };
        }
    }

    /// <summary>A cursor that locks rows takes all of them now: it could not begin again once rows were given. PostgreSQL locks each as it is fetched.</summary>
    private static async ValueTask KeepLockedAsync(SessionState session, SessionPlanner planner, Portal portal, PreparedStatement plan)
    {
        while (true)
        {
            try
            {
                session.Locks.LockRelations(plan.RelationLocks);
                portal.Cursor = session.Block.Open(portal, plan);
                portal.Keep(session.Portals);
                return;
            }
            catch (LockWaitNeededException need)
            {
                portal.Cursor?.Dispose();
                portal.Cursor = null;
                await session.Block.WaitForLockAsync(need).ConfigureAwait(false);
                plan = planner.Plan(portal.Statement)!;
                portal.Columns = plan.Columns;
            }
        }
    }

    /// <summary>34000 where there is none.</summary>
    public static Portal Find(SessionState session, string name) =>
        session.Portals.Find(name) ?? throw new SqlException(SqlState.UndefinedCursor, $"cursor \"{name}\" does not exist");

    /// <summary>Sends the next rows, in the portal's formats where the protocol named some; MOVE only counts them.</summary>
    public static string Fetch(SessionState session, Portal fetching, FetchSyntax fetch)
    {
        Portal cursor = Find(session, fetch.Cursor);
        long wanted = Wanted(fetch);
        long taken = 0;
        MessageBuffer output = session.Output.Buffer;
        if (!fetch.IsMove)
        {
            fetching.Columns = cursor.Columns;
            if (fetching.WithDescription)
            {
                fetching.Encoder.WriteDescription(output);
            }
        }

        TypeSettings settings = session.OutputSettings;
        while (taken < wanted && cursor.State == PortalState.Open)
        {
            if (!cursor.TryNext(out ReadOnlySpan<Datum> row))
            {
                cursor.State = PortalState.Done;
                break;
            }

            taken++;
            if (!fetch.IsMove)
            {
                (fetching.WithDescription ? cursor : fetching).Encoder.WriteRow(output, row, settings);
            }
        }

        return $"{(fetch.IsMove ? "MOVE" : "FETCH")} {taken}";
    }

    public static string Close(SessionState session, CloseCursorSyntax close)
    {
        if (close.Name is null)
        {
            session.Portals.Clear();
            return "CLOSE CURSOR ALL";
        }

        Find(session, close.Name);
        session.Portals.Remove(close.Name);
        return "CLOSE CURSOR";
    }

    private static long Wanted(FetchSyntax fetch) => fetch.Direction switch
    {
        FetchDirection.Forward when fetch.Count >= 0 => fetch.Count,
        FetchDirection.Relative when fetch.Count == 1 => 1,
        _ => throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "cursor can only scan forward") { Hint = "Declare it with SCROLL option to enable backward scan." },
    };
}
