using System.Runtime.CompilerServices;
using Dadbs.PgWire;
using Dadbs.PgWire.Backend;
using Dadbs.PgWire.Framing;
using Dadbs.PgWire.Frontend;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Storage;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Sessions;

/// <summary>
/// One client's conversation after startup: messages go in one by one, answers gather in the output. Knows nothing of sockets. This
/// class only dispatches, and is the border at which a statement's failure becomes an ErrorResponse.
/// </summary>
public sealed partial class Session : IDisposable
{
    /// <summary>Longer messages are work to take apart.</summary>
    private const int BriefMessageBytes = 4 << 10;

    private readonly SessionState _state;
    private readonly SimpleQuery _simple;
    private readonly ExtendedQuery _extended;
    private readonly OrderedBatch _batch;
    private readonly ReportedSettings _reported;

    /// <summary>The end of a COPY is being answered, and what follows it in the string of a simple query.</summary>
    private bool _continuesQuery;

    /// <summary>An extended message failed: everything up to Sync is skipped.</summary>
    private bool _skipsToSync;

    internal Session(SessionState state)
    {
        _state = state;
        var planner = new SessionPlanner(state);
        _batch = new OrderedBatch(state);
        var commands = new SessionCommands(state, planner);
        var runner = new PortalRunner(state, planner, _batch, commands);
        commands.Runner = runner;
        _batch.Runner = runner;
        _simple = new SimpleQuery(state, planner, runner, _batch);
        _extended = new ExtendedQuery(state, planner, runner);
        _reported = new ReportedSettings(state);
    }

    internal StatementInterrupt Interrupt => _state.Interrupt;

    /// <summary>How long the client may stay silent now; null: as long as it likes.</summary>
    internal TimeSpan? IdleTimeout
    {
        get
        {
            TimeSpan timeout = _state.Block.Status == TransactionStatus.Idle
                ? _reported.IdleSessionTimeout
                : _reported.IdleInTransactionTimeout;
            return timeout > TimeSpan.Zero ? timeout : null;
        }
    }

    /// <summary>Admits the client of a startup packet and greets it, up to the first ReadyForQuery.</summary>
    /// <exception cref="FatalSessionException">No such role or database, a bad setting, or a client from elsewhere.</exception>
    internal static Session Start(SessionState state, StartupPacket.StartupMessage startup, int secretKey)
    {
        var session = new Session(state);
        MessageBuffer output = state.Output.Buffer;
        if (startup.MustNegotiate)
        {
            StartupMessages.WriteNegotiateProtocolVersion(output, StartupPacket.StartupMessage.ServedVersion, startup.UnknownProtocolOptions);
        }

        StartupMessages.WriteAuthenticationOk(output);
        session._reported.WriteAll();
        StartupMessages.WriteParameterStatus(output, "dadbs_version", state.Services.ProductVersion);
        StartupMessages.WriteBackendKeyData(output, state.ProcessId, secretKey);
        ResultMessages.WriteReadyForQuery(output, TransactionStatus.Idle);
        return session;
    }

    /// <summary>
    /// Takes one message. Completes synchronously unless it has to wait for the order or for the client to read. False: goodbye.
    /// The frame's memory must stay until then.
    /// </summary>
    public ValueTask<bool> HandleAsync(FrontendFrame frame)
    {
        switch (frame.Type)
        {
            case FrontendMessageType.Terminate:
                return new ValueTask<bool>(false);
            case FrontendMessageType.CopyData or FrontendMessageType.CopyDone or FrontendMessageType.CopyFail when _state.Copy is null:
                return new ValueTask<bool>(true);
            case FrontendMessageType.Sync or FrontendMessageType.Flush when _state.Copy is not null:
                return new ValueTask<bool>(true);
        }

        if (_skipsToSync && frame.Type != FrontendMessageType.Sync)
        {
            return new ValueTask<bool>(true);
        }

        try
        {
            ValueTask work = _batch.IsFull ? DispatchAfterBatchAsync(frame) : Dispatch(frame);
            if (work.IsCompletedSuccessfully)
            {
                work.GetAwaiter().GetResult();
                return new ValueTask<bool>(true);
            }

            return FinishAsync(work, frame.Type);
        }
        catch (Exception failure) when (IsStatementFailure(failure))
        {
            return FailAsync(failure, frame.Type);
        }
    }

