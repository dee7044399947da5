using System.Security.Cryptography;
namespace Dadbs.Storage.Tests;

public sealed class DirectoryLockTests
{
    [Fact]
    public void Holds_a_directory_until_it_is_disposed()
    {
        using var directory = new TemporaryDirectory();
        string place = directory.In("node");
        Assert.False(DirectoryLock.IsHeld(place));
        using (DirectoryLock.Acquire(place))
        {
            Assert.True(DirectoryLock.IsHeld(place));
            DirectoryInUseException e = Assert.Throws<DirectoryInUseException>(() => DirectoryLock.Acquire(place));
            Assert.Contains(place, e.Message, StringComparison.Ordinal);
            Assert.Contains($"process {Environment.ProcessId}", e.Message, StringComparison.Ordinal);
        }

        Assert.False(DirectoryLock.IsHeld(place));
        using DirectoryLock again = DirectoryLock.Acquire(place);
    }
}

public sealed class Hash256Tests
{
    [Fact]
    public void Is_SHA_256()
    {
        Hash256 abc = Hash256.Sha256("abc"u8);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", abc.ToHex());
        Assert.Equal(abc, Hash256.FromHex(abc.ToHex()));
        Assert.Equal(abc, Hash256.FromSpan(abc.ToArray()));
        Assert.True(abc != Hash256.Zero && Hash256.Zero.IsZero && !abc.IsZero);
        Assert.True(Hash256.Zero.CompareTo(abc) < 0);
    }

    [Fact]
    public void Any_length_hashes_as_the_framework_says()
    {
        byte[] content = new byte[20_000];
        new Random(7).NextBytes(content);
        for (int length = 0; length <= content.Length; length += length < 300 ? 1 : 97)
            Assert.Equal(SHA256.HashData(content.AsSpan(0, length)), Hash256.Sha256(content.AsSpan(0, length)).ToArray());
    }

    [Fact]
    public void Crc32C_has_its_check_value() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
}
