using Dadbs.Sql.Types;

namespace Dadbs.Sql.Catalog;

/// <summary>What <c>GENERATED … AS IDENTITY</c> said.</summary>
public enum IdentityKind
{
    None,
    Always,
    ByDefault,
}

/// <summary>A live column of a relation. Its index in <see cref="RelationDescriptor.Columns"/> is what plans speak of.</summary>
public sealed record ColumnDescriptor
{
    /// <summary>PostgreSQL's attnum: from 1, never reused after DROP COLUMN. Its position in stored rows is one less.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>NULL is refused with 23502; true for every column of a primary key.</summary>
    public bool NotNull { get; init; }

    /// <summary>The default as SQL text, bound under pg_catalog and then the table's schema; null if there is none.</summary>
    public string? DefaultText { get; init; }

    public IdentityKind Identity { get; init; }

    /// <summary>The sequence that serial or identity made for this column, or 0. It is dropped with the column.</summary>
    public uint OwnedSequenceOid { get; init; }

    /// <summary>
    /// The value of this column in rows that were written before it was added, in row form; null if that value is NULL. So
    /// ADD COLUMN … DEFAULT rewrites nothing.
    /// </summary>
    public byte[]? MissingValue { get; init; }
}
