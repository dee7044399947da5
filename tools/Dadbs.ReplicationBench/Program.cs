using System.Globalization;
using Dadbs.ReplicationBench;

// Usage: Dadbs.ReplicationBench [--nodes 4] [--clients 1,32] [--seconds 5] [--body 200]. Works in a temporary directory and deletes it.
// Real validators, a process each, with real logs and a state machine that does next to nothing: what is left is the cost of replication.
string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
int Number(string name, int otherwise) => int.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

if (args is ["node", var home, var index])
{
    await BenchNode.RunAsync(home, int.Parse(index, CultureInfo.InvariantCulture));
    return;
}

await using var cluster = await BenchCluster.StartAsync(Number("--nodes", 4));
foreach (string clients in Option("--clients", "1,32").Split(','))
    await cluster.MeasureAsync(int.Parse(clients, CultureInfo.InvariantCulture), Number("--seconds", 5), Number("--body", 200));
