using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>
/// The types of $1, $2, … while a statement is bound: declared by the client, or settled by the first context that wants one (PostgreSQL's variable parameters). Until then unknown.
/// </summary>
public sealed class ParameterTypes
{
    private readonly List<SqlType?> _types = [];

    public ParameterTypes(ReadOnlySpan<SqlType?> declared)
    {
        foreach (SqlType? type in declared) _types.Add(type is null || type.IsUnknown ? null : type);
    }

    public static ParameterTypes None => new([]);

    public int Count => _types.Count;

    /// <summary>The parameter as the expression it is here.</summary>
    public BoundExpression Reference(int number, int position)
    {
        if (number is <= 0 or > 65535) throw new SqlException(SqlState.UndefinedParameter, $"there is no parameter ${number}", position);
        while (_types.Count < number) _types.Add(null);
        return new BoundParameter(number - 1, _types[number - 1] ?? SqlTypes.Unknown) { Position = position };
    }

    /// <summary>Settles a parameter whose type was open; 42P08 when another context settled it differently.</summary>
    public BoundExpression Settle(BoundParameter parameter, SqlType type)
    {
        SqlType? known = _types[parameter.Index];
        if (known is not null && known != type)
        {
            throw new SqlException(SqlState.AmbiguousParameter, $"inconsistent types deduced for parameter ${parameter.Index + 1}", parameter.Position)
            {
                Detail = $"{known.DisplayName} versus {type.DisplayName}",
            };
        }

        _types[parameter.Index] = type;
        return parameter with { Type = type };
    }

    /// <summary>All types, at the end of binding; 42P18 for one that nothing settled.</summary>
    public IReadOnlyList<SqlType> Finish()
    {
        SqlType[] types = new SqlType[_types.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = _types[i] ?? throw new SqlException(SqlState.IndeterminateDatatype, $"could not determine data type of parameter ${i + 1}");
        }

        return types;
    }
}
