using System.Text;
using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>
/// The <c>options</c> parameter of a startup packet: <c>-c name=value</c> and <c>--name=value</c>, separated by spaces, a backslash
/// before a space or backslash that is meant (PostgreSQL: pg_split_opts).
/// </summary>
internal static class StartupOptions
{
    /// <exception cref="FatalSessionException">42601 for an option that is not understood.</exception>
    public static IReadOnlyList<(string Name, string Value)> Parse(string options)
    {
        List<(string, string)> settings = [];
        List<string> words = Split(options);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            string? setting = word switch
            {
                "-c" when i + 1 < words.Count => words[++i],
                _ when word.StartsWith("-c", StringComparison.Ordinal) && word.Length > 2 => word[2..],
                _ when word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2 => word[2..],
                _ => null,
            };
            int equals = setting?.IndexOf('=', StringComparison.Ordinal) ?? -1;
            if (setting is null || equals <= 0)
            {
                throw new FatalSessionException(SqlState.SyntaxError, $"invalid command-line argument for server process: {word}")
                {
                    Hint = "Settings are given as -c name=value.",
                };
            }

            settings.Add((setting[..equals].Replace('-', '_'), setting[(equals + 1)..]));
        }

        return settings;
    }

    private static List<string> Split(string options)
    {
        List<string> words = [];
        var word = new StringBuilder();
        bool isWord = false;
        for (int i = 0; i < options.Length; i++)
        {
            char c = options[i];
            if (c == '\\' && i + 1 < options.Length)
            {
                word.Append(options[++i]);
                isWord = true;
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
