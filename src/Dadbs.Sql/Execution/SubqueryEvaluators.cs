using Dadbs.Sql.Binding;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>A subquery ready to run: its plan, what it reads from outside, what it gives.</summary>
internal sealed record PlannedSubquery(SubqueryKind Kind, PhysicalOperator Plan, int[] Outputs, int Number)
{
    /// <summary>Outer slots with their types: the key of the memo. Empty: uncorrelated, run once.</summary>
    public (int Slot, TypeOperations Operations)[] Outer { get; init; } = [];

    /// <summary>False when the subquery calls something volatile: then it runs anew for every row.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>ANY, ALL: the comparison over the outputs.</summary>
    public Evaluator? Test { get; init; }

    /// <summary>ANY by equality: the operands and their hash types; null when the rows must be compared one by one.</summary>
    public (Evaluator Operand, Evaluator Output, TypeOperations Operations)[]? HashKeys { get; init; }

    public SqlType? ElementType { get; init; }
}

/// <summary>
/// Subqueries in expressions. An uncorrelated one runs once for the statement; a correlated one once for each combination of the outer values that it reads, remembered up to a bound.
/// </summary>
internal static class SubqueryEvaluators
{
    /// <summary>Results remembered for one correlated subquery; past it they are computed again.</summary>
    private const int MemoEntriesMax = 10_000;

    public static Evaluator Compile(PlannedSubquery subquery) => state =>
    {
        SubqueryRun run = state.Run<SubqueryRun>(subquery.Number) ?? Start(subquery, state);
        return run.Evaluate(state);
    };

    private static SubqueryRun Start(PlannedSubquery subquery, ExecutionState state)
    {
        SubqueryRun run = new(subquery);
        state.SetRun(subquery.Number, run);
        return run;
    }

    private sealed class SubqueryRun(PlannedSubquery subquery)
    {
        private readonly bool _correlated = subquery.Outer.Length > 0;
        private Cursor? _cursor;
        private bool _hasResult;
        private Datum _result;
        private RowHashTable? _memo;
        private List<Datum>? _memoResults;
        private List<Datum[]>? _rows;
        private RowHashTable? _set;
        private List<bool[]>? _setNulls;

        public Datum Evaluate(ExecutionState state)
        {
            if (subquery.Kind is SubqueryKind.Any or SubqueryKind.All) return _correlated ? Correlated(state) : Quantified(state);
            if (_correlated || !subquery.IsRepeatable) return Correlated(state);
            if (_hasResult) return _result;
            _result = Run(state);
            _hasResult = true;
            return _result;
        }

        private Datum Correlated(ExecutionState state)
        {
            // ANY and ALL depend on their operands, too: those are not part of the memo's key, so they run anew.
            bool remember = subquery.IsRepeatable && subquery.Kind is not (SubqueryKind.Any or SubqueryKind.All) && _correlated;
            if (!remember) return Run(state);
            _memo ??= new RowHashTable(Array.ConvertAll(subquery.Outer, outer => outer.Operations)) { Budget = state.Context.Budget };
            _memoResults ??= [];
            Datum[] key = new Datum[subquery.Outer.Length];
            for (int i = 0; i < key.Length; i++) key[i] = state.Slots[subquery.Outer[i].Slot];
            int known = _memo.Find(key);
            if (known >= 0) return _memoResults[known];
            Datum result = Run(state);
            if (_memo.Count >= MemoEntriesMax) return result;
            _memo.FindOrAdd(key, out _);
            _memoResults.Add(result.Detach());
            return result;
        }

        private Cursor Restart(ExecutionState state)
        {
            if (_cursor is null) _cursor = subquery.Plan.Open(state);
            else _cursor.Reset();
            return _cursor;
        }

        private Datum Run(ExecutionState state)
        {
            Cursor cursor = Restart(state);
            switch (subquery.Kind)
            {
                case SubqueryKind.Exists:
                    return Datum.FromBool(cursor.MoveNext());
                case SubqueryKind.Scalar:
                    if (!cursor.MoveNext()) return default;
                    Datum value = state.Slots[subquery.Outputs[0]].Detach();
                    if (cursor.MoveNext()) throw new SqlException(SqlState.CardinalityViolation, "more than one row returned by a subquery used as an expression");
                    return value;
                case SubqueryKind.Array:
                    List<Datum> elements = [];
                    while (cursor.MoveNext())
                    {
                        Datum element = state.Slots[subquery.Outputs[0]].Detach();
                        state.Context.Budget.Allocate(16 + element.RetainedBytes);
                        elements.Add(element);
                    }

                    return ArrayValue.OneDimensional(subquery.ElementType!, [.. elements]).ToDatum();
                default:
                    return Decide(state, cursor);
            }
        }

