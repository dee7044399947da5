using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Window function calls: OVER and its windows (PostgreSQL manual 4.2.8). Calls with equal windows are computed together.</summary>
public sealed partial class ExpressionBinder
{
    private BoundExpression BindWindowCall(FunctionCallSyntax call, Scope scope)
    {
        if (call.Over is not { } over) throw new SqlException(SqlState.WrongObjectType, $"window function {call.Name.Name} requires an OVER clause", call.Position);
        if (scope.Windows is not { } collector)
            throw new SqlException(SqlState.WindowingError, $"window functions are not allowed in {ClauseName(scope.Clause)}", call.Position);
        if (scope.Aggregates is { InsideCall: true }) throw new SqlException(SqlState.GroupingError, "aggregate function calls cannot contain window function calls", call.Position);
        if (collector.InsideCall) throw new SqlException(SqlState.WindowingError, "window function calls cannot be nested", call.Position);
        collector.InsideCall = true;
        try
        {
            return BindWindowCall(call, over, collector, scope);
        }
        finally
        {
            collector.InsideCall = false;
        }
    }

    private BoundColumn BindWindowCall(FunctionCallSyntax call, WindowSpecificationSyntax over, WindowCollector collector, Scope scope)
    {
        BoundExpression[] arguments = BindArguments(call, scope);
        ResolvedCall resolved = TryResolve(call, arguments, out ResolutionOutcome outcome) ?? throw FunctionError(call, arguments, outcome);
        FunctionDescriptor function = resolved.Function;
        RefuseWindowSyntax(call, function);
        BoundExpression? filter = null;
        if (call.Filter is not null)
        {
            ClauseKind clause = scope.Clause;
            scope.Clause = ClauseKind.Filter;
            filter = BindCondition(call.Filter, scope, "FILTER");
            scope.Clause = clause;
        }

        BoundWindow window = BindWindow(over, collector, scope);
        foreach (BoundWindowCall known in collector.Calls)
        {
            if (known.Window.IsSame(window)) window = known.Window;
        }

        BoundWindowCall bound = new(function, function.Aggregate, resolved.Arguments, window, context.Slots.Allocate(), resolved.Type) { Filter = filter };
        collector.Calls.Add(bound);
        return new BoundColumn(bound.Slot, bound.Type, -1, function.Name) { Position = call.Position };
    }

    private static void RefuseWindowSyntax(FunctionCallSyntax call, FunctionDescriptor function)
    {
        if (function.Kind is not (FunctionKind.Aggregate or FunctionKind.Window))
        {
            throw new SqlException(
                SqlState.WrongObjectType, $"OVER specified, but {call.Name.Name} is not a window function nor an aggregate function", call.Position);
        }

        if (call.IsWithinGroup) throw Unsupported("ordered-set aggregates", call);
        if (function.Kind == FunctionKind.Aggregate && function.Aggregate is null)
            throw new SqlException(SqlState.FeatureNotSupported, $"aggregate function {function} is not supported", call.Position);
        if (call.IsStar && function.Name != "count")
            throw new SqlException(SqlState.WrongObjectType, $"{call.Name.Name}(*) specified, but {call.Name.Name} is not an aggregate function", call.Position);
        if (call.IsDistinct) throw new SqlException(SqlState.FeatureNotSupported, "DISTINCT is not implemented for window functions", call.Position);
        if (call.OrderBy.Count > 0) throw new SqlException(SqlState.FeatureNotSupported, "aggregate ORDER BY is not implemented for window functions", call.Position);
        if (call.Filter is not null && function.Kind == FunctionKind.Window)
            throw new SqlException(SqlState.FeatureNotSupported, "FILTER is not implemented for non-aggregate window functions", call.Position);
    }

    /// <summary>The window that stands after OVER or in the WINDOW clause.</summary>
    private BoundWindow BindWindow(WindowSpecificationSyntax over, WindowCollector collector, Scope scope)
    {
        if (over.Name is { } name) return Named(name, over, collector, scope);
        BoundWindow? existing = over.ExistingWindow is { } copied ? Named(copied, over, collector, scope) : null;
        if (existing is not null) RefuseOverride(over, existing);
        BoundExpression[] partition = existing?.PartitionBy ?? [];
        if (over.PartitionBy.Count > 0) partition = [.. over.PartitionBy.Select(key => RequireOrderable(context.Coercion.ResolveUnknown(Bind(key, scope))))];
        SortKey[] order = over.OrderBy.Count > 0 ? [.. over.OrderBy.Select(key => BindSortKey(Bind(key.Expression, scope), key))] : existing?.OrderBy ?? [];
        return BindFrame(new BoundWindow(partition, order, over.Frame), over.Position, scope);
    }

    private static BoundExpression RequireOrderable(BoundExpression key) => key.Type.Operations.IsOrderable
        ? key
        : throw (key.Type.Operations.IsHashable
            ? new SqlException(SqlState.FeatureNotSupported, "could not implement window PARTITION BY") { Detail = "Window partitioning columns must be of sortable datatypes." }
            : new SqlException(SqlState.UndefinedFunction, $"could not identify an equality operator for type {key.Type.DisplayName}", Coercion.At(key)));

    private BoundWindow Named(string name, WindowSpecificationSyntax over, WindowCollector collector, Scope scope)
    {
        WindowDefinitionSyntax definition = collector.Named.Find(window => window.Name == name)
            ?? throw new SqlException(SqlState.UndefinedObject, $"window \"{name}\" does not exist", over.Position);
        // Only earlier windows may be named, so this ends.
        return BindWindow(definition.Specification, collector.Before(name), scope);
    }

