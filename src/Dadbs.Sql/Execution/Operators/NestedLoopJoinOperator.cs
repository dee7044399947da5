using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>
/// For every left row the right side is run again, reading the left row's slots: an index look-up on the inner side, a LATERAL item, or a materialised result. Keeps the left side's order.
/// </summary>
public sealed class NestedLoopJoinOperator(LogicalJoinKind kind, PhysicalOperator left, PhysicalOperator right, RowPredicate? condition, string? text, int[] rightSlots) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new JoinCursor(kind, left.Open(state), right, condition, new SavedRows(rightSlots), state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Nested Loop" + HashJoinOperator.Suffix(kind), this);
        if (text is { Length: > 0 }) printer.Detail("Join Filter", text);
        printer.Child(left);
        printer.Child(right);
    }

    private sealed class JoinCursor(LogicalJoinKind kind, Cursor left, PhysicalOperator rightPlan, RowPredicate? condition, SavedRows rightRow, ExecutionState state) : Cursor
    {
        private Cursor? _right;
        private bool _inside;
        private bool _matched;

        public override bool MoveNext()
        {
            while (true)
            {
                if (!_inside)
                {
                    if (!left.MoveNext()) return false;
                    if (_right is null) _right = rightPlan.Open(state);
                    else _right.Reset();
                    _inside = true;
                    _matched = false;
                }

                while (_right!.MoveNext())
                {
                    state.Context.Budget.Step();
                    if (condition is not null && !condition(state)) continue;
                    _matched = true;
                    if (kind == LogicalJoinKind.Anti) break;
                    if (kind == LogicalJoinKind.Semi) _inside = false;
                    return true;
                }

                _inside = false;
                if (_matched || kind is LogicalJoinKind.Inner or LogicalJoinKind.Semi) continue;
                rightRow.Clear(state);
                return true;
            }
        }

        /// <summary>The right side is opened anew, too: what it has kept may depend on the outer slots that changed.</summary>
        public override void Reset()
        {
            left.Reset();
            _right?.Dispose();
            _right = null;
            _inside = false;
        }

        public override void Dispose()
        {
            left.Dispose();
            _right?.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>Keeps its input's rows so that they can be read again: the inner side of a nested loop.</summary>
public sealed class MaterializeOperator(PhysicalOperator input, int[] slots) : PhysicalOperator
{
    protected override Cursor Begin(ExecutionState state) => new MaterializeCursor(input, new SavedRows(slots), state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Materialize", this);
        printer.Child(input);
    }

    private sealed class MaterializeCursor(PhysicalOperator input, SavedRows saved, ExecutionState state) : Cursor
    {
        private List<Datum[]>? _rows;
        private int _next;

        public override bool MoveNext()
        {
            _rows ??= Collect();
            if (_next >= _rows.Count) return false;
            saved.Restore(_rows[_next++], state);
            return true;
        }

        public override void Reset() => _next = 0;

        private List<Datum[]> Collect()
        {
            List<Datum[]> rows = [];
            using Cursor source = input.Open(state);
            while (source.MoveNext()) rows.Add(saved.Save(state));
            return rows;
        }
    }
}
