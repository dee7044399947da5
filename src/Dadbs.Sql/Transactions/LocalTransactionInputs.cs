using Dadbs.Sql.Catalog;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>What an explicit transaction captured at BEGIN, and how its statements get their context.</summary>
public sealed record LocalTransactionInputs
{
    public required CatalogCache Catalogs { get; init; }

    public required uint DatabaseOid { get; init; }

    /// <summary>now(): µs since 1970-01-01 UTC.</summary>
    public required long ClockMicros { get; init; }

    /// <summary>32 bytes, drawn at BEGIN.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>The session's settings; each statement is carried with those under which it ran.</summary>
    public required SessionSettings Settings { get; init; }

    /// <summary>
    /// The session's sequences: nextval takes from the node's leases, and every value is captured with its statement. A statement that finds no
    /// lease throws <see cref="SequenceLeaseNeededException"/>, undone as if it had not begun; the session has one granted and runs it again.
    /// </summary>
    public SessionSequences? Sequences { get; init; }

    /// <summary>Is given the notices of a statement that succeeded.</summary>
    public Action<SqlNotice> Tell { get; init; } = _ => { };

    /// <summary>Makes a statement's context with the captured inputs.</summary>
    public required StatementContextFactory NewContext { get; init; }
}

/// <param name="transaction">The transaction; its catalog is that of the statement.</param>
/// <param name="state">What the statement reads.</param>
/// <param name="writable">Where it writes; null: nowhere.</param>
/// <param name="parameters">$1, $2, …</param>
/// <param name="statementIndex">Its place among the carried statements: which stream of random values it draws from.</param>
public delegate StatementContext StatementContextFactory(
    LocalTransaction transaction, IReadView state, Overlay? writable, Datum[] parameters, int statementIndex);
