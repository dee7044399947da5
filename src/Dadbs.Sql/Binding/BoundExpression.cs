using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>
/// An expression whose names and types are settled. Columns are <em>slots</em>: every column of every relation instance of a statement, and every
/// computed value that somebody above reads, has its own place in the statement's frame (<see cref="SlotAllocator"/>), so a correlated subquery reads its outer row by
/// the same means as its own. Trees are immutable.
/// </summary>
/// <param name="Type">The type of every value the expression gives.</param>
/// <param name="Modifier">The type modifier of the values, or −1.</param>
public abstract record BoundExpression(SqlType Type, int Modifier)
{
    /// <summary>Offset of the expression in the statement's text, or −1. Positions take no part in comparing expressions.</summary>
    public int Position { get; init; } = -1;

    /// <summary>SQL's own words where the call was not written as one (<c>CURRENT_DATE</c>): how it is printed.</summary>
    public string? Spelling { get; init; }

    public ColumnType ColumnType => new(Type, Modifier);
}

/// <summary>A value known when the statement is bound. A literal still of type unknown has a <see cref="SqlTypes.Unknown"/> value: its text.</summary>
public sealed record BoundConstant(Datum Value, SqlType Type, int Modifier = -1) : BoundExpression(Type, Modifier)
{
    /// <summary>Not 0: a literal that folding will make a parameter (<see cref="Shapes.LiteralLifting"/>); its value must decide nothing.</summary>
    internal int Lift { get; init; }
}

/// <summary><c>$n</c>, with <paramref name="Index"/> = n − 1.</summary>
public sealed record BoundParameter(int Index, SqlType Type) : BoundExpression(Type, -1);

/// <summary>The value in a slot of the frame: a relation's column or something computed below.</summary>
public sealed record BoundColumn(int Slot, SqlType Type, int Modifier, string Name) : BoundExpression(Type, Modifier)
{
    /// <summary>The name of the relation instance the column is of, for messages and EXPLAIN.</summary>
    public string? Relation { get; init; }
}

/// <summary>A call of a scalar function by name.</summary>
public sealed record BoundFunction(FunctionDescriptor Function, BoundExpression[] Arguments, SqlType Type) : BoundExpression(Type, -1);

/// <summary>An operator of the catalog. A prefix operator has no left operand.</summary>
public sealed record BoundOperator(OperatorDescriptor Operator, BoundExpression? Left, BoundExpression Right, SqlType Type) : BoundExpression(Type, -1);

/// <summary>How a cast is carried out.</summary>
public enum BoundCastMethod
{
    /// <summary>Same representation: nothing happens.</summary>
    Relabel,

    /// <summary>A cast function.</summary>
    Function,

    /// <summary>Through the text of the value: the source's output, the target's input.</summary>
    Text,

    /// <summary>Only the modifier is applied (varchar(3), numeric(10,2)).</summary>
    Modifier,
}

/// <summary>A conversion to <see cref="BoundExpression.Type"/>.</summary>
public sealed record BoundCast(BoundExpression Operand, BoundCastMethod Method, ScalarFunction? Body, bool Explicit, SqlType Type, int Modifier) : BoundExpression(Type, Modifier)
{
    /// <summary>True for a cast that the user did not write: it is left out of printouts.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>Volatility of the cast function; a text cast of date types depends on settings and is stable.</summary>
    public Volatility Volatility { get; init; } = Volatility.Immutable;
}

/// <summary>AND or OR of two or more operands in three-valued logic.</summary>
public sealed record BoundLogical(bool IsAnd, BoundExpression[] Operands) : BoundExpression(SqlTypes.Boolean, -1);

