using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>An output column of a query: its name and the slot in which each row's value stands.</summary>
public sealed record BoundOutput(string Name, int Slot, SqlType Type, int Modifier)
{
    public uint TableOid { get; init; }

    public short AttributeNumber { get; init; }

    /// <summary>The literal or parameter of type unknown behind this output, for whoever settles its type.</summary>
    public BoundExpression? Literal { get; init; }

    public int Position { get; init; } = -1;
}

/// <summary>A bound query: the logical plan that makes its rows, and its visible columns.</summary>
public sealed record BoundQuery(LogicalPlan Plan, IReadOnlyList<BoundOutput> Outputs)
{
    public RowDescription Describe()
    {
        ResultColumn[] columns = new ResultColumn[Outputs.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            BoundOutput output = Outputs[i];
            columns[i] = new ResultColumn(output.Name, new ColumnType(output.Type, output.Modifier), output.TableOid, output.AttributeNumber);
        }

        return new RowDescription(columns);
    }
}