    /// <summary>
    /// Whether a message says by itself that it is no work: a short one of the extended protocol, but Parse, which plans. What Execute asks for is looked at by whoever runs its portal.
    /// </summary>
    internal bool IsBrief(FrontendFrame frame)
    {
        if (frame.Body.Length > BriefMessageBytes || _state.Copy is not null) return false;
        try
        {
            return frame.Type switch
            {
                FrontendMessageType.Bind => _extended.IsBrief(BindMessage.Read(frame.Span)),
                FrontendMessageType.Describe => TargetMessage.Read(frame.Span, "DESCRIBE").IsPortal,
                FrontendMessageType.Sync => !_state.Block.IsImplicit && _batch.IsBrief,
                _ => frame.Type is FrontendMessageType.Execute or FrontendMessageType.Close or FrontendMessageType.Flush or FrontendMessageType.Terminate,
            };
        }
        catch (MalformedMessageException)
        {
            // Answered where it is dispatched.
            return false;
        }
    }

    /// <summary>The statement's failure as 25P03 or 57P05: the client was silent for too long.</summary>
    internal FatalSessionException IdleTooLong() => _state.Block.Status == TransactionStatus.Idle
        ? new FatalSessionException(SqlState.IdleSessionTimeout, "terminating connection due to idle-session timeout")
        : new FatalSessionException(SqlState.IdleInTransactionSessionTimeout, "terminating connection due to idle-in-transaction timeout");

    public void Dispose()
    {
        _batch.Dispose();
        _state.Dispose();
    }

