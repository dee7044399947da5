using System.Text;

namespace Dadbs.Replication;

/// <summary>
/// A private key on disk: text of named lines, mode 0600. <c>encryption</c> has its place for a passphrase; a version or an
/// encryption that this software does not know is refused, never guessed. Format: docs/formats.md, "Key file".
/// </summary>
public static class KeyFile
{
    private const string Header = "dadbs private key";
    private const string Version = "1";
    private const int BytesMax = 4096;

    /// <summary>Writes a new file; one that exists is left alone.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Write(string path, NodeKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string text = $"""
            {Header}
            version: {Version}
            encryption: none
            public: {key.PublicKey}
            secret: {Convert.ToHexStringLower(key.Secret)}

            """;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        stream.Write(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\n")));
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="ReplicationException">Readable by others, of another version, or its public line is not that of its secret.</exception>
    public static NodeKey Read(string path, SignatureBackend? backend = null)
    {
        if (!OperatingSystem.IsWindows())
            RefuseIfOthersMayRead(path);
        if (new FileInfo(path).Length > BytesMax)
            throw new ReplicationException($"key file {path}: too long for a key file");

        string[] lines = File.ReadAllText(path, Encoding.ASCII).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != Header)
            throw new ReplicationException($"key file {path}: does not begin with '{Header}'");
        Expect(path, lines, 1, "version", Version);
        Expect(path, lines, 2, "encryption", "none");
        string publicHex = Value(path, lines, 3, "public");
        string secretHex = Value(path, lines, 4, "secret");
        if (lines.Length > 5)
            throw new ReplicationException($"key file {path}: unknown line after 'secret'");
        try
        {
            NodeKey key = NodeKey.FromSecret(Convert.FromHexString(secretHex), backend);
            if (key.PublicKey.ToString() == publicHex)
                return key;
            key.Dispose();
        }
        catch (FormatException exception)
        {
            throw new ReplicationException($"key file {path}: the secret is not a key", exception);
        }
        throw new ReplicationException($"key file {path}: the public key is not that of the secret");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void RefuseIfOthersMayRead(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(path) & Others) != 0)
            throw new ReplicationException($"key file {path}: others may read or write it; its mode must be 0600");
    }

    private static void Expect(string path, string[] lines, int index, string name, string wanted)
    {
        string found = Value(path, lines, index, name);
        if (found != wanted)
            throw new ReplicationException($"key file {path}: {name} '{found}' is unknown to this version, which reads '{wanted}'");
    }

    private static string Value(string path, string[] lines, int index, string name) =>
        index < lines.Length && lines[index].StartsWith(name + ": ", StringComparison.Ordinal)
            ? lines[index][(name.Length + 2)..]
            : throw new ReplicationException($"key file {path}: line {index + 1} is not '{name}: …'");
}
