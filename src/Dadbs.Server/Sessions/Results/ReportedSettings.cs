using Dadbs.PgWire.Backend;
using Dadbs.Sql.Settings;

namespace Dadbs.Server.Sessions.Results;

/// <summary>
/// The settings that clients follow by ParameterStatus, and those that the session itself looks at before every message: read again
/// only when some setting changed.
/// </summary>
internal sealed class ReportedSettings
{
    private static readonly SettingDefinition[] Reported = [.. SettingDefinitions.All.Where(d => d.IsReported)];

    private readonly SessionState _session;
    private readonly string[] _told = new string[Reported.Length];
    private long _toldVersion = -1;
    private long _readVersion = -1;
    private TimeSpan _statementTimeout;
    private TimeSpan _idleSession;
    private TimeSpan _idleInTransaction;

    public ReportedSettings(SessionState session)
    {
        _session = session;
    }

    public TimeSpan StatementTimeout
    {
        get
        {
            Refresh();
            return _statementTimeout;
        }
    }

    public TimeSpan IdleSessionTimeout
    {
        get
        {
            Refresh();
            return _idleSession;
        }
    }

    public TimeSpan IdleInTransactionTimeout
    {
        get
        {
            Refresh();
            return _idleInTransaction;
        }
    }

    public void WriteAll() => Write(all: true);

    /// <summary>Those that are not what the client was last told.</summary>
    public void WriteChanged()
    {
        if (_toldVersion != _session.Settings.Version)
        {
            Write(all: false);
        }
    }

    private void Write(bool all)
    {
        for (int i = 0; i < Reported.Length; i++)
        {
            string value = _session.Settings.Show(Reported[i].Name);
            if (all || !string.Equals(value, _told[i], StringComparison.Ordinal))
            {
                StartupMessages.WriteParameterStatus(_session.Output.Buffer, Reported[i].Name, value);
                _told[i] = value;
            }
        }

        _toldVersion = _session.Settings.Version;
    }

    private void Refresh()
    {
        if (_readVersion != _session.Settings.Version)
        {
            _statementTimeout = _session.Settings.Duration("statement_timeout");
            _idleSession = _session.Settings.Duration("idle_session_timeout");
            _idleInTransaction = _session.Settings.Duration("idle_in_transaction_session_timeout");
            _readVersion = _session.Settings.Version;
        }
    }
}
