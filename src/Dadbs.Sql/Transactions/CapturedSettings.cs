using Dadbs.Sql.Settings;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Settings rebuilt from what transactions carry. Most transactions of a block carry the same, so the last ones built are used again, unless
/// a statement changed them (set_config). One thread.
/// </summary>
internal sealed class CapturedSettings
{
    private IReadOnlyList<CapturedSetting>? _captured;
    private SessionSettings? _settings;
    private long _version;

    public SessionSettings For(IReadOnlyList<CapturedSetting> captured)
    {
        if (_settings is not null && _settings.Version == _version && Same(_captured!, captured)) return _settings;
        _captured = captured;
        _settings = SessionSettings.FromCaptured(captured);
        _version = _settings.Version;
        return _settings;
    }

    private static bool Same(IReadOnlyList<CapturedSetting> left, IReadOnlyList<CapturedSetting> right)
    {
        if (left.Count != right.Count) return false;
        for (int i = 0; i < left.Count; i++)
        {
            if (left[i] != right[i]) return false;
        }

        return true;
    }
}
