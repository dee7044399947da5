using System.Text.RegularExpressions;

namespace Dadbs.Server.Tests.Architecture;

/// <summary>docs/consensus.md, the code and the tests speak of the same rules by the same numbers, in both directions.</summary>
public partial class RuleNumberTests
{
    public static TheoryData<string> Rules => new(Defined.Concat(["P1 (a)", "P1 (b)", "P1 (c)", "P1 (d)", "Amortised signatures"]));

    private static string Document { get; } = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "consensus.md"));

    private static string[] Defined { get; } = [.. Definition().Matches(Document).Select(m => m.Groups[1].Value).Distinct()];

    [Fact]
    public void The_document_defines_every_rule_that_is_built()
    {
        string[] built = ["L1", "L2", "L3", "L4", "L5", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "P1", "C1", "S1", "S2", "K1", "T1", "T2", "M1", "B1", "D1", "D2", "X1", "X1a", "X1b", "X2", "X3"];
        Assert.Empty(built.Except(Defined));
        foreach (char moment in "abcd") Assert.Contains($"\n- ({moment}) ", Document, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_cited_in_the_code_and_in_a_test(string rule)
    {
        Assert.Contains(SourceTree.CSharpFiles("src"), file => Cites(file, rule));
        Assert.Contains(SourceTree.CSharpFiles("tests"), file => !file.EndsWith("RuleNumberTests.cs", StringComparison.Ordinal) && Cites(file, rule));
    }

    [Fact]
    public void No_comment_cites_a_rule_that_the_document_does_not_have()
    {
        string later = Document[Document.IndexOf("## Later", StringComparison.Ordinal)..];
        var unknown = from file in SourceTree.CSharpFiles("src")
                      from line in File.ReadLines(file)
                      from Match citation in Citation().Matches(line)
                      let rule = citation.Groups[1].Value
                      where !Defined.Contains(rule) && !later.Contains(rule, StringComparison.Ordinal)
                      select $"{SourceTree.Relative(file)}: {rule}";
        Assert.Empty(unknown);
    }

    /// <summary>The tables at the document's end; short paths are those of Dadbs.Consensus and its tests.</summary>
    [Fact]
    public void The_files_that_the_document_names_exist()
    {
        var missing = from Match path in CodePath().Matches(Document)
                      let name = path.Groups[1].Value
                      let places = new[] { name, $"src/Dadbs.Consensus/{name}", $"tests/Dadbs.Consensus.Tests/{name}" }
                      where !places.Any(place => File.Exists(Path.Combine(SourceTree.Root, place)))
                      select name;
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_pitfall_has_its_test()
    {
        string section = Document[Document.IndexOf("## Pitfalls", StringComparison.Ordinal)..Document.IndexOf("## Where each rule is", StringComparison.Ordinal)];
        var tests = SourceTree.CSharpFiles("tests").SelectMany(file => TestName().Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value).ToHashSet();
        string[] named = [.. Backticked().Matches(section).Select(m => m.Groups[1].Value)];
        Assert.True(named.Length > 20);
        Assert.Empty(named.Except(tests));
    }

    /// <summary>In a comment, or as the beginning of a test's name (<c>P1_a_…</c>). Elsewhere X2 may be a format of numbers.</summary>
    private static bool Cites(string file, string rule)
    {
        var number = new Regex($@"(?<![A-Za-z0-9]){Regex.Escape(rule).Replace(@"\ \(", @"[ _]\(?", StringComparison.Ordinal).Replace(@"\)", @"\)?", StringComparison.Ordinal)}(?![A-Za-z0-9])");
        return File.ReadLines(file).Any(line =>
            line.IndexOf("//", StringComparison.Ordinal) is >= 0 and var comment && number.IsMatch(line[comment..])
            || TestName().Match(line) is { Success: true } test && number.IsMatch(test.Groups[1].Value.Replace('_', ' ')));
    }

    [GeneratedRegex(@"\*\*([A-Z][0-9][a-z]?)\b")]
    private static partial Regex Definition();

    [GeneratedRegex(@"//.*\bRules? ([A-Z][0-9][a-z]?)\b")]
    private static partial Regex Citation();

    [GeneratedRegex(@"`((?:\w[\w.]*/)+\w+\.cs)`")]
    private static partial Regex CodePath();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Backticked();

    [GeneratedRegex(@"public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestName();
}
