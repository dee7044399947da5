namespace Dadbs.Server.Tests.Processes;

/// <summary>Tests that run clusters of real processes go one at a time: several clusters at once would only measure each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
