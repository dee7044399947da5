using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>A possibly qualified, possibly quoted name in a text value: <c>public."Weird Name"</c>. Unquoted parts fold to lower case.</summary>
public static class QualifiedName
{
    /// <summary>The parts; 42602 for text that is no name.</summary>
    public static List<string> Split(string text)
    {
        var parts = new List<string>();
        var i = SkipSpaces(text, 0);
        while (true)
        {
            if (i >= text.Length)
                throw Invalid();
            parts.Add(text[i] == '"' ? ReadQuoted(text, ref i) : ReadPlain(text, ref i));
            i = SkipSpaces(text, i);
            if (i == text.Length)
                return parts;
            if (text[i] != '.')
                throw Invalid();
            i = SkipSpaces(text, i + 1);
        }
    }

    /// <summary>(schema or null, name); a database part is accepted and ignored when it is given.</summary>
    public static (string? Schema, string Name) SchemaAndName(string text)
    {
        var parts = Split(text);
        return parts.Count switch
        {
            1 => (null, parts[0]),
            2 => (parts[0], parts[1]),
            3 => (parts[1], parts[2]),
            _ => throw new SqlException(SqlState.SyntaxError, $"improper qualified name (too many dotted names): {text}"),
        };
    }

    private static string ReadQuoted(string text, ref int i)
    {
        var name = new StringBuilder();
        for (i++; ; i++)
        {
            if (i >= text.Length)
                throw Invalid();
            if (text[i] == '"')
            {
                if (i + 1 >= text.Length || text[i + 1] != '"')
                    break;
                i++;
            }
            name.Append(text[i]);
        }
        i++;
        return name.Length == 0 ? throw Invalid() : name.ToString();
    }

    private static string ReadPlain(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] != '.' && !char.IsWhiteSpace(text[i]))
            i++;
        return i == start ? throw Invalid() : text[start..i].ToLowerInvariant();
    }

    private static int SkipSpaces(string text, int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i]))
            i++;
        return i;
    }

    private static SqlException Invalid() => new(SqlState.InvalidName, "invalid name syntax");

    /// <summary>quote_ident: quoted unless it is a plain lower-case identifier and no keyword that needs it.</summary>
    public static string Quote(string identifier)
    {
        var plain = identifier.Length > 0 && identifier[0] is (>= 'a' and <= 'z') or '_' && !ReservedWords.Contains(identifier);
        foreach (var c in identifier)
            plain &= c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';
        return plain ? identifier : $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
