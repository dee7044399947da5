using System.Text.RegularExpressions;

namespace Dadbs.Server.Tests.Architecture;

/// <summary>What the documents point at is there.</summary>
public partial class DocumentPathTests
{
    [Fact]
    public void Paths_that_the_documents_name_exist()
    {
        var missing = from document in Documents()
                      from Match path in PathFromRoot().Matches(File.ReadAllText(document))
                      let name = path.Value.TrimEnd('.', '/', '-')
                      where !Exists(name)
                      select $"{SourceTree.Relative(document)} → {name}";
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Documents() => Directory.EnumerateFiles(SourceTree.Root, "*.md")
        .Concat(new[] { "docs", "src", "tests", "tools" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.md", SearchOption.AllDirectories)))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static bool Exists(string name) => Path.Combine(SourceTree.Root, name) is var path && (File.Exists(path) || Directory.Exists(path));

    [GeneratedRegex(@"(?<![\w./-])(?:src|tests|tools|docs)/[\w./-]+")]
    private static partial Regex PathFromRoot();
}