    private ValueTask Dispatch(FrontendFrame frame)
    {
        if (_state.Copy is not null)
        {
            return CopyMessageAsync(_state.Copy, frame);
        }

        switch (frame.Type)
        {
            case FrontendMessageType.Query:
                _state.Interrupt.Arm(_reported.StatementTimeout);
                return QueryAsync(BodyText.Of(QueryMessage.Read(frame.Span).Text));
            case FrontendMessageType.Parse:
                return _extended.ParseAsync(ParseMessage.Read(frame.Span), _batch);
            case FrontendMessageType.Bind:
                _extended.Bind(BindMessage.Read(frame.Span));
                return default;
            case FrontendMessageType.Describe:
                return _extended.DescribeAsync(TargetMessage.Read(frame.Span, "DESCRIBE"), _batch);
            case FrontendMessageType.Execute:
                _state.Interrupt.Arm(_reported.StatementTimeout);
                return _extended.ExecuteAsync(ExecuteMessage.Read(frame.Span));
            case FrontendMessageType.Close:
                _extended.Close(TargetMessage.Read(frame.Span, "CLOSE"));
                return default;
            case FrontendMessageType.Flush:
                EmptyMessage.Check(frame.Span);
                return FlushAsync();
            case FrontendMessageType.Sync:
                EmptyMessage.Check(frame.Span);
                return SyncAsync();
            case FrontendMessageType.FunctionCall:
                throw new SqlException(SqlState.FeatureNotSupported, "function call messages are not supported") { Hint = "Call the function in a SELECT statement." };
            case FrontendMessageType.Password:
                throw new FramingException($"invalid frontend message type {(byte)frame.Type}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A pipeline whose statements wait for its end has become long: it goes on as a transaction that is executed here.</summary>
    private async ValueTask DispatchAfterBatchAsync(FrontendFrame frame)
    {
        await _batch.RunLocallyAsync().ConfigureAwait(false);
        await Dispatch(frame).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // one a statement; what it returns is awaited once
    private async ValueTask QueryAsync(string text)
    {
        await ResolveAsync().ConfigureAwait(false);
        if (await _simple.RunAsync(text).ConfigureAwait(false))
        {
            await EndQueryAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A simple query ran to its end.</summary>
    private async ValueTask EndQueryAsync()
    {
        await _state.Block.EndImplicitAsync().ConfigureAwait(false);
        Ready();
    }

    private ValueTask SyncAsync()
    {
        if (_skipsToSync)
        {
            _skipsToSync = false;
            Ready();
            return default;
        }

        ValueTask resolved = ResolveAsync();
        if (resolved.IsCompletedSuccessfully && !_state.Block.IsImplicit)
        {
            Ready();
            return default;
        }

        return SlowAsync(resolved);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // one a statement; what it returns is awaited once
        async ValueTask SlowAsync(ValueTask first)
        {
            await first.ConfigureAwait(false);
            await _state.Block.EndImplicitAsync().ConfigureAwait(false);
            Ready();
        }
    }

    private async ValueTask FlushAsync()
    {
        await _batch.RunLocallyAsync().ConfigureAwait(false);
        await _state.Output.FlushAsync(_state.Interrupt.Token).ConfigureAwait(false);
    }

    /// <summary>Has the order decide about the statements that wait for it, and writes their answers.</summary>
    private ValueTask ResolveAsync() => _batch.IsEmpty ? default : _batch.ResolveAsync();

    /// <summary>ReadyForQuery, before it the settings that changed, behind it nothing that belonged to the transaction.</summary>
    private void Ready()
    {
        _state.Interrupt.Disarm();
        _state.Statements.ForgetUndo();
        if (!_state.Block.IsExplicit)
        {
            _state.Portals.Clear();
        }

        _reported.WriteChanged();
        ResultMessages.WriteReadyForQuery(_state.Output.Buffer, _state.Block.Status);
    }

    private async ValueTask CopyMessageAsync(CopyIn copy, FrontendFrame frame)
    {
        switch (frame.Type)
        {
            case FrontendMessageType.CopyData:
                await copy.AddAsync(frame.Body).ConfigureAwait(false);
                return;
            case FrontendMessageType.CopyDone:
                EmptyMessage.Check(frame.Span);
                if (await copy.FinishAsync().ConfigureAwait(false) is { } portal) _batch.Add(portal);
                break;
            case FrontendMessageType.CopyFail:
                await copy.FailByClientAsync(BodyText.Of(TextMessage.Read(frame.Span).Text)).ConfigureAwait(false);
                break;
            default:
                throw new SqlException(SqlState.ProtocolViolation, $"unexpected message type 0x{(byte)frame.Type:X2} during COPY from stdin");
        }

        _state.Copy = null;
        if (!copy.IsSimple) return;
        _continuesQuery = true;
        await ResolveAsync().ConfigureAwait(false);
        if (await _simple.ContinueAsync().ConfigureAwait(false))
        {
            await EndQueryAsync().ConfigureAwait(false);
        }

        _continuesQuery = false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // one a statement; what it returns is awaited once
    private async ValueTask<bool> FinishAsync(ValueTask work, FrontendMessageType type)
    {
        try
        {
            await work.ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (IsStatementFailure(failure))
        {
            return await FailAsync(failure, type).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The border of a statement: its failure is answered, its transaction fails, the conversation goes on behind it.
    /// </summary>
    private async ValueTask<bool> FailAsync(Exception failure, FrontendMessageType type)
    {
        _state.Output.Buffer.Abandon();
        if (!_batch.IsEmpty)
        {
            // What was put off precedes this failure: its answers are owed, its effects are not.
            try
            {
                await _batch.RunLocallyAsync().ConfigureAwait(false);
            }
            catch (Exception earlier) when (IsStatementFailure(earlier))
            {
                failure = earlier;
            }
        }

        bool wasSimple = type == FrontendMessageType.Query || type == FrontendMessageType.FunctionCall || _state.Copy is { IsSimple: true } || _continuesQuery;
        _continuesQuery = false;
        _state.Copy = null;
        _simple.Forget();
        _state.Block.Fail();
        Describe(failure).Write(_state.Output.Buffer);
        if (wasSimple || type == FrontendMessageType.Sync)
        {
            Ready();
        }
        else
        {
            _skipsToSync = true;
        }

        return true;
    }

    private static bool IsStatementFailure(Exception failure) =>
        failure is CorruptionException or not (FramingException or FatalSessionException or IOException or OutOfMemoryException
            or Microsoft.AspNetCore.Connections.ConnectionAbortedException);

    private Diagnostic Describe(Exception failure)
    {
        switch (failure)
        {
            case StatementFailedException statement: return statement.Diagnostic;
            case SqlException sql: return Diagnostics.From(sql, _state.CurrentText);
            case MalformedMessageException malformed: return new Diagnostic(Severity.Error, malformed.Code, malformed.Message);
            // What was read is not what was written: the node ends its sessions at once and puts it right, the statement is never answered with it.
            case CorruptionException damage: return new Diagnostic(Severity.Error, SqlState.DataCorrupted.Code, damage.Message);
            case OperationCanceledException: return Diagnostics.From(_state.Interrupt.Reason(), null);
            default:
                LogStatementFailed(_state.Services.Log, failure, _state.ProcessId);
                return new Diagnostic(Severity.Error, "XX000", $"internal error: {failure.GetType().Name}: {failure.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Session {ProcessId}: a statement failed by an unexpected exception")]
    private static partial void LogStatementFailed(ILogger log, Exception exception, int processId);
}
