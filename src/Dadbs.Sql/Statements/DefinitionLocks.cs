using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;

namespace Dadbs.Sql.Statements;

/// <summary>
/// The tables that a definition needs for itself on its session's node, and PostgreSQL's modes for that (manual, 13.3.1, and the pages of the statements). What it names and what
/// is not there locks nothing: its execution says so.
/// </summary>
internal static class DefinitionLocks
{
    public static IReadOnlyList<RelationLock> Of(StatementSyntax syntax, PlanningContext planning)
    {
        var locks = new Collection(planning);
        switch (syntax)
        {
            case CreateTableSyntax s: locks.AddElements(s.Elements); break;
            case CreateTableAsSyntax { Source: QuerySyntax source }: locks.AddQuery(source); break;
            case CreateViewSyntax s: locks.AddQuery(s.Query); break;
            case CreateIndexSyntax s: locks.Add(s.Table, s.IsConcurrent ? TableLockMode.ShareUpdateExclusive : TableLockMode.Share); break;
            case AlterTableSyntax s when locks.Find(s.Name) is TableDescriptor table: AddActions(s.Actions, table, locks); break;
            case DropSyntax s: AddDropped(s, locks); break;
            case RenameSyntax { Kind: not ObjectKind.Index } s: locks.Add(s.Target.Name, TableLockMode.AccessExclusive); break;
            case SetSchemaSyntax s: locks.Add(s.Target.Name, TableLockMode.AccessExclusive); break;
            case CommentSyntax { Kind: ObjectKind.Table } s: locks.Add(s.Target.Name, TableLockMode.ShareUpdateExclusive); break;
            case CommentSyntax { Kind: ObjectKind.Column, Target.Name: { Schema: not null } column }: locks.Add(new QualifiedNameSyntax(column.Position, [.. column.Parts.SkipLast(1)]), TableLockMode.ShareUpdateExclusive); break;
            case TruncateSyntax s: AddTruncated(s, locks); break;
            case VacuumSyntax s: AddMaintained(s, locks); break;
            case ReindexSyntax { Name: { } name } s: locks.AddTableOf(name, IsConcurrent(s.Options) ? TableLockMode.ShareUpdateExclusive : TableLockMode.Share); break;
            case ClusterSyntax { Table: { } name }: locks.Add(name, TableLockMode.AccessExclusive); break;
        }

        return locks.All;
    }

    private static void AddActions(IReadOnlyList<AlterTableActionSyntax> actions, TableDescriptor table, Collection locks)
    {
        var mode = TableLockMode.ShareUpdateExclusive;
        foreach (AlterTableActionSyntax action in actions)
        {
            if (ModeOf(action) is var needed && needed > mode) mode = needed;
            switch (action)
            {
                case AddColumnSyntax { Column: var column }: locks.AddReferenced(column.Constraints); break;
                case AddConstraintSyntax { Constraint: var constraint }: locks.AddReferenced([constraint]); break;
                case DropConstraintSyntax s: locks.AddOtherSides(key => key.Descriptor.Name == s.Name || key.Index.Name == s.Name, table); break;
                case DropColumnSyntax { Column: var name } when table.ColumnIndex(name) is >= 0 and var index:
                    locks.AddOtherSides(key => key.Table.Oid == table.Oid ? key.Columns.Contains(index) : key.ReferencedColumns.Contains(index), table);
                    break;
            }
        }

        locks.Add(table, mode);
    }

    private static TableLockMode ModeOf(AlterTableActionSyntax action) => action switch
    {
        AlterColumnStatisticsSyntax or SetStorageParametersSyntax or ValidateConstraintSyntax => TableLockMode.ShareUpdateExclusive,
        AddConstraintSyntax { Constraint: ForeignKeyConstraintSyntax } => TableLockMode.ShareRowExclusive,
        _ => TableLockMode.AccessExclusive,
    };

    private static void AddDropped(DropSyntax drop, Collection locks)
    {
        foreach (ObjectNameSyntax name in drop.Names)
        {
            switch (drop.Kind)
            {
                case ObjectKind.Table when locks.Find(name.Name) is TableDescriptor table: locks.AddDropped(table); break;
                case ObjectKind.Index: locks.AddTableOf(name.Name, drop.IsConcurrent ? TableLockMode.ShareUpdateExclusive : TableLockMode.AccessExclusive); break;
                case ObjectKind.Schema when drop.Behavior == DropBehavior.Cascade: locks.AddSchema(name.Name.Name); break;
            }
        }
    }

