using System.Collections.Immutable;
using System.Globalization;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Settings;

/// <summary>
/// The settings of one session, or, made from what a transaction carries, those of a replay. SET holds until changed and is undone with
/// its transaction; SET LOCAL ends with the transaction. One thread.
/// </summary>
public sealed class SessionSettings : ISettings
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Facts and startup values: what RESET goes back to.</summary>
    private ImmutableSortedDictionary<string, string> _defaults = None;

    private State _state = new(None, None);
    private State? _atBegin;
    private readonly List<(string Name, State State)> _savepoints = [];
    /// <summary>Characters that names and values of one session's settings may have together.</summary>
    private const int CharactersMax = 1 << 18;

    private TypeSettings? _typeSettings;
    private SearchPath? _searchPath;
    private IReadOnlyList<CapturedSetting>? _captured;
    private string _searchPathUser = "";
    private readonly Dictionary<string, TimeSpan> _durations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _flags = new(StringComparer.Ordinal);
    private long _rememberedVersion;

    /// <summary>SET within its transaction and SET LOCAL over it; both by canonical name.</summary>
    private sealed record State(ImmutableSortedDictionary<string, string> Session, ImmutableSortedDictionary<string, string> Local);

    /// <summary>Raised by every change: whoever derives something from settings compares it.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// Asked before a setting that lives as long as one transaction changes, with its name, what it is and what it becomes: the session refuses what comes too late
    /// (25001).
    /// </summary>
    public Action<string, string, string>? TransactionSettingChanges { get; set; }

    /// <summary>Whether only superusers' settings may be set (42501).</summary>
    public bool IsSuperuser { get; set; } = true;

    /// <summary>The settings under which a carried transaction is replayed.</summary>
    public static SessionSettings FromCaptured(IReadOnlyList<CapturedSetting> captured)
    {
        var settings = new SessionSettings();
        foreach (CapturedSetting setting in captured)
        {
            settings._defaults = settings._defaults.SetItem(setting.Name, setting.Value);
        }

        return settings;
    }

    /// <summary>States a fact (is_superuser, session_authorization …) or a startup value: the session's default from now on.</summary>
    public void SetDefault(string name, string value)
    {
        SettingDefinition definition = Define(name);
        string normalized = definition.Context == SettingContext.Internal ? value : Normalize(definition, value);
        _defaults = _defaults.SetItem(definition.Name, normalized);
        Changed();
    }

    /// <summary>The value as SHOW prints it. Null: no such setting.</summary>
    public string? Get(string name)
    {
        SettingDefinition? definition = SettingDefinitions.Find(name);
        string key = definition?.Name ?? name.ToLowerInvariant();
        return _state.Local.GetValueOrDefault(key) ?? _state.Session.GetValueOrDefault(key) ?? _defaults.GetValueOrDefault(key)
            ?? (definition is { IsTransactional: true } && _atBegin is null ? Get("default_" + key) : definition?.Default);
    }

    /// <summary>SHOW: 42704 where there is none.</summary>
    public string Show(string name) => Get(name) ?? throw Unrecognized(name);

    /// <summary>SET, SET LOCAL; null resets. 42704, 55P02, 42501, 22023, 54000. Returns the value as SHOW prints it.</summary>
    public string Set(string name, string? value, bool isLocal)
    {
        SettingDefinition definition = Define(name);
        CheckMayChange(definition);
        string normalized = value is null
            ? _defaults.GetValueOrDefault(definition.Name) ?? definition.Default
            : Normalize(definition, value);
        if (definition.IsTransactional)
        {
            TransactionSettingChanges?.Invoke(definition.Name, Show(definition.Name), normalized);

            // Without a transaction there is nothing that it could hold for.
            if (_atBegin is null) return normalized;
        }

        bool local = isLocal || definition.IsTransactional;
        if (value is not null) RequireRoom(definition.Name, normalized);
        _state = local
            ? _state with { Local = _state.Local.SetItem(definition.Name, normalized) }
            : new State(
                value is null ? _state.Session.Remove(definition.Name) : _state.Session.SetItem(definition.Name, normalized),
                _state.Local.Remove(definition.Name));
        Changed();
        return normalized;
    }

    /// <summary>54000 when the settings became too long: each transaction carries them.</summary>
    private void RequireRoom(string name, string value)
    {
        long length = (long)name.Length + value.Length;
        foreach ((string other, string set) in _state.Session) length += other.Length + set.Length;
        foreach ((string other, string set) in _state.Local) length += other.Length + set.Length;
        if (length > CharactersMax) throw new SqlException(SqlState.ProgramLimitExceeded, $"settings of a session cannot have more than {CharactersMax} characters");
    }

    /// <summary>RESET ALL: everything but the role and what belongs to the transaction, as in PostgreSQL.</summary>
    public void ResetAll()
    {
        _state = new State(
            _state.Session.TryGetValue("role", out string? role) ? None.SetItem("role", role) : None,
            _state.Local.RemoveRange(_state.Local.Keys.Where(name => name != "role" && SettingDefinitions.Find(name) is not { IsTransactional: true })));
        Changed();
    }

    /// <summary>A transaction block begins: what ROLLBACK goes back to.</summary>
    public void BeginTransaction()
    {
        _atBegin = _state;

        // The transaction's own settings are no longer what transactions begin with.
        _rememberedVersion = -1;
    }

    public void CommitTransaction() => EndTransaction(_state);

    public void RollbackTransaction() => EndTransaction(_atBegin ?? _state);

    public void Savepoint(string name) => _savepoints.Add((name, _state));

    public void RollbackToSavepoint(string name)
    {
        int at = _savepoints.FindLastIndex(s => s.Name == name);
        if (at >= 0)
        {
            _state = _savepoints[at].State;
            _savepoints.RemoveRange(at + 1, _savepoints.Count - at - 1);
            Changed();
        }
    }

    public void ReleaseSavepoint(string name)
    {
        int at = _savepoints.FindLastIndex(s => s.Name == name);
        if (at >= 0)
        {
            _savepoints.RemoveRange(at, _savepoints.Count - at);
        }
    }

    /// <summary>Name and value of all of them, as SHOW ALL lists them: the known ones, then the custom ones, each by name.</summary>
    public IEnumerable<(string Name, string Value)> All()
    {
        foreach (SettingDefinition definition in SettingDefinitions.All)
        {
            yield return (definition.Name, Get(definition.Name)!);
        }

        foreach (string name in _defaults.Keys.Concat(_state.Session.Keys).Concat(_state.Local.Keys)
            .Where(n => SettingDefinitions.Find(n) is null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return (name, Get(name)!);
        }
    }

    /// <summary>What a transaction must carry: settings that change meaning, where they differ from their defaults; by name.</summary>
    public IReadOnlyList<CapturedSetting> Captured => _captured ??=
    [
        .. _defaults.Keys.Concat(_state.Session.Keys).Concat(_state.Local.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => SettingDefinitions.Find(name) is not { IsCaptured: false })
            .Select(name => new CapturedSetting(name, Get(name)!))
            .Where(setting => SettingDefinitions.Find(setting.Name)?.Default != setting.Value)
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    /// <summary>Formats of values under the current settings; without clock and catalog, which the statement adds.</summary>
    public TypeSettings TypeSettings => _typeSettings ??= BuildTypeSettings();

    /// <summary>Where unqualified names are looked up, for a current role.</summary>
    public SearchPath SearchPathFor(string currentRole)
    {
        if (_searchPath is null || !string.Equals(_searchPathUser, currentRole, StringComparison.Ordinal))
        {
            _searchPath = SearchPath.Parse(Show("search_path"), currentRole);
            _searchPathUser = currentRole;
        }

        return _searchPath;
    }

    /// <summary>A setting of milliseconds; zero means none. Asked for by every statement, so remembered until a setting changes.</summary>
    public TimeSpan Duration(string name)
    {
        ForgetChanged();
        if (!_durations.TryGetValue(name, out TimeSpan duration))
            _durations[name] = duration = TimeSpan.FromMilliseconds(SettingUnits.TryParse(Show(name), SettingUnit.Milliseconds) ?? 0);
        return duration;
    }

    /// <summary>A setting that is on or off, remembered as durations are.</summary>
    public bool Flag(string name)
    {
        ForgetChanged();
        if (!_flags.TryGetValue(name, out bool isOn)) _flags[name] = isOn = string.Equals(Show(name), "on", StringComparison.Ordinal);
        return isOn;
    }

    /// <summary>What is remembered was read before a setting changed: it is read again.</summary>
    private void ForgetChanged()
    {
        if (_rememberedVersion == Version) return;
        _durations.Clear();
        _flags.Clear();
        _rememberedVersion = Version;
    }

    private static SettingDefinition Define(string name) =>
        SettingDefinitions.Find(name) ?? (IsCustomName(name) ? SettingDefinitions.Custom(name) : throw Unrecognized(name));

    private static bool IsCustomName(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot && dot > 0 && dot < name.Length - 1;

    private static SqlException Unrecognized(string name) =>
        new(SqlState.UndefinedObject, $"unrecognized configuration parameter \"{name}\"");

    private string Normalize(SettingDefinition definition, string value) => definition.Format is SettingFormat.DateStyles
        ? SettingFormat.DateStyles.Normalize(definition.Name, value, Get(definition.Name)!)
        : definition.Format.Normalize(definition.Name, value);

    private void CheckMayChange(SettingDefinition definition)
    {
        switch (definition.Context)
        {
            case SettingContext.Internal:
                throw new SqlException(SqlState.CantChangeRuntimeParam, $"parameter \"{definition.Name}\" cannot be changed");
            case SettingContext.Start:
                throw new SqlException(SqlState.CantChangeRuntimeParam, $"parameter \"{definition.Name}\" cannot be changed without restarting the server");
            case SettingContext.Configuration:
                throw new SqlException(SqlState.CantChangeRuntimeParam, $"parameter \"{definition.Name}\" cannot be changed now");
            case SettingContext.Superuser when !IsSuperuser:
                throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied to set parameter \"{definition.Name}\"");
            default:
                break;
        }
    }

    private void EndTransaction(State state)
    {
        _state = state with { Local = None };
        _atBegin = null;
        _savepoints.Clear();
        Changed();
    }

    private void Changed()
    {
        Version++;
        _typeSettings = null;
        _searchPath = null;
        _captured = null;
    }

    private TypeSettings BuildTypeSettings()
    {
        string[] dates = Show("DateStyle").Split(", ");
        return new TypeSettings
        {
            DateStyle = dates[0] switch { "SQL" => DateStyle.Sql, "Postgres" => DateStyle.Postgres, "German" => DateStyle.German, _ => DateStyle.Iso },
            DateOrder = dates[1] switch { "DMY" => DateOrder.Dmy, "YMD" => DateOrder.Ymd, _ => DateOrder.Mdy },
            TimeZone = SettingFormat.Zone.TryParse(Show("TimeZone")) ?? Types.TimeZone.Utc,
            IntervalStyle = Show("IntervalStyle") switch
            {
                "postgres_verbose" => IntervalStyle.PostgresVerbose,
                "sql_standard" => IntervalStyle.SqlStandard,
                "iso_8601" => IntervalStyle.Iso8601,
                _ => IntervalStyle.Postgres,
            },
            ExtraFloatDigits = int.Parse(Show("extra_float_digits"), NumberFormatInfo.InvariantInfo),
            ByteaOutput = Show("bytea_output") == "escape" ? ByteaOutput.Escape : ByteaOutput.Hex,
        };
    }
}
