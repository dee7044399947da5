using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>One part of an index key.</summary>
/// <param name="ColumnIndex">The index in the table's <see cref="RelationDescriptor.Columns"/>.</param>
/// <param name="Type">The column's type.</param>
/// <param name="Descending">The encoded part is inverted.</param>
/// <param name="NullsFirst">NULL sorts before everything; PostgreSQL's default is last when ascending, first when descending.</param>
public readonly record struct IndexPart(int ColumnIndex, SqlType Type, bool Descending, bool NullsFirst);

/// <summary>
/// An index of a table. A primary key is the table's own tree: its <see cref="Entries"/> is the table's
/// <see cref="TableDescriptor.Rows"/>. Any other unique index maps its key to the row's key (an entry with a NULL in it has the row's
/// key appended, so that NULLs never collide); a non-unique index has the row's key appended and an empty value.
/// </summary>
public sealed record IndexDescriptor : RelationDescriptor
{
    public override char Kind => 'i';

    public required uint TableOid { get; init; }

    public required RelationId Entries { get; init; }

    public required IReadOnlyList<IndexPart> Parts { get; init; }

    public bool IsUnique { get; init; }

    public bool IsPrimary { get; init; }

    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>The OID of the PRIMARY KEY or UNIQUE constraint that owns this index (same name), or 0.</summary>
    public uint ConstraintOid { get; init; }
}
