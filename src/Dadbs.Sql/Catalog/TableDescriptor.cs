using Dadbs.Sql.Rows;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>A CHECK constraint, its expression as SQL text over the table's columns.</summary>
public sealed record CheckDescriptor(uint Oid, string Name, string ExpressionText);

/// <summary>
/// A table that is stored in the state. Rows live in <see cref="Rows"/> under their primary key, or under a hidden row id (8 bytes,
/// big-endian, from 1) when the table has none.
/// </summary>
public sealed record TableDescriptor : RelationDescriptor
{
    private RowCodec? _codec;

    public override char Kind => 'r';

    /// <summary>The tree of rows: key → row bytes.</summary>
    public required RelationId Rows { get; init; }

    /// <summary>The tree of large column values: row key, column number, chunk number → bytes.</summary>
    public required RelationId Overflow { get; init; }

    /// <summary>The storage positions that rows have, dropped columns included: the highest column number ever given.</summary>
    public required int StoredColumnCount { get; init; }

    /// <summary>What dropped columns were, so that old rows can still be read. Ordered by number.</summary>
    public IReadOnlyList<ColumnDescriptor> DroppedColumns { get; init; } = [];

    /// <summary>The primary key under which rows are stored, also one of <see cref="Indexes"/>; null: rows have hidden ids.</summary>
    public IndexDescriptor? PrimaryKey { get; init; }

    /// <summary>The PRIMARY KEY constraint's index, deferrable or not.</summary>
    public IndexDescriptor? DeclaredPrimaryKey => PrimaryKey ?? Indexes.FirstOrDefault(index => index.IsPrimaryKey);

    /// <summary>All indexes by OID, the order in which PostgreSQL checks their constraints.</summary>
    public IReadOnlyList<IndexDescriptor> Indexes { get; init; } = [];

    /// <summary>CHECK constraints by name, the order in which PostgreSQL checks them.</summary>
    public IReadOnlyList<CheckDescriptor> Checks { get; init; } = [];

    /// <summary>FOREIGN KEY constraints of this table by OID; those of others that reference it are in <see cref="CatalogSnapshot.ForeignKeys"/>.</summary>
    public IReadOnlyList<ForeignKeyDescriptor> ForeignKeys { get; init; } = [];

    /// <summary>Storage parameters such as fillfactor=100: kept and shown, without effect.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Replicated statistics of the last ANALYZE: rows, or −1 before the first.</summary>
    public double EstimatedRows { get; init; } = -1;

    /// <summary>Row bytes ↔ Datums for this very shape (a copy made by <c>with</c> builds its own).</summary>
    public RowCodec Codec
    {
        get
        {
            RowCodec? codec = _codec;
            if (codec is null || !ReferenceEquals(codec.Table, this)) _codec = codec = new RowCodec(this);
            return codec;
        }
    }
}
