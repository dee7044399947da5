using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dadbs.Server.Configuration;
using Dadbs.Server.Hosting;
using Npgsql;
using Spectre.Console;

namespace Dadbs.Server.CommandLine;

/// <summary><c>dadbs status</c>: what a node knows, read from its <c>dadbs.*</c> views like any client would.</summary>
internal static class StatusCommand
{
    private const int TableWidth = 180;
    private static readonly string[] Views = ["node", "validators", "peers"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var port = SharedOptions.Port("SQL port of the node");
        var json = new Option<bool>("--json") { Description = "for programs" };
        var command = new Command("status", "Show what a node knows: height, view, roots, peers, validators, lag.") { port, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(port), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int port, bool json, CancellationToken cancellation)
    {
        if (port is < 1 or > 65535) throw new ConfigurationException("--port", string.Create(CultureInfo.InvariantCulture, $"{port}"), "1 to 65535");
        var source = NodeConnection.Create(port);
        await using (source.ConfigureAwait(false))
        {
            try
            {
                var views = new Dictionary<string, List<Dictionary<string, object?>>>();
                foreach (string view in Views) views[view] = await ReadAsync(source, view, cancellation).ConfigureAwait(false);
                if (json) Console.WriteLine(JsonSerializer.Serialize(views, Indented));
                else Print(views);
            }
            catch (NpgsqlException e)
            {
                throw new CommandFailedException($"no answer from the node on port {port}: {e.Message}", e);
            }
        }

        return ExitCode.Done;
    }

    private static async Task<List<Dictionary<string, object?>>> ReadAsync(NpgsqlDataSource source, string view, CancellationToken cancellation)
    {
        using var command = source.CreateCommand($"SELECT * FROM dadbs.{view}");
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<Dictionary<string, object?>>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var row = new Dictionary<string, object?>();
                for (int i = 0; i < reader.FieldCount; i++) row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                rows.Add(row);
            }

            return rows;
        }
    }

    private static void Print(Dictionary<string, List<Dictionary<string, object?>>> views)
    {
        foreach (var row in views["node"])
        {
            foreach (var (key, value) in row) Console.WriteLine($"{key,-20} {Text(value)}");
        }

        foreach (string view in Views[1..])
        {
            if (views[view].Count == 0) continue;
            var table = new Table().Border(TableBorder.Simple).Title(view).AddColumns([.. views[view][0].Keys]);
            foreach (var row in views[view]) table.AddRow([.. row.Values.Select(v => Markup.Escape(Text(v)))]);

            // Colours are for people.
            if (Console.IsOutputRedirected) AnsiConsole.Profile.Capabilities.Ansi = false;

            // Wider than the terminal is better than wrapped: keys and roots are there to be copied.
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth);
            AnsiConsole.Write(table);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "yes" : "no",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
