using Dadbs.Sql.Parsing;

namespace Dadbs.Sql;

/// <summary>Which kind a statement without a plan is.</summary>
internal static class StatementKinds
{
    public static StatementKind Of(StatementSyntax syntax) => syntax switch
    {
        BeginSyntax => StatementKind.Begin,
        CommitSyntax => StatementKind.Commit,
        RollbackSyntax => StatementKind.Rollback,
        SavepointSyntax => StatementKind.Savepoint,
        ReleaseSavepointSyntax => StatementKind.ReleaseSavepoint,
        RollbackToSavepointSyntax => StatementKind.RollbackToSavepoint,
        TwoPhaseSyntax => StatementKind.PrepareTransaction,
        SetTransactionSyntax or SetConstraintsSyntax => StatementKind.SetTransaction,
        SetSyntax => StatementKind.Set,
        ResetSyntax => StatementKind.Reset,
        ShowSyntax => StatementKind.Show,
        DiscardSyntax => StatementKind.Discard,
        CopySyntax => StatementKind.Copy,
        PrepareSyntax => StatementKind.Prepare,
        ExecuteSyntax => StatementKind.Execute,
        DeallocateSyntax => StatementKind.Deallocate,
        DeclareCursorSyntax => StatementKind.DeclareCursor,
        FetchSyntax => StatementKind.Fetch,
        CloseCursorSyntax => StatementKind.CloseCursor,
        ListenSyntax => StatementKind.Listen,
        NotifySyntax => StatementKind.Notify,
        UnlistenSyntax => StatementKind.Unlisten,
        LockTableSyntax => StatementKind.LockTable,
        VacuumSyntax { IsVacuum: true } => StatementKind.Vacuum,
        VacuumSyntax => StatementKind.Analyze,
        _ => StatementKind.Definition,
    };

    /// <summary>Session statements change nothing that is replicated.</summary>
    public static bool IsReadOnly(StatementSyntax syntax) => Of(syntax) is not (StatementKind.Definition or StatementKind.Vacuum or StatementKind.Analyze or StatementKind.Copy);
}
