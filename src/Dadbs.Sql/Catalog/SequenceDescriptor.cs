using Dadbs.Sql.Types;

namespace Dadbs.Sql.Catalog;

/// <summary>A sequence's parameters. Its counter is a row of its own (<see cref="SystemRelations.SequenceStates"/>), outside the catalog version.</summary>
public sealed record SequenceDescriptor : RelationDescriptor
{
    public override char Kind => 'S';

    public required SqlType DataType { get; init; }

    public required long Start { get; init; }

    public required long Increment { get; init; }

    public required long Minimum { get; init; }

    public required long Maximum { get; init; }

    public long Cache { get; init; } = 1;

    public bool Cycles { get; init; }

    /// <summary>OWNED BY: the table, or 0.</summary>
    public uint OwnerTableOid { get; init; }

    /// <summary>OWNED BY: the column's number, or 0.</summary>
    public int OwnerColumnNumber { get; init; }

    /// <summary>Made by an identity column: cannot be dropped by itself.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>22003 for a value that setval may not set.</summary>
    public void RequireInBounds(long value)
    {
        if (value >= Minimum && value <= Maximum) return;
        throw new SqlException(SqlState.NumericValueOutOfRange, $"setval: value {value} is out of bounds for sequence \"{Name}\" ({Minimum}..{Maximum})");
    }
}
