namespace Dadbs.Sql.Transactions;

/// <summary>What sort of transaction a body describes.</summary>
public enum TransactionKind : byte
{
    /// <summary>Its statements are executed for the first time at their place in the order; the submitting session answers from that.</summary>
    OrderedFirst = 1,

    /// <summary>Its statements were executed by a session already; the replay must meet the same outcomes or the whole aborts with 40001.</summary>
    Explicit = 2,

    /// <summary>The node's own business: sequence leases taken and given back.</summary>
    Leases = 3,
}

/// <summary>
/// The opaque body of a signed transaction: statements to re-execute, and every input that is not in the replicated state. Encoded by
/// <see cref="TransactionBodyCodec"/> (docs/formats.md). Immutable.
/// </summary>
public sealed record TransactionBody
{
    public const byte CurrentFormatVersion = 2;

    public byte FormatVersion { get; init; } = CurrentFormatVersion;

    public required TransactionKind Kind { get; init; }

    public TransactionIsolation Isolation { get; init; } = TransactionIsolation.ReadCommitted;

    /// <summary>The database whose relations the statements name.</summary>
    public required uint DatabaseOid { get; init; }

    /// <summary>The height from which on the footprint must not have changed: that of the snapshot that an upper isolation level read, or of the newest at which locked tables were looked at; 0 without a footprint under READ COMMITTED.</summary>
    public long SnapshotHeight { get; init; }

    /// <summary>What now() is: µs since 1970-01-01 UTC, bounded by block time (docs/consensus.md, X1b).</summary>
    public required long ClockMicros { get; init; }

    /// <summary>32 bytes, drawn by the submitter: random(), gen_random_uuid(), xmin and txid_current() derive from it.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>Settings that change meaning, and all custom ones, that differ from their defaults; ordered by name.</summary>
    public IReadOnlyList<CapturedSetting> Settings { get; init; } = [];

    public IReadOnlyList<CarriedStatement> Statements { get; init; } = [];

    /// <summary>Rows that reads relied on, in the order in which the replay checks them (<see cref="RowAssertion.BeforeStatement"/> does not descend).</summary>
    public IReadOnlyList<RowAssertion> Assertions { get; init; } = [];

    /// <summary>The key ranges that an upper isolation level scanned; under READ COMMITTED the whole tables that LOCK TABLE holds. Ordered by relation, then key; disjoint, none touching the next.</summary>
    public IReadOnlyList<FootprintRange> Footprint { get; init; } = [];

    public IReadOnlyList<LeaseRequest> LeaseRequests { get; init; } = [];

    public IReadOnlyList<LeaseReturn> LeaseReturns { get; init; } = [];
}

public sealed record CapturedSetting(string Name, string Value);

/// <summary>One statement of a transaction, bound at its place, after its predecessors.</summary>
public sealed record CarriedStatement
{
    public required string Text { get; init; }

    /// <summary>OIDs of the declared types of $1, $2, …</summary>
    public IReadOnlyList<uint> ParameterTypes { get; init; } = [];

    /// <summary>Canonical binary of those types; null is NULL.</summary>
    public IReadOnlyList<byte[]?> Parameters { get; init; } = [];

    /// <summary>16 bytes: <see cref="OutcomeDigest"/> of what the session was answered. Null in an ordered-first transaction.</summary>
    public byte[]? Digest { get; init; }

    /// <summary>OIDs of the result types that the session described to its client; null if it described nothing. Another result: 0A000.</summary>
    public IReadOnlyList<uint>? ExpectedTypes { get; init; }

    public IReadOnlyList<CapturedSequenceValue> SequenceValues { get; init; } = [];

    /// <summary>
    /// All captured settings from this statement on, where SET came between it and the one before (<see cref="TransactionBody.Settings"/> for the
    /// first); null: the same.
    /// </summary>
    public IReadOnlyList<CapturedSetting>? Settings { get; init; }

    /// <summary>Rows of COPY FROM STDIN in COPY's text format, as the client sent them; null for other statements.</summary>
    public byte[]? CopyLines { get; init; }

    /// <summary>
    /// Rows that the session's execution chose where the choice was not the statement's alone (a locking read or DML under LIMIT or SKIP LOCKED). The
    /// replay takes these instead of choosing. Ascending by <see cref="Transactions.CapturedKeys.Place"/>.
    /// </summary>
    public IReadOnlyList<CapturedKeys> CapturedKeys { get; init; } = [];
}

/// <summary>Where a captured sequence value came from.</summary>
public enum SequenceCapture : byte
{
    /// <summary>nextval out of a lease of the submitting node.</summary>
    LeasedNext = 1,

    /// <summary>currval, by value.</summary>
    Current = 2,

    /// <summary>lastval, by value; the OID is that of the sequence it came from.</summary>
    Last = 3,

    /// <summary>setval, which was ordered by itself before: the replay leaves the counter alone.</summary>
    Set = 4,
}

public sealed record CapturedSequenceValue(SequenceCapture Kind, uint SequenceOid, long Value);

/// <summary>
/// The keys of one relation that one place of a statement's plan chose, in the order in which it chose them. An empty list says that it chose nothing.
/// </summary>
/// <param name="Place">Which choosing operator of the plan, counted from 0 in the plan's printed order.</param>
/// <param name="Database">The relation's database.</param>
/// <param name="File">The relation's file: a table's rows.</param>
/// <param name="Keys">Row keys.</param>
public sealed record CapturedKeys(int Place, uint Database, uint File, IReadOnlyList<byte[]> Keys);

/// <summary>
/// A row that a read relied on: checked when <paramref name="BeforeStatement"/> carried statements have been replayed, on what the transaction sees
/// then. Another image: 40001.
/// </summary>
/// <param name="BeforeStatement">How many carried statements come before it; at most their number.</param>
/// <param name="Database">The relation's database.</param>
/// <param name="File">The relation's file.</param>
/// <param name="Key">The row's key; null: all that the transaction itself wrote in the relation up to there.</param>
/// <param name="ImageDigest"><see cref="RowImage"/>: 16 bytes; empty: the key was absent.</param>
public sealed record RowAssertion(int BeforeStatement, uint Database, uint File, byte[]? Key, byte[] ImageDigest);

/// <summary>A range of keys that was scanned, low inclusive, high exclusive; null is open.</summary>
public sealed record FootprintRange(uint Database, uint File, byte[]? Low, byte[]? High);

/// <summary>Takes <paramref name="Count"/> values off a sequence's counter for the submitting node.</summary>
public sealed record LeaseRequest(uint SequenceOid, int Count)
{
    /// <summary>The most values of one lease.</summary>
    public const int CountMax = 1024;
}

/// <summary>
/// Gives back the unused tail of a lease, from <paramref name="FirstUnused"/> on; or says that nothing of it will be spent any more. It holds
/// whatever becomes of the transaction that brings it.
/// </summary>
public sealed record LeaseReturn(uint SequenceOid, long LeaseStart, long FirstUnused, bool IsOver = false);
