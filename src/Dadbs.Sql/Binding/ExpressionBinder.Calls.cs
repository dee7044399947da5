using Dadbs.Sql.Functions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Calls: scalar functions, casts written as calls, aggregates, window functions, set-returning functions, and SQL's functions without parentheses.</summary>
public sealed partial class ExpressionBinder
{
    /// <summary>A resolved call with its arguments converted.</summary>
    internal sealed record ResolvedCall(FunctionDescriptor Function, BoundExpression[] Arguments, SqlType Type);

    private BoundExpression BindCall(FunctionCallSyntax call, Scope scope)
    {
        if (LooksLikeAggregate(call) is { } aggregate) return aggregate.Kind == FunctionKind.Window || call.Over is not null ? BindWindowCall(call, scope) : BindAggregate(call, scope);
        if (call.Over is not null) return BindWindowCall(call, scope);
        RefuseAggregateSyntax(call);
        BoundExpression[] arguments = BindArguments(call, scope);
        ResolvedCall? resolved = TryResolve(call, arguments, out ResolutionOutcome outcome);
        if (resolved is null)
        {
            return TryCastCall(call, arguments) ?? throw FunctionError(call, arguments, outcome);
        }

        if (resolved.Function.ReturnsSet) return BindSetCall(call, resolved, scope);
        return Finish(resolved, call.Position);
    }

    /// <summary>A function by its name in pg_catalog, applied to bound arguments.</summary>
    internal BoundExpression CallByName(string name, BoundExpression[] arguments, int position)
    {
        FunctionCallSyntax call = new(position, new QualifiedNameSyntax(position, ["pg_catalog", name]), []);
        ResolvedCall? resolved = TryResolve(call, arguments, out ResolutionOutcome outcome);
        return resolved is null ? throw FunctionError(call, arguments, outcome) : Finish(resolved, position);
    }

    private BoundFunction Finish(ResolvedCall resolved, int position)
    {
        if (resolved.Function.Body is null)
        {
            throw new SqlException(SqlState.FeatureNotSupported, $"function {resolved.Function} is not supported", position);
        }

        context.Note(resolved.Function, resolved.Arguments);
        return new BoundFunction(resolved.Function, resolved.Arguments, resolved.Type) { Position = position };
    }

    private BoundExpression[] BindArguments(FunctionCallSyntax call, Scope scope)
    {
        BoundExpression[] arguments = new BoundExpression[call.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            ExpressionSyntax argument = call.Arguments[i] is NamedArgumentSyntax named ? named.Value : call.Arguments[i];
            arguments[i] = Bind(argument, scope);
        }

        return arguments;
    }

    /// <summary>Overload resolution for a call; null: <paramref name="outcome"/> says why.</summary>
    internal ResolvedCall? TryResolve(FunctionCallSyntax call, BoundExpression[] arguments, out ResolutionOutcome outcome)
    {
        outcome = ResolutionOutcome.NotFound;
        IReadOnlyList<FunctionDescriptor> named = call.Name.Schema switch
        {
            null or "pg_catalog" => BuiltinFunctions.FunctionsByName(call.Name.Name),
            "dadbs" => DadbsFunctions.ByName(call.Name.Name),
            _ => [],
        };
        if (named.Count == 0) return null;
        if (call.Arguments.Any(argument => argument is NamedArgumentSyntax)) return ResolveNamed(call, named, arguments, out outcome);

        SqlType[] types = Array.ConvertAll(arguments, argument => argument.Type);
        outcome = FunctionResolver.ResolveFunction(named, types, call.IsVariadic, out Candidate? found);
        return outcome == ResolutionOutcome.Found ? Convert(found!, arguments) : null;
    }

