using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Dadbs.Sql.Parsing;

/// <summary>
/// Prints a tree as SQL that parses to the same tree: view definitions and defaults are stored in this form. Operands that are not primary
/// stand in parentheses, so the text does not lean on precedence.
/// </summary>
public sealed partial class SyntaxPrinter
{
    private readonly StringBuilder _out = new();
    private bool _inLines;

    private SyntaxPrinter()
    {
    }

    public static string Print(SyntaxNode node)
    {
        var printer = new SyntaxPrinter();
        switch (node)
        {
            case StatementSyntax statement:
                printer.Statement(statement);
                break;
            case ExpressionSyntax expression:
                printer.Expression(expression);
                break;
            case TypeNameSyntax type:
                printer.Type(type);
                break;
            case QualifiedNameSyntax name:
                printer.Name(name);
                break;
            case TableReferenceSyntax table:
                printer.Table(table);
                break;
            case ConstraintSyntax constraint:
                printer.Constraint(constraint);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }

        return printer._out.ToString();
    }

    /// <summary>A query as PostgreSQL lays out a view's definition: each clause of the outer query begins a line, the first after a blank.</summary>
    public static string PrintInLines(QuerySyntax query)
    {
        var printer = new SyntaxPrinter { _inLines = true };
        printer.Query(query);
        return printer._out.ToString();
    }

    /// <summary>An identifier in the form in which it parses to itself: quoted unless it is a plain lower-case word.</summary>
    public static string Identifier(string name) => NeedsQuotes(name) ? "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : name;

    /// <summary>A string constant.</summary>
    public static string Literal(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static bool NeedsQuotes(string name)
    {
        if (name.Length == 0 || name[0] is not ((>= 'a' and <= 'z') or '_')) return true;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')) return true;
        }

        var keyword = Keywords.Find(name);
        return keyword != Keyword.NoKeyword && (Keywords.Category(keyword) != KeywordCategory.Unreserved || IsClauseWord(keyword));
    }

    /// <summary>Unreserved words that begin a clause where a name may stand, too.</summary>
    private static bool IsClauseWord(Keyword keyword) => keyword is Keyword.Partition or Keyword.Range or Keyword.Rows or Keyword.Groups or Keyword.Unbounded or Keyword.Recursive
        or Keyword.Current or Keyword.Set or Keyword.Rollup or Keyword.Cube or Keyword.Over or Keyword.Filter or Keyword.Within or Keyword.Operator or Keyword.Double or Keyword.At
        or Keyword.Nulls or Keyword.If or Keyword.Savepoint or Keyword.Prepare or Keyword.Materialized or Keyword.Exclude or Keyword.Local or Keyword.Session or Keyword.Global;

    private SyntaxPrinter Write(string text)
    {
        _out.Append(text);
        return this;
    }

    private SyntaxPrinter Id(string name) => Write(Identifier(name));

    private SyntaxPrinter WriteIf(bool condition, string text) => condition ? Write(text) : this;

    private SyntaxPrinter Name(QualifiedNameSyntax name)
    {
        for (var i = 0; i < name.Parts.Count; i++) WriteIf(i > 0, ".").Id(name.Parts[i]);
        return this;
    }

    private SyntaxPrinter List<T>(IReadOnlyList<T> items, Action<T> print, string separator = ", ")
    {
        for (var i = 0; i < items.Count; i++)
        {
            WriteIf(i > 0, separator);
            print(items[i]);
        }

        return this;
    }

    private SyntaxPrinter Parenthesized<T>(IReadOnlyList<T> items, Action<T> print) => Write("(").List(items, print).Write(")");

    private SyntaxPrinter Names(IReadOnlyList<string> names) => Parenthesized(names, n => Id(n));

    private SyntaxPrinter NamesIfAny(IReadOnlyList<string> names) => names.Count == 0 ? this : Write(" ").Names(names);

    private SyntaxPrinter Expressions(IReadOnlyList<ExpressionSyntax> items) => List(items, e => Expression(e));

    // Types.

    private SyntaxPrinter Type(TypeNameSyntax type)
    {
        WriteIf(type.IsSetOf, "SETOF ");
        SimpleType(type);
        WriteIf(type.IsColumnType, "%TYPE");
        foreach (var bound in type.ArrayBounds) Write("[").Write(bound?.ToString(NumberFormatInfo.InvariantInfo) ?? "").Write("]");
        return this;
    }

    private void SimpleType(TypeNameSyntax type)
    {
        if (SqlSpelling(type) is { } spelling)
        {
            Write(spelling);
            return;
        }

        Name(type.Name);
        if (type.Modifiers.Count > 0) Parenthesized(type.Modifiers, m => Expression(m));
    }

    /// <summary>SQL's own spelling of a system type, where that parses to the very same tree.</summary>
    private static string? SqlSpelling(TypeNameSyntax type)
    {
        if (type.Name.Parts is not ["pg_catalog", var name]) return null;
        var length = type.Modifiers is [IntegerLiteralSyntax { Value: >= 0 and var value }] ? $"({value})" : null;
        var isPlain = type.Modifiers.Count == 0;
        return name switch
        {
            "interval" => Interval(type, length),
            "int2" when isPlain => "smallint",
            "int4" when isPlain => "integer",
            "int8" when isPlain => "bigint",
            "float4" when isPlain => "real",
            "float8" when isPlain => "double precision",
            "bool" when isPlain => "boolean",
            "numeric" when isPlain => "numeric",
            "varbit" when isPlain => "bit varying",
            "varchar" when isPlain || length is not null => "character varying" + length,
            "bpchar" when length is not null => "character" + length,
            "bit" when length is not null => "bit" + length,
            "timestamp" when isPlain || length is not null => $"timestamp{length} without time zone",
            "timestamptz" when isPlain || length is not null => $"timestamp{length} with time zone",
            "time" when isPlain || length is not null => $"time{length} without time zone",
            "timetz" when isPlain || length is not null => $"time{length} with time zone",
            _ => null,
        };
    }

    private static string Interval(TypeNameSyntax type, string? precision) => "interval" + (type.Fields is null ? precision : " " + Fields(type.Fields.Value) + precision);

    private static string Fields(IntervalFields fields)
    {
        string? first = null;
        string? last = null;
        foreach (var (field, word) in FieldWords)
        {
            if ((fields & field) == 0) continue;
            first ??= word;
            last = word;
        }

        return first == last ? first! : first + " to " + last;
    }

    private static readonly (IntervalFields Field, string Word)[] FieldWords =
    [
        (IntervalFields.Year, "year"), (IntervalFields.Month, "month"), (IntervalFields.Day, "day"),
        (IntervalFields.Hour, "hour"), (IntervalFields.Minute, "minute"), (IntervalFields.Second, "second"),
    ];
}
