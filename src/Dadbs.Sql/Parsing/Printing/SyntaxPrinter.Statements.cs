using System.Diagnostics;
using System.Globalization;

namespace Dadbs.Sql.Parsing;

public sealed partial class SyntaxPrinter
{
    private SyntaxPrinter Statement(StatementSyntax statement) => statement switch
    {
        QuerySyntax query => Query(query),
        InsertSyntax insert => Insert(insert),
        UpdateSyntax update => Update(update),
        DeleteSyntax delete => Delete(delete),
        CreateTableSyntax create => CreateTable(create),
        CreateTableAsSyntax create => CreateTableAs(create),
        CreateIndexSyntax create => CreateIndex(create),
        CreateViewSyntax create => CreateView(create),
        CreateSequenceSyntax create => Write("CREATE ").Persistence(create.Persistence).Write("SEQUENCE ").WriteIf(create.IfNotExists, "IF NOT EXISTS ").Name(create.Name)
            .WriteIf(create.Options.Count > 0, " ").SequenceOptions(create.Options),
        CreateSchemaSyntax create => CreateSchema(create),
        CreateFunctionSyntax create => CreateFunction(create),
        CreateRoleSyntax create => CreateRole(create),
        CreateDatabaseSyntax create => Write("CREATE DATABASE ").Id(create.Name).DatabaseOptions(create.Options),
        CreateEnumSyntax create => Write("CREATE TYPE ").Name(create.Name).Write(" AS ENUM ").Parenthesized(create.Labels, l => Write(Literal(l))),
        CreateCompositeTypeSyntax create => Write("CREATE TYPE ").Name(create.Name).Write(" AS ").Parenthesized(create.Columns, c => Column(c)),
        CreateDomainSyntax create => CreateDomain(create),
        AlterTableSyntax alter => AlterTable(alter),
        AlterSequenceSyntax alter => Write("ALTER SEQUENCE ").WriteIf(alter.IfExists, "IF EXISTS ").Name(alter.Name).Write(" ").SequenceOptions(alter.Options),
        AlterRoleSyntax alter => AlterRole(alter),
        AlterRoleSettingSyntax alter => AlterRoleSetting(alter),
        AlterDatabaseSyntax alter => Write("ALTER DATABASE ").Id(alter.Name).DatabaseOptions(alter.Options),
        AlterDatabaseSettingSyntax alter => Write("ALTER DATABASE ").Id(alter.Name).Write(" ").Statement(alter.Setting),
        AddEnumValueSyntax add => AddEnumValue(add),
        RenameEnumValueSyntax rename => Write("ALTER TYPE ").Name(rename.Name).Write(" RENAME VALUE ").Write(Literal(rename.OldLabel)).Write(" TO ").Write(Literal(rename.NewLabel)),
        RenameSyntax rename => Rename(rename),
        SetSchemaSyntax set => SetSchema(set),
        ChangeObjectOwnerSyntax change => Write("ALTER ").Write(Word(change.Kind)).Write(" ").Object(change.Target).Write(" OWNER TO ").Role(change.NewOwner),
        DropSyntax drop => Drop(drop),
        DropRoleSyntax drop => Write("DROP ROLE ").WriteIf(drop.IfExists, "IF EXISTS ").Roles(drop.Roles),
        DropDatabaseSyntax drop => Write("DROP DATABASE ").WriteIf(drop.IfExists, "IF EXISTS ").Id(drop.Name).WriteIf(drop.Options.Count > 0, " WITH (FORCE)"),
        CommentSyntax comment => Comment(comment),
        TruncateSyntax truncate => Truncate(truncate),
        GrantSyntax grant => Grant(grant),
        GrantRoleSyntax grant => GrantRole(grant),
        RefreshMaterializedViewSyntax refresh => Write("REFRESH MATERIALIZED VIEW ").WriteIf(refresh.IsConcurrent, "CONCURRENTLY ").Name(refresh.Name).WriteIf(refresh.WithNoData, " WITH NO DATA"),
        CallSyntax call => Write("CALL ").Expression(call.Call),
        DoSyntax @do => Write("DO ").Write(Literal(@do.Body)).Write(@do.Language is null ? "" : " LANGUAGE " + Identifier(@do.Language)),
        _ => SessionStatement(statement),
    };

