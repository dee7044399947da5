using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>A compiled expression: its value for the row that now stands in the frame.</summary>
public delegate Datum Evaluator(ExecutionState state);

/// <summary>A compiled condition: true only where the expression is true (unknown passes nothing).</summary>
public delegate bool RowPredicate(ExecutionState state);
