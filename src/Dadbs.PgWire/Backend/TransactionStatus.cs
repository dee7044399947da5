namespace Dadbs.PgWire.Backend;

/// <summary>The byte of ReadyForQuery.</summary>
public enum TransactionStatus : byte
{
    /// <summary>Not in an explicit transaction.</summary>
    Idle = (byte)'I',

    InTransaction = (byte)'T',

    /// <summary>In an explicit transaction that failed: everything but its end is refused (25P02).</summary>
    Failed = (byte)'E',
}
