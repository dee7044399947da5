using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>The rows of a WITH query, computed when the first scan reads them.</summary>
internal sealed class CommonTableRows(PhysicalOperator plan, int[] slots, ExecutionState state)
{
    private readonly SavedRows _saved = new(slots);
    private readonly List<Datum[]> _rows = [];
    private Cursor? _source;
    private bool _ended;

    /// <summary>The n-th row, or null past the end.</summary>
    public Datum[]? Row(int number)
    {
        while (number >= _rows.Count && !_ended)
        {
            _source ??= plan.Open(state);
            if (_source.MoveNext())
            {
                _rows.Add(_saved.Save(state));
                continue;
            }

            _ended = true;
            _source.Dispose();
        }

        return number < _rows.Count ? _rows[number] : null;
    }
}
