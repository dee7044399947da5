using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>The working table of a recursive query (manual 7.8.2.1).</summary>
internal sealed class WorkingTable
{
    public List<Datum[]> Rows { get; set; } = [];
}
