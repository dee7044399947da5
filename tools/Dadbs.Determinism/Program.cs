using System.CommandLine;
using Dadbs.Determinism;

var seed = new Option<int>("--seed") { Description = "seed of the statement stream", DefaultValueFactory = _ => 1 };
var statements = new Option<int>("--statements") { Description = "how many statements the sessions run together, about", DefaultValueFactory = _ => 3000 };
var sessions = new Option<int>("--sessions") { Description = "sessions side by side", DefaultValueFactory = _ => 4 };
var only = new Option<int>("--variations") { Description = "how many of the variations to run; 0: all", DefaultValueFactory = _ => 0 };
var chain = new Argument<string>("directory") { Description = "data directory of a stopped node" };
var culture = new Option<bool>("--foreign-culture") { Description = "run under a culture that writes 1.234,5 and another calendar" };
var restart = new Option<int>("--restart-every") { Description = "checkpoint, forget everything and recover after so many blocks; 0: never" };
var checkpoint = new Option<int>("--checkpoint-every") { Description = "checkpoint after so many blocks; 0: never" };
var cold = new Option<int>("--cold-every") { Description = "forget plans and catalogs after so many blocks; 0: never" };
var cache = new Option<int>("--page-cache-kb") { Description = "tree pages in memory", DefaultValueFactory = _ => 65536 };
var trace = new Option<bool>("--trace") { Description = "print every height's root and every failure, to find where two runs part" };

var recording = new Command("record", "Runs a node in the directory and has generated statements executed by several sessions.") { chain, seed, statements, sessions };
recording.SetAction((parsed, cancellation) => Recording.RunAsync(
    parsed.GetValue(chain)!, parsed.GetValue(seed), parsed.GetValue(statements), parsed.GetValue(sessions), cancellation));

var replay = new Command("replay", "Executes a stopped node's chain again and prints the state root.") { chain, culture, restart, checkpoint, cold, cache, trace };
replay.SetAction(parsed => Replaying.Run(parsed.GetValue(chain)!, new ReplayVariation(
    parsed.GetValue(culture), parsed.GetValue(restart), parsed.GetValue(checkpoint), parsed.GetValue(cold), parsed.GetValue(cache), parsed.GetValue(trace))));

var campaign = new Command("campaign", "Records a chain and replays it under variations of all that must not matter: one root.") { seed, statements, sessions, only };
campaign.SetAction((parsed, cancellation) => Campaign.RunAsync(
    parsed.GetValue(seed), parsed.GetValue(statements), parsed.GetValue(sessions), parsed.GetValue(only), cancellation));

return await new RootCommand("Shows that what a chain leads to is a function of the chain alone.") { campaign, recording, replay }.Parse(args).InvokeAsync();
