using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>pg_cast.castcontext: where a cast applies by itself. Ordered: what is implicit also serves assignment and explicit casts.</summary>
public enum CastContext
{
    Implicit,
    Assignment,
    Explicit,
}

public enum CastMethod
{
    Function,

    /// <summary>The Datum is already a value of the target type.</summary>
    Binary,

    /// <summary>Through the text form: output function, then input function.</summary>
    InputOutput,
}

/// <summary>A way from one type to another. The length coercion to a modifier is not part of it: see <see cref="TypeOperations.ApplyModifier"/>.</summary>
public sealed record CastDescriptor
{
    /// <summary>0 for the I/O conversions that pg_cast does not list.</summary>
    public uint Oid { get; init; }

    public required SqlType Source { get; init; }

    public required SqlType Target { get; init; }

    public required CastContext Context { get; init; }

    public required CastMethod Method { get; init; }

    /// <summary>Null for a binary cast. Takes one argument, never NULL.</summary>
    public ScalarFunction? Body { get; init; }

    public FunctionDescriptor? Function { get; init; }
}
