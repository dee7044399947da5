using Dadbs.PgWire;
using Dadbs.Server.Sessions.Results;
using Dadbs.Sql;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>How far a portal has come.</summary>
internal enum PortalState
{
    Ready,

    /// <summary>Some rows were sent, more may follow.</summary>
    Open,

    Done,
}

/// <summary>Data of a COPY FROM STDIN that came to its end.</summary>
/// <param name="Lines">All lines.</param>
/// <param name="Sequences">OIDs of those that its defaults take from.</param>
/// <param name="RelationLocks">Tables that it uses.</param>
internal sealed record CopiedLines(byte[] Lines, IReadOnlyCollection<uint> Sequences, IReadOnlyList<RelationLock> RelationLocks);

/// <summary>
/// A bound statement on its way through execution: by Bind, by DECLARE CURSOR, or for one statement of a simple query. A portal lives at
/// most as long as its transaction.
/// </summary>
internal sealed class Portal : IDisposable
{
    private RowEncoder? _encoder;
    private Queue<Datum[]>? _kept;
    private Portals? _counted;
    private long _keptBytes;

    public required string Name { get; init; }

    public required SessionStatement Statement { get; init; }

    public Datum[] Parameters { get; init; } = [];

    public FormatCodes Formats { get; init; }

    public PortalState State { get; set; }

    /// <summary>The shape of its rows; for EXECUTE and FETCH that of what they stand for.</summary>
    public RowDescription? Columns
    {
        get;
        set
        {
            if (!ReferenceEquals(field, value)) _encoder = null;
            field = value;
        }
    }

    public StatementCursor? Cursor { get; set; }

    /// <summary>Simple query: rows are preceded by their description.</summary>
    public bool WithDescription { get; init; }

    /// <summary>COPY FROM STDIN: its data, once they are there.</summary>
    public CopiedLines? Copied { get; init; }

    /// <summary>What the client sent as parameters, in bytes.</summary>
    public long ParameterBytes { get; init; }

    /// <summary>What <see cref="Portals"/> counts for it.</summary>
    public long HeldBytes { get; set; }

    /// <summary>What CommandComplete says instead of SELECT n.</summary>
    public string? CompletionTag { get; set; }

    /// <summary>Formats of its values, as they were when its first row was sent.</summary>
    public TypeSettings? OutputSettings { get; set; }

    /// <summary>Rows given so far.</summary>
    public long RowsTaken { get; private set; }

    public RowEncoder Encoder => _encoder ??= new RowEncoder(Columns!, Formats);

    /// <summary>Steps to the next row, wherever it is.</summary>
    public bool TryNext(out ReadOnlySpan<Datum> row)
    {
        if (_kept is not null)
        {
            bool has = _kept.TryDequeue(out Datum[]? kept);
            row = kept;
            RowsTaken += has ? 1 : 0;
            return has;
        }

        if (Cursor is not null && Cursor.MoveNext())
        {
            row = Cursor.Current;
            RowsTaken++;
            return true;
        }

        row = default;
        return false;
    }

    /// <summary>
    /// Takes the rest of its rows into memory: the state beneath an open cursor is about to be written by its own transaction, and a
    /// portal shows what was there when it was opened.
    /// </summary>
    /// <param name="portals">Counts what is kept. 54000 when it is too much.</param>
    public void Keep(Portals portals)
    {
        if (_kept is not null || Cursor is null || State == PortalState.Done)
        {
            return;
        }

        var rows = new Queue<Datum[]>();
        long bytes = 0;
        while (Cursor.MoveNext())
        {
            ReadOnlySpan<Datum> current = Cursor.Current;
            var row = new Datum[current.Length];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = current[i].Detach();
                bytes += 16 + row[i].RetainedBytes;
            }

            if (portals.HeldBytes + bytes > Portals.BytesMax)
            {
                throw new SqlException(SqlState.ProgramLimitExceeded, $"an open cursor would keep more than {Portals.BytesMax} bytes in memory");
            }

            rows.Enqueue(row);
        }

        CompletionTag ??= Statement.Plan is { Kind: StatementKind.Query } or null ? null : Cursor.CommandTag;
        Cursor.Dispose();
        Cursor = null;
        _kept = rows;
        portals.Hold(this, bytes);
        (_counted, _keptBytes) = (portals, bytes);
    }

    /// <summary>Its transaction begins again, and so does it: nothing was sent.</summary>
    public void Restart()
    {
        Cursor?.Dispose();
        Cursor = null;
        _kept = null;
        _counted?.Hold(this, -_keptBytes);
        _keptBytes = 0;
        RowsTaken = 0;
        CompletionTag = null;
        State = PortalState.Ready;
    }

    /// <summary>Gives it rows that exist already (SHOW).</summary>
    public void Offer(IEnumerable<Datum[]> rows) => _kept = new Queue<Datum[]>(rows);

    public void Dispose()
    {
        Cursor?.Dispose();
        Cursor = null;
        _kept = null;
        State = PortalState.Done;
    }
}
