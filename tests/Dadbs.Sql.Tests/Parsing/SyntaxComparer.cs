using System.Collections;
using System.Reflection;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Tests.Parsing;

/// <summary>Writes a tree out in full, positions left aside, so that two trees can be compared as text.</summary>
internal static class SyntaxComparer
{
    public static string Describe(object? value)
    {
        switch (value)
        {
            case null:
                return "-";
            case string text:
                return "'" + text + "'";
            case IEnumerable items:
                return "[" + string.Join(", ", items.Cast<object?>().Select(Describe)) + "]";
            case SyntaxNode or TransactionModesSyntax:
                var type = value.GetType();
                var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(p => p.Name is not ("Position" or "EqualityContract") && p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal);
                return type.Name + "(" + string.Join(", ", properties.Select(p => p.Name + "=" + Describe(p.GetValue(value)))) + ")";
            default:
                return value.ToString()!;
        }
    }
}
