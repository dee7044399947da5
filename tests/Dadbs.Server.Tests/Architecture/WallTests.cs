using System.Xml.Linq;

namespace Dadbs.Server.Tests.Architecture;

/// <summary>A project exists where it forbids something. ARCHITECTURE.md draws the same table; nothing points back.</summary>
public class WallTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["Dadbs.Storage"] = [],
        ["Dadbs.Storage.Faster"] = ["Dadbs.Storage"],
        ["Dadbs.Sql"] = ["Dadbs.Storage"],
        ["Dadbs.Consensus"] = [],
        ["Dadbs.Replication"] = ["Dadbs.Consensus", "Dadbs.Storage"],
        ["Dadbs.PgWire"] = ["Dadbs.Sql"],
        ["Dadbs.Server"] = ["Dadbs.Consensus", "Dadbs.PgWire", "Dadbs.Replication", "Dadbs.Sql", "Dadbs.Storage", "Dadbs.Storage.Faster"],
    };

    private static readonly Dictionary<string, string> PackagesOfOneProject = new()
    {
        ["Microsoft.FASTER.Core"] = "Dadbs.Storage.Faster",
        ["NodaTime"] = "Dadbs.Sql",
        ["System.CommandLine"] = "Dadbs.Server",
    };

    [Fact]
    public void Src_holds_exactly_the_projects_of_the_table()
    {
        var folders = Directory.GetDirectories(Path.Combine(SourceTree.Root, "src")).Select(d => Path.GetFileName(d)!).Order();
        Assert.Equal(AllowedReferences.Keys.Order(), folders);
    }

    [Fact]
    public void Every_project_references_what_the_table_allows_and_nothing_else()
    {
        foreach (var (project, allowed) in AllowedReferences)
        {
            var references = Items(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Order();
            Assert.Equal(allowed.Order(), references);
        }
    }

    [Fact]
    public void A_package_that_is_one_projects_business_is_seen_by_no_other()
    {
        foreach (string project in AllowedReferences.Keys)
        {
            foreach (string package in Items(project, "PackageReference"))
                Assert.False(PackagesOfOneProject.TryGetValue(package, out string? owner) && owner != project, $"{project} references {package}");
        }
    }

    [Fact]
    public void The_pure_cores_carry_their_list_of_banned_symbols()
    {
        foreach (string project in (string[])["Dadbs.Consensus", "Dadbs.Sql"])
        {
            var document = XDocument.Load(ProjectFile(project));
            Assert.Equal("true", document.Descendants("PureCore").Single().Value);
            string banned = File.ReadAllText(Path.Combine(SourceTree.Root, "src", project, "BannedSymbols.txt"));
            foreach (string symbol in (string[])["T:System.Random;", "P:System.DateTime.UtcNow;", "T:System.Threading.Tasks.Task;", "T:System.HashCode;"])
                Assert.Contains(symbol, banned, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_src_project_has_one_test_project()
    {
        foreach (string project in AllowedReferences.Keys)
            Assert.True(File.Exists(Path.Combine(SourceTree.Root, "tests", $"{project}.Tests", $"{project}.Tests.csproj")), project);
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(ProjectFile(project)).Descendants(kind).Select(e => e.Attribute("Include")!.Value);

    private static string ProjectFile(string project) => Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj");
}
