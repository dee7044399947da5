using System.CommandLine;
using Dadbs.Determinism;

var seed = new Option<int>("--seed") { Description = "seed of the statement stream", DefaultValueFactory = _ => 1 };
var length = new Option<int>("--length") { Description = "transactions", DefaultValueFactory = _ => 400 };
var culture = new Option<bool>("--foreign-culture") { Description = "run under a culture that writes 1.234,5 and another calendar" };
var restart = new Option<int>("--restart-at") { Description = "checkpoint, forget everything and recover after this many blocks; 0: never" };
var cache = new Option<int>("--page-cache-kb") { Description = "bytes of tree pages in memory", DefaultValueFactory = _ => 65536 };

var trace = new Option<bool>("--trace") { Description = "print every height's root and every failure, to find where two runs part" };

var root = new RootCommand("Executes one stream of statements and prints the state root: the same under every variation of the machine.")
{
    seed, length, culture, restart, cache, trace,
};
root.SetAction(parsed => Execution.Run(new ExecutionVariation(
    parsed.GetValue(seed), parsed.GetValue(length), parsed.GetValue(culture), parsed.GetValue(restart), parsed.GetValue(cache), parsed.GetValue(trace))));
return root.Parse(args).Invoke();
