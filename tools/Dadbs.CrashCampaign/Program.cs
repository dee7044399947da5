using System.CommandLine;
using Dadbs.CrashCampaign;

var nodes = new Option<int>("--nodes") { Description = "validators", DefaultValueFactory = _ => 4 };
var rounds = new Option<int>("--rounds") { Description = "how often all nodes are killed", DefaultValueFactory = _ => 20 };
var clients = new Option<int>("--clients") { Description = "concurrent writers", DefaultValueFactory = _ => 16 };
var load = new Option<int>("--load-ms") { Description = "milliseconds of load before each kill, at most", DefaultValueFactory = _ => 3000 };
var seed = new Option<int>("--seed") { Description = "seed of the kill times", DefaultValueFactory = _ => 1 };

var root = new RootCommand("Kills every node at once under load, again and again; every acknowledged write must be there afterwards.")
{
    nodes, rounds, clients, load, seed,
};
root.SetAction((parsed, cancellation) => Campaign.RunAsync(
    parsed.GetValue(nodes), parsed.GetValue(rounds), parsed.GetValue(clients), parsed.GetValue(load), parsed.GetValue(seed), cancellation));
return await root.Parse(args).InvokeAsync();
