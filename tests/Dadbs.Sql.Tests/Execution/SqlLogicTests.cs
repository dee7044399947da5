using Xunit.Abstractions;

namespace Dadbs.Sql.Tests.Execution;

/// <summary>A test over the published sqllogictest files; without DADBS_CONFORMANCE naming their directory it says that it was skipped.</summary>
public sealed class SqlLogicFactAttribute : FactAttribute
{
    public SqlLogicFactAttribute()
    {
        if (Directory is null) Skip = "DADBS_CONFORMANCE does not name a directory with sqllogictest files";
    }

    public static string? Directory
    {
        get
        {
            string? root = Environment.GetEnvironmentVariable("DADBS_CONFORMANCE");
            string? directory = root is null ? null : Path.Combine(root, "sqllogictest");
            return System.IO.Directory.Exists(directory) ? directory : null;
        }
    }
}

public sealed class SqlLogicTests(ITestOutputHelper output)
{
    /// <summary>What PostgreSQL itself passes of these files is 98.6 % and more; a record that it fails is let through here.</summary>
    private const double PassedMin = 0.95;

    [SqlLogicFact]
    public void Runs_select1_to_select3() => RunAll("select", file => file.EndsWith("1.test", StringComparison.Ordinal) || file.EndsWith("2.test", StringComparison.Ordinal) || file.EndsWith("3.test", StringComparison.Ordinal));

    [SqlLogicFact]
    public void Runs_the_index_files() => RunAll("index", file => !file.Contains("/view/", StringComparison.Ordinal));

    private void RunAll(string group, Func<string, bool> wanted)
    {
        List<string> files = [.. Directory.EnumerateFiles(Path.Combine(SqlLogicFactAttribute.Directory!, group), "*.test", SearchOption.AllDirectories).Where(wanted).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        int passed = 0;
        int run = 0;
        foreach (string file in files)
        {
            using TestDatabase database = new();
            foreach (SqlLogicRecord record in SqlLogicScript.Read(File.ReadAllText(file)))
            {
                run++;
                string? wrong = SqlLogicScript.Check(record, database);
                if (wrong is null) passed++;
                else output.WriteLine($"{file}:{record.Line}: {wrong}");
            }
        }

        output.WriteLine($"{passed} of {run}");
        Assert.True(passed >= run * PassedMin, $"{passed} of {run} records pass");
    }
}