    private SyntaxPrinter SessionStatement(StatementSyntax statement) => statement switch
    {
        BeginSyntax begin => Write(begin.IsStart ? "START TRANSACTION" : "BEGIN").Modes(begin.Modes),
        CommitSyntax commit => Write(commit.AndChain ? "COMMIT AND CHAIN" : "COMMIT"),
        RollbackSyntax rollback => Write(rollback.AndChain ? "ROLLBACK AND CHAIN" : "ROLLBACK"),
        SavepointSyntax savepoint => Write("SAVEPOINT ").Id(savepoint.Name),
        ReleaseSavepointSyntax release => Write("RELEASE SAVEPOINT ").Id(release.Name),
        RollbackToSavepointSyntax rollback => Write("ROLLBACK TO SAVEPOINT ").Id(rollback.Name),
        TwoPhaseSyntax two => Write(two.Action == TwoPhaseAction.Prepare ? "PREPARE TRANSACTION" : two.Action == TwoPhaseAction.Commit ? "COMMIT PREPARED" : "ROLLBACK PREPARED").Write(" ").Write(Literal(two.Gid)),
        SetTransactionSyntax { Snapshot: { } snapshot } => Write("SET TRANSACTION SNAPSHOT ").Write(Literal(snapshot)),
        SetTransactionSyntax set => Write(set.IsSession ? "SET SESSION CHARACTERISTICS AS TRANSACTION" : "SET TRANSACTION").Modes(set.Modes),
        SetConstraintsSyntax set => SetConstraints(set),
        SetSyntax set => Setting(set),
        ResetSyntax reset => Write("RESET ").SettingName(reset.Name),
        ShowSyntax show => Write("SHOW ").SettingName(show.Name),
        DiscardSyntax discard => Write("DISCARD ").Write(discard.Target.ToString().ToUpperInvariant()),
        PrepareSyntax prepare => Prepare(prepare),
        ExecuteSyntax execute => ExecuteStatement(execute),
        DeallocateSyntax deallocate => Write("DEALLOCATE ").Write(deallocate.Name is null ? "ALL" : Identifier(deallocate.Name)),
        DeclareCursorSyntax declare => Declare(declare),
        FetchSyntax fetch => Fetch(fetch),
        CloseCursorSyntax close => Write("CLOSE ").Write(close.Name is null ? "ALL" : Identifier(close.Name)),
        CopySyntax copy => Copy(copy),
        ExplainSyntax explain => Write("EXPLAIN ").Options(explain.Options, " ").Statement(explain.Statement),
        VacuumSyntax vacuum => Vacuum(vacuum),
        ReindexSyntax reindex => Reindex(reindex),
        ClusterSyntax cluster => Cluster(cluster),
        LockTableSyntax locks => Write("LOCK TABLE ").List(locks.Tables, t => Table(t)).Write(" IN ").Write(LockWords(locks.Mode)).Write(" MODE").WriteIf(locks.NoWait, " NOWAIT"),
        ListenSyntax listen => Write("LISTEN ").Id(listen.Channel),
        UnlistenSyntax unlisten => Write("UNLISTEN ").Write(unlisten.Channel is null ? "*" : Identifier(unlisten.Channel)),
        NotifySyntax notify => Write("NOTIFY ").Id(notify.Channel).Write(notify.Payload is null ? "" : ", " + Literal(notify.Payload)),
        CheckpointSyntax => Write("CHECKPOINT"),
        LoadSyntax load => Write("LOAD ").Write(Literal(load.FileName)),
        _ => throw new UnreachableException(statement.GetType().Name),
    };

    private SyntaxPrinter CreateDomain(CreateDomainSyntax create)
    {
        Write("CREATE DOMAIN ").Name(create.Name).Write(" AS ").Type(create.Type);
        if (create.Collation is not null) Write(" COLLATE ").Name(create.Collation);
        foreach (var constraint in create.Constraints) Write(" ").Constraint(constraint);
        return this;
    }

    private SyntaxPrinter AddEnumValue(AddEnumValueSyntax add)
    {
        Write("ALTER TYPE ").Name(add.Name).Write(" ADD VALUE ").WriteIf(add.IfNotExists, "IF NOT EXISTS ").Write(Literal(add.Label));
        if (add.Before is not null) Write(" BEFORE ").Write(Literal(add.Before));
        return add.After is null ? this : Write(" AFTER ").Write(Literal(add.After));
    }

    private SyntaxPrinter AlterRoleSetting(AlterRoleSettingSyntax alter)
    {
        Write("ALTER ROLE ");
        if (alter.Role is null) Write("ALL");
        else Role(alter.Role);
        if (alter.Database is not null) Write(" IN DATABASE ").Id(alter.Database);
        return Write(" ").Statement(alter.Setting);
    }

