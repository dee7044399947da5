using System.Text.RegularExpressions;

namespace Dadbs.Server.Tests.Architecture;

/// <summary>Exceptions of all types are caught at the borders that CONTRIBUTING.md names ("Where exceptions end") and nowhere else.</summary>
public partial class ErrorBorderTests
{
    /// <summary>The border each file is, and how many handlers make it.</summary>
    private static readonly Dictionary<string, int> Borders = new()
    {
        ["src/Dadbs.Server/Sessions/Session.cs"] = 3,
        ["src/Dadbs.Server/Sessions/Connections/PgConnection.cs"] = 1,
        ["src/Dadbs.Sql/Transactions/TransactionReplay.cs"] = 1,
        ["src/Dadbs.Replication/Hosting/ReplicationNode.cs"] = 3,
    };

    [Fact]
    public void All_types_are_caught_at_the_named_borders_only()
    {
        var found = SourceTree.CSharpFiles("src").ToDictionary(SourceTree.Relative, file => CatchAlls(File.ReadAllText(file))).Where(f => f.Value > 0);
        Assert.Equal(Borders.OrderBy(b => b.Key, StringComparer.Ordinal), found.OrderBy(f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Contributing_names_every_border()
    {
        string contributing = File.ReadAllText(Path.Combine(SourceTree.Root, "CONTRIBUTING.md"));
        foreach (string file in Borders.Keys) Assert.Contains($"`{file}`", contributing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catch (Exception e) { Log(e); }", 1)]
    [InlineData("catch { return null; }", 1)]
    [InlineData("catch (Exception e) when (!IsLocal(e)) { }", 1)]
    [InlineData("catch (Exception e) when (e is not IOException) { }", 1)]
    [InlineData("catch (Exception e) when (e is IOException or SocketException) { }", 0)]
    [InlineData("catch (IOException) { }", 0)]
    [InlineData("catch { if (x) { Undo(); } throw; }", 0)]
    public void Tells_a_handler_of_all_types_from_others(string code, int expected) => Assert.Equal(expected, CatchAlls(code));

    /// <summary>Handlers of every exception that do not throw it on. A filter must name types, or be one of the predicates that do.</summary>
    private static int CatchAlls(string code) => Handler().Matches(code).Count(handler =>
    {
        string filter = handler.Groups["filter"].Value;
        bool namesTypes = (filter.Contains(" is ", StringComparison.Ordinal) && !filter.Contains("is not", StringComparison.Ordinal)) || NamingPredicate().IsMatch(filter);
        return !namesTypes && !ThrowsOn(code, handler.Index + handler.Length);
    });

    private static bool ThrowsOn(string code, int start)
    {
        int depth = 1, at = start;
        for (; at < code.Length && depth > 0; at++) depth += code[at] == '{' ? 1 : code[at] == '}' ? -1 : 0;
        return code[start..at].Contains("throw;", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bcatch\b\s*(?:\((?:System\.)?Exception(?:\s+\w+)?\)\s*)?(?:when\s*\((?<filter>[^{]*)\)\s*)?(?:#pragma[^\n]*\n\s*)?\{")]
    private static partial Regex Handler();

    /// <summary>Predicates that are lists of types: the ends of a connection, the refusals of a handshake.</summary>
    [GeneratedRegex(@"^\s*(?:IsEnd|IsRefusal)\(\w+\)\s*$")]
    private static partial Regex NamingPredicate();
}
