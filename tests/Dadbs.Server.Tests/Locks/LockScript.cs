using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dadbs.PgWire.Tests.Client;
using Dadbs.Server.Tests.Wire;

namespace Dadbs.Server.Tests.Locks;

/// <summary>
/// A golden script of several sessions, after PostgreSQL's isolation tester: <c>a: statement</c> runs it in session a; the lines beneath, two spaces in,
/// are what came. A statement that waits for a lock says <c>waiting</c> (pg_locks tells), and its answer stands, with its session's name, beneath the
/// step that let it go. <c>a!: statement</c> is not asked whether it waits: it ends by itself.
/// </summary>
internal sealed partial class LockScript(IPEndPoint endPoint, string user, string database) : IAsyncDisposable
{
    private readonly SortedDictionary<string, Player> _players = new(StringComparer.Ordinal);
    private Player? _observer;

    /// <summary>Plays a script and returns it as it reads with these answers.</summary>
    public async Task<string> RunAsync(string script)
    {
        _observer = await StartAsync("observer");
        var played = new StringBuilder();
        foreach (string line in script.Split('\n'))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal)) continue;
            played.Append(line).Append('\n');
            if (line.Length > 0 && line[0] != '#') await StepAsync(line, played);
        }

        return played.ToString().TrimEnd('\n') + "\n";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Player player in _players.Values) await player.Connection.DisposeAsync();
        if (_observer is not null) await _observer.Connection.DisposeAsync();
    }

    private sealed class Player(string name, WireConnection connection)
    {
        public string Name { get; } = name;

        public WireConnection Connection { get; } = connection;

        public string ProcessId { get; set; } = "";

        public Task<List<string>>? Answer { get; set; }
    }

    private async Task StepAsync(string line, StringBuilder played)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string name = line[..colon].TrimEnd('!');
        if (!_players.TryGetValue(name, out Player? player))
        {
            player = await StartAsync(name);
            _players.Add(name, player);
        }

        await player.Connection.SendAsync(new FrontendBytes().Query(line[(colon + 1)..].Trim()));
        player.Answer = player.Connection.ReadUntilAsync("ReadyForQuery");
        if (line[colon - 1] == '!') await player.Answer;
        if (await WaitsAsync(player)) played.Append("  waiting\n");
        else Print(player, player.Answer, "  ", played);
        foreach (Player other in _players.Values)
        {
            if (other.Answer is null || ReferenceEquals(other, player) || await WaitsAsync(other)) continue;
            Print(other, other.Answer, $"  ({other.Name}) ", played);
        }
    }

    /// <summary>Until the statement has ended or stands in pg_locks as waiting.</summary>
    private async Task<bool> WaitsAsync(Player player)
    {
        while (!player.Answer!.IsCompleted)
        {
            await _observer!.Connection.SendAsync(new FrontendBytes().Query($"select count(*) from pg_locks where not granted and pid = {player.ProcessId}"));
            List<string> lines = await _observer.Connection.ReadUntilAsync("ReadyForQuery");
            if (lines.Contains("DataRow \"1\"")) return true;
            await Task.WhenAny(player.Answer, Task.Delay(2));
        }

        return false;
    }

    private async Task<Player> StartAsync(string name)
    {
        var player = new Player(name, await WireConnection.StartAsync(endPoint, user, database));
        await player.Connection.SendAsync(new FrontendBytes().Query("select pg_backend_pid()"));
        player.ProcessId = (await player.Connection.ReadUntilAsync("ReadyForQuery"))[1].Split('"')[1];
        return player;
    }

    private void Print(Player player, Task<List<string>> answer, string indent, StringBuilder played)
    {
        foreach (string message in answer.Result)
        {
            if (message.StartsWith("ReadyForQuery", StringComparison.Ordinal) || message.StartsWith("RowDescription", StringComparison.Ordinal)) continue;
            played.Append(indent).Append(Plain(message)).Append('\n');
        }

        player.Answer = null;
    }

    /// <summary>Without what differs from run to run: process and transaction numbers, OIDs, and places of tuples.</summary>
    private string Plain(string message)
    {
        message = message.Replace("CommandComplete ", "", StringComparison.Ordinal).Replace("ErrorResponse S=ERROR | C=", "ERROR ", StringComparison.Ordinal);
        message = message.Replace("DataRow ", "", StringComparison.Ordinal);
        foreach (Player player in _players.Values) message = Regex.Replace(message, $@"(?i)(process) {player.ProcessId}\b", $"$1 {player.Name}");
        return Context().Replace(Numbers().Replace(message, "$1 N"), "");
    }

    [GeneratedRegex(@"(transaction|relation|database) \d+")]
    private static partial Regex Numbers();

    [GeneratedRegex(@" \| W=while [^|]*")]
    private static partial Regex Context();
}
