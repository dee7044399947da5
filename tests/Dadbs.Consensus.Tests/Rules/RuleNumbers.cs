using System.Text.RegularExpressions;

namespace Dadbs.Consensus.Tests.Rules;

/// <summary>docs/consensus.md, code and tests speak of the same rules by the same numbers.</summary>
public sealed class RuleNumbers
{
    public static TheoryData<string> Built => ["L1", "L2", "L3", "L4", "L5", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "P1", "C1", "S1", "S2", "K1", "T1", "T2", "M1", "B1", "D1", "X1", "X4"];

    [Theory]
    [MemberData(nameof(Built))]
    public void A_rule_is_in_the_document_in_the_code_and_in_a_test(string rule)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "docs", "consensus.md")))
            root = root.Parent;
        Assert.NotNull(root);
        var number = new Regex($@"(?<![A-Za-z0-9]){rule}(?![A-Za-z0-9])");
        Assert.Contains($"**{rule}", File.ReadAllText(Path.Combine(root.FullName, "docs", "consensus.md")));
        Assert.True(Mentions(root, Path.Combine("src", "Dadbs.Consensus"), number), $"{rule} in the code");
        Assert.True(Mentions(root, Path.Combine("tests", "Dadbs.Consensus.Tests"), number), $"{rule} in a test");
    }

    private static bool Mentions(DirectoryInfo root, string folder, Regex rule) => Directory
        .EnumerateFiles(Path.Combine(root.FullName, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("RuleNumbers.cs", StringComparison.Ordinal))
        .Any(file => rule.IsMatch(File.ReadAllText(file).Replace('_', ' ')));
}
