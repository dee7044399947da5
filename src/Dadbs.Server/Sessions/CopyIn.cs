using System.Buffers;
using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Commands;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Transactions;

namespace Dadbs.Server.Sessions;

/// <summary>
/// A COPY FROM STDIN under way. In a transaction block CopyData gathers until there are enough whole lines, which are then inserted and carried as one piece: unless rows may reference others of the
/// same COPY, which is checked when all are there, so they are one piece. Outside of a block the lines wait for the end, to be ordered first and executed once. What is held is bounded by the
/// length of a transaction's body, whatever the client sends.
/// </summary>
internal sealed class CopyIn
{
    /// <summary>Lines are inserted, or put aside, when so many bytes came together.</summary>
    private const int PieceBytes = 1 << 18;

    private readonly SessionState _session;
    private readonly SessionStatement _statement;
    private readonly ArrayBufferWriter<byte> _pending = new();
    private CopyFrom _target;

    /// <summary>What waits for the end of the data; null: each piece is inserted as it comes.</summary>
    private readonly List<byte[]>? _pieces;
    private readonly bool _isInBlock;
    private long _waiting;
    private long _rows;
    private bool _isOver;

    public CopyIn(SessionState session, CopyFrom target, SessionStatement statement)
    {
        _session = session;
        _target = target;
        _statement = statement;
        _isInBlock = session.Block.Local is not null;
        _pieces = _isInBlock && !target.ReferencesItself ? null : [];
    }

    /// <summary>Begun by a simple query, which goes on behind it.</summary>
    public bool IsSimple { get; init; }

    public ValueTask AddAsync(ReadOnlySequence<byte> data)
    {
        if (_isOver)
        {
            return default;
        }

        if (_waiting + _pending.WrittenCount + data.Length > TransactionBodyCodec.BodyBytesMax)
        {
            throw CarriedBytes.TooLong(_target, Line);
        }

        foreach (ReadOnlyMemory<byte> segment in data)
        {
            _pending.Write(segment.Span);
        }

        if (_pending.WrittenCount < PieceBytes)
        {
            return default;
        }

        if (_pieces is null)
        {
            return InsertAsync(Take(isLast: false));
        }

        _session.Interrupt.ThrowIfRequested();
        PutAside(Take(isLast: false));
        return default;
    }

    /// <summary>CopyDone: the rest is inserted, the command is complete.</summary>
    /// <returns>What is to be ordered; null: it was inserted in the block.</returns>
    public async ValueTask<Portal?> FinishAsync()
    {
        byte[] lines = _pieces is null ? Take(isLast: true) : TakeAll();
        if (!_isInBlock)
        {
            return new Portal { Name = "", Statement = _statement, WithDescription = IsSimple, Copied = new CopiedLines(lines, _target.Insert.Sequences, _target.RelationLocks) };
        }

        await InsertAsync(lines).ConfigureAwait(false);
        ResultMessages.WriteCommandComplete(_session.Output.Buffer, CopyFrom.Tag(_rows));
        return null;
    }

    /// <summary>CopyFail: 57014 with the client's reason.</summary>
    public async ValueTask FailByClientAsync(string reason)
    {
        if (_pieces is null)
        {
            await InsertAsync(Take(isLast: false)).ConfigureAwait(false);
        }

        throw new SqlException(SqlState.QueryCanceled, $"COPY from stdin failed: {reason}")
        {
            Where = $"COPY {_target.TableName}, line {Line}",
        };
    }

    /// <summary>The line that is read.</summary>
    private long Line => _target.LinesBefore + _pending.WrittenSpan.Count((byte)'\n') + 1;

    /// <summary>What was put aside and what came last.</summary>
    private byte[] TakeAll()
    {
        PutAside(Take(isLast: true));
        var lines = new byte[_waiting];
        int at = 0;
        foreach (byte[] piece in _pieces!)
        {
            piece.CopyTo(lines, at);
            at += piece.Length;
        }

        _target.LinesBefore = 0;
        return lines;
    }

    private void PutAside(byte[] lines)
    {
        if (lines.Length == 0) return;
        _pieces!.Add(lines);
        _waiting += lines.Length;
        _target.LinesBefore += lines.AsSpan().Count((byte)'\n');
    }

    /// <summary>Takes what came: whole lines only, unless nothing follows. A line \. ends the data; what comes behind it is ignored.</summary>
    private byte[] Take(bool isLast)
    {
        ReadOnlySpan<byte> pending = _pending.WrittenSpan;
        int end = isLast ? pending.Length : pending.LastIndexOf((byte)'\n') + 1;
        if (end == 0) return [];
        byte[] lines = pending[..end].ToArray();
        byte[] rest = pending[end..].ToArray();
        _pending.ResetWrittenCount();
        int over = EndOfData(lines);
        _isOver = over >= 0;
        if (_isOver) return lines[..over];
        _pending.Write(rest);
        return lines;
    }

    private async ValueTask InsertAsync(byte[] lines)
    {
        _session.Interrupt.ThrowIfRequested();
        if (lines.Length == 0) return;
        (long rows, _target) = await CopyCommands.InsertAsync(_session, _target, (CopySyntax)_statement.Syntax!, _statement.Text, lines).ConfigureAwait(false);
        _rows += rows;
        _target.LinesBefore += lines.AsSpan().Count((byte)'\n');
    }

    /// <summary>Where the first line <c>\.</c> begins; -1: there is none.</summary>
    private static int EndOfData(ReadOnlySpan<byte> lines)
    {
        if (lines.StartsWith("\\.\n"u8) || lines.StartsWith("\\.\r\n"u8) || lines.SequenceEqual("\\."u8))
        {
            return 0;
        }

        int at = lines.IndexOf("\n\\.\n"u8), beforeReturn = lines.IndexOf("\n\\.\r\n"u8);
        if (beforeReturn >= 0 && (at < 0 || beforeReturn < at)) at = beforeReturn;
        return at >= 0 ? at + 1 : lines.EndsWith("\n\\."u8) ? lines.Length - 2 : -1;
    }
}
