using System.Globalization;
using System.Net;
using System.Text;
using Dadbs.PgWire.Tests.Client;

namespace Dadbs.Server.Tests.Wire;

/// <summary>
/// A golden wire script: blocks of client messages, each followed by <c>----</c> and the messages that a real PostgreSQL answers, a line
/// each. Lines before the first block that start with <c>#</c> say what, why, and what must never happen. A block ends with
/// <c>until NAME [n]</c>: read up to the n-th message of that name. CONTRIBUTING.md shows how a script is recorded.
/// </summary>
internal static class WireScript
{
    private const string Separator = "----";

    /// <summary>Runs the script's commands and returns the whole script as it would read with these answers.</summary>
    public static async Task<string> RunAsync(string script, IPEndPoint endPoint, string user, string database)
    {
        var played = new StringBuilder();
        var pending = new FrontendBytes();
        bool isAnswer = false;
        await using WireConnection connection = await WireConnection.StartAsync(endPoint, user, database);
        foreach (string line in script.Split('\n'))
        {
            if (isAnswer && line.Length > 0)
            {
                continue;
            }

            isAnswer = false;
            played.Append(line).Append('\n');
            if (line.StartsWith("until ", StringComparison.Ordinal))
            {
                await connection.SendAsync(pending);
                pending = new FrontendBytes();
                string[] words = line.Split(' ');
                List<string> answers = await connection.ReadUntilAsync(words[1], words.Length > 2 ? int.Parse(words[2], CultureInfo.InvariantCulture) : 1);
                played.Append(Separator).Append('\n').AppendJoin('\n', answers).Append('\n');
                isAnswer = true;
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                Add(pending, line);
            }
        }

        return played.ToString().TrimEnd('\n') + "\n";
    }

    private static void Add(FrontendBytes messages, string line)
    {
        var words = new Words(line);
        switch (words.Next())
        {
            case "query": messages.Query(Unescape(words.Rest())); break;
            case "parse": messages.Parse(words.Name(), types: words.List().Select(uint.Parse).ToArray(), text: Unescape(words.Rest())); break;
            case "bind":
                string portal = words.Name(), statement = words.Name();
                List<string> values = words.List();
                messages.Bind(
                    portal,
                    statement,
                    values.Select(v => (short)(v.StartsWith("\\x", StringComparison.Ordinal) ? 1 : 0)).ToArray(),
                    values.Select(Value).ToArray(),
                    words.List().Select(f => (short)(f == "b" ? 1 : 0)).ToArray());
                break;
            case "describe": messages.Describe(words.Next()[0], words.Name()); break;
            case "close": messages.Close(words.Next()[0], words.Name()); break;
            case "execute": messages.Execute(words.Name(), words.Rest() is { Length: > 0 } rows ? int.Parse(rows, CultureInfo.InvariantCulture) : 0); break;
            case "sync": messages.Sync(); break;
            case "flush": messages.Flush(); break;
            case "copydata": messages.CopyData(Unescape(words.Rest())); break;
            case "copydone": messages.CopyDone(); break;
            case "copyfail": messages.CopyFail(words.Rest()); break;
            case "raw": messages.Typed(words.Next()[0], Convert.FromHexString(words.Rest())); break;
            default: throw new FormatException($"no such command: {line}");
        }
    }

    private static byte[]? Value(string word) => word switch
    {
        "NULL" => null,
        _ when word.StartsWith("\\x", StringComparison.Ordinal) => Convert.FromHexString(word.AsSpan(2)),
        _ => Encoding.UTF8.GetBytes(Unescape(word)),
    };

    private static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);

    /// <summary>Words of a command: names (<c>-</c> for the unnamed), lists in parentheses, values in single quotes.</summary>
    private sealed class Words(string line)
    {
        private string _rest = line;

        public string Next()
        {
            int end = _rest.IndexOf(' ', StringComparison.Ordinal);
            string word = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? "" : _rest[(end + 1)..];
            return word;
        }

        public string Name() => Next() is var word && word == "-" ? "" : word;

        public string Rest() => _rest;

        public List<string> List()
        {
            List<string> items = [];
            int at = _rest.IndexOf('(', StringComparison.Ordinal) + 1;
            while (_rest[at] != ')')
            {
                if (_rest[at] == ' ')
                {
                    at++;
                }
                else if (_rest[at] == '\'')
                {
                    int end = _rest.IndexOf('\'', at + 1);
                    items.Add(_rest[(at + 1)..end]);
                    at = end + 1;
                }
                else
                {
                    int end = _rest.IndexOfAny([' ', ')'], at);
                    items.Add(_rest[at..end]);
                    at = end;
                }
            }

            _rest = _rest[(at + 1)..].TrimStart();
            return items;
        }
    }
}
