using Dadbs.Sql.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>
/// What a plan may depend on, besides the statement's text and parameter types: the catalog (its version covers statistics), the search path and the settings that change meaning.
/// Nothing else may be looked at while planning, or nodes would plan differently.
/// </summary>
public sealed record PlanningContext
{
    public required CatalogSnapshot Catalog { get; init; }

    /// <summary>Where unqualified names are looked up.</summary>
    public required SearchPath SearchPath { get; init; }

    /// <summary>Formats of literals (DateStyle, TimeZone …).</summary>
    public required TypeSettings TypeSettings { get; init; }
}
