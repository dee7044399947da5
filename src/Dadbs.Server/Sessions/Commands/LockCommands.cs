using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>LOCK TABLE: a lock of this node. What other nodes do meanwhile, replay finds out.</summary>
internal static class LockCommands
{
    public static async ValueTask<string> LockTableAsync(SessionState session, LockTableSyntax syntax)
    {
        if (session.Block.IsIdle) throw new SqlException(SqlState.NoActiveSqlTransaction, "LOCK TABLE can only be used in transaction blocks");
        foreach (NamedTableSyntax table in syntax.Tables)
        {
            foreach (RelationLock wanted in Meant(session, table, syntax.Mode)) await LockAsync(session, wanted, syntax.NoWait).ConfigureAwait(false);
        }

        return "LOCK TABLE";
    }

    private static async ValueTask LockAsync(SessionState session, RelationLock wanted, bool noWait)
    {
        while (true)
        {
            try
            {
                session.Locks.LockRelation(wanted, noWait);
                return;
            }
            catch (LockWaitNeededException need)
            {
                await session.Block.WaitForLockAsync(need).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The table, or those that a view reads.</summary>
    private static IEnumerable<RelationLock> Meant(SessionState session, NamedTableSyntax syntax, TableLockMode mode)
    {
        QualifiedNameSyntax name = syntax.Name;
        switch (session.Catalog.FindRelation(name.Schema, name.Name, session.SearchPath))
        {
            case null:
                throw new SqlException(SqlState.UndefinedTable, $"relation \"{name}\" does not exist");
            case TableDescriptor table:
                return [new RelationLock(table.Oid, table.Name, mode)];
            case ViewDescriptor view:
                string query = view.QueryText;
                return session.Prepare(query, SqlParser.Parse(query)[0]).RelationLocks.Select(used => used with { Mode = mode });
            case SequenceDescriptor sequence:
                throw new SqlException(SqlState.WrongObjectType, $"cannot lock relation \"{sequence.Name}\"") { Detail = "This operation is not supported for sequences." };
            case IndexDescriptor index:
                throw new SqlException(SqlState.WrongObjectType, $"cannot lock relation \"{index.Name}\"") { Detail = "This operation is not supported for indexes." };
            default:
                return [];
        }
    }
}
