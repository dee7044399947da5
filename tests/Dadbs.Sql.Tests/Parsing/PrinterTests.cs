using Dadbs.Sql.Parsing;
using Dadbs.Sql.Tests.Types;

namespace Dadbs.Sql.Tests.Parsing;

public sealed class PrinterTests
{
    [Fact]
    public void Prints_every_statement_so_that_it_parses_to_the_same_tree()
    {
        var checkedStatements = 0;
        foreach (var line in VectorFile.Read("regression.outcomes"))
        {
            if (line[0] != "ok" || Parse(line[3]) is not { } statements) continue;
            foreach (var statement in statements)
            {
                var printed = SyntaxPrinter.Print(statement.Syntax);
                var again = SqlParser.Parse(printed);
                Assert.Equal(SyntaxComparer.Describe(statement.Syntax), SyntaxComparer.Describe(again[0].Syntax));
                checkedStatements++;
            }
        }

        Assert.True(checkedStatements > 1000);
    }

    private static IReadOnlyList<ParsedStatement>? Parse(string text)
    {
        try
        {
            return SqlParser.Parse(text);
        }
        catch (SqlException unsupported) when (unsupported.State == SqlState.FeatureNotSupported)
        {
            return null;
        }
    }

    [Theory]
    [InlineData("a + b * c", "a + (b * c)")]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("-2 ^ 2", "(-2) ^ 2")]
    [InlineData("-a ^ 2", "(- a) ^ 2")]
    [InlineData("-1::int", "- (1::integer)")]
    [InlineData("not a = b and c or d", "((NOT (a = b)) AND c) OR d")]
    [InlineData("a between 1 and 2 and b", "(a BETWEEN 1 AND 2) AND b")]
    [InlineData("a < b is null", "(a < b) IS NULL")]
    [InlineData("a || b like c", "(a || b) LIKE c")]
    [InlineData("a = any (array[1,2])", "a = ANY (ARRAY[1, 2])")]
    [InlineData("x at time zone 'UTC' collate \"C\"", "x AT TIME ZONE ('UTC' COLLATE \"C\")")]
    [InlineData("a.b.c[1:2].d", "a.b.c[1:2].d")]
    [InlineData("(a).b", "(a).b")]
    [InlineData("substring(a from 2 for 3)", "SUBSTRING(a FROM 2 FOR 3)")]
    [InlineData("trim(leading 'x' from y)", "TRIM(LEADING FROM y, 'x')")]
    [InlineData("interval '1' day to second(3)", "interval '1' day to second(3)")]
    [InlineData("E'a\\tb'", "'a\tb'")]
    [InlineData("U&'d\\0061t\\+000061'", "'data'")]
    [InlineData("count(*) filter (where x) over (partition by y order by z rows 1 preceding)", "count(*) FILTER (WHERE x) OVER (PARTITION BY y ORDER BY z ROWS 1 PRECEDING)")]
    public void Shows_how_operators_bind(string text, string printed) => Assert.Equal(printed, SyntaxPrinter.Print(SqlParser.ParseExpression(text)));

    [Theory]
    [InlineData("int", "integer")]
    [InlineData("varchar(5)[]", "character varying(5)[]")]
    [InlineData("char", "character(1)")]
    [InlineData("timestamp(3) with time zone", "timestamp(3) with time zone")]
    [InlineData("float(24)", "real")]
    [InlineData("s.t", "s.t")]
    public void Writes_types_in_SQLs_spelling(string text, string printed) => Assert.Equal(printed, SyntaxPrinter.Print(SqlParser.ParseTypeName(text)));

    [Fact]
    public void Quotes_what_would_not_read_back()
    {
        Assert.Equal("plain_1", SyntaxPrinter.Identifier("plain_1"));
        Assert.Equal("\"Upper\"", SyntaxPrinter.Identifier("Upper"));
        Assert.Equal("\"select\"", SyntaxPrinter.Identifier("select"));
        Assert.Equal("\"a\"\"b\"", SyntaxPrinter.Identifier("a\"b"));
        Assert.Equal("name", SyntaxPrinter.Identifier("name"));
    }
}
