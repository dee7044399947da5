using Dadbs.Sql.Binding;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Shapes;

/// <summary>A literal turned out to have a type or a use that must not be lifted. By types and structure only, never by a value: all texts of the shape are refused alike.</summary>
internal sealed class LiftingRefusedException : Exception
{
}

/// <summary>
/// While one statement is bound and planned: which nodes of its syntax are lifted literals. The binder sees them as the constants they are, so that all types come out as ever; constant folding
/// turns each, with the conversions around it, into a parameter, and notes here how its value comes from the literal.
/// </summary>
internal sealed class LiteralLifting
{
    private readonly Dictionary<ExpressionSyntax, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly LiftedText _text;
    private readonly bool[] _isNegated;

    /// <param name="text">The text to be planned.</param>
    /// <param name="syntax">Its own parse.</param>
    public LiteralLifting(LiftedText text, StatementSyntax syntax)
    {
        _text = text;
        _isNegated = new bool[text.Literals.Length];
        foreach (LiftableLiterals.Found found in LiftableLiterals.Of(syntax, text.Statement, text.Literals))
        {
            _nodes.Add(found.Node, found.Ordinal);
            _isNegated[found.Ordinal] = found.IsNegated;
        }
    }

    /// <summary>How each parameter of the plan is made.</summary>
    public List<LiftedParameter> Parameters { get; } = [];

    /// <summary>Every lifted literal became a parameter: none stayed in the plan as a constant, none was dropped.</summary>
    public bool IsComplete => _nodes.Values.All(ordinal => Parameters.Exists(parameter => parameter.Ordinal == ordinal));

    /// <summary>The mark for a node's constant (<see cref="BoundConstant.Lift"/>): 0, or the literal's ordinal + 1.</summary>
    public int MarkOf(ExpressionSyntax node) => _nodes.TryGetValue(node, out int ordinal) ? ordinal + 1 : 0;

    /// <summary>A parameter for a marked constant and the conversions around it, innermost first.</summary>
    public int Add(BoundConstant constant, List<BoundCast> conversions)
    {
        int ordinal = constant.Lift - 1;
        SqlType? input = null;
        if (_text.Literals[ordinal].Class == LiteralClass.String)
        {
            input = constant.Type;
            if (!ReadsAlike(input)) throw new LiftingRefusedException();
        }

        Parameters.Add(new LiftedParameter(ordinal, _isNegated[ordinal], input, [.. conversions]));
        return Parameters.Count - 1;
    }

    /// <summary>Types whose input depends on nothing but the text and the settings in the plan's key.</summary>
    private static bool ReadsAlike(SqlType type) =>
        type == SqlTypes.Text || type == SqlTypes.VarChar || type == SqlTypes.Char || type == SqlTypes.Name || type == SqlTypes.Oid || type == SqlTypes.SmallInt || type == SqlTypes.Integer || type == SqlTypes.BigInt
        || type == SqlTypes.Numeric || type == SqlTypes.Real || type == SqlTypes.Double || type == SqlTypes.Boolean || type == SqlTypes.Uuid || type == SqlTypes.Bytea
        || type == SqlTypes.Date || type == SqlTypes.Timestamp || type == SqlTypes.TimestampTz;
}
