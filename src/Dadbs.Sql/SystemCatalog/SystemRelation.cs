using System.Runtime.CompilerServices;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>What fills a relation: a function of the catalog alone, or also of the session.</summary>
internal abstract record RowSource
{
    private RowSource()
    {
    }

    public sealed record Nothing : RowSource;

    /// <summary>Equal for all catalogs: the built-in types and functions.</summary>
    public sealed record Fixed(Action<RowBuilder> Fill) : RowSource;

    public sealed record OfCatalog(Action<RowBuilder, CatalogSnapshot> Fill) : RowSource;

    public sealed record OfSession(Action<RowBuilder, CatalogSnapshot, EvaluationContext> Fill) : RowSource;
}

/// <summary>
/// A relation of pg_catalog or information_schema. Rows that depend on the catalog alone are made once for each snapshot and live as long as
/// it does, so a nested loop over catalogs costs no more than one over tables. Any thread.
/// </summary>
internal sealed class SystemRelation(RelationLayout layout, RowSource source) : IVirtualRelation
{
    private readonly ConditionalWeakTable<CatalogSnapshot, Datum[][]> _rowsOfCatalog = [];
    private Datum[][]? _fixedRows;

    public VirtualTableDescriptor Descriptor => layout.Descriptor;

    public IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        switch (source)
        {
            case RowSource.Fixed constant:
                return _fixedRows ??= Build(constant.Fill);
            case RowSource.OfCatalog cached:
                return _rowsOfCatalog.GetValue(catalog, key => Build(rows => cached.Fill(rows, key)));
            case RowSource.OfSession session:
                return Build(rows => session.Fill(rows, catalog, context));
            default:
                return [];
        }
    }

    private Datum[][] Build(Action<RowBuilder> fill)
    {
        var rows = new RowBuilder(layout);
        fill(rows);
        return rows.Rows;
    }
}
