using System.Diagnostics;

namespace Dadbs.Sql.Parsing;

public sealed partial class SyntaxPrinter
{
    private SyntaxPrinter Query(QuerySyntax query)
    {
        With(query.With);
        switch (query)
        {
            case SelectSyntax select:
                Select(select);
                break;
            case ValuesSyntax values:
                Write("VALUES ").List(values.Rows, r => Write("(").Expressions(r).Write(")"));
                break;
            case SetOperationSyntax set:
                SetOperand(set.Left).Write(_inLines ? "\n" : " ").Write(set.Operator.ToString().ToUpperInvariant()).WriteIf(set.IsAll, " ALL").Write(_inLines ? "\n" : " ").SetOperand(set.Right);
                break;
            default:
                throw new UnreachableException(query.GetType().Name);
        }

        if (query.OrderBy.Count > 0) Clause(" ", 1).OrderBy(query.OrderBy);
        if (query.Limit is not null && !query.LimitWithTies) Clause(" LIMIT ", 1).Limit(query.Limit);
        if (query.Offset is not null) Clause(" OFFSET ", 1).Expression(query.Offset);
        if (query.LimitWithTies) Write(" FETCH FIRST ").Count(query.Limit!).Write(" ROWS WITH TIES");
        foreach (var clause in query.Locking) Locking(clause);
        return this;
    }

    private SyntaxPrinter Limit(ExpressionSyntax limit) => limit is NullLiteralSyntax ? Write("ALL") : Expression(limit);

    /// <summary>FETCH takes primaries and signed numbers only.</summary>
    private SyntaxPrinter Count(ExpressionSyntax count) => count is IntegerLiteralSyntax or NumericLiteralSyntax ? Expression(count) : Operand(count);

    private SyntaxPrinter SetOperand(QuerySyntax operand)
    {
        var isSimple = operand is SelectSyntax or ValuesSyntax && operand.With is null && operand.OrderBy.Count == 0 && operand.Limit is null && operand.Offset is null && operand.Locking.Count == 0;
        return isSimple ? Query(operand) : Subquery(operand);
    }

    private SyntaxPrinter With(WithSyntax? with)
    {
        if (with is null) return this;
        Write(with.IsRecursive ? "WITH RECURSIVE " : "WITH ");
        return List(with.Expressions, e =>
        {
            Id(e.Name);
            NamesIfAny(e.Columns);
            Write(" AS ").WriteIf(e.IsMaterialized == true, "MATERIALIZED ").WriteIf(e.IsMaterialized == false, "NOT MATERIALIZED ");
            Write("(").Statement(e.Body).Write(")");
        }).Write(" ");
    }

    private void Select(SelectSyntax select)
    {
        Write(_inLines ? " SELECT" : "SELECT");
        if (select.IsDistinct) Write(" DISTINCT");
        if (select.DistinctOn.Count > 0) Write(" ON (").Expressions(select.DistinctOn).Write(")");
        if (select.Items.Count > 0) Write(" ").Items(select.Items);
        if (select.Into is { } into) Write(" INTO ").Persistence(into.Persistence).Write("TABLE ").Name(into.Name);
        if (select.From.Count > 0) Clause(" FROM ", 2).List(select.From, t => Table(t));
        if (select.Where is not null) Clause(" WHERE ", 1).Expression(select.Where);
        if (select.GroupBy.Count > 0) Clause(select.GroupByDistinct ? " GROUP BY DISTINCT " : " GROUP BY ", 1).List(select.GroupBy, g => Grouping(g));
        if (select.Having is not null) Clause(" HAVING ", 1).Expression(select.Having);
        if (select.Windows.Count > 0) Clause(" WINDOW ", 1).List(select.Windows, w => Id(w.Name).Write(" AS ").Window(w.Specification));
    }

    private SyntaxPrinter Clause(string words, int indent) => WriteIf(_inLines, "\n".PadRight(indent + 1)).Write(words);

    private SyntaxPrinter Items(IReadOnlyList<SelectItemSyntax> items) => List(items, i =>
    {
        Expression(i.Expression);
        if (i.Alias is not null) Write(" AS ").Id(i.Alias);
    }, _inLines ? ",\n    " : ", ");

    private void Grouping(GroupingElementSyntax element)
    {
        switch (element)
        {
            case ExpressionGroupingSyntax expression:
                Expression(expression.Expression);
                break;
            case EmptyGroupingSyntax:
                Write("()");
                break;
            case RollupSyntax rollup:
                Write("ROLLUP (").Expressions(rollup.Expressions).Write(")");
                break;
            case CubeSyntax cube:
                Write("CUBE (").Expressions(cube.Expressions).Write(")");
                break;
            case GroupingSetsSyntax sets:
                Write("GROUPING SETS (").List(sets.Sets, s => Grouping(s)).Write(")");
                break;
            default:
                throw new UnreachableException(element.GetType().Name);
        }
    }

