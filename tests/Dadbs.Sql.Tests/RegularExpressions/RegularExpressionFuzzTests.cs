using System.Text;
using Dadbs.Sql.Functions;
using Dadbs.Sql.RegularExpressions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.RegularExpressions;

public sealed class RegularExpressionFuzzTests
{
    private static readonly string[] Pieces =
    [
        "a", "b", "c", ".", "^", "$", "*", "+", "?", "*?", "+?", "??", "{1,2}", "{0,2}?", "{2}", "{,", "{", "}", "(", "(?:", ")", ")", "|", "[", "[^", "]", "a-c", "[:alpha:]", "[.-.]",
        "\\", "\\d", "\\W", "\\m", "\\y", "\\1", "\\2", "\\A", "\\Z", "(?=", "(?!", "(?<=", "(?<!", "(?i)", "***=", "***:", "(a|b)", "(a*)", "(ab?)+", "é", "\n", "\\x41", "(?#x)", "#",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_pattern_matches_or_is_refused(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4000; round++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => "abcAB é\n1"[random.Next(9)]));
            try
            {
                var options = RegexOptions.Advanced | (random.Next(4) == 0 ? RegexOptions.IgnoreCase : 0) | (random.Next(4) == 0 ? RegexOptions.Newline : 0);
                var compiled = RegularExpression.Compile(Encoding.UTF8.GetBytes(pattern), options);
                var matcher = compiled.Matcher(new SubjectText(Encoding.UTF8.GetBytes(text)), new Budget(50_000_000));
                var found = matcher.Match(0, withGroups: true);
                Assert.Equal(found, matcher.IsMatch(0));
                if (found)
                    Assert.InRange(matcher.Captures[0], 0, matcher.Captures[1]);
            }
            catch (SqlException refusal)
            {
                Assert.True(refusal.State.Code is "2201B" or "54000", $"{pattern} on {text}: {refusal.State.Code} {refusal.Message}");
            }
            catch (Exception bug) when (bug is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{pattern} on {text}: {bug}");
            }
        }
    }

    [Fact]
    public void Patterns_that_make_backtracking_engines_run_forever_take_steps_in_proportion_to_the_text()
    {
        var budget = new Budget(10_000_000);
        var compiled = RegularExpression.Compile("^(([a-z])+.)+[A-Z]([a-z])+$"u8, RegexOptions.Advanced);
        Assert.False(compiled.Matcher(new SubjectText(Encoding.UTF8.GetBytes(new string('a', 5_000))), budget).IsMatch(0));
    }

    [Fact]
    public void Back_references_end_with_54000_when_the_budget_is_used_up()
    {
        var compiled = RegularExpression.Compile("^(a*)(a*)(a*)(a*)(a*)b\\1\\2\\3\\4\\5$"u8, RegexOptions.Advanced);
        var text = new SubjectText(Encoding.UTF8.GetBytes(new string('a', 200) + "b" + new string('a', 199)));
        var refusal = Assert.Throws<SqlException>(() => compiled.Matcher(text, new Budget(1_000_000)).IsMatch(0));
        Assert.Equal("54000", refusal.State.Code);
    }

    [Theory]
    [InlineData("(", 5_000, "")]
    [InlineData("((x{100}){100}){100}", 1, "")]
    [InlineData("(?=", 5_000, "")]
    public void Patterns_too_deep_or_too_large_are_refused(string piece, int times, string rest)
    {
        var pattern = string.Concat(Enumerable.Repeat(piece, times)) + rest;
        var refusal = Assert.Throws<SqlException>(() => RegularExpression.Compile(Encoding.UTF8.GetBytes(pattern), RegexOptions.Advanced));
        Assert.Equal("invalid regular expression: regular expression is too complex", refusal.Message);
    }

    [Fact]
    public void The_same_search_counts_the_same_steps_however_much_the_automaton_has_learned()
    {
        var context = new EvaluationContext { Budget = new Budget(1_000_000) };
        var text = Datum.FromString("The quick brown fox jumps over the lazy dog");
        var pattern = Datum.FromString("(\\w+) (?=dog)");
        RegexMatches.Find(context, text, pattern, RegexOptions.Advanced, withGroups: true);
        var first = 1_000_000 - context.Budget.StepsLeft;
        RegexMatches.Find(context, text, pattern, RegexOptions.Advanced, withGroups: true);
        Assert.Equal(first * 2, 1_000_000 - context.Budget.StepsLeft);
    }
}
