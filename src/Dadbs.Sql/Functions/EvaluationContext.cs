using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>
/// All that a function may see beside its arguments: the captured inputs, the session's settings, and the seams. One per statement, one thread.
/// Statements add the state they read (StatementContext). Times are µs since 2000-01-01 00:00 UTC.
/// </summary>
public class EvaluationContext
{
    private static readonly byte[] NoSeed = new byte[32];
    private static readonly string[] DefaultSearchPath = ["public"];

    public TypeSettings TypeSettings { get; set; } = TypeSettings.Default;

    /// <summary>now(), transaction_timestamp(), CURRENT_TIMESTAMP.</summary>
    public long TransactionTimeMicros { get; set; }

    /// <summary>statement_timestamp().</summary>
    public long StatementTimeMicros { get; set; }

    /// <summary>clock_timestamp(): captured like the others; a session may advance it between statements.</summary>
    public long ClockMicros { get; set; }

    /// <summary>What random() draws from: where it was not given, the stream of this statement of the transaction. Few statements ask.</summary>
    public SeedStream Random
    {
        get => field ??= new SeedStream(TransactionSeed ?? NoSeed, StatementIndex);
        set;
    }

    /// <summary>The transaction's captured seed, from which its id derives; null where a read is no part of one.</summary>
    public byte[]? TransactionSeed { get; set; }

    /// <summary>The statement's place in its transaction, from 0 on.</summary>
    public int StatementIndex { get; set; }

    public Budget Budget
    {
        get => field ??= new Budget();
        set;
    }

    public string CurrentUser { get; set; } = "dadbs";

    public string SessionUser { get; set; } = "dadbs";

    public string CurrentDatabase { get; set; } = "dadbs";

    /// <summary>The effective schemas in order, without the implicit pg_catalog and temporary ones.</summary>
    public IReadOnlyList<string> SearchPath { get; set; } = DefaultSearchPath;

    /// <summary>Null: only literal OIDs work for reg* types, and catalog functions answer NULL.</summary>
    public ICatalogLookup? Catalog { get; set; }

    public ISequenceSource? Sequences { get; set; }

    public ISettings? Settings { get; set; }

    public ISessionFacts? Session { get; set; }
}

/// <summary>nextval and its family. A missing sequence has been refused by regclass before.</summary>
public interface ISequenceSource
{
    long Next(uint sequenceOid);

    /// <summary>55000 when the session has not called nextval on it.</summary>
    long Current(uint sequenceOid);

    long Last();

    void Set(uint sequenceOid, long value, bool isCalled);

    /// <summary>The statement is about to write this many rows: as many values will be drawn of each sequence that fills a column.</summary>
    void Expect(long rows)
    {
    }
}

/// <summary>current_setting, set_config.</summary>
public interface ISettings
{
    /// <summary>Null: no such setting.</summary>
    string? Get(string name);

    /// <summary>Returns the value as SHOW will print it; 42704, 22023 as SET.</summary>
    string Set(string name, string? value, bool isLocal);
}

/// <summary>Facts of the local session: never part of a replicated statement's inputs.</summary>
public interface ISessionFacts
{
    int ProcessId { get; }

    string? ClientAddress { get; }

    int? ClientPort { get; }

    string? ServerAddress { get; }

    int? ServerPort { get; }

    string ServerVersion { get; }

    /// <summary>µs since 2000-01-01 UTC.</summary>
    long PostmasterStartMicros { get; }

    long ConfigurationLoadMicros { get; }

    /// <summary>What txid_current() is for reads outside of a transaction block.</summary>
    ulong CurrentTransactionId { get; }

    bool IsInRecovery { get; }

    /// <summary>pg_sleep: waits in local execution (57014 when cancelled), refuses in a replicated statement.</summary>
    void Sleep(double seconds);

    /// <summary>pg_blocking_pids: the sessions of this node for whose locks the session with this number waits, or behind whom it queues; each once.</summary>
    IReadOnlyList<int> BlockersOf(int processId);

    /// <summary>dadbs.transaction_status: committed, aborted, in progress; null for a transaction that this node has not seen.</summary>
    /// <param name="id">64 hexadecimal digits.</param>
    string? TransactionStatus(string id);
}