    private ResolvedCall? ResolveNamed(FunctionCallSyntax call, IReadOnlyList<FunctionDescriptor> named, BoundExpression[] arguments, out ResolutionOutcome outcome)
    {
        outcome = ResolutionOutcome.NotFound;
        foreach (FunctionDescriptor function in named)
        {
            BoundExpression?[] placed = new BoundExpression?[function.ArgumentTypes.Length];
            if (!Place(call, function, arguments, placed)) continue;
            int missing = placed.Length - function.Defaults.Length;
            bool complete = true;
            for (int i = 0; i < placed.Length; i++)
            {
                if (placed[i] is not null) continue;
                if (i < missing)
                {
                    complete = false;
                    break;
                }

                placed[i] = new BoundConstant(function.Defaults[i - missing], function.ArgumentTypes[i]);
            }

            if (!complete) continue;
            SqlType[] types = Array.ConvertAll(placed, argument => argument!.Type);
            outcome = FunctionResolver.ResolveFunction([function], types, call.IsVariadic, out Candidate? found);
            if (outcome == ResolutionOutcome.Found) return Convert(found!, placed!);
        }

        return null;
    }

    private static bool Place(FunctionCallSyntax call, FunctionDescriptor function, BoundExpression[] arguments, BoundExpression?[] placed)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            int at = call.Arguments[i] is NamedArgumentSyntax named ? Array.IndexOf(function.ArgumentNames, named.Name) : i;
            if (at < 0 || at >= placed.Length || placed[at] is not null) return false;
            placed[at] = arguments[i];
        }

        return true;
    }

    private ResolvedCall Convert(Candidate candidate, BoundExpression[] arguments)
    {
        FunctionDescriptor function = candidate.Function!;
        SqlType[] resolved = PolymorphicTypes.Resolve(candidate.ArgumentTypes, arguments);
        List<BoundExpression> converted = [];
        for (int i = 0; i < arguments.Length; i++) converted.Add(context.Coercion.Coerce(arguments[i], resolved[i]));
        int defaultsFrom = function.Defaults.Length - candidate.DefaultsUsed;
        for (int i = 0; i < candidate.DefaultsUsed; i++)
        {
            converted.Add(new BoundConstant(function.Defaults[defaultsFrom + i], function.ArgumentTypes[arguments.Length + i]));
        }

        if (candidate.SpreadsVariadic)
        {
            // The trailing arguments become one array.
            int from = function.ArgumentTypes.Length - 1;
            SqlType element = converted[from].Type;
            BoundArray array = new([.. converted.Skip(from)], element.ArrayType ?? SqlTypes.TextArray);
            converted.RemoveRange(from, converted.Count - from);
            converted.Add(array);
        }

        BoundExpression[] final = [.. converted];
        FunctionDescriptor specialized = function.Specialize(Array.ConvertAll(final, argument => argument.Type));
        return new ResolvedCall(specialized, final, specialized.ReturnType);
    }

    /// <summary><c>text(x)</c>, <c>int4('1')</c>: a type's name used as a function of one argument.</summary>
    private BoundExpression? TryCastCall(FunctionCallSyntax call, BoundExpression[] arguments)
    {
        if (arguments.Length != 1 || call.Name.Schema is not (null or "pg_catalog")) return null;
        SqlType? type = SqlTypes.ByName(call.Name.Name);
        if (type is null || type.IsPseudo) return null;
        return context.Coercion.TryCoerce(arguments[0], type, -1, CastContext.Explicit);
    }

    private static SqlException FunctionError(FunctionCallSyntax call, BoundExpression[] arguments, ResolutionOutcome outcome)
    {
        List<string> types = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = i < call.Arguments.Count && call.Arguments[i] is NamedArgumentSyntax named ? named.Name + " => " : "";
            types.Add(name + arguments[i].Type.DisplayName);
        }

        if (call.Name.Schema is { } schema && schema != "pg_catalog" && schema != "public" && schema != "dadbs" && schema != "information_schema")
        {
            return new SqlException(SqlState.InvalidSchemaName, $"schema \"{schema}\" does not exist", call.Position);
        }

        if (outcome != ResolutionOutcome.Ambiguous && call.Name.Schema is null or "pg_catalog" && UnsupportedFunctions.Includes(call.Name.Name) && !BuiltinFunctions.FunctionsByName(call.Name.Name).Any())
            return new SqlException(SqlState.FeatureNotSupported, $"function {call.Name.Name} is not supported", call.Position);
        string signature = $"{call.Name}({string.Join(", ", types)})";
        return outcome == ResolutionOutcome.Ambiguous
            ? new SqlException(SqlState.AmbiguousFunction, $"function {signature} is not unique", call.Position)
            {
                Hint = "Could not choose a best candidate function. You might need to add explicit type casts.",
            }
            : new SqlException(SqlState.UndefinedFunction, $"function {signature} does not exist", call.Position)
            {
                Hint = "No function matches the given name and argument types. You might need to add explicit type casts.",
            };
    }

    private static FunctionDescriptor? LooksLikeAggregate(FunctionCallSyntax call)
    {
        if (call.Name.Schema is not (null or "pg_catalog")) return null;
        foreach (FunctionDescriptor function in BuiltinFunctions.FunctionsByName(call.Name.Name))
        {
            if (function.Kind is FunctionKind.Aggregate or FunctionKind.Window) return function;
        }

        return null;
    }

    private static void RefuseAggregateSyntax(FunctionCallSyntax call)
    {
        string? what = call.IsStar ? "*" : call.IsDistinct ? "DISTINCT" : call.OrderBy.Count > 0 ? "ORDER BY" : call.Filter is not null ? "FILTER" : null;
        if (what is null) return;
        throw what == "*"
            ? new SqlException(SqlState.WrongObjectType, $"{call.Name}(*) specified, but {call.Name} is not an aggregate function", call.Position)
            : new SqlException(SqlState.WrongObjectType, $"{what} specified, but {call.Name} is not an aggregate function", call.Position);
    }

    private BoundExpression BindAggregate(FunctionCallSyntax call, Scope scope)
    {
        if (call.IsWithinGroup) throw Unsupported("ordered-set aggregates", call);
        AggregateCollector? current = scope.Aggregates;
        bool wasInside = current?.InsideCall ?? false;
        if (current is not null) current.InsideCall = true;
        ClauseKind clause = scope.Clause;
        BoundExpression[] arguments;
        SortKey[] order;
        BoundExpression? filter;
        try
        {
            arguments = BindArguments(call, scope);
            order = [.. call.OrderBy.Select(key => BindSortKey(Bind(key.Expression, scope), key))];
            scope.Clause = ClauseKind.Filter;
            filter = call.Filter is null ? null : BindCondition(call.Filter, scope, "FILTER");
        }
        finally
        {
            scope.Clause = clause;
            if (current is not null) current.InsideCall = wasInside;
        }

        ResolvedCall resolved = TryResolve(call, arguments, out ResolutionOutcome outcome) ?? throw FunctionError(call, arguments, outcome);
        if (call.IsStar && resolved.Function.Name != "count") throw FunctionError(call, arguments, ResolutionOutcome.NotFound);
        if (resolved.Function.Aggregate is null) throw new SqlException(SqlState.FeatureNotSupported, $"aggregate function {resolved.Function} is not supported", call.Position);
        if (call.Name.Name == "count" && arguments.Length == 0 && !call.IsStar)
        {
            throw new SqlException(SqlState.WrongObjectType, "count(*) must be used to call a parameterless aggregate function", call.Position);
        }

        Scope owner = OwnerOf(scope, [.. resolved.Arguments, .. order.Select(key => key.Expression)]);
        AggregateCollector collector = owner.Aggregates ?? throw new SqlException(SqlState.GroupingError, AggregateRefusal(owner.Clause), call.Position);
        if (collector.InsideCall) throw new SqlException(SqlState.GroupingError, "aggregate function calls cannot be nested", call.Position);

        BoundAggregate aggregate = new(resolved.Function, resolved.Function.Aggregate, resolved.Arguments, -1, resolved.Type)
        {
            IsDistinct = call.IsDistinct,
            IsStar = call.IsStar,
            OrderBy = order,
            Filter = filter,
        };
        foreach (BoundAggregate known in collector.Calls)
        {
            if (ExpressionComparer.Same(known, aggregate)) return ResultOf(known, call);
        }

        if (call.IsDistinct && Array.Find(resolved.Arguments, argument => !argument.Type.Operations.IsOrderable)?.Type is { } unordered)
        {
            throw unordered.Operations.IsHashable
                ? new SqlException(SqlState.UndefinedFunction, $"could not identify an ordering operator for type {unordered.DisplayName}", call.Position)
                {
                    Detail = "Aggregates with DISTINCT must be able to sort their inputs.",
                }
                : new SqlException(SqlState.UndefinedFunction, $"could not identify an equality operator for type {unordered.DisplayName}", call.Position);
        }

        aggregate = aggregate with { Slot = context.Slots.Allocate() };
        collector.Calls.Add(aggregate);
        return ResultOf(aggregate, call);
    }

    private static BoundColumn ResultOf(BoundAggregate aggregate, FunctionCallSyntax call) =>
        new(aggregate.Slot, aggregate.Type, -1, aggregate.Function.Name) { Position = call.Position };

    /// <summary>The level an aggregate belongs to: the innermost one whose columns its arguments read; without columns, its own.</summary>
    private static Scope OwnerOf(Scope scope, IReadOnlyList<BoundExpression> arguments)
    {
        HashSet<int> read = [];
        foreach (BoundExpression argument in arguments) SlotUsage.Collect(argument, read);
        if (read.Count == 0) return scope;
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            if (level.Owns(read)) return level;
        }

        return scope;
    }

    private static string AggregateRefusal(ClauseKind clause) => clause switch
    {
        ClauseKind.Where => "aggregate functions are not allowed in WHERE",
        ClauseKind.JoinCondition => "aggregate functions are not allowed in JOIN conditions",
        ClauseKind.GroupBy => "aggregate functions are not allowed in GROUP BY",
        ClauseKind.From => "aggregate functions are not allowed in functions in FROM",
        ClauseKind.Limit => "aggregate functions are not allowed in LIMIT",
        ClauseKind.Offset => "aggregate functions are not allowed in OFFSET",
        ClauseKind.Values => "aggregate functions are not allowed in VALUES",
        ClauseKind.Returning => "aggregate functions are not allowed in RETURNING",
        ClauseKind.Update => "aggregate functions are not allowed in UPDATE",
        ClauseKind.ColumnDefault => "aggregate functions are not allowed in DEFAULT expressions",
        ClauseKind.Check => "aggregate functions are not allowed in check constraints",
        ClauseKind.IndexExpression => "aggregate functions are not allowed in index expressions",
        ClauseKind.Filter => "aggregate functions are not allowed in FILTER",
        _ => "aggregate functions are not allowed here",
    };

    internal SortKey BindSortKey(BoundExpression expression, SortKeySyntax key)
    {
        bool descending = key.IsDescending;
        if (key.Direction == SortDirection.Using)
        {
            descending = key.Operator?.Symbol switch
            {
                "<" => false,
                ">" => true,
                _ => throw new SqlException(SqlState.WrongObjectType, $"operator {key.Operator} is not a valid ordering operator", key.Position),
            };
        }

        BoundExpression resolved = context.Coercion.ResolveUnknown(expression);
        if (!resolved.Type.Operations.IsOrderable)
        {
            throw new SqlException(SqlState.UndefinedFunction, $"could not identify an ordering operator for type {resolved.Type.DisplayName}", Coercion.At(resolved))
            {
                Hint = "Use an explicit ordering operator or modify the query.",
            };
        }

        bool nullsFirst = key.Nulls == NullsOrder.Default ? descending : key.Nulls == NullsOrder.First;
        return new SortKey(resolved, descending, nullsFirst);
    }

    private static string ClauseName(ClauseKind clause) => clause switch
    {
        ClauseKind.JoinCondition => "JOIN conditions",
        ClauseKind.GroupBy => "GROUP BY",
        ClauseKind.From => "functions in FROM",
        ClauseKind.ColumnDefault => "DEFAULT expressions",
        ClauseKind.Check => "check constraints",
        _ => clause.ToString().ToUpperInvariant(),
    };

    private BoundColumn BindSetCall(FunctionCallSyntax call, ResolvedCall resolved, Scope scope)
    {
        if (scope.SetFunctions is null)
        {
            throw new SqlException(SqlState.FeatureNotSupported, $"set-returning functions are not allowed in {ClauseName(scope.Clause)}", call.Position);
        }

        if (resolved.Function.SetBody is null) throw new SqlException(SqlState.FeatureNotSupported, $"function {resolved.Function} is not supported", call.Position);
        context.Note(resolved.Function, resolved.Arguments);
        int slot = context.Slots.Allocate();
        scope.SetFunctions.Calls.Add(new BoundSetFunction(resolved.Function, resolved.Arguments, slot, resolved.Type));
        return new BoundColumn(slot, resolved.Type, -1, resolved.Function.Name) { Position = call.Position };
    }

    private BoundExpression BindSessionValue(SessionValueSyntax value)
    {
        BoundExpression Now(SqlType type)
        {
            BoundExpression now = CallByName("now", [], value.Position);
            BoundExpression typed = type == SqlTypes.TimestampTz ? now : CastExplicitly(now, new ColumnType(type), value.Position);
            return value.Precision is { } precision ? CastExplicitly(typed, new ColumnType(type, precision), value.Position) : typed;
        }

        BoundExpression bound = value.Value switch
        {
            SessionValue.CurrentDate => Now(SqlTypes.Date),
            SessionValue.CurrentTime => Now(SqlTypes.TimeTz),
            SessionValue.CurrentTimestamp => Now(SqlTypes.TimestampTz),
            SessionValue.LocalTime => Now(SqlTypes.Time),
            SessionValue.LocalTimestamp => Now(SqlTypes.Timestamp),
            SessionValue.CurrentRole or SessionValue.CurrentUser or SessionValue.User => CallByName("current_user", [], value.Position),
            SessionValue.SessionUser => CallByName("session_user", [], value.Position),
            SessionValue.CurrentCatalog => CallByName("current_database", [], value.Position),
            _ => CallByName("current_schema", [], value.Position),
        };
        return bound with { Spelling = SpellingOf(value) };
    }

    private static string SpellingOf(SessionValueSyntax value)
    {
        string words = value.Value switch
        {
            SessionValue.CurrentDate => "CURRENT_DATE",
            SessionValue.CurrentTime => "CURRENT_TIME",
            SessionValue.CurrentTimestamp => "CURRENT_TIMESTAMP",
            SessionValue.LocalTime => "LOCALTIME",
            SessionValue.LocalTimestamp => "LOCALTIMESTAMP",
            SessionValue.CurrentRole => "CURRENT_ROLE",
            SessionValue.CurrentUser => "CURRENT_USER",
            SessionValue.User => "USER",
            SessionValue.SessionUser => "SESSION_USER",
            SessionValue.CurrentCatalog => "CURRENT_CATALOG",
            _ => "CURRENT_SCHEMA",
        };
        return value.Precision is { } precision ? $"{words}({precision})" : words;
    }

    private static BoundExpression BindGrouping(GroupingSyntax grouping, Scope scope) =>
        throw new SqlException(SqlState.FeatureNotSupported, $"GROUPING in {ClauseName(scope.Clause)} is not supported", grouping.Position);
}
