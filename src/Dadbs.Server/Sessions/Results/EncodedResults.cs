using Dadbs.PgWire;
using Dadbs.PgWire.Backend;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Results;

/// <summary>How the answer to one statement of an ordered transaction is to be written.</summary>
/// <param name="Formats">Formats of its columns.</param>
/// <param name="WithDescription">Simple query: a RowDescription goes before the rows.</param>
internal readonly record struct AnswerForm(FormatCodes Formats, bool WithDescription);

/// <summary>
/// Encodes the answers of an ordered transaction while it is executed, once, in the formats of its client. Written on the apply thread;
/// read by the session after the outcome is known. Nothing that happens here may fail the statement: a result that cannot be kept (no
/// room on disk) is remembered as <see cref="Failure"/> and reported instead of the answer.
/// </summary>
internal sealed class EncodedResults : IResultObserver, IDisposable
{
    private readonly ResultSpool _spool = new();
    private readonly List<long> _ends = [];
    private readonly IReadOnlyList<AnswerForm> _forms;
    private readonly TypeSettings _settings;
    private readonly SessionSequences _sequences;
    private RowEncoder? _encoder;
    private bool _isVoid;

    // Few transactions use sequences.
    private List<(uint Sequence, long Value)>? _taken;
    private List<(LeaseReturn Tail, long Increment, int Count)>? _kept;

    public EncodedResults(IReadOnlyList<AnswerForm> forms, TypeSettings settings, SessionSequences sequences)
    {
        _sequences = sequences;
        _forms = forms;
        _settings = settings;
    }

    /// <summary>How many statements were answered in full.</summary>
    public int Completed => _ends.Count;

    /// <summary>Why answers are missing although the statements were executed.</summary>
    public Exception? Failure { get; private set; }

    public void Begin()
    {
        _ends.Clear();
        _taken?.Clear();
        _kept?.Clear();
        Failure = null;
        try
        {
            if (_spool.Length > 0) _spool.Clear();
        }
        catch (IOException failure)
        {
            Failure = failure;
        }
    }

    /// <summary>The session waits while this runs, so it may note what its currval is now.</summary>
    public void Final()
    {
        foreach ((LeaseReturn tail, long increment, int count) in _kept ?? []) _sequences.Restore(tail, increment, count);
        foreach ((uint sequence, long value) in _taken ?? []) _sequences.Note(sequence, value);
    }

    public void BeginStatement(int index, PreparedStatement statement)
    {
        AnswerForm form = _forms[index];
        _isVoid = statement.Kind == StatementKind.Empty;
        _encoder = statement.Columns is null ? null : new RowEncoder(statement.Columns, form.Formats);
        if (form.WithDescription)
        {
            _encoder?.WriteDescription(_spool.Memory);
        }
    }

    public void Row(ReadOnlySpan<Datum> row)
    {
        if (_encoder is null || Failure is not null)
        {
            return;
        }

        int mark = _spool.Memory.Length;
        try
        {
            _encoder.WriteRow(_spool.Memory, row, _settings);
            _spool.Spill();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqlException or OutOfMemoryException)
        {
            _spool.Memory.TruncateTo(Math.Min(mark, _spool.Memory.Length));
            Failure = failure;
        }
    }

    public void EndStatement(string commandTag)
    {
        if (_isVoid)
        {
            _spool.Memory.WriteEmpty(BackendMessageType.EmptyQueryResponse);
        }
        else
        {
            ResultMessages.WriteCommandComplete(_spool.Memory, commandTag);
        }

        _ends.Add(_spool.Length);
    }

    public void SequenceTaken(uint sequenceOid, long value) => (_taken ??= []).Add((sequenceOid, value));

    public void LeaseKept(LeaseReturn tail, long increment, int count) => (_kept ??= []).Add((tail, increment, count));

    public void Notice(SqlNotice notice) => Diagnostics.From(notice, null).Write(_spool.Memory);

    /// <summary>Copies the whole answer of one statement into the client's output.</summary>
    public ValueTask CopyToAsync(SessionOutput output, int statement, CancellationToken cancellation) =>
        _spool.CopyToAsync(output, statement == 0 ? 0 : _ends[statement - 1], _ends[statement], cancellation);

    public void Dispose() => _spool.Dispose();
}
