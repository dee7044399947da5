using System.Text;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.SystemCatalog;

/// <summary>
/// A bound expression as SQL by the rules that PostgreSQL's pg_get_expr follows: every constant with its type, implicit casts shown where an operator or function takes them; parentheses around
/// everything, or, when pretty, where precedence needs them or a reader would stumble.
/// </summary>
/// <param name="settings">How constants are written, and the catalog that names relations.</param>
/// <param name="pretty">Few parentheses.</param>
internal sealed class ExpressionDeparser(TypeSettings settings, bool pretty)
{
    private const int CaseIndent = 4;

    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _isComplete = true;

    /// <summary>Null: it holds something that stored expressions cannot.</summary>
    public string? Print(BoundExpression expression)
    {
        Write(expression, showImplicit: false);
        return _isComplete ? _text.ToString() : null;
    }

    private void Write(BoundExpression expression, bool showImplicit)
    {
        if (expression.Spelling is { } spelling)
        {
            _text.Append(spelling);
            return;
        }

        switch (expression)
        {
            case BoundConstant e:
                _text.Append(ConstantText.Of(e, settings));
                break;
            case BoundOperator { Left: null, Operator.Name: "-", Right: BoundConstant { Value.IsNull: false } e }:
                // A number with a sign is one constant.
                _text.Append("'-").Append(ConstantText.Bare(e, settings)).Append("'::").Append(e.Type.DisplayName);
                break;
            case BoundColumn e:
                _text.Append(Parsing.SyntaxPrinter.Identifier(e.Name));
                break;
            case BoundCast e:
                Cast(e, showImplicit);
                break;
            case BoundFunction { Function.Name: "extract", Arguments: [BoundConstant field, var source] }:
                _text.Append("EXTRACT(").Append(ConstantText.Bare(field, settings)).Append(" FROM ");
                Write(source, showImplicit: false);
                _text.Append(')');
                break;
            case BoundFunction e:
                Call(Parsing.SyntaxPrinter.Identifier(e.Function.Name), e.Arguments);
                break;
            case BoundCoalesce e:
                Call("COALESCE", e.Arguments);
                break;
            case BoundGreatest e:
                Call(e.IsGreatest ? "GREATEST" : "LEAST", e.Arguments);
                break;
            case BoundNullIf { Equality: BoundOperator equality } e:
                Call("NULLIF", [e.Left, equality.Right]);
                break;
            case BoundRow e:
                Call("ROW", e.Fields);
                break;
            case BoundArray e:
                Array(e.Elements, e.Type);
                break;
            case BoundSubscript e:
                Subscript(e);
                break;
            case BoundCase e:
                Case(e);
                break;
            default:
                Wrapped(expression);
                break;
        }
    }

