using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>
/// A table while CREATE TABLE or ALTER TABLE works on it: the descriptor as it grows, and its indexes. Nothing enters the catalog before
/// <see cref="Store"/>, except sequences.
/// </summary>
internal sealed class TableDefinition(TableDescriptor table, DefinitionScope scope)
{
    private readonly List<(string Column, ConstraintSyntax Constraint)> _columnConstraints = [];
    private readonly List<IndexDescriptor> _changedIndexes = [];

    public TableDescriptor Table { get; private set; } = table;

    public DefinitionScope Scope => scope;

    /// <summary>Appends a column. Its PRIMARY KEY, UNIQUE and CHECK wait for <see cref="AddConstraints"/>.</summary>
    /// <returns>The default, when it must be evaluated for rows that exist already.</returns>
    public StoredExpression? AddColumn(ColumnDefinitionSyntax syntax)
    {
        ColumnDefinition definition = ColumnDefinition.Read(syntax, Table.Name);
        var column = new ColumnDescriptor
        {
            Number = Table.Columns.Count + Table.DroppedColumns.Count + 1,
            Name = syntax.Name,
            Type = definition.Type,
            NotNull = definition.NotNull,
        };
        StoredExpression? value = null;
        if (definition.Default is { } text && text is not NullLiteralSyntax)
        {
            value = StoredExpressions.Default(text, definition.Type, syntax.Name, scope);
            column = column with { DefaultText = SyntaxPrinter.Print(text) };
        }
        else if (definition.IsSerial || definition.Identity is not null)
        {
            SequenceDescriptor sequence = SequenceDefinitions.CreateOwned(Table, column, definition.Identity, scope);
            column = definition.Identity is { } identity
                ? column with { OwnedSequenceOid = sequence.Oid, Identity = identity.IsAlways ? IdentityKind.Always : IdentityKind.ByDefault }
                : column with { OwnedSequenceOid = sequence.Oid, DefaultText = SequenceDefinitions.NextValueText(sequence) };
        }

        Table = Table with { Columns = [.. Table.Columns, column], StoredColumnCount = Math.Max(Table.StoredColumnCount, column.Number) };
        foreach (ConstraintSyntax constraint in definition.TableConstraints) _columnConstraints.Add((syntax.Name, constraint));
        return value;
    }

    /// <summary>Replaces the column called <paramref name="name"/>.</summary>
    public void ReplaceColumn(string name, Func<ColumnDescriptor, ColumnDescriptor> change)
    {
        int index = RequireColumn(name);
        ColumnDescriptor[] columns = [.. Table.Columns];
        columns[index] = change(columns[index]);
        Table = Table with { Columns = columns };
    }

    public void Replace(TableDescriptor table) => Table = table;

