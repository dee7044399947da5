namespace Dadbs.Sql.Transactions;

/// <summary>How much a transaction's body may rely on. The decoder refuses more, so that checking it stays bounded.</summary>
public static class TransactionLimits
{
    /// <summary>Rows asserted. A session that meets more of its own rows asserts whole relations instead (<see cref="RowAssertion.Key"/> null).</summary>
    public const int AssertionsMax = 1 << 16;

    /// <summary>Ranges of a footprint. A session that scanned more coarsens them, at last to whole relations, which is safe.</summary>
    public const int FootprintRangesMax = 1 << 12;

    /// <summary>Keys that one place of a statement's plan chose; past it 54000.</summary>
    public const int CapturedKeysMax = 1 << 18;
}
