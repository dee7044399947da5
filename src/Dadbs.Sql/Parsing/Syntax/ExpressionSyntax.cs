namespace Dadbs.Sql.Parsing;

// Literals.

/// <summary>An integer that fits 32 bits; larger ones are <see cref="NumericLiteralSyntax"/>, as in PostgreSQL's lexer.</summary>
public sealed record IntegerLiteralSyntax(int Position, int Value) : ExpressionSyntax(Position);

/// <summary>Digits that are not an int4: int8 if the text is an integer that fits, else numeric.</summary>
public sealed record NumericLiteralSyntax(int Position, string Text) : ExpressionSyntax(Position);

/// <summary>A quoted string of any notation, escapes resolved. Its type is unknown until bound.</summary>
public sealed record StringLiteralSyntax(int Position, string Value) : ExpressionSyntax(Position);

/// <summary><c>B'101'</c> or <c>X'1f'</c>; digits unchecked.</summary>
public sealed record BitStringLiteralSyntax(int Position, string Digits, bool IsHexadecimal) : ExpressionSyntax(Position);

public sealed record NullLiteralSyntax(int Position) : ExpressionSyntax(Position);

public sealed record BooleanLiteralSyntax(int Position, bool Value) : ExpressionSyntax(Position);

/// <summary><c>$n</c>.</summary>
public sealed record ParameterSyntax(int Position, int Number) : ExpressionSyntax(Position);

// Names and access.

/// <summary><c>a</c>, <c>t.a</c>, <c>s.t.a</c>, <c>c.s.t.a</c>, and, not decidable before binding, a column's field.</summary>
public sealed record ColumnReferenceSyntax(int Position, IReadOnlyList<string> Parts) : ExpressionSyntax(Position);

/// <summary><c>*</c> or <c>t.*</c>; <see cref="Qualifier"/> is empty for the bare star.</summary>
public sealed record StarSyntax(int Position, IReadOnlyList<string> Qualifier) : ExpressionSyntax(Position);

/// <summary><c>(operand).field</c>.</summary>
public sealed record FieldSelectionSyntax(int Position, ExpressionSyntax Operand, string Field) : ExpressionSyntax(Position);

/// <summary><c>(operand).*</c>.</summary>
public sealed record CompositeStarSyntax(int Position, ExpressionSyntax Operand) : ExpressionSyntax(Position);

/// <summary><c>operand[i][l:u]</c>.</summary>
public sealed record SubscriptSyntax(int Position, ExpressionSyntax Operand, IReadOnlyList<SubscriptItemSyntax> Subscripts) : ExpressionSyntax(Position);

/// <summary><c>[Upper]</c>, or with <see cref="IsSlice"/> <c>[Lower:Upper]</c>, each bound optional.</summary>
public sealed record SubscriptItemSyntax(int Position, bool IsSlice, ExpressionSyntax? Lower, ExpressionSyntax? Upper) : SyntaxNode(Position);

// Operators. Position is the operator's.

/// <summary>A prefix operator (PostgreSQL 15 has no postfix ones).</summary>
public sealed record UnaryOperatorSyntax(int Position, OperatorNameSyntax Operator, ExpressionSyntax Operand) : ExpressionSyntax(Position);

public sealed record BinaryOperatorSyntax(int Position, ExpressionSyntax Left, OperatorNameSyntax Operator, ExpressionSyntax Right) : ExpressionSyntax(Position);

public enum LogicalOperator
{
    And,
    Or,
}

/// <summary>A chain <c>a AND b AND c</c> of at least two operands, flattened so that long chains are not deep.</summary>
public sealed record LogicalSyntax(int Position, LogicalOperator Operator, IReadOnlyList<ExpressionSyntax> Operands) : ExpressionSyntax(Position);

public sealed record NotSyntax(int Position, ExpressionSyntax Operand) : ExpressionSyntax(Position);

/// <summary><c>IS [NOT] NULL</c>.</summary>
public sealed record NullTestSyntax(int Position, ExpressionSyntax Operand, bool IsNegated) : ExpressionSyntax(Position);

public enum BooleanTestKind
{
    True,
    False,
    Unknown,
}

