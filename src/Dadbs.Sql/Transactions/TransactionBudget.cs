using Dadbs.Sql.Functions;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// What the writing statements of one transaction may use up, the same in its session and at its place in the order: steps together, memory each. It
/// ends in 54000, so that no transaction holds up or fells the nodes that replay it. One thread.
/// </summary>
internal sealed class TransactionBudget
{
    private Budget? _last;

    /// <summary>The budget of the next statement: the steps that those before it left.</summary>
    public Budget Next(IInterrupt? interrupt) =>
        _last = new Budget(_last?.StepsLeft ?? TransactionLimits.StepsMax, TransactionLimits.StatementBytesMax, interrupt);
}