    private SyntaxPrinter Modes(TransactionModesSyntax modes)
    {
        var separator = " ";
        void Mode(string text)
        {
            Write(separator).Write(text);
            separator = ", ";
        }

        if (modes.Isolation is { } isolation)
        {
            Mode("ISOLATION LEVEL " + isolation switch
            {
                IsolationLevel.ReadUncommitted => "READ UNCOMMITTED",
                IsolationLevel.ReadCommitted => "READ COMMITTED",
                IsolationLevel.RepeatableRead => "REPEATABLE READ",
                _ => "SERIALIZABLE",
            });
        }

        if (modes.IsReadOnly is { } readOnly) Mode(readOnly ? "READ ONLY" : "READ WRITE");
        if (modes.IsDeferrable is { } deferrable) Mode(deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
        return this;
    }

    private SyntaxPrinter SetConstraints(SetConstraintsSyntax set)
    {
        Write("SET CONSTRAINTS ");
        if (set.Names.Count == 0) Write("ALL");
        else List(set.Names, n => Name(n));
        return Write(set.IsDeferred ? " DEFERRED" : " IMMEDIATE");
    }

    private SyntaxPrinter Setting(SetSyntax set)
    {
        Write("SET ").WriteIf(set.Scope == SettingScope.Local, "LOCAL ");
        // Only TIME ZONE takes an interval.
        if (set.Values is [CastSyntax interval]) return Write("TIME ZONE ").Expression(interval);
        SettingName(set.Name).Write(set.FromCurrent ? " FROM CURRENT" : " TO ");
        if (set.FromCurrent) return this;
        return set.IsDefault ? Write("DEFAULT") : Expressions(set.Values);
    }

    private SyntaxPrinter SettingName(string? name) => name is null ? Write("ALL") : Write(string.Join('.', name.Split('.').Select(Identifier)));

    private SyntaxPrinter Prepare(PrepareSyntax prepare)
    {
        Write("PREPARE ").Id(prepare.Name);
        if (prepare.ParameterTypes.Count > 0) Write(" ").Parenthesized(prepare.ParameterTypes, t => Type(t));
        return Write(" AS ").Statement(prepare.Body);
    }

    private SyntaxPrinter ExecuteStatement(ExecuteSyntax execute)
    {
        Write("EXECUTE ").Id(execute.Name);
        return execute.Arguments.Count == 0 ? this : Write(" (").Expressions(execute.Arguments).Write(")");
    }

    private SyntaxPrinter Declare(DeclareCursorSyntax declare) => Write("DECLARE ").Id(declare.Name).WriteIf(declare.IsBinary, " BINARY").WriteIf(declare.IsInsensitive, " INSENSITIVE")
        .WriteIf(declare.IsAsensitive, " ASENSITIVE").WriteIf(declare.IsScroll == true, " SCROLL").WriteIf(declare.IsScroll == false, " NO SCROLL").Write(" CURSOR")
        .WriteIf(declare.WithHold, " WITH HOLD").Write(" FOR ").Query(declare.Query);

    private SyntaxPrinter Fetch(FetchSyntax fetch) => Write(fetch.IsMove ? "MOVE " : "FETCH ").Write(fetch.Direction.ToString().ToUpperInvariant()).Write(" ")
        .Write(fetch.Count == FetchSyntax.All ? "ALL" : fetch.Count.ToString(NumberFormatInfo.InvariantInfo)).Write(" FROM ").Id(fetch.Cursor);

    private SyntaxPrinter Copy(CopySyntax copy)
    {
        Write("COPY ");
        if (copy.Query is not null) Write("(").Statement(copy.Query).Write(")");
        else Name(copy.Table!).NamesIfAny(copy.Columns);
        Write(copy.IsFrom ? " FROM " : " TO ").WriteIf(copy.IsProgram, "PROGRAM ").Write(copy.FileName is null ? copy.IsFrom ? "STDIN" : "STDOUT" : Literal(copy.FileName));
        Write(copy.Options.Count > 0 ? " WITH " : "").Options(copy.Options, "");
        return copy.Where is null ? this : Write(" WHERE ").Expression(copy.Where);
    }

    private SyntaxPrinter Options(IReadOnlyList<OptionSyntax> options, string after)
    {
        if (options.Count == 0) return this;
        return Parenthesized(options, o =>
        {
            // An option's name may be a reserved word (ANALYZE, NULL), which quotes would not change.
            Id(o.Name);
            if (o.Value is not null) Write(" ").Expression(o.Value);
        }).Write(after);
    }

    private SyntaxPrinter Vacuum(VacuumSyntax vacuum)
    {
        Write(vacuum.IsVacuum ? "VACUUM" : "ANALYZE").WriteIf(vacuum.Options.Count > 0, " ").Options(vacuum.Options, "");
        return vacuum.Targets.Count == 0 ? this : Write(" ").List(vacuum.Targets, t => Name(t.Table).NamesIfAny(t.Columns));
    }

    private SyntaxPrinter Reindex(ReindexSyntax reindex)
    {
        Write("REINDEX ").Options(reindex.Options, " ").Write(reindex.Target.ToString().ToUpperInvariant()).Write(" ");
        return Name(reindex.Name!);
    }

    private SyntaxPrinter Cluster(ClusterSyntax cluster)
    {
        Write("CLUSTER").WriteIf(cluster.Options.Count > 0, " ").Options(cluster.Options, "");
        if (cluster.Table is not null) Write(" ").Name(cluster.Table);
        return cluster.Index is null ? this : Write(" USING ").Id(cluster.Index);
    }

    private static string LockWords(TableLockMode mode) => mode switch
    {
        TableLockMode.AccessShare => "ACCESS SHARE",
        TableLockMode.RowShare => "ROW SHARE",
        TableLockMode.RowExclusive => "ROW EXCLUSIVE",
        TableLockMode.ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
        TableLockMode.Share => "SHARE",
        TableLockMode.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
        TableLockMode.Exclusive => "EXCLUSIVE",
        _ => "ACCESS EXCLUSIVE",
    };
}
