using Dadbs.Sql.Catalog;
using Dadbs.Sql.Planning;

namespace Dadbs.Sql.Binding;

/// <summary>A column that a name can mean: its name here, and what reading it is.</summary>
public sealed record ScopeColumn(string Name, BoundExpression Expression)
{
    /// <summary>The catalog's table and column number behind it, reported in RowDescription; 0 for anything computed.</summary>
    public uint TableOid { get; init; }

    public short AttributeNumber { get; init; }

    /// <summary>The column of this relation that is merged away by USING or NATURAL: only a qualified name reaches it.</summary>
    public bool IsMerged { get; init; }
}

/// <summary>A relation instance in FROM under the name by which the query calls it.</summary>
public sealed class ScopeRelation(string name, IReadOnlyList<ScopeColumn> columns)
{
    public string Name { get; } = name;

    public IReadOnlyList<ScopeColumn> Columns { get; } = columns;

    /// <summary>The schema of a table named without an alias, so that <c>schema.table.column</c> finds it.</summary>
    public string? SchemaName { get; init; }

    /// <summary>The relation behind it; null for a subquery, a function or VALUES.</summary>
    public RelationDescriptor? Descriptor { get; init; }

    /// <summary>False while only LATERAL items may see it, or none: a reference gives 42P01 with a hint.</summary>
    public bool IsVisible { get; set; } = true;
}

/// <summary>The clause being bound, for messages that name it.</summary>
public enum ClauseKind
{
    Other,
    SelectList,
    Where,
    From,
    JoinCondition,
    GroupBy,
    Having,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Values,
    Returning,
    Update,
    ColumnDefault,
    Check,
    IndexExpression,
    Filter,
    AggregateArgument,
}

/// <summary>
/// The names one query level can see, and its enclosing levels. Lookups follow PostgreSQL: the innermost level with a match wins; two matches in one level are ambiguous.
/// </summary>
public sealed class Scope(Scope? parent)
{
    private readonly List<ScopeRelation> _relations = [];

    public Scope? Parent { get; } = parent;

    public IReadOnlyList<ScopeRelation> Relations => _relations;

    /// <summary>What <c>*</c> expands to and unqualified names find, in order.</summary>
    public List<ScopeColumn> Columns { get; } = [];

    /// <summary>Common table expressions that this level's WITH defines.</summary>
    internal List<CommonTable> CommonTables { get; } = [];

    /// <summary>Collects the aggregate calls of this level; null where the clause allows none.</summary>
    internal AggregateCollector? Aggregates { get; set; }

    /// <summary>Collects window function calls; null where the clause allows none.</summary>
    internal WindowCollector? Windows { get; set; }

    /// <summary>Collects set-returning calls of the select list; null where the clause allows none.</summary>
    internal SetFunctionCollector? SetFunctions { get; set; }

    public ClauseKind Clause { get; set; }

    /// <summary>Adds a relation whose columns unqualified names find, too.</summary>
    public void Add(ScopeRelation relation)
    {
        _relations.Add(relation);
        foreach (ScopeColumn column in relation.Columns)
        {
            if (!column.IsMerged) Columns.Add(column);
        }
    }

    /// <summary>Whether any of these slots is a column of this level's relations.</summary>
    internal bool Owns(HashSet<int> slots)
    {
        foreach (ScopeRelation relation in _relations)
        {
            foreach (ScopeColumn column in relation.Columns)
            {
                if (column.Expression is BoundColumn bound ? slots.Contains(bound.Slot) : SlotUsage.Reads(column.Expression, slots)) return true;
            }
        }

        return false;
    }

    /// <summary>Adds a relation for qualified names only.</summary>
    internal void AddQualifiedOnly(ScopeRelation relation) => _relations.Add(relation);

    /// <summary>A scope over one table's own columns, slot = column index: for defaults, checks, index expressions.</summary>
    public static Scope ForTable(RelationDescriptor table, int baseSlot = 0, string? alias = null)
    {
        Scope scope = new(null);
        scope.Add(RelationOf(table, baseSlot, alias));
        return scope;
    }

    internal static ScopeRelation RelationOf(RelationDescriptor table, int baseSlot, string? alias, IReadOnlyList<string>? columnAliases = null)
    {
        string name = alias ?? table.Name;
        ScopeColumn[] columns = new ScopeColumn[table.Columns.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            ColumnDescriptor column = table.Columns[i];
            string columnName = columnAliases is not null && i < columnAliases.Count ? columnAliases[i] : column.Name;
            columns[i] = new ScopeColumn(columnName, new BoundColumn(baseSlot + i, column.Type.Type, column.Type.Modifier, columnName) { Relation = name })
            {
                TableOid = table.Oid,
                AttributeNumber = (short)column.Number,
            };
        }

        return new ScopeRelation(name, columns) { SchemaName = alias is null ? table.SchemaName : null, Descriptor = table };
    }
}
