using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>A row of pg_operator; its semantics are its function's.</summary>
public sealed record OperatorDescriptor
{
    public required uint Oid { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for a prefix operator.</summary>
    public SqlType? Left { get; init; }

    public required SqlType Right { get; init; }

    public required SqlType Result { get; init; }

    public required FunctionDescriptor Function { get; init; }

    /// <summary>OID of the operator with swapped sides that gives the same answer; 0 = none.</summary>
    public uint Commutator { get; init; }

    /// <summary>OID of the operator that gives the opposite answer; 0 = none.</summary>
    public uint Negator { get; init; }

    public bool CanMerge { get; init; }

    public bool CanHash { get; init; }

    /// <summary>oprrest and oprjoin, as function names ("eqsel"); "-" = none.</summary>
    public string RestrictionEstimator { get; init; } = "-";

    public string JoinEstimator { get; init; } = "-";
}
