using Dadbs.Sql.Catalog;

namespace Dadbs.Sql.Statements;

/// <summary>Something that a constraint has still to look at or to do when a statement's rows are written: what PostgreSQL queues as an AFTER trigger event.</summary>
/// <param name="ConstraintOid">The constraint; what became of it meanwhile, the catalog says.</param>
internal abstract record ConstraintEvent(uint ConstraintOid)
{
    /// <summary>Memory that it keeps while it waits, by a formula that is the same on every node.</summary>
    public abstract long HeldBytes { get; }

    /// <summary>Makes the check, or does what is to be done.</summary>
    /// <exception cref="SqlException">Class 23.</exception>
    public abstract void Settle(StatementContext context);

    /// <summary>The table whose row it is about; null if the constraint is gone.</summary>
    public abstract TableDescriptor? Written(CatalogSnapshot catalog);
}
