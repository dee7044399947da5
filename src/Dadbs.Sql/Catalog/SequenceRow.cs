using Dadbs.Sql.Functions;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>A sequence read as a relation: one row, its counter. log_cnt is PostgreSQL's write-ahead business and always 0 here.</summary>
internal sealed class SequenceRow(VirtualTableDescriptor descriptor, SequenceDescriptor sequence, IReadView state) : IVirtualRelation
{
    public VirtualTableDescriptor Descriptor => descriptor;

    public IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        SequenceState counter = SequenceState.Read(state, catalog.Database.Oid, sequence);
        yield return [Datum.FromInt64(counter.LastValue), Datum.FromInt64(0), Datum.FromBool(counter.IsCalled)];
    }
}
