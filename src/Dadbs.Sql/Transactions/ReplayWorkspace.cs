using Dadbs.Sql.Rows;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// What one replay leaves for the next, of this block or a later one, so that it need not be made again. Nothing in it decides anything: a replay with an empty workspace has the
/// same outcome. One thread: that which executes blocks.
/// </summary>
internal sealed class ReplayWorkspace
{
    /// <summary>Settings built for earlier transactions.</summary>
    public CapturedSettings Settings { get; } = new();

    public CarriedTexts Texts { get; } = new();

    public ReplayPlans Plans { get; } = new();

    public RowScratch Rows { get; } = new();
}