    private SyntaxPrinter OrderBy(IReadOnlyList<SortKeySyntax> keys) => Write("ORDER BY ").List(keys, k =>
    {
        Expression(k.Expression);
        switch (k.Direction)
        {
            case SortDirection.Using:
                Write(" USING ").Operator(k.Operator!);
                break;
            default:
                Direction(k.Direction);
                break;
        }

        Nulls(k.Nulls);
    });

    private SyntaxPrinter Direction(SortDirection direction) => WriteIf(direction == SortDirection.Ascending, " ASC").WriteIf(direction == SortDirection.Descending, " DESC");

    private SyntaxPrinter Nulls(NullsOrder nulls) => WriteIf(nulls == NullsOrder.First, " NULLS FIRST").WriteIf(nulls == NullsOrder.Last, " NULLS LAST");

    private void Locking(LockingClauseSyntax clause)
    {
        Write(clause.Strength switch
        {
            LockStrength.KeyShare => " FOR KEY SHARE",
            LockStrength.Share => " FOR SHARE",
            LockStrength.NoKeyUpdate => " FOR NO KEY UPDATE",
            _ => " FOR UPDATE",
        });
        if (clause.Tables.Count > 0) Write(" OF ").List(clause.Tables, t => Name(t));
        WriteIf(clause.Wait == LockWait.NoWait, " NOWAIT").WriteIf(clause.Wait == LockWait.SkipLocked, " SKIP LOCKED");
    }

    private SyntaxPrinter Window(WindowSpecificationSyntax window)
    {
        Write("(");
        var separator = "";
        if (window.ExistingWindow is { } existing)
        {
            Id(existing);
            separator = " ";
        }

        if (window.PartitionBy.Count > 0)
        {
            Write(separator).Write("PARTITION BY ").Expressions(window.PartitionBy);
            separator = " ";
        }

        if (window.OrderBy.Count > 0)
        {
            Write(separator).OrderBy(window.OrderBy);
            separator = " ";
        }

        if (window.Frame is { } frame) Write(separator).Frame(frame);
        return Write(")");
    }

    private void Frame(FrameSyntax frame)
    {
        Write(frame.Mode.ToString().ToUpperInvariant()).Write(frame.End is null ? " " : " BETWEEN ").Bound(frame.Start);
        if (frame.End is not null) Write(" AND ").Bound(frame.End);
        Write(frame.Exclusion switch
        {
            FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
            FrameExclusion.Group => " EXCLUDE GROUP",
            FrameExclusion.Ties => " EXCLUDE TIES",
            _ => "",
        });
    }

    private SyntaxPrinter Bound(FrameBoundSyntax bound) => bound.Kind switch
    {
        FrameBoundKind.UnboundedPreceding => Write("UNBOUNDED PRECEDING"),
        FrameBoundKind.UnboundedFollowing => Write("UNBOUNDED FOLLOWING"),
        FrameBoundKind.CurrentRow => Write("CURRENT ROW"),
        FrameBoundKind.Preceding => Operand(bound.Offset!).Write(" PRECEDING"),
        _ => Operand(bound.Offset!).Write(" FOLLOWING"),
    };

    // FROM.

    private SyntaxPrinter Table(TableReferenceSyntax table)
    {
        switch (table)
        {
            case NamedTableSyntax named:
                WriteIf(named.IsOnly, "ONLY ").Name(named.Name).Alias(named.Alias);
                if (named.Sample is { } sample)
                {
                    Write(" TABLESAMPLE ").Name(sample.Method).Write("(").Expressions(sample.Arguments).Write(")");
                    if (sample.Repeatable is not null) Write(" REPEATABLE (").Expression(sample.Repeatable).Write(")");
                }

                return this;
            case DerivedTableSyntax derived:
                return WriteIf(derived.IsLateral, "LATERAL ").Subquery(derived.Query).Alias(derived.Alias);
            case FunctionTableSyntax function:
                return FunctionTable(function);
            case JoinSyntax join:
                return join.Alias is null ? Join(join) : Write("(").Join(join).Write(")").Alias(join.Alias);
            default:
                throw new UnreachableException(table.GetType().Name);
        }
    }

    private SyntaxPrinter Alias(TableAliasSyntax? alias) => alias is null ? this : Write(" AS ").Id(alias.Name).NamesIfAny(alias.Columns);

