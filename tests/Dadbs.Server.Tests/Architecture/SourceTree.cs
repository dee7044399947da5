namespace Dadbs.Server.Tests.Architecture;

/// <summary>The checkout that these tests run in, found from the test assembly's own place.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The project's own C# files under a folder of the root, generated ones left out.</summary>
    public static IEnumerable<string> CSharpFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Dadbs.Sql.sln"))) return directory.FullName;
        }

        throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
