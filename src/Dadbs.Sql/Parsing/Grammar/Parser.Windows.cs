namespace Dadbs.Sql.Parsing;

/// <summary>GROUP BY's elements and windows.</summary>
internal sealed partial class Parser
{
    // GROUP BY.

    private GroupingElementSyntax ParseGroupingElement()
    {
        var position = Position;
        if (Is(TokenKind.LeftParen) && IsNext(TokenKind.RightParen))
        {
            _index += 2;
            return new EmptyGroupingSyntax(position);
        }

        if (IsNext(TokenKind.LeftParen))
        {
            if (Accept(Keyword.Rollup)) return new RollupSyntax(position, ParseParenthesizedList(static p => p.ParseExpression()));
            if (Accept(Keyword.Cube)) return new CubeSyntax(position, ParseParenthesizedList(static p => p.ParseExpression()));
        }

        if (Accept(Keyword.Grouping, Keyword.Sets))
        {
            Enter();
            var sets = ParseParenthesizedList(static p => p.ParseGroupingElement());
            Leave();
            return new GroupingSetsSyntax(position, sets);
        }

        return new ExpressionGroupingSyntax(position, ParseExpression());
    }

    // Windows.

    private WindowDefinitionSyntax ParseWindowDefinition()
    {
        var position = Position;
        var name = ParseColumnId();
        Expect(Keyword.As);
        return new WindowDefinitionSyntax(position, name, ParseWindowSpecification());
    }

    private WindowSpecificationSyntax ParseWindowSpecification()
    {
        var position = Expect(TokenKind.LeftParen);
        Enter();
        string? existing = null;
        var isClause = Current.Keyword is Keyword.Partition or Keyword.Range or Keyword.Rows or Keyword.Groups;
        if (IsColumnId && !isClause) existing = TakeName();
        List<ExpressionSyntax> partitionBy = [];
        if (Accept(Keyword.Partition))
        {
            Expect(Keyword.By);
            partitionBy = ParseExpressionList();
        }

        var orderBy = ParseOptionalOrderBy();
        var frame = ParseFrame();
        Leave();
        Expect(TokenKind.RightParen);
        return new WindowSpecificationSyntax(position) { ExistingWindow = existing, PartitionBy = partitionBy, OrderBy = orderBy, Frame = frame };
    }

    private FrameSyntax? ParseFrame()
    {
        FrameMode? mode = Current.Keyword switch
        {
            Keyword.Range => FrameMode.Range,
            Keyword.Rows => FrameMode.Rows,
            Keyword.Groups => FrameMode.Groups,
            _ => null,
        };
        if (mode is null) return null;
        var position = Advance();
        var isBetween = Accept(Keyword.Between);
        var start = ParseFrameBound();
        FrameBoundSyntax? end = null;
        if (isBetween)
        {
            Expect(Keyword.And);
            end = ParseFrameBound();
        }

        CheckFrame(start, end);
        return new FrameSyntax(position, mode.Value, start, end, ParseFrameExclusion());
    }

    private FrameBoundSyntax ParseFrameBound()
    {
        var position = Position;
        if (Is(Keyword.Unbounded) && Peek().Keyword is Keyword.Preceding or Keyword.Following)
        {
            _index++;
            return new FrameBoundSyntax(position, _tokens[_index++].Keyword == Keyword.Preceding ? FrameBoundKind.UnboundedPreceding : FrameBoundKind.UnboundedFollowing, null);
        }

        if (Accept(Keyword.Current, Keyword.Row)) return new FrameBoundSyntax(position, FrameBoundKind.CurrentRow, null);
        var offset = ParseExpression();
        if (Accept(Keyword.Preceding)) return new FrameBoundSyntax(position, FrameBoundKind.Preceding, offset);
        Expect(Keyword.Following);
        return new FrameBoundSyntax(position, FrameBoundKind.Following, offset);
    }

    /// <summary>PostgreSQL refuses frames that could never hold a row while it reads them (42P20).</summary>
    private static void CheckFrame(FrameBoundSyntax start, FrameBoundSyntax? end)
    {
        static SqlException Bad(string message, int position) => new(SqlState.WindowingError, message, position);
        if (start.Kind == FrameBoundKind.UnboundedFollowing) throw Bad("frame start cannot be UNBOUNDED FOLLOWING", start.Position);
        if (end is null)
        {
            if (start.Kind == FrameBoundKind.Following) throw Bad("frame starting from following row cannot end with current row", start.Position);
            return;
        }

        if (end.Kind == FrameBoundKind.UnboundedPreceding) throw Bad("frame end cannot be UNBOUNDED PRECEDING", end.Position);
        if (start.Kind == FrameBoundKind.CurrentRow && end.Kind == FrameBoundKind.Preceding) throw Bad("frame starting from current row cannot have preceding rows", end.Position);
        if (start.Kind != FrameBoundKind.Following) return;
        if (end.Kind == FrameBoundKind.Preceding) throw Bad("frame starting from following row cannot have preceding rows", end.Position);
        if (end.Kind == FrameBoundKind.CurrentRow) throw Bad("frame starting from following row cannot have preceding rows", end.Position);
    }

    private FrameExclusion ParseFrameExclusion()
    {
        if (!Accept(Keyword.Exclude)) return FrameExclusion.None;
        if (Accept(Keyword.Current))
        {
            Expect(Keyword.Row);
            return FrameExclusion.CurrentRow;
        }

        if (Accept(Keyword.Group)) return FrameExclusion.Group;
        if (Accept(Keyword.Ties)) return FrameExclusion.Ties;
        Expect(Keyword.No);
        Expect(Keyword.Others);
        return FrameExclusion.None;
    }
}
