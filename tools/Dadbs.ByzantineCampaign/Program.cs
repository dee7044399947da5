using System.CommandLine;
using Dadbs.ByzantineCampaign;

var directory = new Option<string>("--data-dir") { Description = "data directory of the lying node", Required = true };
var port = new Option<int>("--port") { Description = "its SQL port", Required = true };
var node = new Command("node", "The lying node; told by lines on standard input how to behave. Started by the campaign.") { directory, port };
node.SetAction((parsed, cancellation) => ByzantineNode.RunAsync(parsed.GetValue(directory)!, parsed.GetValue(port), cancellation));

var behaviours = new Option<string[]>("--behaviours") { Description = "which (default: all)", AllowMultipleArgumentsPerToken = true };
var clients = new Option<int>("--clients") { Description = "concurrent writers, spread over all nodes", DefaultValueFactory = _ => 16 };
var settle = new Option<int>("--settle") { Description = "seconds between the first lie and the measurement", DefaultValueFactory = _ => 10 };
var seconds = new Option<int>("--seconds") { Description = "seconds of each measurement", DefaultValueFactory = _ => 10 };

var root = new RootCommand("One of four validators lies, under load: nothing may fork or be lost, and the others' throughput is compared with that before the lies.")
{
    behaviours, clients, settle, seconds, node,
};
root.SetAction((parsed, cancellation) => Campaign.RunAsync(
    parsed.GetValue(behaviours) is { Length: > 0 } some ? [.. some.Select(Behaviours.Parse)] : Enum.GetValues<Behaviour>()[1..],
    parsed.GetValue(clients),
    TimeSpan.FromSeconds(parsed.GetValue(settle)),
    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    cancellation));
return await root.Parse(args).InvokeAsync();
