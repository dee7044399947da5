using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>A column of a result, as RowDescription reports it.</summary>
/// <param name="Name">The output name.</param>
/// <param name="Type">Its type and modifier; never unknown (an unknown literal is sent as text).</param>
/// <param name="TableOid">The table the column is of, or 0 for an expression.</param>
/// <param name="AttributeNumber">The column's number in that table, from 1, or 0.</param>
public sealed record ResultColumn(string Name, ColumnType Type, uint TableOid = 0, short AttributeNumber = 0);

/// <summary>The shape of a result.</summary>
public sealed record RowDescription(IReadOnlyList<ResultColumn> Columns);
