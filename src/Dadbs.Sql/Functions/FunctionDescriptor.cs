using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>A scalar function's body. A strict function is never called with a NULL argument. Must not keep the span.</summary>
public delegate Datum ScalarFunction(EvaluationContext context, ReadOnlySpan<Datum> arguments);

/// <summary>A set-returning function's body; rows of more than one column come as <see cref="RecordValue"/>. Each row counts budget.</summary>
public delegate IEnumerable<Datum> SetFunction(EvaluationContext context, Datum[] arguments);

/// <summary>Makes the body for the argument types of one call: for polymorphic functions and those over "any".</summary>
public delegate FunctionDescriptor FunctionSpecializer(FunctionDescriptor generic, SqlType[] argumentTypes);

public enum Volatility
{
    Immutable,
    Stable,
    Volatile,
}

public enum FunctionKind
{
    Scalar,
    SetReturning,
    Aggregate,
    Window,
}

/// <summary>A column that a function returning record declares with OUT parameters.</summary>
public sealed record OutputColumn(string Name, SqlType Type);

/// <summary>A row of pg_proc with its body.</summary>
public sealed record FunctionDescriptor
{
    public required uint Oid { get; init; }

    public required string Name { get; init; }

    public required SqlType[] ArgumentTypes { get; init; }

    /// <summary>Names of the input arguments for named notation; empty where the function has none.</summary>
    public string[] ArgumentNames { get; init; } = [];

    /// <summary>Values of the trailing arguments that may be left out, in order.</summary>
    public Datum[] Defaults { get; init; } = [];

    /// <summary>The last argument is an array that takes any number of elements (or "any": any number of anything).</summary>
    public bool Variadic { get; init; }

    public required SqlType ReturnType { get; init; }

    public bool ReturnsSet { get; init; }

    public required Volatility Volatility { get; init; }

    /// <summary>NULL in, NULL out, without a call.</summary>
    public required bool IsStrict { get; init; }

    public FunctionKind Kind { get; init; } = FunctionKind.Scalar;

    public bool IsLeakproof { get; init; }

    /// <summary>
    /// A call takes about as long whatever it is given: comparisons, and functions from values of fixed size to one. Those over object ids are left out, since they look into the store
    /// (pg_relation_size), but for those of sequences; and those that return nothing, since they wait (pg_sleep).
    /// </summary>
    public bool IsBrief => IsLeakproof || Name is "nextval" or "currval" || (IsFixed(ReturnType) && Array.TrueForAll(ArgumentTypes, IsFixed));

    /// <summary>Null for aggregates, set-returning functions and generic descriptors that must be specialised first.</summary>
    public ScalarFunction? Body { get; init; }

    public SetFunction? SetBody { get; init; }

    public AggregateDescriptor? Aggregate { get; init; }

    /// <summary>Columns of a function that returns record; empty otherwise.</summary>
    public OutputColumn[] OutputColumns { get; init; } = [];

    public FunctionSpecializer? Specializer { get; init; }

    /// <summary>pg_proc's remaining columns, for pg_catalog.</summary>
    public ProcedureRow? CatalogRow { get; init; }

    /// <summary>
    /// The function for a call with these argument types, after the binder's coercions; itself unless it is polymorphic or takes "any". The result's
    /// ReturnType and bodies are concrete.
    /// </summary>
    public FunctionDescriptor Specialize(SqlType[] argumentTypes) => Specializer is null ? this : Specializer(this, argumentTypes);

    private static bool IsFixed(SqlType type) => type.Length > 0 && type != SqlTypes.Void && type != SqlTypes.Oid && !type.Name.StartsWith("reg", StringComparison.Ordinal);

    public override string ToString() => $"{Name}({string.Join(", ", ArgumentTypes.Select(type => type.DisplayName))})";
}

/// <summary>Columns of pg_proc that only catalog queries ask for.</summary>
public sealed record ProcedureRow(string Source, uint Language, char Kind, uint VariadicOid, int DefaultCount, string AllArgumentTypes, string ArgumentModes, string AllArgumentNames, bool IsLeakproof, char Parallel, float Cost, float Rows);
