namespace Dadbs.Sql.Catalog;

/// <summary>A relation without stored rows: see <see cref="Seams.IVirtualRelation"/>.</summary>
public sealed record VirtualTableDescriptor : RelationDescriptor
{
    /// <summary>pg_class.relkind that it shows: r for pg_catalog's tables, v for views.</summary>
    public char ShownKind { get; init; } = 'v';

    public override char Kind => ShownKind;

    /// <summary>Its rows are this node's own (dadbs.peers, pg_stat_activity): a replicated statement must not read it.</summary>
    public bool IsLocal { get; init; }
}
