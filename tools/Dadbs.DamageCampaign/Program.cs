using System.CommandLine;
using Dadbs.DamageCampaign;

// Dadbs.DamageCampaign [--damages 1000] [--seed 1] [--cluster] [--keep DIR]: exit code 0 if no damage was served (and, in a cluster, all was healed that peers have), 1 otherwise.
var damages = new Option<int>("--damages") { DefaultValueFactory = _ => 1000, Description = "bits to flip and files to cut, one at a time" };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "what is damaged where" };
var cluster = new Option<bool>("--cluster") { Description = "one of four validators whose peers go on, instead of one that is alone" };
var keep = new Option<string?>("--keep") { Description = "keep the directories of damages that were served here" };
var root = new RootCommand("Damages a stopped validator's files, one bit or cut at a time, and starts it.") { damages, seed, cluster, keep };
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(cluster)) return await new ClusterCampaign(parsed.GetValue(seed), Console.Out).RunAsync(parsed.GetValue(damages), cancellation) ? 0 : 1;
    var campaign = new Campaign(parsed.GetValue(seed), parsed.GetValue(keep), Console.Out);
    return await campaign.RunAsync(parsed.GetValue(damages), cancellation) ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