        /// <summary>ANY and ALL over the rows of a cursor.</summary>
        private Datum Decide(ExecutionState state, Cursor cursor)
        {
            bool all = subquery.Kind == SubqueryKind.All;
            bool unknown = false;
            while (cursor.MoveNext())
            {
                Datum holds = subquery.Test!(state);
                if (holds.IsNull) unknown = true;
                else if (holds.AsBool != all) return Datum.FromBool(!all);
            }

            return unknown ? default : Datum.FromBool(all);
        }

        /// <summary>ANY and ALL of an uncorrelated subquery: its rows are kept, hashed for equality.</summary>
        private Datum Quantified(ExecutionState state)
        {
            if (subquery.HashKeys is { } keys) return Lookup(state, keys);
            if (_rows is null) Keep(state);
            bool all = subquery.Kind == SubqueryKind.All;
            bool unknown = false;
            foreach (Datum[] row in _rows!)
            {
                for (int i = 0; i < row.Length; i++) state.Slots[subquery.Outputs[i]] = row[i];
                Datum holds = subquery.Test!(state);
                if (holds.IsNull) unknown = true;
                else if (holds.AsBool != all) return Datum.FromBool(!all);
            }

            return unknown ? default : Datum.FromBool(all);
        }

        private void Keep(ExecutionState state)
        {
            _rows = [];
            SavedRows saved = new(subquery.Outputs);
            Cursor cursor = Restart(state);
            while (cursor.MoveNext()) _rows.Add(saved.Save(state));
        }

        private Datum Lookup(ExecutionState state, (Evaluator Operand, Evaluator Output, TypeOperations Operations)[] keys)
        {
            if (_set is null) Hash(state, keys);
            if (_set!.Count == 0 && _setNulls!.Count == 0) return Datum.False;
            Datum[] key = new Datum[keys.Length];
            bool hasNull = false;
            for (int i = 0; i < key.Length; i++)
            {
                key[i] = keys[i].Operand(state);
                hasNull |= key[i].IsNull;
            }

            if (!hasNull && _set.Find(key) >= 0) return Datum.True;
            if (keys.Length == 1) return hasNull || _setNulls!.Count > 0 ? default : Datum.False;
            return MatchesUnknown(key, keys) ? default : Datum.False;
        }

        private void Hash(ExecutionState state, (Evaluator Operand, Evaluator Output, TypeOperations Operations)[] keys)
        {
            _set = new RowHashTable(Array.ConvertAll(keys, key => key.Operations)) { Budget = state.Context.Budget };
            _setNulls = [];
            _rows = [];
            Datum[] values = new Datum[keys.Length];
            Cursor cursor = Restart(state);
            while (cursor.MoveNext())
            {
                state.Context.Budget.Step();
                bool hasNull = false;
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = keys[i].Output(state);
                    hasNull |= values[i].IsNull;
                }

                if (!hasNull)
                {
                    _set.FindOrAdd(values, out _);
                }
                else if (keys.Length > 1 || _setNulls.Count == 0)
                {
                    _setNulls.Add(Array.ConvertAll(values, value => value.IsNull));
                    _rows.Add(Array.ConvertAll(values, value => value.Detach()));
                }
            }
        }

        /// <summary>Whether a row could be equal if its NULLs, or the operand's, were known: no pair of known fields differs.</summary>
        private bool MatchesUnknown(Datum[] key, (Evaluator Operand, Evaluator Output, TypeOperations Operations)[] keys)
        {
            bool Possible(ReadOnlySpan<Datum> row)
            {
                for (int i = 0; i < key.Length; i++)
                {
                    if (!key[i].IsNull && !row[i].IsNull && !keys[i].Operations.AreEqual(key[i], row[i])) return false;
                }

                return true;
            }

            foreach (Datum[] row in _rows!)
            {
                if (Possible(row)) return true;
            }

            if (!Array.Exists(key, value => value.IsNull)) return false;
            for (int i = 0; i < _set!.Count; i++)
            {
                if (Possible(_set.Key(i))) return true;
            }

            return false;
        }
    }
}
