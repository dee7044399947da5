using Dadbs.Sql.Catalog;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

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

    /// <summary>Columns that only their names find, never <c>*</c>: those of <see cref="Catalog.SystemColumns"/> that can be read here.</summary>
    public IReadOnlyList<ScopeColumn> SystemColumns { get; init; } = [];

    /// <summary>All that can be read of it.</summary>
    internal IEnumerable<ScopeColumn> AllColumns => SystemColumns.Count == 0 ? Columns : Columns.Concat(SystemColumns);

    /// <summary>True for a side of a join: its system columns need a qualified name.</summary>
    internal bool IsJoined { get; set; }

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

    internal IEnumerable<ScopeColumn> SystemColumns => _relations.SelectMany(relation => relation.SystemColumns);

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
            foreach (ScopeColumn column in relation.AllColumns)
            {
                if (column.Expression is BoundColumn bound ? slots.Contains(bound.Slot) : SlotUsage.Reads(column.Expression, slots)) return true;
            }
        }

        return false;
    }

    /// <summary>Adds a relation for qualified names only.</summary>
    internal void AddQualifiedOnly(ScopeRelation relation) => _relations.Add(relation);

    /// <summary>A scope over one table's own columns, slot = column index: for defaults, checks, index expressions. Of the system columns only tableoid has a value there.</summary>
    public static Scope ForTable(RelationDescriptor table, int baseSlot = 0, string? alias = null)
    {
        Scope scope = new(null);
        scope.Add(RelationOf(table, baseSlot, alias, hasSystemColumns: false, tableOid: new BoundConstant(Datum.FromUInt32(table.Oid), SqlTypes.Oid)));
        return scope;
    }

    /// <summary>A table's or virtual relation's row in a block of slots.</summary>
    /// <param name="table">The relation.</param>
    /// <param name="baseSlot">The first slot.</param>
    /// <param name="alias">Its name in the query, if it has another.</param>
    /// <param name="columnAliases">Names of its first columns.</param>
    /// <param name="hasSystemColumns">Whether slots for the system columns follow.</param>
    /// <param name="tableOid">What tableoid is where there are none.</param>
    internal static ScopeRelation RelationOf(
        RelationDescriptor table, int baseSlot, string? alias, IReadOnlyList<string>? columnAliases = null, bool hasSystemColumns = true, BoundExpression? tableOid = null)
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

        ScopeColumn[] system = hasSystemColumns && Catalog.SystemColumns.Has(table)
            ? SystemColumnsOf(table, baseSlot + columns.Length, name)
            : tableOid is null ? [] : [new ScopeColumn(Catalog.SystemColumns.TableOid.Name, tableOid)];
        return new ScopeRelation(name, columns) { SystemColumns = system, SchemaName = alias is null ? table.SchemaName : null, Descriptor = table };
    }

    private static ScopeColumn[] SystemColumnsOf(RelationDescriptor table, int first, string name)
    {
        IReadOnlyList<SystemColumn> readable = Catalog.SystemColumns.Readable;
        ScopeColumn[] columns = new ScopeColumn[readable.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            SystemColumn column = readable[i];
            columns[i] = new ScopeColumn(column.Name, new BoundColumn(first + i, column.Type, -1, column.Name) { Relation = name })
            {
                TableOid = table.Oid,
                AttributeNumber = column.Number,
            };
        }

        return columns;
    }
}