    private static void AddTruncated(TruncateSyntax truncate, Collection locks)
    {
        foreach (NamedTableSyntax name in truncate.Tables)
        {
            if (locks.Find(name.Name) is TableDescriptor table) locks.AddTruncated(table, truncate.Behavior == DropBehavior.Cascade);
        }
    }

    private static void AddMaintained(VacuumSyntax vacuum, Collection locks)
    {
        var mode = vacuum.Options.Any(option => option.Name == "full") ? TableLockMode.AccessExclusive : TableLockMode.ShareUpdateExclusive;
        foreach (VacuumTargetSyntax target in vacuum.Targets) locks.Add(target.Table, mode);
    }

    private static bool IsConcurrent(IReadOnlyList<OptionSyntax> options) => options.Any(option => option.Name == "concurrently");

    /// <summary>Each table once, in its strongest mode, in the order in which they were named.</summary>
    private sealed class Collection(PlanningContext planning)
    {
        private readonly BindingContext _context = new(planning, ParameterTypes.None);

        public IReadOnlyList<RelationLock> All => _context.RelationLocks;

        private ForeignKeySet ForeignKeys => planning.Catalog.ForeignKeys;

        public RelationDescriptor? Find(QualifiedNameSyntax name) => planning.Catalog.FindRelation(name.Schema, name.Name, planning.SearchPath);

        public void Add(QualifiedNameSyntax name, TableLockMode mode)
        {
            if (Find(name) is TableDescriptor table) Add(table, mode);
        }

        public void Add(TableDescriptor table, TableLockMode mode) => _context.Lock(table, mode);

        /// <summary>A table by its name, or by that of one of its indexes.</summary>
        public void AddTableOf(QualifiedNameSyntax name, TableLockMode mode)
        {
            RelationDescriptor? named = Find(name);
            if ((named is IndexDescriptor index ? planning.Catalog.RelationByOid(index.TableOid) : named) is TableDescriptor table) Add(table, mode);
        }

        public void AddQuery(QuerySyntax query) => new QueryBinder(_context).Bind(query, null);

        public void AddElements(IReadOnlyList<TableElementSyntax> elements)
        {
            foreach (TableElementSyntax element in elements)
            {
                switch (element)
                {
                    case ColumnDefinitionSyntax column: AddReferenced(column.Constraints); break;
                    case TableConstraintSyntax constraint: AddReferenced([constraint.Constraint]); break;
                    case LikeTableSyntax like: Add(like.Name, TableLockMode.AccessShare); break;
                }
            }
        }

        public void AddReferenced(IReadOnlyList<ConstraintSyntax> constraints)
        {
            foreach (ForeignKeyConstraintSyntax key in constraints.OfType<ForeignKeyConstraintSyntax>()) Add(key.ReferencedTable, TableLockMode.ShareRowExclusive);
        }

        /// <summary>Tables at the other end of foreign keys that go.</summary>
        public void AddOtherSides(Func<ForeignKey, bool> goes, TableDescriptor table)
        {
            foreach (ForeignKey key in ForeignKeys.Of(table.Oid).Where(goes)) Add(key.Referenced, TableLockMode.AccessExclusive);
            foreach (ForeignKey key in ForeignKeys.To(table.Oid).Where(goes)) Add(key.Table, TableLockMode.AccessExclusive);
        }

        public void AddDropped(TableDescriptor table)
        {
            Add(table, TableLockMode.AccessExclusive);
            AddOtherSides(_ => true, table);
        }

        public void AddSchema(string name)
        {
            foreach (TableDescriptor table in planning.Catalog.Relations.OfType<TableDescriptor>().Where(t => t.SchemaName == name)) AddDropped(table);
        }

        public void AddTruncated(TableDescriptor table, bool cascades)
        {
            if (All.Any(known => known.Oid == table.Oid)) return;
            Add(table, TableLockMode.AccessExclusive);
            if (!cascades) return;
            foreach (ForeignKey key in ForeignKeys.To(table.Oid)) AddTruncated(key.Table, cascades);
        }
    }
}
