using System.Net;
using Dadbs.Server.Tests.Wire;

namespace Dadbs.Server.Tests.Locks;

/// <summary>
/// Plays every golden script of several sessions on one node. With DADBS_LOCKS_RECORD=HOST:PORT and DADBS_LOCKS_SCRIPTS=DIRECTORY the answers are
/// rewritten from a real PostgreSQL there (trust, role postgres), but for scripts named <c>own_*</c>, which say why DADBS answers differently.
/// </summary>
public sealed class LockScriptTests
{
    public static TheoryData<string> Scripts() => new(
        Directory.EnumerateFiles(ScriptDirectory, "*.locks").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Waits_and_answers_as_PostgreSQL_does(string name)
    {
        string path = Path.Combine(ScriptDirectory, name);
        string script = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("DADBS_LOCKS_RECORD") is { Length: > 0 } oracle && !name.StartsWith("own_", StringComparison.Ordinal))
        {
            await RecordAsync(IPEndPoint.Parse(oracle), path, script);
            return;
        }

        await using WireHost host = await WireHost.StartAsync();
        await using var sessions = new LockScript(host.EndPoint, "dadbs", "dadbs");
        Assert.Equal(script, await sessions.RunAsync(script), ignoreLineEndingDifferences: true);
    }

    private static string ScriptDirectory =>
        Environment.GetEnvironmentVariable("DADBS_LOCKS_SCRIPTS") ?? Path.Combine(AppContext.BaseDirectory, "Locks", "Scripts");

    private static async Task RecordAsync(IPEndPoint oracle, string path, string script)
    {
        string database = "locks_" + Path.GetFileNameWithoutExtension(path);
        await using (WireConnection admin = await WireConnection.StartAsync(oracle, "postgres", "postgres"))
        {
            foreach (string statement in new[] { $"drop database if exists {database} with (force)", $"create database {database} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'" })
            {
                await admin.SendAsync(new PgWire.Tests.Client.FrontendBytes().Query(statement));
                await admin.ReadUntilAsync("ReadyForQuery");
            }
        }

        await using (var sessions = new LockScript(oracle, "postgres", database)) await File.WriteAllTextAsync(path, await sessions.RunAsync(script));
        await using (WireConnection admin = await WireConnection.StartAsync(oracle, "postgres", "postgres"))
        {
            await admin.SendAsync(new PgWire.Tests.Client.FrontendBytes().Query($"drop database if exists {database} with (force)"));
            await admin.ReadUntilAsync("ReadyForQuery");
        }
    }
}
