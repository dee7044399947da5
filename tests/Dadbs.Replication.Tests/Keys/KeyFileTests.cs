using Dadbs.Replication;

namespace Dadbs.Replication.Tests.Keys;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dadbs-keys-").FullName;

    private string FilePath => Path.Combine(_directory, "node.key");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Reads_back_the_key_it_wrote_and_nobody_else_can()
    {
        using NodeKey key = NodeKey.Generate();
        KeyFile.Write(FilePath, key);
        using NodeKey read = KeyFile.Read(FilePath);
        Assert.Equal(key.PublicKey, read.PublicKey);
        Assert.Equal(key.Sign(new byte[32]), read.Sign(new byte[32]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void Never_overwrites_a_key()
    {
        using NodeKey key = NodeKey.Generate();
        KeyFile.Write(FilePath, key);
        Assert.Throws<IOException>(() => KeyFile.Write(FilePath, key));
    }

    [Theory]
    [InlineData("version: 1", "version: 2", "version '2'")]
    [InlineData("encryption: none", "encryption: scrypt", "encryption 'scrypt'")]
    [InlineData("secret: ", "secret: zz", "not a key")]
    [InlineData("public: 0", "public: f", "not that of the secret")]
    [InlineData("dadbs private key", "something", "does not begin")]
    [InlineData("secret: ", "extra: 1\nsecret: ", "'secret: …'")]
    public void Refuses_what_it_does_not_know(string written, string changed, string reason)
    {
        using NodeKey key = NodeKey.Generate();
        KeyFile.Write(FilePath, key);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace(written, changed, StringComparison.Ordinal));
        Assert.Contains(reason, Assert.Throws<ReplicationException>(() => KeyFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_that_others_may_read()
    {
        using NodeKey key = NodeKey.Generate();
        KeyFile.Write(FilePath, key);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("0600", Assert.Throws<ReplicationException>(() => KeyFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }
}
