using System.Text;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// The schemas in which unqualified names are looked up, in order. pg_catalog comes first unless it is named; <c>$user</c> stands for
/// the current role's name. PostgreSQL manual 5.9.3.
/// </summary>
public sealed record SearchPath
{
    public const string DefaultSetting = "\"$user\", public";

    private SearchPath(string setting, IReadOnlyList<string> named)
    {
        Setting = setting;
        Named = named;
        Effective = named.Contains("pg_catalog", StringComparer.Ordinal) ? named : ["pg_catalog", .. named];
        EffectiveText = string.Join(',', Effective.Select(Identifiers.Quote));
    }

    /// <summary>The setting's text, part of the plan cache's key.</summary>
    public string Setting { get; }

    /// <summary>The schemas that the setting names, <c>$user</c> replaced.</summary>
    public IReadOnlyList<string> Named { get; }

    /// <summary>The schemas searched, pg_catalog included.</summary>
    public IReadOnlyList<string> Effective { get; }

    /// <summary><see cref="Effective"/> as one string: equal strings look names up alike.</summary>
    public string EffectiveText { get; }

    /// <summary>The path under which stored expressions are bound: pg_catalog, then one schema.</summary>
    public static SearchPath Only(string schema) => new(schema, [schema]);

    /// <summary>A path whose schemas are known by name.</summary>
    public static SearchPath Of(IReadOnlyList<string> schemas) =>
        new(string.Join(", ", schemas.Select(Identifiers.Quote)), schemas);

    /// <summary>Reads a search_path setting: identifiers separated by commas, quoted or folded to lower case.</summary>
    /// <returns>Null if the text is no such list (22023 for SET).</returns>
    public static SearchPath? TryParse(string setting, string currentRole)
    {
        List<string>? names = TrySplitIdentifiers(setting);
        if (names is null) return null;
        // The superuser has the same name as the schema of system views; it must not become the place where its tables go.
        if (IsSystemSchema(currentRole)) names.RemoveAll(n => n == "$user");
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == "$user") names[i] = currentRole;
        }

        return new SearchPath(setting, names);
    }

    public static SearchPath Parse(string setting, string currentRole) =>
        TryParse(setting, currentRole) ?? throw new ArgumentException("not a search path", nameof(setting));

    /// <summary>Splits a list of identifiers as PostgreSQL's SplitIdentifierString; null if malformed.</summary>
    internal static List<string>? TrySplitIdentifiers(string text)
    {
        var names = new List<string>();
        int at = SkipSpace(text, 0);
        if (at == text.Length) return names;
        while (true)
        {
            var name = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                at++;
                while (true)
                {
                    int end = text.IndexOf('"', at);
                    if (end < 0) return null;
                    name.Append(text, at, end - at);
                    at = end + 1;
                    if (at >= text.Length || text[at] != '"') break;
                    name.Append('"');
                    at++;
                }
            }
            else
            {
                while (at < text.Length && text[at] != ',' && !char.IsWhiteSpace(text[at]))
                {
                    char c = text[at++];
                    name.Append(c is >= 'A' and <= 'Z' ? (char)(c + 32) : c);
                }

                if (name.Length == 0) return null;
            }

            names.Add(name.ToString());
            at = SkipSpace(text, at);
            if (at == text.Length) return names;
            if (text[at] != ',') return null;
            at = SkipSpace(text, at + 1);
        }
    }

    private static bool IsSystemSchema(string name) => name is "dadbs" or "pg_catalog" or "information_schema";

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