public sealed record BoundNot(BoundExpression Operand) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary>IS [NOT] NULL. For a row: all (not) null.</summary>
public sealed record BoundIsNull(BoundExpression Operand, bool Negated) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary>IS [NOT] TRUE, FALSE or (Expected null) UNKNOWN.</summary>
public sealed record BoundBooleanTest(BoundExpression Operand, bool? Expected, bool Negated) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary>IS [NOT] DISTINCT FROM by the operands' equality operator.</summary>
public sealed record BoundDistinctFrom(OperatorDescriptor Equality, BoundExpression Left, BoundExpression Right, bool Negated) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary>CASE. With an operand, it is put into <paramref name="OperandSlot"/> once and the conditions compare that slot.</summary>
public sealed record BoundCase(BoundExpression? Operand, int OperandSlot, BoundWhen[] Whens, BoundExpression? Else, SqlType Type) : BoundExpression(Type, -1);

public sealed record BoundWhen(BoundExpression Condition, BoundExpression Result);

public sealed record BoundCoalesce(BoundExpression[] Arguments, SqlType Type) : BoundExpression(Type, -1);

/// <summary>NULL if the equality holds, else the first operand (evaluated once, through <paramref name="LeftSlot"/>).</summary>
public sealed record BoundNullIf(BoundExpression Left, int LeftSlot, BoundExpression Equality, SqlType Type) : BoundExpression(Type, -1);

/// <summary>GREATEST or LEAST, ignoring nulls.</summary>
public sealed record BoundGreatest(bool IsGreatest, BoundExpression[] Arguments, SqlType Type) : BoundExpression(Type, -1);

/// <summary><c>operand [NOT] IN (item, …)</c>, all of one type after coercion.</summary>
public sealed record BoundInList(BoundExpression Operand, BoundExpression[] Items, OperatorDescriptor Equality, bool Negated) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary><c>left op ANY|ALL (array)</c>.</summary>
public sealed record BoundArrayComparison(BoundExpression Left, OperatorDescriptor Operator, BoundExpression Array, bool All) : BoundExpression(SqlTypes.Boolean, -1);

public sealed record BoundArray(BoundExpression[] Elements, SqlType Type) : BoundExpression(Type, -1);

/// <summary><c>array[index]</c>, NULL outside the bounds.</summary>
public sealed record BoundSubscript(BoundExpression Array, BoundExpression[] Indexes, SqlType Type) : BoundExpression(Type, -1);

public sealed record BoundRow(BoundExpression[] Fields) : BoundExpression(SqlTypes.Record, -1);

/// <summary>
/// A row comparison <c>(a, b) op (c, d)</c> for &lt; &lt;= &gt; &gt;=: the first unequal pair decides, a null met before it makes it unknown. (= and &lt;&gt; are bound as AND and OR.)
/// </summary>
public sealed record BoundRowComparison(string Operator, BoundExpression[] Equal, BoundExpression[] Less) : BoundExpression(SqlTypes.Boolean, -1);

/// <summary>What a subquery in an expression gives.</summary>
public enum SubqueryKind
{
    /// <summary>Its only value; no row: NULL; two rows: 21000.</summary>
    Scalar,
    Exists,

    /// <summary><see cref="BoundSubquery.Test"/> holds for some row (IN, = ANY).</summary>
    Any,

    /// <summary>It holds for every row.</summary>
    All,

    /// <summary>ARRAY(SELECT …).</summary>
    Array,
}

/// <summary>
/// A subquery inside an expression. <paramref name="Test"/> (ANY, ALL) compares the outer operands with the subquery's output slots.
/// </summary>
public sealed record BoundSubquery(SubqueryKind Kind, BoundQuery Query, BoundExpression? Test, SqlType Type) : BoundExpression(Type, -1)
{
    /// <summary>The outer operands of ANY/ALL, one a column of the subquery.</summary>
    public BoundExpression[] Operands { get; init; } = [];

    /// <summary>True when Test is plain equality of each operand with the column of the same place: the subquery can be hashed.</summary>
    public bool IsEquality { get; init; }

    /// <summary>Slots of enclosing queries that the subquery reads; empty: uncorrelated.</summary>
    public IReadOnlyList<int> OuterSlots { get; init; } = [];
}
