namespace Dadbs.Sql.Functions;

/// <summary>
/// What one statement may use up: steps of inner loops and bytes of memory, counted by formula and therefore equal on every node. Past it the
/// statement ends with 54000.
/// </summary>
public sealed class Budget
{
    public const long DefaultSteps = 100_000_000_000;
    public const long DefaultBytes = 1L << 32;

    /// <summary>PostgreSQL's MaxAllocSize: no single value is larger.</summary>
    public const long ValueBytesMax = 0x3FFFFFFF;

    private long _steps;
    private long _bytes;
    private long _untilInterrupt = InterruptInterval;
    private const long InterruptInterval = 65_536;

    public Budget(long steps = DefaultSteps, long bytes = DefaultBytes, IInterrupt? interrupt = null)
    {
        _steps = steps;
        _bytes = bytes;
        Interrupt = interrupt;
    }

    public IInterrupt? Interrupt { get; }

    public long StepsLeft => _steps;

    public long BytesLeft => _bytes;

    /// <summary>Counts work; asks the interrupt now and then.</summary>
    public void Step(long count = 1)
    {
        if ((_steps -= count) < 0)
            throw new SqlException(SqlState.ProgramLimitExceeded, "statement exceeds its budget of steps");
        if ((_untilInterrupt -= count) < 0)
        {
            _untilInterrupt = InterruptInterval;
            Interrupt?.ThrowIfRequested();
        }
    }

    /// <summary>Counts memory that the statement keeps.</summary>
    public void Allocate(long bytes)
    {
        if ((_bytes -= bytes) < 0)
            throw new SqlException(SqlState.ProgramLimitExceeded, "statement exceeds its budget of memory");
    }

    public void Release(long bytes) => _bytes += bytes;

    /// <summary>Refuses one value that would be larger than any may be.</summary>
    public static void CheckValueLength(long bytes)
    {
        if (bytes > ValueBytesMax)
            throw new SqlException(SqlState.ProgramLimitExceeded, "requested length too large");
    }
}

/// <summary>Timeout and cancel, for local execution only: replicated execution has none.</summary>
public interface IInterrupt
{
    /// <summary>Throws 57014 when the statement was cancelled or ran out of time.</summary>
    void ThrowIfRequested();
}
