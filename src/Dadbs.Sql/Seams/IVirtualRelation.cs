using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Seams;

/// <summary>
/// A relation whose rows are made when it is read: <c>pg_catalog.*</c> and <c>information_schema.*</c> from the catalog snapshot
/// (replicated, so any statement may read them), <c>dadbs.*</c> and <c>pg_stat_*</c> from the node (local: their rows never enter
/// a replicated statement).
/// </summary>
public interface IVirtualRelation
{
    VirtualTableDescriptor Descriptor { get; }

    /// <summary>The rows in a deterministic order, one Datum per column of the descriptor. An array may be reused after the next step.</summary>
    IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog);
}
