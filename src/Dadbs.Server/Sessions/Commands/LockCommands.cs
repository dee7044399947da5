using Dadbs.Server.Locks;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>
/// LOCK TABLE: a lock of this node. From SHARE on it excludes writers: what those of other nodes do to the table before the transaction's place in the order, the replay finds out (40001).
/// </summary>
internal static class LockCommands
{
    public static async ValueTask<string> LockTableAsync(SessionState session, LockTableSyntax syntax)
    {
        if (session.Block.IsIdle) throw new SqlException(SqlState.NoActiveSqlTransaction, "LOCK TABLE can only be used in transaction blocks");
        List<RelationLock> locked = [];
        foreach (NamedTableSyntax table in syntax.Tables)
        {
            RelationLock[] wanted = [.. Meant(session, table, syntax.Mode)];
            await session.Block.LockRelationsAsync(wanted, syntax.NoWait).ConfigureAwait(false);
            locked.AddRange(wanted);
        }

        if (locked.Count > 0 && ExcludesWriters(syntax.Mode)) await session.Block.KeepUnchangedAsync(locked).ConfigureAwait(false);
        return "LOCK TABLE";
    }

    private static bool ExcludesWriters(TableLockMode mode) => (LockModes.ConflictsOf(isRow: false, LockModes.Bit(mode)) & LockModes.Bit(TableLockMode.RowExclusive)) != 0;

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
