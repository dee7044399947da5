using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>BEGIN, COMMIT, ROLLBACK, savepoints, SET TRANSACTION: what each does in each state of the block, with PostgreSQL's warnings.</summary>
internal static class TransactionCommands
{
    public static string Begin(SessionState session, BeginSyntax begin)
    {
        if (session.Block.IsExplicit)
        {
            session.Notice(NoticeSeverity.Warning, SqlState.ActiveSqlTransaction, "there is already a transaction in progress");
        }
        else
        {
            session.Block.BeginExplicit();
        }

        Apply(session, begin.Modes);
        return begin.IsStart ? "START TRANSACTION" : "BEGIN";
    }

    public static async ValueTask<string> CommitAsync(SessionState session, CommitSyntax commit)
    {
        Characteristics? chained = Characteristics.Of(session);
        if (session.Block.IsFailed)
        {
            session.Block.Rollback();
            Chain(session, commit.AndChain, chained);
            return "ROLLBACK";
        }

        if (!session.Block.IsExplicit)
        {
            WarnNoTransaction(session, commit.AndChain, "COMMIT AND CHAIN");
        }

        await session.Block.CommitAsync().ConfigureAwait(false);
        Chain(session, commit.AndChain, chained);
        return "COMMIT";
    }

    public static string Rollback(SessionState session, RollbackSyntax rollback)
    {
        if (!session.Block.IsExplicit)
        {
            WarnNoTransaction(session, rollback.AndChain, "ROLLBACK AND CHAIN");
        }

        Characteristics? chained = Characteristics.Of(session);
        session.Block.Rollback();
        Chain(session, rollback.AndChain, chained);
        return "ROLLBACK";
    }

    public static string Savepoint(SessionState session, SavepointSyntax savepoint)
    {
        RequireBlock(session, "SAVEPOINT");
        session.Block.Savepoint(savepoint.Name);
        return "SAVEPOINT";
    }

    public static string Release(SessionState session, ReleaseSavepointSyntax release)
    {
        RequireBlock(session, "RELEASE SAVEPOINT");
        session.Block.Release(release.Name);
        return "RELEASE";
    }

    public static string RollbackTo(SessionState session, RollbackToSavepointSyntax rollback)
    {
        RequireBlock(session, "ROLLBACK TO SAVEPOINT");
        session.Block.RollbackTo(rollback.Name);
        return "ROLLBACK";
    }

    public static string SetTransaction(SessionState session, SetTransactionSyntax set)
    {
        if (set.Snapshot is not null)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "SET TRANSACTION SNAPSHOT is not supported", set.Position);
        }

        if (set.IsSession)
        {
            ApplyDefaults(session, set.Modes);
        }
        else if (session.Block.IsExplicit)
        {
            Apply(session, set.Modes);
        }
        else
        {
            session.Notice(NoticeSeverity.Warning, SqlState.NoActiveSqlTransaction, "SET TRANSACTION can only be used in transaction blocks");
        }

        return "SET";
    }

    /// <summary>SET CONSTRAINTS: outside a block there is nothing to set.</summary>
    public static string SetConstraints(SessionState session, SetConstraintsSyntax set, SessionStatement statement)
    {
        if (session.Block.Local is { } local) local.SetConstraints(set, statement.Text);
        else session.Notice(NoticeSeverity.Warning, SqlState.NoActiveSqlTransaction, "SET CONSTRAINTS can only be used in transaction blocks");
        return "SET CONSTRAINTS";
    }

    public static SqlException TwoPhase() => new(SqlState.ObjectNotInPrerequisiteState, "prepared transactions are disabled")
    {
        Hint = "Set max_prepared_transactions to a nonzero value.",
    };

    private static void Apply(SessionState session, TransactionModesSyntax modes)
    {
        if (modes.Isolation is { } isolation)
        {
            session.Settings.Set("transaction_isolation", NameOf(isolation), isLocal: true);
        }

        if (modes.IsReadOnly is { } isReadOnly)
        {
            session.Settings.Set("transaction_read_only", isReadOnly ? "on" : "off", isLocal: true);
        }

        if (modes.IsDeferrable is { } isDeferrable)
        {
            session.Settings.Set("transaction_deferrable", isDeferrable ? "on" : "off", isLocal: true);
        }
    }

    private static void ApplyDefaults(SessionState session, TransactionModesSyntax modes)
    {
        if (modes.Isolation is { } isolation)
        {
            session.Settings.Set("default_transaction_isolation", NameOf(isolation), isLocal: false);
        }

        if (modes.IsReadOnly is { } isReadOnly)
        {
            session.Settings.Set("default_transaction_read_only", isReadOnly ? "on" : "off", isLocal: false);
        }

        if (modes.IsDeferrable is { } isDeferrable)
        {
            session.Settings.Set("default_transaction_deferrable", isDeferrable ? "on" : "off", isLocal: false);
        }
    }

    private static string NameOf(IsolationLevel level) => level switch
    {
        IsolationLevel.ReadUncommitted => "read uncommitted",
        IsolationLevel.ReadCommitted => "read committed",
        IsolationLevel.RepeatableRead => "repeatable read",
        IsolationLevel.Serializable => "serializable",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>AND CHAIN: the next transaction has the characteristics of the one that ended.</summary>
    private static void Chain(SessionState session, bool chain, Characteristics? characteristics)
    {
        if (!chain)
        {
            return;
        }

        session.Block.BeginExplicit();
        characteristics?.Apply(session);
    }

    /// <summary>A transaction that has failed has lost its own; the next one begins with the defaults.</summary>
    private sealed record Characteristics(string Isolation, string ReadOnly, string Deferrable)
    {
        public static Characteristics? Of(SessionState session) => session.Block.IsFailed ? null : new(
            session.Settings.Show("transaction_isolation"), session.Settings.Show("transaction_read_only"), session.Settings.Show("transaction_deferrable"));

        public void Apply(SessionState session)
        {
            session.Settings.Set("transaction_isolation", Isolation, isLocal: true);
            session.Settings.Set("transaction_read_only", ReadOnly, isLocal: true);
            session.Settings.Set("transaction_deferrable", Deferrable, isLocal: true);
        }
    }

    private static void RequireBlock(SessionState session, string verb)
    {
        if (!session.Block.IsExplicit)
        {
            throw new SqlException(SqlState.NoActiveSqlTransaction, $"{verb} can only be used in transaction blocks");
        }
    }

    private static void WarnNoTransaction(SessionState session, bool chain, string chainVerb)
    {
        if (chain)
        {
            throw new SqlException(SqlState.NoActiveSqlTransaction, $"{chainVerb} can only be used in transaction blocks");
        }

        session.Notice(NoticeSeverity.Warning, SqlState.NoActiveSqlTransaction, "there is no transaction in progress");
    }
}
