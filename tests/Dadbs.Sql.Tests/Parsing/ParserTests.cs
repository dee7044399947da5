using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Tests.Parsing;

public sealed class ParserTests
{
    [Fact]
    public void Cuts_a_string_into_its_statements()
    {
        const string Text = " ; select 1; /* between */ select $2 ;;";
        var statements = SqlParser.Parse(Text);
        Assert.Equal(2, statements.Count);
        Assert.Equal("select 1", Text.Substring(statements[0].Start, statements[0].Length));
        Assert.Equal("select $2", Text.Substring(statements[1].Start, statements[1].Length));
        Assert.Equal(0, statements[0].ParameterCount);
        Assert.Equal(2, statements[1].ParameterCount);
    }

    [Fact]
    public void Takes_nothing_but_semicolons_and_comments_as_no_statement() => Assert.Empty(SqlParser.Parse(" ;; -- nothing\n /* at /* all */ */ "));

    [Fact]
    public void Says_where_the_syntax_goes_wrong()
    {
        var error = Assert.Throws<SqlException>(() => SqlParser.Parse("SELECT 1 FORM t"));
        Assert.Equal(SqlState.SyntaxError, error.State);
        Assert.Equal("syntax error at or near \"t\"", error.Message);
        Assert.Equal(14, error.Position);
    }

    [Fact]
    public void Names_what_it_does_not_support()
    {
        var error = Assert.Throws<SqlException>(() => SqlParser.Parse("MERGE INTO t USING s ON true WHEN MATCHED THEN DO NOTHING"));
        Assert.Equal(SqlState.FeatureNotSupported, error.State);
        Assert.Equal("MERGE is not supported", error.Message);
        Assert.Equal(0, error.Position);
    }

    [Fact]
    public void Folds_identifiers_in_ASCII_only_and_cuts_them_at_63_bytes()
    {
        var notices = new List<SqlNotice>();
        var select = (SelectSyntax)SqlParser.Parse($"SELECT ÄB, {new string('x', 62)}ä", notices)[0].Syntax;
        Assert.Equal(["Äb"], ((ColumnReferenceSyntax)select.Items[0].Expression).Parts);
        Assert.Equal([new string('x', 62)], ((ColumnReferenceSyntax)select.Items[1].Expression).Parts);
        Assert.StartsWith("identifier \"xxx", Assert.Single(notices).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("- ", "", "a")]
    [InlineData("NOT ", "", "a")]
    [InlineData("f(", ")", "1")]
    [InlineData("ARRAY[", "]", "1")]
    [InlineData("CASE WHEN a THEN ", " END", "1")]
    [InlineData("(SELECT ", ")", "1")]
    [InlineData("", " + 1", "1")]
    [InlineData("", "::int", "1")]
    [InlineData("", " || x", "x")]
    public void Refuses_to_nest_deeper_than_later_stages_can_follow(string before, string after, string core)
    {
        var text = "SELECT " + string.Concat(Enumerable.Repeat(before, 100_000)) + core + string.Concat(Enumerable.Repeat(after, 100_000));
        var error = Assert.Throws<SqlException>(() => SqlParser.Parse(text));
        Assert.Equal(SqlState.StatementTooComplex, error.State);
        Assert.Equal("stack depth limit exceeded", error.Message);
    }

    [Fact]
    public void Does_not_count_what_is_long_but_not_deep()
    {
        SqlParser.Parse("SELECT " + string.Join(" AND ", Enumerable.Repeat("a = 1", 20_000)));
        SqlParser.Parse("INSERT INTO t VALUES " + string.Join(", ", Enumerable.Repeat("(1, 'x')", 20_000)));
    }

    [Theory]
    [InlineData("SELECT 'a' -- c\n 'b'", "ab")]
    [InlineData("SELECT $q$it's$q$", "it's")]
    [InlineData("SELECT E'\\x41\\101\\u0041\\U0001F600'", "AAA😀")]
    [InlineData("SELECT E'\\xc3\\xa9'", "é")]
    [InlineData("SELECT 'it''s'", "it's")]
    public void Reads_strings_of_every_notation(string text, string value)
    {
        var select = (SelectSyntax)SqlParser.Parse(text)[0].Syntax;
        Assert.Equal(value, ((StringLiteralSyntax)select.Items[0].Expression).Value);
    }

    [Theory]
    [InlineData("SELECT E'\\xff'", "22021", "invalid byte sequence for encoding \"UTF8\": 0xff")]
    [InlineData("SELECT 'abc", "42601", "unterminated quoted string at or near \"'abc\"")]
    [InlineData("SELECT /* x", "42601", "unterminated /* comment at or near \"/* x\"")]
    [InlineData("SELECT \"\"", "42601", "zero-length delimited identifier at or near \"\"\"\"")]
    [InlineData("SELECT 1x", "42601", "trailing junk after numeric literal at or near \"1x\"")]
    [InlineData("SELECT $$x", "42601", "unterminated dollar-quoted string at or near \"$$x\"")]
    public void Refuses_malformed_tokens_in_PostgreSQLs_words(string text, string state, string message)
    {
        var error = Assert.Throws<SqlException>(() => SqlParser.Parse(text));
        Assert.Equal((state, message), (error.State.Code, error.Message));
    }
}
