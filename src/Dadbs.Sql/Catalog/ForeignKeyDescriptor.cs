using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// A FOREIGN KEY constraint, kept with the referencing table. Columns are named by number, so that it survives renames and dropped
/// neighbours; <see cref="ForeignKey"/> is its resolved form.
/// </summary>
public sealed record ForeignKeyDescriptor
{
    public required uint Oid { get; init; }

    public required string Name { get; init; }

    /// <summary>Numbers of the referencing columns.</summary>
    public required IReadOnlyList<int> Columns { get; init; }

    public required uint ReferencedTableOid { get; init; }

    /// <summary>Numbers of the referenced columns, each beside its referencing one.</summary>
    public required IReadOnlyList<int> ReferencedColumns { get; init; }

    /// <summary>The unique index over the referenced columns that look-ups use.</summary>
    public required uint IndexOid { get; init; }

    public ForeignKeyMatch Match { get; init; }

    public ReferentialAction OnUpdate { get; init; }

    public ReferentialAction OnDelete { get; init; }

    /// <summary>ON DELETE SET NULL (…) and SET DEFAULT (…): numbers of the columns to set; empty: all.</summary>
    public IReadOnlyList<int> OnDeleteColumns { get; init; } = [];

    public bool IsDeferrable { get; init; }

    public bool IsInitiallyDeferred { get; init; }

    /// <summary>False after NOT VALID: rows from before it were not looked at.</summary>
    public bool IsValidated { get; init; } = true;

    /// <summary>An action that writes is never deferred, whatever the constraint says (PostgreSQL manual, CREATE TABLE: DEFERRABLE).</summary>
    public static bool Writes(ReferentialAction action) => action is ReferentialAction.Cascade or ReferentialAction.SetNull or ReferentialAction.SetDefault;
}
