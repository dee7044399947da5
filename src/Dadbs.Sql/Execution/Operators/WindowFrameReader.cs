using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution.Operators;

/// <summary>Which rows of its partition the frame of a row holds: [Start, End) without those that EXCLUDE takes out.</summary>
internal sealed class WindowFrameReader(WindowShape shape, ExecutionState state)
{
    private readonly WindowFrame _frame = shape.Frame;
    private WindowPartition _partition = null!;
    private bool _hasOffsets;
    private Datum _startOffset;
    private Datum _endOffset;
    private int _lastRow = -1;
    private int _rangeStart;
    private int _rangeEnd;
    private (int Start, int End) _last;

    public FrameExclusion Exclusion => _frame.Syntax?.Exclusion ?? FrameExclusion.None;

    /// <summary>Frames all begin with the partition and only grow, so that an aggregate can go on where it was.</summary>
    public bool IsGrowing => Exclusion == FrameExclusion.None && (_frame.Syntax is null || _frame.Syntax.Start.Kind == FrameBoundKind.UnboundedPreceding);

    public void Begin(WindowPartition partition)
    {
        _partition = partition;
        (_lastRow, _rangeStart, _rangeEnd) = (-1, 0, 0);
        // NULLs that come first are before every range; those that come last end it.
        if (_frame.Range is not null)
        {
            while (_rangeEnd < partition.Rows.Count && partition.Rows[_rangeEnd].Order[0].IsNull) _rangeEnd++;
        }

        if (_hasOffsets) return;
        _hasOffsets = true;
        _startOffset = Offset(_frame.StartOffset, _frame.StartType, "starting");
        _endOffset = Offset(_frame.EndOffset, _frame.EndType, "ending");
    }

    /// <summary>The frame's ends for a row, before exclusion.</summary>
    public (int Start, int End) Of(int row)
    {
        if (_lastRow == row) return _last;
        int count = _partition.Rows.Count;
        int group = _partition.GroupOf(row);
        int start = 0;
        int end = _partition.StartOf(group + 1);
        if (_frame.Syntax is { } syntax)
        {
            start = StartOf(syntax, row, group);
            end = EndOf(syntax, row, group);
        }

        start = Math.Clamp(start, 0, count);
        _lastRow = row;
        return _last = (start, Math.Clamp(end, start, count));
    }

    /// <summary>Whether EXCLUDE takes <paramref name="other"/> out of the frame of <paramref name="row"/>.</summary>
    public bool Excludes(int row, int other) => Exclusion switch
    {
        FrameExclusion.CurrentRow => row == other,
        FrameExclusion.Group => _partition.GroupOf(row) == _partition.GroupOf(other),
        FrameExclusion.Ties => row != other && _partition.GroupOf(row) == _partition.GroupOf(other),
        _ => false,
    };

    private int StartOf(FrameSyntax syntax, int row, int group) => (syntax.Mode, syntax.Start.Kind) switch
    {
        (_, FrameBoundKind.UnboundedPreceding) => 0,
        (FrameMode.Rows, FrameBoundKind.CurrentRow) => row,
        (_, FrameBoundKind.CurrentRow) => _partition.StartOf(group),
        (FrameMode.Rows, FrameBoundKind.Preceding) => Shift(row, -_startOffset.AsInt64),
        (FrameMode.Rows, _) => Shift(row, _startOffset.AsInt64),
        (FrameMode.Groups, FrameBoundKind.Preceding) => _partition.StartOf(Shift(group, -_startOffset.AsInt64)),
        (FrameMode.Groups, _) => _partition.StartOf(Shift(group, _startOffset.AsInt64)),
        _ => RangeStart(row, group),
    };

    private int EndOf(FrameSyntax syntax, int row, int group) => (syntax.Mode, syntax.End?.Kind ?? FrameBoundKind.CurrentRow) switch
    {
        (_, FrameBoundKind.UnboundedFollowing) => _partition.Rows.Count,
        (FrameMode.Rows, FrameBoundKind.CurrentRow) => row + 1,
        (_, FrameBoundKind.CurrentRow) => _partition.StartOf(group + 1),
        (FrameMode.Rows, FrameBoundKind.Preceding) => Shift(row, -_endOffset.AsInt64) + 1,
        (FrameMode.Rows, _) => Shift(row, _endOffset.AsInt64) + 1,
        (FrameMode.Groups, FrameBoundKind.Preceding) => Shift(group, -_endOffset.AsInt64) is >= 0 and var last ? _partition.StartOf(last + 1) : 0,
        (FrameMode.Groups, _) => _partition.StartOf(Shift(group, _endOffset.AsInt64) + 1),
        _ => RangeEnd(row, group),
    };

    /// <summary>Past either end is one place past it: enough to clamp, and no offset overflows.</summary>
    private int Shift(int from, long by) => (int)Math.Clamp((double)from + by, -1, _partition.Rows.Count);

    /// <summary>The first row within the offset. Starts and ends never go back, so a partition is gone over once. A NULL has only its peers in range, and is in no other row's range.</summary>
    private int RangeStart(int row, int group)
    {
        if (_partition.Rows[row].Order[0].IsNull) return _partition.StartOf(group);
        while (_rangeStart < _partition.Rows.Count && !InRange(row, _rangeStart, _frame.StartCondition!)) _rangeStart++;
        return _rangeStart;
    }

    private int RangeEnd(int row, int group)
    {
        if (_partition.Rows[row].Order[0].IsNull) return _partition.StartOf(group + 1);
        while (_rangeEnd < _partition.Rows.Count && InRange(row, _rangeEnd, _frame.EndCondition!)) _rangeEnd++;
        return _rangeEnd;
    }

    private bool InRange(int row, int other, RowPredicate condition)
    {
        state.Context.Budget.Step();
        Datum value = _partition.Rows[other].Order[0];
        if (value.IsNull) return false;
        state.Slots[_frame.Range!.Value.Other] = value;
        state.Slots[_frame.Range.Value.Current] = _partition.Rows[row].Order[0];
        state.Slots[_frame.Range.Value.StartOffset] = _startOffset;
        state.Slots[_frame.Range.Value.EndOffset] = _endOffset;
        return condition(state);
    }

    private Datum Offset(Evaluator? offset, SqlType? type, string which)
    {
        if (offset is null) return Datum.Null;
        Datum value = offset(state).Detach();
        if (value.IsNull) throw new SqlException(SqlState.NullValueNotAllowed, $"frame {which} offset must not be null");
        if (_frame.Syntax!.Mode == FrameMode.Range)
        {
            if (IsNegative(value, type!)) throw new SqlException(SqlState.InvalidPrecedingOrFollowingSize, "invalid preceding or following size in window function");
        }
        else if (value.AsInt64 < 0)
        {
            throw new SqlException(SqlState.InvalidPrecedingOrFollowingSize, $"frame {which} offset must not be negative");
        }

        return value;
    }

    private static bool IsNegative(Datum value, SqlType type) => type.Operations.Compare(value, type.Operations.ParseText("0"u8, -1, TypeSettings.Default)) < 0;
}
