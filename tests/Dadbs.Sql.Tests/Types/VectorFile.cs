using System.Text;

namespace Dadbs.Sql.Tests.Types;

/// <summary>Recorded vectors: tab-separated lines, escaped as COPY text escapes.</summary>
internal static class VectorFile
{
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no vectors {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return [.. line.Split('\t').Select(Unescape)];
    }

    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
            return field;
        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                text.Append(field[i]);
                continue;
            }
            text.Append(field[++i] switch
            {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                var c => c,
            });
        }
        return text.ToString();
    }
}
