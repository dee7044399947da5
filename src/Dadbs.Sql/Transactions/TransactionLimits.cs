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

    /// <summary>Sequence values that one statement captured; past it 54000.</summary>
    public const int CapturedSequenceValuesMax = 1 << 20;

    /// <summary>
    /// What rows written by one transaction may hold (<see cref="Storage.Overlay.HeldBytes"/>), in its session and in the replay; past it 54000. Indexes made over
    /// rows that exist, and rewritten tables, are not judged by it.
    /// </summary>
    public const long WrittenBytesMax = 512L << 20;

    /// <summary>
    /// Steps that the writing statements of one transaction may take together, in its session and in the replay, where nobody can cancel them; past it
    /// 54000. Some ten seconds of one processor: every node's blocks wait meanwhile.
    /// </summary>
    public const long StepsMax = 500_000_000;

    /// <summary>Memory that one writing statement may keep at a time, counted by formula; past it 54000.</summary>
    public const long StatementBytesMax = 1L << 30;

    /// <summary>Checks of one transaction that wait for its end; past it 54000.</summary>
    public const int DeferredChecksMax = 1 << 20;

    /// <summary>What those checks may hold together, counted by formula (<see cref="Statements.ConstraintEvent.HeldBytes"/>), in the transaction's session and in the replay; past it 54000.</summary>
    public const long DeferredBytesMax = 256L << 20;

    /// <summary>Savepoints of one transaction at a time; past it 54000.</summary>
    public const int SavepointsMax = 1 << 16;
}
