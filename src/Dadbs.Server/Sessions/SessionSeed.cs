using System.Security.Cryptography;

namespace Dadbs.Server.Sessions;

/// <summary>The seed of a transaction: drawn where it is submitted, so that nobody can choose it afterwards.</summary>
internal static class SessionSeed
{
    private const int Bytes = 32;

    public static byte[] Draw() => RandomNumberGenerator.GetBytes(Bytes);
}
