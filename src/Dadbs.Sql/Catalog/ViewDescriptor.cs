namespace Dadbs.Sql.Catalog;

/// <summary>A view: a query under a name, its column names and types fixed when it was made.</summary>
public sealed record ViewDescriptor : RelationDescriptor
{
    public override char Kind => 'v';

    /// <summary>The query as SQL text, its names qualified, its stars expanded.</summary>
    public required string QueryText { get; init; }

    /// <summary>OIDs of the relations that the query reads: they cannot be dropped without CASCADE (2BP01).</summary>
    public IReadOnlyList<uint> DependsOn { get; init; } = [];
}
