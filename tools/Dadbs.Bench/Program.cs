using System.CommandLine;
using Dadbs.Bench;

// For every target alike: a client's continuation runs on the thread that learnt of the answer, so that the cores are the server's. Before the first socket; PostgreSQL's server ignores it, a node has it anyway.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var seconds = new Option<int>("--seconds") { Description = "measured time of each cell", DefaultValueFactory = _ => 5 };
var warmup = new Option<int>("--warmup") { Description = "seconds before measuring", DefaultValueFactory = _ => 2 };
var clients = new Option<int[]>("--clients") { Description = "client counts", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 8, 32] };
var targets = new Option<string[]>("--targets")
{
    Description = "dadbs-1, dadbs-4, postgresql, sqlite",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["dadbs-1", "dadbs-4", "postgresql", "sqlite"],
};
var workloads = new Option<string[]>("--workloads")
{
    Description = "upsert, point-read",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["upsert", "point-read"],
};
var rows = new Option<int>("--rows") { Description = "keys in the table", DefaultValueFactory = _ => 100_000 };
var rate = new Option<int>("--rate") { Description = "operations a second offered by all clients together; 0: back to back" };
var json = new Option<string?>("--json") { Description = "also write the figures to this file" };

var root = new RootCommand("Compares DADBS with PostgreSQL and SQLite on this machine: same client code, one run, ratios.")
{
    seconds, warmup, clients, targets, workloads, rows, rate, json,
};
root.SetAction((parsed, cancellation) => Comparison.RunAsync(
    new ComparisonOptions
    {
        Seconds = parsed.GetValue(seconds),
        WarmupSeconds = parsed.GetValue(warmup),
        Clients = parsed.GetValue(clients)!,
        Targets = parsed.GetValue(targets)!,
        Workloads = parsed.GetValue(workloads)!,
        Rows = parsed.GetValue(rows),
        Rate = parsed.GetValue(rate),
        JsonFile = parsed.GetValue(json),
    },
    cancellation));
return await root.Parse(args).InvokeAsync();
