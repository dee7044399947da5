using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Binding;

/// <summary>
/// What the relation names and stars of a text were bound to, so that the text can be written down in a form that no search path and no later
/// column changes.
/// </summary>
internal sealed class NameReferences
{
    private readonly SortedDictionary<int, (int Skip, string Text)> _edits = [];

    /// <summary>Relations read, in the order of their names in the text.</summary>
    public List<RelationDescriptor> Relations { get; } = [];

    public void Add(QualifiedNameSyntax name, RelationDescriptor relation)
    {
        Relations.Add(relation);
        if (name.Schema is null && relation is not VirtualTableDescriptor { SchemaName: "pg_catalog" })
            _edits[name.Position] = (0, Identifiers.Quote(relation.SchemaName) + ".");
    }

    public void Add(StarSyntax star, IEnumerable<(string Name, BoundExpression Expression)> columns)
    {
        string text = string.Join(", ", columns.Select(c =>
            c.Expression is BoundColumn { Relation: { } relation } ? Identifiers.Quote(relation) + "." + Identifiers.Quote(c.Name) : Identifiers.Quote(c.Name)));
        _edits[star.Position] = (-1, text);
    }

    /// <summary>The text with names qualified and stars expanded.</summary>
    public string Apply(string text)
    {
        foreach ((int position, (int skip, string replacement)) in _edits.Reverse())
        {
            int end = skip < 0 ? text.IndexOf('*', position) + 1 : position;
            text = string.Concat(text.AsSpan(0, position), replacement, text.AsSpan(end));
        }

        return text;
    }
}
