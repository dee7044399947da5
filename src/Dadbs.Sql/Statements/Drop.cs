using Dadbs.Sql.Catalog;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Transactions;

namespace Dadbs.Sql.Statements;

/// <summary>
/// A set of relations to remove: those named, what belongs to them (indexes, owned sequences), and what depends on them (views, defaults, foreign keys), in
/// the order in which PostgreSQL finds them.
/// </summary>
internal sealed class Drop(DefinitionScope scope)
{
    private readonly List<RelationDescriptor> _named = [];
    private readonly HashSet<uint> _all = [];
    private readonly Queue<RelationDescriptor> _open = new();
    private readonly List<(TableDescriptor Table, string Column)> _defaults = [];
    private readonly HashSet<uint> _constraints = [];

    /// <summary>What goes along only under CASCADE: the object, how the refusal tells it and how the NOTICE does.</summary>
    public List<(RelationDescriptor? Relation, string Refusal, string Cascade)> Dependents { get; } = [];

    public void AddNamed(RelationDescriptor relation)
    {
        _named.Add(relation);
        if (_all.Add(relation.Oid)) _open.Enqueue(relation);
    }

    public void AddDependent(RelationDescriptor relation, string cascade)
    {
        if (!_all.Add(relation.Oid)) return;
        _open.Enqueue(relation);
        Dependents.Add((relation, cascade, cascade));
    }

    public void CollectDependents()
    {
        while (_open.TryDequeue(out RelationDescriptor? relation))
        {
            if (relation is TableDescriptor table)
            {
                foreach (SequenceDescriptor owned in scope.Catalog.Relations.OfType<SequenceDescriptor>().Where(s => s.OwnerTableOid == table.Oid))
                    if (_all.Add(owned.Oid)) _open.Enqueue(owned);
            }

            string word = $"{DropObjects.Word(relation)} {DropObjects.Shown(relation, scope)}";
            foreach ((_, ViewDescriptor? view, ForeignKey? constraint) in DependentsOf(relation).OrderBy(d => d.Oid))
            {
                if (constraint is not null) AddConstraint(constraint, word);
                if (view is null || !_all.Add(view.Oid)) continue;
                _open.Enqueue(view);
                string shown = $"view {DropObjects.Shown(view, scope)}";
                Dependents.Add((view, $"{shown} depends on {word}", $"drop cascades to {shown}"));
            }

            if (relation is SequenceDescriptor sequence) CollectDefaults(sequence, word);
        }
    }

    public SqlException Refusal()
    {
        string what = _named.Count == 1
            ? $"{DropObjects.Word(_named[0])} {DropObjects.Shown(_named[0], scope)}"
            : "desired object(s)";
        return new SqlException(SqlState.DependentObjectsStillExist, $"cannot drop {what} because other objects depend on {(_named.Count == 1 ? "it" : "them")}")
        {
            Detail = string.Join('\n', Dependents.Select(d => d.Refusal)),
            Hint = "Use DROP ... CASCADE to drop the dependent objects too.",
        };
    }

    public void NoticeCascade()
    {
        if (Dependents.Count == 1) scope.Notice(Dependents[0].Cascade);
        else if (Dependents.Count > 1) scope.Notice($"drop cascades to {Dependents.Count} other objects", detail: string.Join('\n', Dependents.Select(d => d.Cascade)));
    }

    public void Execute()
    {
        foreach (uint oid in _all.Order()) Remove(scope.Catalog.RelationByOid(oid)!);
        foreach (TableDescriptor table in scope.Catalog.Relations.OfType<TableDescriptor>().Where(t => !_all.Contains(t.Oid)))
        {
            HashSet<string> columns = [.. _defaults.Where(d => d.Table.Oid == table.Oid).Select(d => d.Column)];
            if (columns.Count == 0 && !table.ForeignKeys.Any(k => _constraints.Contains(k.Oid))) continue;
            scope.Writer.Put(table with
            {
                Columns = [.. table.Columns.Select(c => columns.Contains(c.Name) ? c with { DefaultText = null, OwnedSequenceOid = 0 } : c)],
                ForeignKeys = [.. table.ForeignKeys.Where(k => !_constraints.Contains(k.Oid))],
            });
        }
    }

    private IEnumerable<(uint Oid, ViewDescriptor? View, ForeignKey? Constraint)> DependentsOf(RelationDescriptor relation)
    {
        foreach (ViewDescriptor view in scope.Catalog.Relations.OfType<ViewDescriptor>())
        {
            if (view.DependsOn.Contains(relation.Oid)) yield return (view.Oid, view, null);
        }

        foreach (ForeignKey constraint in scope.Catalog.ForeignKeys.All)
        {
            if (constraint.Referenced.Oid == relation.Oid || constraint.Index.Oid == relation.Oid) yield return (constraint.Descriptor.Oid, null, constraint);
        }
    }

    /// <summary>A foreign key of a table that stays: it goes under CASCADE.</summary>
    private void AddConstraint(ForeignKey constraint, string word)
    {
        if (_all.Contains(constraint.Table.Oid) || !_constraints.Add(constraint.Descriptor.Oid)) return;
        string shown = ForeignKeyDependencies.Word(constraint, scope);
        Dependents.Add((null, $"{shown} depends on {word}", $"drop cascades to {shown}"));
    }

    private void CollectDefaults(SequenceDescriptor sequence, string word)
    {
        foreach (TableDescriptor table in scope.Catalog.Relations.OfType<TableDescriptor>())
        {
            foreach (ColumnDescriptor column in table.Columns)
            {
                if (column.Identity != IdentityKind.None || column.DefaultText is null) continue;
                if (column.OwnedSequenceOid != sequence.Oid && !SyntaxNames.CallsSequence(column.DefaultText, sequence)) continue;
                if (_all.Contains(table.Oid)) continue;
                string shown = $"default value for column {Identifiers.Quote(column.Name)} of table {DropObjects.Shown(table, scope)}";
                _defaults.Add((table, column.Name));
                Dependents.Add((null, $"{shown} depends on {word}", $"drop cascades to {shown}"));
            }
        }
    }

    private void Remove(RelationDescriptor relation)
    {
        switch (relation)
        {
            case TableDescriptor table:
                scope.Context.Deferred?.RequireNonePending(table, "DROP TABLE", scope.Catalog);
                TableRewrite.DropTrees(table, scope);
                foreach (IndexDescriptor index in table.Indexes)
                {
                    scope.Writer.DeleteRelation(index.Oid);
                    scope.Writer.DeleteComments(ClassOids.Relations, index.Oid);
                }

                scope.Writer.DeleteStatistics(table.Oid);
                break;
            case IndexDescriptor index:
                scope.Overlay.DropRelation(index.Entries);
                break;
            case SequenceDescriptor sequence:
                SequenceState.Delete(scope.Overlay, scope.Database, sequence.Oid);
                SequenceLease.EndAll(scope.Overlay, scope.Database, sequence.Oid);
                break;
        }

        scope.Writer.DeleteRelation(relation.Oid);
        scope.Writer.DeleteComments(ClassOids.Relations, relation.Oid);
    }
}
