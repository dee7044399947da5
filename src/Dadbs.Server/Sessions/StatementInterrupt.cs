using Dadbs.Sql;
using Dadbs.Sql.Functions;

namespace Dadbs.Server.Sessions;

/// <summary>
/// Ends the statement under way: CancelRequest, statement_timeout, shutdown. One per session; armed for each statement, so that a cancel
/// that comes between statements is lost, as in PostgreSQL. <see cref="Cancel"/> may be called by any thread.
/// </summary>
internal sealed class StatementInterrupt : IInterrupt, IDisposable
{
    private readonly TimeProvider _clock;
    private readonly object _gate = new();

    /// <summary>Kept for later statements, unless it was cancelled.</summary>
    private CancellationTokenSource? _source;

    /// <summary>The statement under way waits with a token of the source.</summary>
    private bool _isInUse;
    private long _startedTimestamp;
    private TimeSpan _timeout;
    private volatile bool _isArmed;
    private volatile bool _isCanceled;

    public StatementInterrupt(TimeProvider clock)
    {
        _clock = clock;
    }

    /// <summary>Starts a statement.</summary>
    /// <param name="timeout">statement_timeout; zero: none.</param>
    public void Arm(TimeSpan timeout)
    {
        _timeout = timeout;
        if (timeout > TimeSpan.Zero)
        {
            _startedTimestamp = _clock.GetTimestamp();
        }

        _isCanceled = false;
        _isArmed = true;
    }

    /// <summary>Ends the statement: a later cancel is not for it.</summary>
    public void Disarm()
    {
        _isArmed = false;
        if (_isInUse)
        {
            lock (_gate)
            {
                _isInUse = false;
                if (_source is not null && !_source.TryReset())
                {
                    _source.Dispose();
                    _source = null;
                }
            }
        }
    }

    public void Cancel()
    {
        if (!_isArmed)
        {
            return;
        }

        _isCanceled = true;
        lock (_gate)
        {
            if (_isInUse)
            {
                _source!.Cancel();
            }
        }
    }

    /// <summary>A token for waits; made only by statements that wait.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                _source ??= new CancellationTokenSource();
                if (!_isInUse)
                {
                    _isInUse = true;
                    if (_timeout > TimeSpan.Zero)
                    {
                        TimeSpan left = _timeout - _clock.GetElapsedTime(_startedTimestamp);
                        _source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                    }

                    if (_isCanceled)
                    {
                        _source.Cancel();
                    }
                }

                return _source.Token;
            }
        }
    }

    public void ThrowIfRequested()
    {
        if (_isCanceled || IsTimedOut)
        {
            throw Reason();
        }
    }

    /// <summary>57014 in the words of what happened.</summary>
    public SqlException Reason() => new(
        SqlState.QueryCanceled,
        !_isCanceled && _timeout > TimeSpan.Zero ? "canceling statement due to statement timeout" : "canceling statement due to user request");

    public void Dispose()
    {
        Disarm();
        lock (_gate)
        {
            _source?.Dispose();
            _source = null;
        }
    }

    private bool IsTimedOut => _timeout > TimeSpan.Zero && _clock.GetElapsedTime(_startedTimestamp) >= _timeout;
}
