using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Execution;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>An expression bound for one table, ready to be evaluated in a frame whose first slots are the table's columns.</summary>
internal sealed record StoredExpression(BoundExpression Bound, bool IsVolatile, ExecutionState State, Evaluator Evaluator)
{
    public Datum Evaluate(ReadOnlySpan<Datum> row)
    {
        row.CopyTo(State.Slots);
        return Evaluator(State);
    }
}

/// <summary>Defaults, checks and conversions: bound when they are defined, so that what cannot work is refused, and kept as text.</summary>
internal static class StoredExpressions
{
    /// <summary>Binds a column's default. It may name no column (0A000).</summary>
    public static StoredExpression Default(ExpressionSyntax syntax, ColumnType type, string column, DefinitionScope scope)
    {
        var binding = new BindingContext(scope.Planning, ParameterTypes.None);
        BoundExpression bound = new ExpressionBinder(binding).BindAssignment(syntax, new Scope(null) { Clause = ClauseKind.ColumnDefault }, type, column);
        return Compile(bound, binding, scope);
    }

    /// <summary>Binds a CHECK over the columns of a table.</summary>
    public static StoredExpression Check(ExpressionSyntax syntax, RelationDescriptor table, DefinitionScope scope)
    {
        var binding = new BindingContext(scope.Planning, ParameterTypes.None);
        binding.Slots.Allocate(table.Columns.Count);
        Scope names = Scope.ForTable(table);
        names.Clause = ClauseKind.Check;
        return Compile(new ExpressionBinder(binding).BindCondition(syntax, names, "CHECK"), binding, scope);
    }

    /// <summary>Binds the conversion of ALTER COLUMN … TYPE: USING's expression, or the column itself, assigned to the new type.</summary>
    public static StoredExpression Conversion(ExpressionSyntax syntax, TableDescriptor table, ColumnType type, string column, DefinitionScope scope)
    {
        var binding = new BindingContext(scope.Planning, ParameterTypes.None);
        binding.Slots.Allocate(table.Columns.Count);
        return Compile(new ExpressionBinder(binding).BindAssignment(syntax, Scope.ForTable(table), type, column), binding, scope);
    }

    private static StoredExpression Compile(BoundExpression bound, BindingContext binding, DefinitionScope scope) => new(
        bound,
        binding.CallsVolatileFunction,
        new ExecutionState(scope.Context, binding.Slots.Count),
        ExpressionCompiler.Compile(bound));
}
