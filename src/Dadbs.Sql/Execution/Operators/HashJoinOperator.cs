using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>A pair of equal keys of a hash join, both of one type.</summary>
public sealed record HashKey(Evaluator Left, Evaluator Right, TypeOperations Operations);

/// <summary>
/// The right side is kept in a hash table, the left side probes it. Rows come in probe order, matches of one row in the build side's order; unmatched right rows of a full join come last,
/// in build order. Never spills: past the budget 54000.
/// </summary>
public sealed class HashJoinOperator(LogicalJoinKind kind, PhysicalOperator left, PhysicalOperator right, HashKey[] keys, string keyText, RowPredicate? condition, string? text, int[] leftSlots, int[] rightSlots)
    : PhysicalOperator
{
    private readonly HashedSide _hashed = new(right);

    protected override Cursor Begin(ExecutionState state) =>
        new JoinCursor(kind, left.Open(state), _hashed, keys, condition, new SavedRows(leftSlots), new SavedRows(rightSlots), state);

    public override void Explain(PlanPrinter printer)
    {
        printer.Node("Hash" + (kind == LogicalJoinKind.Inner ? " Join" : Suffix(kind)), this);
        printer.Detail("Hash Cond", keyText);
        if (text is { Length: > 0 }) printer.Detail("Join Filter", text);
        printer.Child(left);
        printer.Child(_hashed);
    }

    internal static string Suffix(LogicalJoinKind kind) => kind switch
    {
        LogicalJoinKind.Inner => "",
        LogicalJoinKind.Left => " Left Join",
        LogicalJoinKind.Full => " Full Join",
        LogicalJoinKind.Semi => " Semi Join",
        _ => " Anti Join",
    };

    /// <summary>The "Hash" line over the build side.</summary>
    private sealed class HashedSide : PhysicalOperator
    {
        private readonly PhysicalOperator _input;

        public HashedSide(PhysicalOperator input)
        {
            _input = input;
            Rows = input.Rows;
            Cost = input.Cost;
        }

        protected override Cursor Begin(ExecutionState state) => _input.Open(state);

        public override void Explain(PlanPrinter printer)
        {
            printer.Node("Hash", this);
            printer.Child(_input);
        }
    }

    private sealed class JoinCursor(
        LogicalJoinKind kind, Cursor left, PhysicalOperator rightPlan, HashKey[] keys, RowPredicate? condition, SavedRows leftRow, SavedRows rightRow, ExecutionState state) : Cursor
    {
        private readonly Datum[] _key = new Datum[keys.Length];
        private RowHashTable? _table;
        private List<Datum[]> _rows = [];

        /// <summary>The first row of a key, and after each row the next of the same key; −1 ends a chain.</summary>
        private List<int> _first = [];
        private List<int> _last = [];
        private List<int> _following = [];
        private bool[] _rowMatched = [];
        private int _candidate = -1;
        private bool _inside;
        private bool _matched;
        private bool _leftEnded;
        private int _unmatched;

        public override bool MoveNext()
        {
            if (_table is null) Build();
            while (!_leftEnded)
            {
                if (!_inside && !NextLeft()) break;
                if (Probe()) return true;
            }

            return kind == LogicalJoinKind.Full && NextUnmatched();
        }

        public override void Reset()
        {
            left.Reset();
            _table = null;
            _inside = false;
            _leftEnded = false;
            _unmatched = 0;
        }

        public override void Dispose()
        {
            left.Dispose();
            base.Dispose();
        }

        private bool NextLeft()
        {
            // An empty build side decides inner and semi joins without reading the left one.
            if ((kind is LogicalJoinKind.Inner or LogicalJoinKind.Semi && _rows.Count == 0) || !left.MoveNext())
            {
                _leftEnded = true;
                return false;
            }

            state.Context.Budget.Step();
            _inside = true;
            _matched = false;
            int group = KeyOf(true) ? _table!.Find(_key) : -1;
            _candidate = group < 0 ? -1 : _first[group];
            return true;
        }

        /// <summary>Goes on through the matches of the left row; true when there is a row to give.</summary>
        private bool Probe()
        {
            while (_candidate >= 0)
            {
                int at = _candidate;
                _candidate = _following[at];
                rightRow.Restore(_rows[at], state);
                if (condition is not null && !condition(state)) continue;
                _matched = true;
                if (_rowMatched.Length > 0) _rowMatched[at] = true;
                if (kind == LogicalJoinKind.Anti) break;
                if (kind == LogicalJoinKind.Semi) _inside = false;
                return true;
            }

            _inside = false;
            if (_matched || kind is LogicalJoinKind.Inner or LogicalJoinKind.Semi) return false;
            rightRow.Clear(state);
            return true;
        }

        private bool NextUnmatched()
        {
            while (_unmatched < _rows.Count)
            {
                int at = _unmatched++;
                if (_rowMatched[at]) continue;
                leftRow.Clear(state);
                rightRow.Restore(_rows[at], state);
                return true;
            }

            return false;
        }

        /// <summary>Computes the key of one side; false if a part is NULL, which equals nothing.</summary>
        private bool KeyOf(bool isLeft)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                _key[i] = isLeft ? keys[i].Left(state) : keys[i].Right(state);
                if (_key[i].IsNull) return false;
            }

            return true;
        }

        private void Build()
        {
            RowHashTable table = new(Array.ConvertAll(keys, key => key.Operations)) { Budget = state.Context.Budget };
            _rows = [];
            _first = [];
            _last = [];
            _following = [];
            using Cursor source = rightPlan.Open(state);
            while (source.MoveNext())
            {
                state.Context.Budget.Step();
                bool hasKey = KeyOf(false);
                if (!hasKey && kind != LogicalJoinKind.Full) continue;
                int row = _rows.Count;
                _rows.Add(rightRow.Save(state));
                _following.Add(-1);
                if (!hasKey) continue;
                int group = table.FindOrAdd(_key, out bool added);
                if (added)
                {
                    _first.Add(row);
                    _last.Add(row);
                }
                else
                {
                    _following[_last[group]] = row;
                    _last[group] = row;
                }
            }

            if (kind == LogicalJoinKind.Full) _rowMatched = new bool[_rows.Count];
            _table = table;
        }
    }
}
