using System.CommandLine;
using Dadbs.QueueCampaign;

var jobs = new Option<int>("--jobs") { Description = "how many jobs are handed out", DefaultValueFactory = _ => 1000 };
var workers = new Option<int>("--workers") { Description = "concurrent workers", DefaultValueFactory = _ => 16 };
var nodes = new Option<int>("--nodes") { Description = "validators; workers are spread over all of them", DefaultValueFactory = _ => 2 };
var form = new Option<string>("--form") { Description = "how a worker takes a job", DefaultValueFactory = _ => "both" };
form.AcceptOnlyFromAmong("statement", "block", "both");
var work = new Option<int>("--work-ms") { Description = "milliseconds that a worker holds a job in its block before it removes it", DefaultValueFactory = _ => 0 };

var root = new RootCommand("Hands out the rows of a table as jobs to workers on several nodes; each must be handed out exactly once.") { jobs, workers, nodes, form, work };
root.SetAction((parsed, cancellation) => Campaign.RunAsync(
    parsed.GetValue(jobs), parsed.GetValue(workers), parsed.GetValue(nodes), parsed.GetValue(form)!, parsed.GetValue(work), cancellation));
return await root.Parse(args).InvokeAsync();