    private SyntaxPrinter FunctionTable(FunctionTableSyntax table)
    {
        WriteIf(table.IsLateral, "LATERAL ").WriteIf(table.IsRowsFrom, "ROWS FROM (");
        List(table.Functions, f =>
        {
            Expression(f.Call);
            if (f.ColumnDefinitions.Count > 0) Write(" AS ").Parenthesized(f.ColumnDefinitions, c => Column(c));
        });
        WriteIf(table.IsRowsFrom, ")").WriteIf(table.WithOrdinality, " WITH ORDINALITY").Alias(table.Alias);
        if (table.ColumnDefinitions.Count == 0) return this;
        return Write(table.Alias is null ? " AS " : " ").Parenthesized(table.ColumnDefinitions, c => Column(c));
    }

    private SyntaxPrinter Join(JoinSyntax join)
    {
        JoinOperand(join.Left).WriteIf(join.IsNatural, " NATURAL").Write(join.Kind switch
        {
            JoinKind.Cross => " CROSS JOIN ",
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            _ => " JOIN ",
        }).JoinOperand(join.Right);
        if (join.On is not null) Write(" ON ").Expression(join.On);
        if (join.Using is not null) Write(" USING ").Names(join.Using);
        return join.UsingAlias is null ? this : Write(" AS ").Id(join.UsingAlias.Name);
    }

    private SyntaxPrinter JoinOperand(TableReferenceSyntax operand) => operand is JoinSyntax { Alias: null } join ? Write("(").Join(join).Write(")") : Table(operand);

    // Data modification.

    private SyntaxPrinter Insert(InsertSyntax insert)
    {
        With(insert.With).Write("INSERT INTO ").Name(insert.Table);
        if (insert.Alias is not null) Write(" AS ").Id(insert.Alias);
        if (insert.Columns.Count > 0) Write(" ").Parenthesized(insert.Columns, c => Target(c));
        WriteIf(insert.Overriding == OverridingKind.UserValue, " OVERRIDING USER VALUE").WriteIf(insert.Overriding == OverridingKind.SystemValue, " OVERRIDING SYSTEM VALUE");
        if (insert.Source is null) Write(" DEFAULT VALUES");
        else Write(" ").Query(insert.Source);
        if (insert.OnConflict is { } conflict) Conflict(conflict);
        return Returning(insert);
    }

    private SyntaxPrinter Returning(ModificationSyntax statement) => statement.Returning.Count == 0 ? this : Write(" RETURNING ").Items(statement.Returning);

    private SyntaxPrinter Target(AssignmentTargetSyntax target)
    {
        Id(target.Column);
        foreach (var part in target.Indirection)
        {
            if (part is FieldAccessSyntax field) Write(".").Id(field.Field);
            else Subscripts([(SubscriptItemSyntax)part]);
        }

        return this;
    }

    private void Conflict(OnConflictSyntax conflict)
    {
        Write(" ON CONFLICT");
        if (conflict.Target is { } target)
        {
            if (target.ConstraintName is not null) Write(" ON CONSTRAINT ").Id(target.ConstraintName);
            else Write(" ").Parenthesized(target.Elements, e => IndexElement(e));
            if (target.Where is not null) Write(" WHERE ").Expression(target.Where);
        }

        if (conflict.IsDoNothing)
        {
            Write(" DO NOTHING");
            return;
        }

        Write(" DO UPDATE SET ").Assignments(conflict.Assignments);
        if (conflict.Where is not null) Write(" WHERE ").Expression(conflict.Where);
    }

    private SyntaxPrinter Assignments(IReadOnlyList<AssignmentSyntax> assignments) => List(assignments, a =>
    {
        if (a.IsMultiple) Parenthesized(a.Targets, t => Target(t));
        else Target(a.Targets[0]);
        Write(" = ").Expression(a.Value);
    });

    private SyntaxPrinter Update(UpdateSyntax update)
    {
        With(update.With).Write("UPDATE ").WriteIf(update.IsOnly, "ONLY ").Name(update.Table);
        if (update.Alias is not null) Write(" AS ").Id(update.Alias);
        Write(" SET ").Assignments(update.Assignments);
        if (update.From.Count > 0) Write(" FROM ").List(update.From, t => Table(t));
        if (update.Where is not null) Write(" WHERE ").Expression(update.Where);
        return Returning(update);
    }

    private SyntaxPrinter Delete(DeleteSyntax delete)
    {
        With(delete.With).Write("DELETE FROM ").WriteIf(delete.IsOnly, "ONLY ").Name(delete.Table);
        if (delete.Alias is not null) Write(" AS ").Id(delete.Alias);
        if (delete.Using.Count > 0) Write(" USING ").List(delete.Using, t => Table(t));
        if (delete.Where is not null) Write(" WHERE ").Expression(delete.Where);
        return Returning(delete);
    }
}
