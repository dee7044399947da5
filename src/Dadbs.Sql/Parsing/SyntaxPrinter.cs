namespace Dadbs.Sql.Parsing;

/// <summary>Prints a tree as SQL that parses to the same tree.</summary>
public static class SyntaxPrinter
{
    public static string Print(SyntaxNode node) => node.ToString();
}
