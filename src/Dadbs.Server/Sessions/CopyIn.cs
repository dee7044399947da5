using System.Buffers;
using Dadbs.PgWire.Backend;
using Dadbs.Sql;
using Dadbs.Sql.Transactions;

namespace Dadbs.Server.Sessions;

/// <summary>
/// A COPY FROM STDIN under way: CopyData gathers until there are enough whole lines, which are then inserted and carried as one piece, so
/// that memory stays bounded whatever the client sends.
/// </summary>
internal sealed class CopyIn
{
    /// <summary>Lines are inserted when so many bytes came together.</summary>
    private const int PieceBytes = 1 << 18;

    /// <summary>Longest line.</summary>
    private const int LineBytesMax = 64 << 20;

    private readonly SessionState _session;
    private readonly CopyFrom _target;
    private readonly string _text;
    private readonly ArrayBufferWriter<byte> _pending = new();
    private long _rows;
    private bool _isOver;

    public CopyIn(SessionState session, CopyFrom target, string text)
    {
        _session = session;
        _target = target;
        _text = text;
    }

    /// <summary>Begun by a simple query, which goes on behind it.</summary>
    public bool IsSimple { get; init; }

    public ValueTask AddAsync(ReadOnlySequence<byte> data)
    {
        if (_isOver)
        {
            return default;
        }

        foreach (ReadOnlyMemory<byte> segment in data)
        {
            _pending.Write(segment.Span);
        }

        if (_pending.WrittenCount > LineBytesMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"a line of COPY data is longer than {LineBytesMax} bytes");
        }

        return _pending.WrittenCount >= PieceBytes ? InsertWholeLinesAsync() : default;
    }

    /// <summary>CopyDone: the rest is inserted, the command is complete.</summary>
    public async ValueTask FinishAsync()
    {
        if (_pending.WrittenCount > 0)
        {
            await InsertAsync(_pending.WrittenSpan.ToArray()).ConfigureAwait(false);
        }

        ResultMessages.WriteCommandComplete(_session.Output.Buffer, CopyFrom.Tag(_rows));
    }

    /// <summary>CopyFail: 57014 with the client's reason.</summary>
    public async ValueTask FailByClientAsync(string reason)
    {
        await InsertWholeLinesAsync().ConfigureAwait(false);
        throw new SqlException(SqlState.QueryCanceled, $"COPY from stdin failed: {reason}")
        {
            Where = $"COPY {_target.TableName}, line {_target.LinesBefore + 1}",
        };
    }

    private ValueTask InsertWholeLinesAsync()
    {
        ReadOnlySpan<byte> pending = _pending.WrittenSpan;
        int end = pending.LastIndexOf((byte)'\n') + 1;
        if (end == 0)
        {
            return default;
        }

        byte[] lines = pending[..end].ToArray();
        byte[] rest = pending[end..].ToArray();
        _pending.ResetWrittenCount();
        _pending.Write(rest);
        return InsertAsync(lines);
    }

    private async ValueTask InsertAsync(byte[] lines)
    {
        _session.Interrupt.ThrowIfRequested();
        // A line \. ends the data; what comes behind it is ignored.
        int end = EndOfData(lines);
        if (end >= 0)
        {
            _isOver = true;
            lines = lines[..end];
        }

        for (bool isDone = lines.Length == 0; !isDone;)
        {
            try
            {
                _rows += _session.Block.Local!.Copy(_target, _text, lines);
                _target.LinesBefore += lines.AsSpan().Count((byte)'\n');
                isDone = true;
            }
            catch (SequenceOrderNeededException need)
            {
                await SequenceOrders.ExecuteAsync(_session, need).ConfigureAwait(false);
            }
            catch (Sql.Seams.LockWaitNeededException need)
            {
                await _session.Block.WaitForLockAsync(need).ConfigureAwait(false);
            }
        }
    }

    private static int EndOfData(ReadOnlySpan<byte> lines)
    {
        if (lines.StartsWith("\\.\n"u8) || lines.StartsWith("\\.\r\n"u8) || lines.SequenceEqual("\\."u8))
        {
            return 0;
        }

        int at = lines.IndexOf("\n\\.\n"u8);
        at = at < 0 ? lines.IndexOf("\n\\.\r\n"u8) : at;
        return at >= 0 ? at + 1 : lines.EndsWith("\n\\."u8) ? lines.Length - 2 : -1;
    }
}
