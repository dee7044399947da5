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
/// key appended, so that NULLs never collide); a non-unique index has the row's key appended and its length as value.
/// </summary>
/// <remarks>
/// A deferrable key may have duplicates for a while. To storage, planner and foreign keys its index is therefore one that is not unique, and its
/// table, if it is the primary key, one whose rows have hidden ids; <see cref="Statements.UniqueKeyEvent"/> is what enforces it.
/// </remarks>
public sealed record IndexDescriptor : RelationDescriptor
{
    public override char Kind => 'i';

    public required uint TableOid { get; init; }

    public required RelationId Entries { get; init; }

    public required IReadOnlyList<IndexPart> Parts { get; init; }

    /// <summary>No two rows have the same key at any moment.</summary>
    public bool IsUnique => IsUniqueKey && !IsDeferrable;

    /// <summary>The table's own tree: rows are stored under it.</summary>
    public bool IsPrimary => IsPrimaryKey && !IsDeferrable;

    /// <summary>UNIQUE or PRIMARY KEY, whenever it is checked.</summary>
    public bool IsUniqueKey { get; init; }

    /// <summary>PRIMARY KEY, whenever it is checked.</summary>
    public bool IsPrimaryKey { get; init; }

    /// <summary>Checked at the end of the statement or of the transaction, not row by row.</summary>
    public bool IsDeferrable { get; init; }

    public bool IsInitiallyDeferred { get; init; }

    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>The OID of the PRIMARY KEY or UNIQUE constraint that owns this index (same name), or 0.</summary>
    public uint ConstraintOid { get; init; }
}
