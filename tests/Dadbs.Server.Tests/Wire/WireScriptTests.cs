using System.Net;

namespace Dadbs.Server.Tests.Wire;

/// <summary>
/// Plays every golden wire script. With DADBS_WIRE_RECORD=HOST:PORT and DADBS_WIRE_SCRIPTS=DIRECTORY the answers in the scripts are
/// rewritten from a real PostgreSQL there (trust, role postgres), but for those named <c>own_*</c>, which say why DADBS answers differently.
/// </summary>
public sealed class WireScriptTests
{
    public static TheoryData<string> Scripts() => new(
        Directory.EnumerateFiles(ScriptDirectory, "*.wire").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Answers_as_PostgreSQL_answered(string name)
    {
        string path = Path.Combine(ScriptDirectory, name);
        string script = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("DADBS_WIRE_RECORD") is { Length: > 0 } oracle && !name.StartsWith("own_", StringComparison.Ordinal))
        {
            await RecordAsync(IPEndPoint.Parse(oracle), name, script);
            return;
        }

        await using WireHost host = await WireHost.StartAsync();
        string differences = Differences(script, await WireScript.RunAsync(script, host.EndPoint, "dadbs", "dadbs"));
        Assert.True(differences.Length == 0, differences);
    }

    /// <summary>The blocks that are not as recorded, each as it should read and as it does.</summary>
    private static string Differences(string expected, string actual)
    {
        string[] wanted = expected.TrimEnd('\n').Split("\n\n"), played = actual.TrimEnd('\n').Split("\n\n");
        return string.Join(
            "\n\n",
            wanted.Zip(played).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First}\n==== but was\n{pair.Second[(pair.Second.IndexOf("----", StringComparison.Ordinal) + 5)..]}"));
    }

    private static string ScriptDirectory =>
        Environment.GetEnvironmentVariable("DADBS_WIRE_SCRIPTS") ?? Path.Combine(AppContext.BaseDirectory, "Wire", "Scripts");

    private static async Task RecordAsync(IPEndPoint oracle, string name, string script)
    {
        string database = "wire_" + Path.GetFileNameWithoutExtension(name);
        await using (WireConnection admin = await WireConnection.StartAsync(oracle, "postgres", "postgres"))
        {
            foreach (string statement in new[] { $"drop database if exists {database}", $"create database {database} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'" })
            {
                await admin.SendAsync(new PgWire.Tests.Client.FrontendBytes().Query(statement));
                await admin.ReadUntilAsync("ReadyForQuery");
            }
        }

        await File.WriteAllTextAsync(Path.Combine(ScriptDirectory, name), await WireScript.RunAsync(script, oracle, "postgres", database));
    }
}
