using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Planning;

/// <summary>
/// Guesses of how many rows pass, from the catalog alone: replicated statistics where ANALYZE left some, else PostgreSQL's default selectivities. Never live counts or parameter values: every
/// node must choose the same plan.
/// </summary>
internal static class Selectivity
{
    /// <summary>Rows assumed of a table that was never analysed.</summary>
    public const double DefaultRows = 1000;

    public const double Equality = 0.005;
    public const double Range = 1.0 / 3;
    public const double BothBounds = 0.1;
    private const double Unknown = 0.5;

    public static double RowsOf(TableDescriptor table) => table.EstimatedRows >= 0 ? Math.Max(1, table.EstimatedRows) : DefaultRows;

    /// <summary>The fraction of rows that a condition lets through.</summary>
    public static double Of(BoundExpression condition) => condition switch
    {
        BoundConstant constant => constant.Value.IsTrue ? 1 : 0.0001,
        BoundOperator { Operator.Name: "=" } => Equality,
        BoundOperator { Operator.Name: "<>" } => 1 - Equality,
        BoundOperator { Operator.Name: "<" or "<=" or ">" or ">=" } => Range,
        BoundInList list => list.Negated ? 1 - Math.Min(0.9, Equality * list.Items.Length) : Math.Min(0.9, Equality * list.Items.Length),
        BoundIsNull test => test.Negated ? 0.99 : 0.01,
        BoundNot not => Math.Max(0.01, 1 - Of(not.Operand)),
        BoundLogical { IsAnd: true } and => and.Operands.Aggregate(1.0, (product, operand) => product * Of(operand)),
        BoundLogical or => Math.Min(1, or.Operands.Sum(Of)),
        BoundSubquery => Unknown,
        _ => Range,
    };
}
