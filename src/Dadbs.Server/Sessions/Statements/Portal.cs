using Dadbs.PgWire;
using Dadbs.Server.Sessions.Results;
using Dadbs.Sql;
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

/// <summary>
/// A bound statement on its way through execution: by Bind, by DECLARE CURSOR, or for one statement of a simple query. A portal lives at
/// most as long as its transaction.
/// </summary>
internal sealed class Portal : IDisposable
{
    private RowEncoder? _encoder;
    private Queue<Datum[]>? _kept;

    public required string Name { get; init; }

    public required SessionStatement Statement { get; init; }

    public Datum[] Parameters { get; init; } = [];

    public FormatCodes Formats { get; init; }

    public PortalState State { get; set; }

    /// <summary>The shape of its rows; for EXECUTE and FETCH that of what they stand for.</summary>
    public RowDescription? Columns { get; set; }

    public StatementCursor? Cursor { get; set; }

    /// <summary>Simple query: rows are preceded by their description.</summary>
    public bool WithDescription { get; init; }

    /// <summary>The client was told the result's types, so they must not be others when it is executed elsewhere.</summary>
    public bool IsDescribed { get; set; }

    /// <summary>The transaction block that it was opened in, to know when it ended; 0 outside of blocks.</summary>
    public long BlockNumber { get; init; }

    public RowEncoder Encoder => _encoder ??= new RowEncoder(Columns!, Formats);

    /// <summary>Steps to the next row, wherever it is.</summary>
    public bool TryNext(out ReadOnlySpan<Datum> row)
    {
        if (_kept is not null)
        {
            bool has = _kept.TryDequeue(out Datum[]? kept);
            row = kept;
            return has;
        }

        if (Cursor is not null && Cursor.MoveNext())
        {
            row = Cursor.Current;
            return true;
        }

        row = default;
        return false;
    }

    /// <summary>
    /// Takes the rest of its rows into memory: the state beneath an open cursor is about to be written by its own transaction, and a
    /// portal shows what was there when it was opened.
    /// </summary>
    public void Keep(Action<long> countBytes)
    {
        if (_kept is not null || Cursor is null || State == PortalState.Done)
        {
            return;
        }

        var rows = new Queue<Datum[]>();
        while (Cursor.MoveNext())
        {
            ReadOnlySpan<Datum> current = Cursor.Current;
            var row = new Datum[current.Length];
            long bytes = row.Length * 16L;
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = current[i].Detach();
                bytes += row[i].RetainedBytes;
            }

            countBytes(bytes);
            rows.Enqueue(row);
        }

        Cursor.Dispose();
        Cursor = null;
        _kept = rows;
    }

    public void Dispose()
    {
        Cursor?.Dispose();
        Cursor = null;
        _kept = null;
        State = PortalState.Done;
    }
}