public sealed record BooleanTestSyntax(int Position, ExpressionSyntax Operand, BooleanTestKind Test, bool IsNegated) : ExpressionSyntax(Position);

/// <summary><c>IS [NOT] DISTINCT FROM</c>.</summary>
public sealed record DistinctFromSyntax(int Position, ExpressionSyntax Left, ExpressionSyntax Right, bool IsNegated) : ExpressionSyntax(Position);

public sealed record BetweenSyntax(int Position, ExpressionSyntax Operand, ExpressionSyntax Low, ExpressionSyntax High, bool IsSymmetric, bool IsNegated)
    : ExpressionSyntax(Position);

public sealed record InListSyntax(int Position, ExpressionSyntax Operand, IReadOnlyList<ExpressionSyntax> Items, bool IsNegated) : ExpressionSyntax(Position);

public sealed record InSubquerySyntax(int Position, ExpressionSyntax Operand, QuerySyntax Query, bool IsNegated) : ExpressionSyntax(Position);

public enum PatternKind
{
    /// <summary><c>~~</c></summary>
    Like,

    /// <summary><c>~~*</c></summary>
    ILike,

    /// <summary><c>~</c> on <c>similar_to_escape(pattern)</c></summary>
    SimilarTo,
}

public sealed record PatternMatchSyntax(
    int Position, PatternKind Kind, ExpressionSyntax Operand, ExpressionSyntax Pattern, ExpressionSyntax? Escape, bool IsNegated) : ExpressionSyntax(Position);

public enum Quantifier
{
    /// <summary>ANY and SOME.</summary>
    Any,
    All,
}

/// <summary><c>left op ANY (array)</c>; LIKE and ILIKE arrive as their operators <c>~~</c>, <c>!~~</c>, <c>~~*</c>, <c>!~~*</c>.</summary>
public sealed record QuantifiedArraySyntax(int Position, ExpressionSyntax Left, OperatorNameSyntax Operator, Quantifier Quantifier, ExpressionSyntax Array)
    : ExpressionSyntax(Position);

/// <summary><c>left op ANY (SELECT …)</c>.</summary>
public sealed record QuantifiedSubquerySyntax(int Position, ExpressionSyntax Left, OperatorNameSyntax Operator, Quantifier Quantifier, QuerySyntax Query)
    : ExpressionSyntax(Position);

// Conditionals and conversions.

public sealed record CaseSyntax(int Position, ExpressionSyntax? Operand, IReadOnlyList<CaseWhenSyntax> Whens, ExpressionSyntax? Else) : ExpressionSyntax(Position);

public sealed record CaseWhenSyntax(int Position, ExpressionSyntax Condition, ExpressionSyntax Result) : SyntaxNode(Position);

public sealed record CoalesceSyntax(int Position, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position);

public sealed record NullIfSyntax(int Position, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Position);

/// <summary>GREATEST or LEAST.</summary>
public sealed record GreatestLeastSyntax(int Position, bool IsGreatest, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position);

public enum CastNotation
{
    /// <summary><c>CAST(x AS t)</c></summary>
    Function,

    /// <summary><c>x::t</c></summary>
    Colons,

    /// <summary><c>date '2020-01-01'</c>: the operand is a <see cref="StringLiteralSyntax"/>.</summary>
    TypedLiteral,
}

public sealed record CastSyntax(int Position, ExpressionSyntax Operand, TypeNameSyntax Type, CastNotation Notation) : ExpressionSyntax(Position);

public sealed record CollateSyntax(int Position, ExpressionSyntax Operand, QualifiedNameSyntax Collation) : ExpressionSyntax(Position);

// Calls and constructors.

/// <summary>How a call was spelt; the spelling matters to the printer only, the binder sees an ordinary call of a <c>pg_catalog</c> function.</summary>
public enum CallNotation
{
    Ordinary,

    /// <summary><c>x AT TIME ZONE z</c> is <c>timezone(z, x)</c>.</summary>
    AtTimeZone,

    /// <summary><c>EXTRACT(f FROM x)</c> is <c>extract('f', x)</c>.</summary>
    Extract,

    /// <summary><c>OVERLAY(a PLACING b FROM c FOR d)</c> is <c>overlay(a, b, c, d)</c>.</summary>
    Overlay,

