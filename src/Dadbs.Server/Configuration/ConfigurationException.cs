namespace Dadbs.Server.Configuration;

/// <summary>
/// A setting that makes no sense: the process ends with exit code 2 and one line that names the key, the value and what was expected.
/// </summary>
public sealed class ConfigurationException(string key, string? value, string expected)
    : Exception($"{key} = {value ?? "(missing)"}: expected {expected}")
{
    public string Key { get; } = key;
}