    /// <summary>What has operators, and so its own parentheses unless pretty.</summary>
    private void Wrapped(BoundExpression expression)
    {
        if (!pretty) _text.Append('(');
        switch (expression)
        {
            case BoundOperator e:
                if (e.Left is not null)
                {
                    Operand(e.Left, true, e);
                    _text.Append(' ');
                }

                _text.Append(e.Operator.Name).Append(' ');
                Operand(e.Right, true, e);
                break;
            case BoundLogical e:
                Logical(e);
                break;
            case BoundNot e:
                _text.Append("NOT ");
                Operand(e.Operand, false, e);
                break;
            case BoundDistinctFrom { Negated: true } e:
                _text.Append("NOT ");
                Operand(e with { Negated = false }, false, new BoundNot(e));
                break;
            case BoundDistinctFrom e:
                Operand(e.Left, true, e);
                _text.Append(" IS DISTINCT FROM ");
                Operand(e.Right, true, e);
                break;
            case BoundIsNull e:
                Operand(e.Operand, true, e);
                _text.Append(e.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case BoundBooleanTest e:
                Operand(e.Operand, false, e);
                _text.Append(e.Negated ? " IS NOT " : " IS ").Append(e.Expected is { } value ? value ? "TRUE" : "FALSE" : "UNKNOWN");
                break;
            case BoundInList e:
                Operand(e.Operand, true, e);
                _text.Append(e.Negated ? " <> ALL (" : " = ANY (");
                Items(e);
                _text.Append(')');
                break;
            case BoundArrayComparison e:
                Operand(e.Left, true, e);
                _text.Append(' ').Append(e.Operator.Name).Append(e.All ? " ALL (" : " ANY (");
                Operand(e.Array, true, e);
                _text.Append(')');
                break;
            default:
                _isComplete = false;
                break;
        }

        if (!pretty) _text.Append(')');
    }

    private void Logical(BoundLogical logical)
    {
        for (var i = 0; i < logical.Operands.Length; i++)
        {
            if (i > 0) _text.Append(logical.IsAnd ? " AND " : " OR ");
            Operand(logical.Operands[i], false, logical);
        }
    }

    /// <summary>An operand, in the parentheses that the pretty form needs around it.</summary>
    private void Operand(BoundExpression expression, bool showImplicit, BoundExpression parent)
    {
        var inParentheses = pretty && !Precedence.IsSimple(expression, parent);
        if (inParentheses) _text.Append('(');
        Write(expression, showImplicit);
        if (inParentheses) _text.Append(')');
    }

    private void Cast(BoundCast cast, bool showImplicit)
    {
        if (cast.IsImplicit && !showImplicit)
        {
            Operand(cast.Operand, false, cast);
            return;
        }

        // The change of type beneath a change of length is part of it.
        var operand = cast is { Method: BoundCastMethod.Modifier, Operand: BoundCast inner } ? inner.Operand : cast.Operand;
        if (operand is BoundConstant constant && constant.Type == cast.Type && constant.Modifier < 0)
        {
            _text.Append(ConstantText.Unlabelled(constant, settings));
        }
        else
        {
            if (!pretty) _text.Append('(');
            Operand(operand, false, cast);
            if (!pretty) _text.Append(')');
        }

        _text.Append("::").Append(ConstantText.TypeName(cast.Type, cast.Modifier));
    }

    private void Call(string name, BoundExpression[] arguments)
    {
        _text.Append(name).Append('(');
        List(arguments);
        _text.Append(')');
    }

    private void Array(BoundExpression[] elements, SqlType type)
    {
        _text.Append("ARRAY[");
        List(elements);
        _text.Append(']');
        if (elements.Length == 0) _text.Append("::").Append(type.DisplayName);
    }

    /// <summary>Items that are compared as another type by the same bytes (varchar as text) are converted together.</summary>
    private void Items(BoundInList list)
    {
        var type = list.Operand.Type.ArrayType ?? list.Operand.Type;
        if (!System.Array.TrueForAll(list.Items, item => item is BoundCast { IsImplicit: true, Method: BoundCastMethod.Relabel }))
        {
            Array(list.Items, type);
            return;
        }

        if (!pretty) _text.Append('(');
        Array(System.Array.ConvertAll(list.Items, item => ((BoundCast)item).Operand), type);
        if (!pretty) _text.Append(')');
        _text.Append("::").Append(type.DisplayName);
    }

    private void List(BoundExpression[] items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            Write(items[i], showImplicit: true);
        }
    }

    private void Subscript(BoundSubscript subscript)
    {
        var isBare = subscript.Array is BoundColumn;
        if (!isBare) _text.Append('(');
        Write(subscript.Array, showImplicit: true);
        if (!isBare) _text.Append(')');
        foreach (var index in subscript.Indexes)
        {
            _text.Append('[');
            Write(index, showImplicit: false);
            _text.Append(']');
        }
    }

    private void Case(BoundCase e)
    {
        Line("CASE");
        _indent += CaseIndent;
        if (e.Operand is not null)
        {
            _text.Append(' ');
            Write(e.Operand, showImplicit: true);
        }

        foreach (var when in e.Whens)
        {
            Line("WHEN ");
            Write(e.Operand is not null && when.Condition is BoundOperator comparison ? comparison.Right : when.Condition, showImplicit: false);
            _text.Append(" THEN ");
            Write(when.Result, showImplicit: true);
        }

        Line("ELSE ");
        Write(e.Else ?? new BoundConstant(Datum.Null, e.Type), showImplicit: true);
        _indent -= CaseIndent;
        Line("END");
    }

    /// <summary>A word that begins a line.</summary>
    private void Line(string word)
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        _text.Append('\n').Append(' ', _indent).Append(word);
    }
}
