namespace Dadbs.Sql.Transactions;

/// <summary>
/// The isolation a transaction asked for. READ UNCOMMITTED is READ COMMITTED, as in PostgreSQL; REPEATABLE READ and SERIALIZABLE are both strictly serializable.
/// </summary>
public enum TransactionIsolation : byte
{
    ReadUncommitted = 0,
    ReadCommitted = 1,
    RepeatableRead = 2,
    Serializable = 3,
}
