using System.CommandLine;
using Dadbs.DamageCampaign;

// Dadbs.DamageCampaign [--damages 1000] [--seed 1] [--keep DIR]: exit code 0 if no damage was served, 1 otherwise.
var damages = new Option<int>("--damages") { DefaultValueFactory = _ => 1000, Description = "bits to flip and files to cut, one at a time" };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "what is damaged where" };
var keep = new Option<string?>("--keep") { Description = "keep the directories of damages that were served here" };
var root = new RootCommand("Damages a stopped validator's files, one bit or cut at a time, and starts it.") { damages, seed, keep };
root.SetAction(async (parsed, cancellation) =>
{
    var campaign = new Campaign(parsed.GetValue(seed), parsed.GetValue(keep), Console.Out);
    return await campaign.RunAsync(parsed.GetValue(damages), cancellation) ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