    private static void RefuseOverride(WindowSpecificationSyntax over, BoundWindow existing)
    {
        string name = over.ExistingWindow!;
        if (over.PartitionBy.Count > 0) throw new SqlException(SqlState.WindowingError, $"cannot override PARTITION BY clause of window \"{name}\"", over.Position);
        if (over.OrderBy.Count > 0 && existing.OrderBy.Length > 0)
            throw new SqlException(SqlState.WindowingError, $"cannot override ORDER BY clause of window \"{name}\"", over.Position);
        if (existing.Frame is null) return;
        throw new SqlException(SqlState.WindowingError, $"cannot copy window \"{name}\" because it has a frame clause", over.Position)
        {
            Hint = over.OrderBy.Count == 0 && over.Frame is null ? "Omit the parentheses in this OVER clause." : null,
        };
    }

    private BoundWindow BindFrame(BoundWindow window, int position, Scope scope)
    {
        if (window.Frame is not { } frame) return window;
        bool hasOffset = frame.Start.Offset is not null || frame.End?.Offset is not null;
        if (frame.Mode == FrameMode.Range && hasOffset && window.OrderBy.Length != 1)
            throw new SqlException(SqlState.WindowingError, "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column", position);
        if (frame.Mode == FrameMode.Groups && window.OrderBy.Length == 0)
            throw new SqlException(SqlState.WindowingError, "GROUPS mode requires an ORDER BY clause", position);
        if (!hasOffset) return window;
        window = window with { StartOffset = BindOffset(frame, frame.Start, window, scope), EndOffset = frame.End is null ? null : BindOffset(frame, frame.End, window, scope) };
        return frame.Mode == FrameMode.Range ? BindRange(window, frame) : window;
    }

    private BoundExpression? BindOffset(FrameSyntax frame, FrameBoundSyntax bound, BoundWindow window, Scope scope)
    {
        if (bound.Offset is null) return null;
        string mode = frame.Mode.ToString().ToUpperInvariant();
        BoundExpression offset = Bind(bound.Offset, scope);
        HashSet<int> read = [];
        SlotUsage.Collect(offset, read);
        if (scope.Owns(read) && read.Count > 0) throw new SqlException(SqlState.InvalidColumnReference, $"argument of {mode} must not contain variables", Coercion.At(offset));
        SqlType wanted = frame.Mode == FrameMode.Range ? RangeOffsetType(window.OrderBy[0].Expression.Type, bound.Offset.Position) : SqlTypes.BigInt;
        BoundExpression? converted = context.Coercion.TryCoerce(offset, wanted, -1, CastContext.Implicit);
        if (converted is not null) return converted;
        throw frame.Mode == FrameMode.Range
            ? NoRange(window.OrderBy[0].Expression.Type, offset.Type, bound.Offset.Position)
            : new SqlException(SqlState.DatatypeMismatch, $"argument of {mode} must be type bigint, not type {offset.Type.DisplayName}", Coercion.At(offset));
    }

    /// <summary>The offset's type of PostgreSQL's in_range for an ordering type; 0A000 where it has none.</summary>
    private static SqlType RangeOffsetType(SqlType key, int position)
    {
        if (key == SqlTypes.SmallInt || key == SqlTypes.Integer || key == SqlTypes.BigInt) return SqlTypes.BigInt;
        if (key == SqlTypes.Real || key == SqlTypes.Double) return SqlTypes.Double;
        if (key == SqlTypes.Numeric) return SqlTypes.Numeric;
        if (key == SqlTypes.Date || key == SqlTypes.Timestamp || key == SqlTypes.TimestampTz || key == SqlTypes.Time || key == SqlTypes.Interval) return SqlTypes.Interval;
        throw new SqlException(SqlState.FeatureNotSupported, $"RANGE with offset PRECEDING/FOLLOWING is not supported for column type {key.DisplayName}", position);
    }

    private static SqlException NoRange(SqlType key, SqlType offset, int position) =>
        new(SqlState.FeatureNotSupported, $"RANGE with offset PRECEDING/FOLLOWING is not supported for column type {key.DisplayName} and offset type {offset.DisplayName}", position)
        {
            Hint = "Cast the offset value to an appropriate type.",
        };

    /// <summary>in_range as expressions: a row's key against the current row's key minus or plus the offset, in slots of the window's own.</summary>
    private BoundWindow BindRange(BoundWindow window, FrameSyntax frame)
    {
        int first = context.Slots.Allocate(4);
        SortKey key = window.OrderBy[0];
        RangeSlots slots = new(first, first + 1, first + 2, first + 3);
        // Integers are computed as numeric and times as intervals, so that the ends of their range neither overflow nor wrap.
        BoundExpression As(int slot, SqlType type) => context.Coercion.Coerce(
            new BoundColumn(slot, type, -1, "range"), Catalog.ForeignKey.IsInteger(type) ? SqlTypes.Numeric : type == SqlTypes.Time ? SqlTypes.Interval : type);
        BoundExpression? Limit(FrameBoundSyntax? bound, BoundExpression? offset, int offsetSlot, bool isStart)
        {
            if (bound?.Offset is null || offset is null) return null;
            bool subtracts = (bound.Kind == FrameBoundKind.Preceding) != key.Descending;
            BoundExpression limit = MakeOperator(subtracts ? "-" : "+", As(slots.Current, key.Expression.Type), As(offsetSlot, offset.Type), bound.Position);
            return MakeOperator(isStart != key.Descending ? ">=" : "<=", As(slots.Other, key.Expression.Type), limit, bound.Position);
        }

        return window with
        {
            Range = slots,
            StartCondition = Limit(frame.Start, window.StartOffset, slots.StartOffset, isStart: true),
            EndCondition = Limit(frame.End, window.EndOffset, slots.EndOffset, isStart: false),
        };
    }
}
