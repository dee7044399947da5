using System.Security.Cryptography;

namespace Dadbs.Sql.Transactions;

/// <summary>Images of rows as assertions name them: the first half of SHA-256 of the stored bytes, and nothing for a key that is absent.</summary>
public static class RowImage
{
    public const int DigestLength = 16;

    /// <summary>The digest of a key that is not there.</summary>
    public static byte[] Absent => [];

    /// <summary>16 bytes.</summary>
    public static byte[] DigestOf(ReadOnlySpan<byte> image)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        return hash[..DigestLength].ToArray();
    }
}
