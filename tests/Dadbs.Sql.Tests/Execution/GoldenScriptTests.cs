namespace Dadbs.Sql.Tests.Execution;

public sealed class GoldenScriptTests
{
    [Theory]
    [InlineData("queries.script")]
    [InlineData("foreign-key-definitions.script")]
    [InlineData("foreign-keys.script")]
    [InlineData("statements.script")]
    public void Statements_print_what_PostgreSQL_prints(string name)
    {
        using TestDatabase database = new();
        string script = GoldenScript.Read("Execution/Scripts/" + name);
        Assert.Equal(script, GoldenScript.Replay(script, database, GoldenScript.RunStatement));
    }

    [Fact]
    public void Plans_are_those_written_down()
    {
        using TestDatabase database = new();
        string script = GoldenScript.Read("Planning/Scripts/plans.script");
        Assert.Equal(script, GoldenScript.Replay(script, database, GoldenScript.RunExplain));
    }

    /// <summary>A script that expects something else must not pass.</summary>
    [Fact]
    public void A_wrong_expectation_is_noticed()
    {
        using TestDatabase database = new();
        const string script = "select 1;\n----\n2\nSELECT 1\n\n";
        Assert.NotEqual(script, GoldenScript.Replay(script, database, GoldenScript.RunStatement));
    }
}
