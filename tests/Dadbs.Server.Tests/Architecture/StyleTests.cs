using System.Text.RegularExpressions;

namespace Dadbs.Server.Tests.Architecture;

/// <summary>The part of the project's style that a machine can check. Taste is left to people.</summary>
public partial class StyleTests
{
    private const int FileLinesMax = 500;

    /// <summary>Files that owe, and give, a reason for their length on their first lines: "Long because …".</summary>
    private const string ReasonForLength = "Long because";

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var offenders = Offenders("src", SayNothing());
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_haste_is_left_behind()
    {
        var offenders = Offenders("src", Haste());
        Assert.Empty(offenders);
    }

    [Fact]
    public void A_file_over_500_lines_gives_its_reason()
    {
        var offenders = SourceTree.CSharpFiles("src")
            .Where(f => File.ReadLines(f).Count() > FileLinesMax && !File.ReadLines(f).Take(12).Any(l => l.Contains(ReasonForLength, StringComparison.Ordinal)))
            .Select(SourceTree.Relative);
        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_src_project_has_a_readme_of_one_or_two_screens()
    {
        foreach (string project in Directory.GetDirectories(Path.Combine(SourceTree.Root, "src")))
        {
            string readme = Path.Combine(project, "README.md");
            Assert.True(File.Exists(readme), $"{readme} is missing");
            Assert.InRange(File.ReadLines(readme).Count(), 20, 80);
        }
    }

    [Fact]
    public void Links_in_the_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(SourceTree.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.md", SearchOption.AllDirectories));
        var broken = from document in documents
                     from Match link in Link().Matches(File.ReadAllText(document))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                     let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, target))
                     where !File.Exists(path) && !Directory.Exists(path)
                     select $"{SourceTree.Relative(document)} → {target}";
        Assert.Empty(broken);
    }

    private static IEnumerable<string> Offenders(string folder, Regex pattern) =>
        from file in SourceTree.CSharpFiles(folder)
        from line in File.ReadLines(file).Select((text, index) => (text, index))
        where pattern.IsMatch(line.text)
        select $"{SourceTree.Relative(file)}:{line.index + 1} {line.text.Trim()}";

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+\w*(Manager|Helper|Helpers|Util|Utils|Common|Misc|Impl|Wrapper)\b")]
    private static partial Regex SayNothing();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Thread\.Sleep|async void")]
    private static partial Regex Haste();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
