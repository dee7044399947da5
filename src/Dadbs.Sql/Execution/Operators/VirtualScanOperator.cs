using Dadbs.Sql.Catalog;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>The rows of a virtual relation: the columns that are read, those rows that meet the condition.</summary>
public sealed class VirtualScanOperator(VirtualTableDescriptor table, string alias, int first, int[] columns, RowPredicate? filter, string? filterText) : PhysicalOperator
{
    /// <summary>The first of the slots for system columns; −1 where none is read.</summary>
    public int SystemBase { get; init; } = -1;

    protected override Cursor Begin(ExecutionState state) => new VirtualCursor(table, first, columns, SystemBase, filter, state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node($"Seq Scan on {(alias == table.Name ? table.Name : $"{table.Name} {alias}")}", this);
        if (filterText is not null) printer.Detail("Filter", filterText);
    }

    private sealed class VirtualCursor(VirtualTableDescriptor table, int first, int[] columns, int systemBase, RowPredicate? filter, ExecutionState state) : Cursor
    {
        private IEnumerator<Datum[]>? _rows;

        public override bool MoveNext()
        {
            _rows ??= Relation().Rows(state.Context, state.Context.Descriptors).GetEnumerator();
            while (_rows.MoveNext())
            {
                state.Context.Budget.Step();
                Datum[] row = _rows.Current;
                foreach (int column in columns) state.Slots[first + column] = row[column];
                if (systemBase >= 0) SystemColumns.Fill(state.Slots.AsSpan(systemBase), SystemColumns.FrozenXid, 0, table.Oid);
                if (filter is null || filter(state)) return true;
            }

            return false;
        }

        public override void Reset()
        {
            _rows?.Dispose();
            _rows = null;
        }

        public override void Dispose()
        {
            _rows?.Dispose();
            base.Dispose();
        }

        private IVirtualRelation Relation()
        {
            // A statement that writes will be replayed by every node, each of which would find other rows here.
            if (table.IsLocal && (state.Context.IsReplicated || state.Context.Writable is not null))
            {
                throw new SqlException(SqlState.FeatureNotSupported, $"relation \"{table.Name}\" is local to a node and cannot be read in a replicated statement");
            }

            if (state.Context.Descriptors.RelationByOid(table.Oid) is SequenceDescriptor sequence) return new SequenceRow(table, sequence, state.Context.State);
            return state.Context.VirtualRelations?.Invoke(table.Oid)
                ?? throw new SqlException(SqlState.FeatureNotSupported, $"relation \"{table.SchemaName}.{table.Name}\" is not available here");
        }
    }
}