    /// <summary><c>POSITION(a IN b)</c> is <c>position(b, a)</c>.</summary>
    Position,

    /// <summary><c>SUBSTRING(a FROM b FOR c)</c> is <c>substring(a, b, c)</c>; FOR alone starts at 1.</summary>
    Substring,

    /// <summary><c>SUBSTRING(a SIMILAR b ESCAPE c)</c> is <c>substring(a, b, c)</c>.</summary>
    SubstringSimilar,

    /// <summary><c>TRIM([LEADING|TRAILING|BOTH] a FROM b)</c> is <c>ltrim</c>, <c>rtrim</c> or <c>btrim</c> of <c>(b, a)</c>.</summary>
    Trim,

    /// <summary><c>(a, b) OVERLAPS (c, d)</c> is <c>overlaps(a, b, c, d)</c>.</summary>
    Overlaps,

    /// <summary><c>NORMALIZE(a, NFC)</c> is <c>normalize(a, 'NFC')</c>.</summary>
    Normalize,

    /// <summary><c>a IS NFC NORMALIZED</c> is <c>is_normalized(a, 'NFC')</c>.</summary>
    IsNormalized,

    /// <summary><c>COLLATION FOR (a)</c> is <c>pg_collation_for(a)</c>.</summary>
    CollationFor,

    /// <summary><c>TREAT(a AS t)</c> is a call of the type's name.</summary>
    Treat,
}

/// <summary>A call of a function, aggregate or window function; which one is decided by binding.</summary>
public sealed record FunctionCallSyntax(int Position, QualifiedNameSyntax Name, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position)
{
    public CallNotation Notation { get; init; }

    /// <summary><c>f(*)</c>.</summary>
    public bool IsStar { get; init; }

    public bool IsDistinct { get; init; }

    /// <summary>The last argument is an array of the variadic ones.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>The aggregate's own order, or WITHIN GROUP's.</summary>
    public IReadOnlyList<SortKeySyntax> OrderBy { get; init; } = [];

    public bool IsWithinGroup { get; init; }

    public ExpressionSyntax? Filter { get; init; }

    /// <summary>What OVER says; null for a call without OVER.</summary>
    public WindowSpecificationSyntax? Over { get; init; }
}

/// <summary><c>name =&gt; value</c>, only as an argument of a call.</summary>
public sealed record NamedArgumentSyntax(int Position, string Name, ExpressionSyntax Value) : ExpressionSyntax(Position);

/// <summary><c>ARRAY[…]</c>; inner dimensions are nested nodes.</summary>
public sealed record ArraySyntax(int Position, IReadOnlyList<ExpressionSyntax> Elements) : ExpressionSyntax(Position);

public sealed record ArraySubquerySyntax(int Position, QuerySyntax Query) : ExpressionSyntax(Position);

/// <summary><c>ROW(…)</c> or <c>(a, b)</c>.</summary>
public sealed record RowSyntax(int Position, IReadOnlyList<ExpressionSyntax> Fields, bool IsExplicit) : ExpressionSyntax(Position);

public sealed record ExistsSyntax(int Position, QuerySyntax Query) : ExpressionSyntax(Position);

/// <summary>A query in parentheses used as a value.</summary>
public sealed record ScalarSubquerySyntax(int Position, QuerySyntax Query) : ExpressionSyntax(Position);

/// <summary><c>GROUPING(…)</c>.</summary>
public sealed record GroupingSyntax(int Position, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position);

public enum SessionValue
{
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentRole,
    CurrentUser,
    User,
    SessionUser,
    CurrentCatalog,
    CurrentSchema,
}

/// <summary>One of the functions that SQL writes without parentheses; <see cref="Precision"/> only for times.</summary>
public sealed record SessionValueSyntax(int Position, SessionValue Value, int? Precision) : ExpressionSyntax(Position);

/// <summary><c>DEFAULT</c> as a value; the grammar takes it anywhere, binding only in VALUES of INSERT and in SET.</summary>
public sealed record DefaultSyntax(int Position) : ExpressionSyntax(Position);

/// <summary><c>CURRENT OF cursor</c>, only as a whole WHERE of UPDATE and DELETE.</summary>
public sealed record CurrentOfSyntax(int Position, string Cursor) : ExpressionSyntax(Position);