    /// <summary>42703 if there is no such column.</summary>
    public int RequireColumn(string name)
    {
        SystemColumns.RefuseAlter(name);
        int index = Table.ColumnIndex(name);
        if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{name}\" of relation \"{Table.Name}\" does not exist");
        return index;
    }

    /// <summary>Adds the constraints of a new table: the primary key first, then unique ones, then checks, then foreign keys, as PostgreSQL does.</summary>
    public void AddConstraints(IReadOnlyList<TableElementSyntax> elements)
    {
        List<(string? Column, ConstraintSyntax Constraint)> all = [.. _columnConstraints.Select(c => ((string?)c.Column, c.Constraint))];
        foreach (TableConstraintSyntax element in elements.OfType<TableConstraintSyntax>()) all.Add((null, element.Constraint));
        _columnConstraints.Clear();
        CheckSinglePrimaryKey(all);
        foreach ((string? column, ConstraintSyntax constraint) in all.Where(c => c.Constraint is PrimaryKeyConstraintSyntax)) AddConstraint(column, constraint);
        foreach ((string? column, ConstraintSyntax constraint) in all.Where(c => c.Constraint is UniqueConstraintSyntax)) AddConstraint(column, constraint);
        foreach ((string? column, ConstraintSyntax constraint) in all.Where(c => c.Constraint is not (PrimaryKeyConstraintSyntax or UniqueConstraintSyntax or ForeignKeyConstraintSyntax)))
            AddConstraint(column, constraint);
        foreach ((string? column, ConstraintSyntax constraint) in all.Where(c => c.Constraint is ForeignKeyConstraintSyntax)) AddConstraint(column, constraint);
    }

    /// <summary>Adds the constraints that came with columns of ALTER TABLE ADD COLUMN.</summary>
    public List<ConstraintSyntax> TakeColumnConstraints(out List<string> columns)
    {
        columns = [.. _columnConstraints.Select(c => c.Column)];
        List<ConstraintSyntax> constraints = [.. _columnConstraints.Select(c => c.Constraint)];
        _columnConstraints.Clear();
        return constraints;
    }

    /// <summary>Enters one constraint into the descriptor. Rows that exist are the caller's business.</summary>
    /// <returns>The new index, or null for a check or foreign key.</returns>
    public IndexDescriptor? AddConstraint(string? column, ConstraintSyntax constraint)
    {
        switch (constraint)
        {
            case PrimaryKeyConstraintSyntax key:
                if (key.UsingIndex is not null) throw DefinitionScope.Unsupported("USING INDEX", key.Position);
                if (key.Including.Count > 0) throw DefinitionScope.Unsupported("INCLUDE", key.Position);
                return AddKey(key, column is null ? key.Columns : [column], isPrimary: true, nullsNotDistinct: false);
            case UniqueConstraintSyntax key:
                if (key.UsingIndex is not null) throw DefinitionScope.Unsupported("USING INDEX", key.Position);
                if (key.Including.Count > 0) throw DefinitionScope.Unsupported("INCLUDE", key.Position);
                return AddKey(key, column is null ? key.Columns : [column], isPrimary: false, key.NullsNotDistinct);
            case CheckConstraintSyntax check:
                AddCheck(check);
                return null;
            case ForeignKeyConstraintSyntax key:
                ForeignKeyDescriptor added = ForeignKeyDefinition.Read(column, key, this);
                Table = Table with { ForeignKeys = [.. Table.ForeignKeys, added] };
                return null;
            default:
                throw DefinitionScope.Unsupported("this constraint", constraint.Position);
        }
    }

    /// <summary>Adds an index to the descriptor; its entries are the caller's business.</summary>
    public void AddIndex(IndexDescriptor index)
    {
        scope.Take(index.SchemaOid, index.Name);
        Table = Table with
        {
            Indexes = [.. Table.Indexes, index],
            PrimaryKey = index.IsPrimary ? index : Table.PrimaryKey,
        };
        _changedIndexes.Add(index);
    }

    /// <summary>Notes that an index's stored descriptor must be written again.</summary>
    public void ReplaceIndex(IndexDescriptor index)
    {
        Table = Table with
        {
            Indexes = [.. Table.Indexes.Select(i => i.Oid == index.Oid ? index : i)],
            PrimaryKey = index.IsPrimary ? index : Table.PrimaryKey,
        };
        _changedIndexes.RemoveAll(i => i.Oid == index.Oid);
        _changedIndexes.Add(index);
    }

    public void RemoveIndex(IndexDescriptor index)
    {
        Table = Table with
        {
            Indexes = [.. Table.Indexes.Where(i => i.Oid != index.Oid)],
            PrimaryKey = index.IsPrimary ? null : Table.PrimaryKey,
        };
        _changedIndexes.RemoveAll(i => i.Oid == index.Oid);
        scope.Writer.DeleteRelation(index.Oid);
        scope.Writer.DeleteComments(ClassOids.Relations, index.Oid);
    }

    /// <summary>Writes the table and its new indexes to the catalog.</summary>
    public void Store()
    {
        scope.Writer.Put(Table);
        // As they are by now: a dropped column has moved the parts of those behind it.
        foreach (IndexDescriptor index in _changedIndexes) scope.Writer.Put(Table.Indexes.First(i => i.Oid == index.Oid), Table);
        _changedIndexes.Clear();
    }

    private void CheckSinglePrimaryKey(List<(string? Column, ConstraintSyntax Constraint)> constraints)
    {
        bool seen = Table.DeclaredPrimaryKey is not null;
        foreach ((_, ConstraintSyntax constraint) in constraints.Where(c => c.Constraint is PrimaryKeyConstraintSyntax))
        {
            if (seen)
                throw new SqlException(SqlState.InvalidTableDefinition, $"multiple primary keys for table \"{Table.Name}\" are not allowed", constraint.Position);
            seen = true;
        }
    }

    private IndexDescriptor AddKey(ConstraintSyntax syntax, IReadOnlyList<string> columns, bool isPrimary, bool nullsNotDistinct)
    {
        int position = syntax.Position;
        if (isPrimary && Table.DeclaredPrimaryKey is not null)
            throw new SqlException(SqlState.InvalidTableDefinition, $"multiple primary keys for table \"{Table.Name}\" are not allowed");
        string kind = isPrimary ? "primary key" : "unique";
        var parts = new List<IndexPart>(columns.Count);
        foreach (string column in columns)
        {
            if (isPrimary) SystemColumns.RefuseAlter(column);
            CreateIndex.RefuseSystemColumn(column, position);
            int index = Table.ColumnIndex(column);
            if (index < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" named in key does not exist", position);
            if (parts.Exists(p => p.ColumnIndex == index))
                throw new SqlException(SqlState.DuplicateColumn, $"column \"{column}\" appears twice in {kind} constraint", position);
            CreateIndex.RefuseUnorderable(Table.Columns[index].Type.Type, position);
            parts.Add(new IndexPart(index, Table.Columns[index].Type.Type, Descending: false, NullsFirst: false));
        }

        string name = ConstraintName(syntax.Name, isPrimary ? null : string.Join('_', columns), isPrimary ? "pkey" : "key");
        if (isPrimary)
        {
            ColumnDescriptor[] all = [.. Table.Columns];
            foreach (IndexPart part in parts) all[part.ColumnIndex] = all[part.ColumnIndex] with { NotNull = true };
            Table = Table with { Columns = all };
        }

        uint oid = scope.Writer.NextOid();
        var descriptor = new IndexDescriptor
        {
            Oid = oid,
            SchemaOid = Table.SchemaOid,
            SchemaName = Table.SchemaName,
            Name = name,
            OwnerOid = Table.OwnerOid,
            TableOid = Table.Oid,
            Entries = isPrimary && !syntax.IsDeferrable ? Table.Rows : new RelationId(scope.Database, oid),
            Parts = parts,
            IsUniqueKey = true,
            IsPrimaryKey = isPrimary,
            NullsNotDistinct = nullsNotDistinct,
            IsDeferrable = syntax.IsDeferrable,
            IsInitiallyDeferred = syntax.InitiallyDeferred,
            ConstraintOid = scope.Writer.NextOid(),
        };
        AddIndex(descriptor);
        return descriptor;
    }

    private string ConstraintName(string? given, string? columns, string label)
    {
        if (given is null) return scope.ChooseName(Table.SchemaOid, Table.Name, columns, label, IsConstraint);
        if (IsConstraint(given))
            throw new SqlException(SqlState.DuplicateObject, $"constraint \"{given}\" for relation \"{Table.Name}\" already exists");
        if (scope.IsTaken(Table.SchemaOid, given)) throw new SqlException(SqlState.DuplicateTable, $"relation \"{given}\" already exists");
        return given;
    }

    /// <summary>The name of a constraint that has no index: as given (42710 if the table has one of that name), or chosen.</summary>
    public string ConstraintNameFor(string? given, string? columns, string label)
    {
        bool IsTaken(string name) => IsConstraint(name) || Table.Indexes.Any(i => i.Name == name);
        if (given is null) return scope.ChooseName(Table.SchemaOid, Table.Name, columns, label, IsTaken);
        if (IsConstraint(given) || Table.Indexes.Any(i => i.ConstraintOid != 0 && i.Name == given))
            throw new SqlException(SqlState.DuplicateObject, $"constraint \"{given}\" for relation \"{Table.Name}\" already exists");
        return given;
    }

    private bool IsConstraint(string name) => Table.Checks.Any(c => c.Name == name) || Table.ForeignKeys.Any(k => k.Name == name);

    private void AddCheck(CheckConstraintSyntax check)
    {
        StoredExpression bound = StoredExpressions.Check(check.Condition, Table, scope);
        string name = ConstraintNameFor(check.Name, CheckedColumn(bound.Bound), "check");
        List<CheckDescriptor> checks = [.. Table.Checks, new CheckDescriptor(scope.Writer.NextOid(), name, SyntaxPrinter.Print(check.Condition))];
        checks.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        Table = Table with { Checks = checks };
    }

    /// <summary>The one column that a check is about, which then is part of its name; null if there are several or none.</summary>
    private string? CheckedColumn(BoundExpression condition)
    {
        var columns = new HashSet<int>();
        SlotUsage.Collect(condition, columns);
        return columns.Count == 1 ? Table.Columns[columns.Single()].Name : null;
    }
}
