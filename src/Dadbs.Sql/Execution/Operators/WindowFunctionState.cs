using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>One call's way through a partition (PostgreSQL manual 9.22). Rows are asked for in order.</summary>
internal sealed class WindowFunctionState(WindowCall call, int index, ExecutionState state)
{
    private WindowPartition _partition = null!;
    private WindowFrameReader _frames = null!;
    private IAggregateState? _running;
    private (int Start, int End) _done;
    private Datum _value;
    private Datum _buckets;

    public void Begin(WindowPartition partition, WindowFrameReader frames)
    {
        (_partition, _frames, _running, _done) = (partition, frames, null, (-1, -1));
        _buckets = call.Name == "ntile" ? Buckets() : default;
    }

    /// <summary>The call's value for a row of the partition.</summary>
    public Datum Value(int row)
    {
        if (call.Aggregate is not null) return Aggregate(row);
        int count = _partition.Rows.Count;
        int group = _partition.GroupOf(row);
        return call.Name switch
        {
            "row_number" => Datum.FromInt64(row + 1),
            "rank" => Datum.FromInt64(_partition.StartOf(group) + 1),
            "dense_rank" => Datum.FromInt64(group + 1),
            "percent_rank" => Datum.FromDouble(count <= 1 ? 0 : (double)_partition.StartOf(group) / (count - 1)),
            "cume_dist" => Datum.FromDouble((double)_partition.StartOf(group + 1) / count),
            "ntile" => Tile(row, count),
            "lag" => Neighbour(row, -1),
            "lead" => Neighbour(row, 1),
            "first_value" => Nth(row, 1),
            "last_value" => Last(row),
            "nth_value" => NthValue(row),
            _ => throw new SqlException(SqlState.FeatureNotSupported, $"window function {call.Name} is not supported"),
        };
    }

    /// <summary>Frames that only grow are followed; any other frame is added up anew unless it is the row before's.</summary>
    private Datum Aggregate(int row)
    {
        (int start, int end) = _frames.Of(row);
        bool isSame = (start, end) == _done && _frames.Exclusion == FrameExclusion.None;
        if (isSame && _running is not null) return _value;
        int from = start;
        if (_running is not null && _frames.IsGrowing && end >= _done.End) from = _done.End;
        else _running = call.Aggregate!.Create(state.Context);
        for (int i = from; i < end; i++)
        {
            if (!_frames.Excludes(row, i)) Accumulate(_partition.Rows[i].Arguments[index]);
        }

        _done = (start, end);
        return _value = _running!.Finish().Detach();
    }

    private void Accumulate(Datum[]? arguments)
    {
        state.Context.Budget.Step();
        if (arguments is null) return;
        if (call.Aggregate!.IgnoresNulls)
        {
            foreach (Datum argument in arguments)
            {
                if (argument.IsNull) return;
            }
        }

        _running!.Accumulate(arguments);
    }

    /// <summary>lag and lead: the row some places away in the partition; without one the default, or NULL.</summary>
    private Datum Neighbour(int row, int direction)
    {
        Datum[] arguments = _partition.Rows[row].Arguments[index]!;
        if (arguments.Length > 1 && arguments[1].IsNull) return Datum.Null;
        long offset = arguments.Length > 1 ? arguments[1].AsInt64 : 1;
        long at = row + (offset * direction);
        if (at >= 0 && at < _partition.Rows.Count) return _partition.Rows[(int)at].Arguments[index]![0];
        return arguments.Length > 2 ? arguments[2] : Datum.Null;
    }

    private Datum NthValue(int row)
    {
        Datum nth = _partition.Rows[row].Arguments[index]![1];
        if (nth.IsNull) return Datum.Null;
        if (nth.AsInt64 <= 0) throw new SqlException(SqlState.InvalidArgumentForNthValue, "argument of nth_value must be greater than zero");
        return Nth(row, nth.AsInt64);
    }

    private Datum Nth(int row, long nth)
    {
        (int start, int end) = _frames.Of(row);
        if (_frames.Exclusion == FrameExclusion.None) return nth <= end - start ? _partition.Rows[start + (int)nth - 1].Arguments[index]![0] : Datum.Null;
        for (int i = start; i < end; i++)
        {
            if (_frames.Excludes(row, i)) continue;
            state.Context.Budget.Step();
            if (--nth == 0) return _partition.Rows[i].Arguments[index]![0];
        }

        return Datum.Null;
    }

    private Datum Last(int row)
    {
        (int start, int end) = _frames.Of(row);
        for (int i = end - 1; i >= start; i--)
        {
            if (!_frames.Excludes(row, i)) return _partition.Rows[i].Arguments[index]![0];
        }

        return Datum.Null;
    }

    /// <summary>ntile's argument counts from the partition's first row.</summary>
    private Datum Buckets()
    {
        Datum buckets = _partition.Rows[0].Arguments[index]![0];
        if (!buckets.IsNull && buckets.AsInt64 <= 0) throw new SqlException(SqlState.InvalidArgumentForNtile, "argument of ntile must be greater than zero");
        return buckets;
    }

    /// <summary>Buckets as equal as can be, the larger ones first.</summary>
    private Datum Tile(int row, int count)
    {
        if (_buckets.IsNull) return Datum.Null;
        long buckets = _buckets.AsInt64;
        long size = count / buckets;
        long larger = count % buckets;
        long inLarger = larger * (size + 1);
        return Datum.FromInt64(row < inLarger ? (row / (size + 1)) + 1 : size == 0 ? row + 1 : larger + ((row - inLarger) / size) + 1);
    }
}
