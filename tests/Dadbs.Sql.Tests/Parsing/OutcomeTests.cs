using System.Text;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Tests.Types;

namespace Dadbs.Sql.Tests.Parsing;

/// <summary>
/// The parser against what PostgreSQL said of the same text: accepted or not, SQLSTATE, message and position. What PostgreSQL has and this
/// engine has not may be refused with 0A000, and then nothing behind it is checked.
/// </summary>
public sealed class OutcomeTests
{
    /// <summary>Mutated statements whose error stands at another token than PostgreSQL's: rare words in places where no one writes them.</summary>
    private const int KnownDifferences = 6;

    [Fact]
    public void Agrees_with_PostgreSQL_on_its_regression_suite() => Assert.Empty(Differences("regression.outcomes"));

    [Fact]
    public void Points_at_the_token_at_which_PostgreSQL_points()
    {
        var differences = Differences("mutated.outcomes");
        Assert.True(differences.Count <= KnownDifferences, string.Join('\n', differences));
    }

    private static List<string> Differences(string file)
    {
        var differences = new List<string>();
        foreach (var line in VectorFile.Read(file))
        {
            if (line[0].StartsWith('#')) continue;
            var (state, position, message, statement) = (line[0], line[1], line[2], line[3]);
            var ours = Outcome(statement);
            if (ours.State == "0A000" || ours == (state, position, message)) continue;
            differences.Add($"{statement}\n  PostgreSQL: {state} {position} {message}\n  here: {ours}");
        }

        return differences;
    }

    private static (string State, string Position, string Message) Outcome(string statement)
    {
        try
        {
            SqlParser.Parse(statement);
            return ("ok", "", "");
        }
        catch (SqlException error)
        {
            // PostgreSQL counts characters from 1.
            var position = error.Position is { } offset ? Encoding.UTF32.GetByteCount(statement.AsSpan(0, offset)) / 4 + 1 : 0;
            return (error.State.Code, position.ToString(), error.Message);
        }
    }
}
