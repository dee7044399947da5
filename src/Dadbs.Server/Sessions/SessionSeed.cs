using System.Security.Cryptography;

namespace Dadbs.Server.Sessions;

/// <summary>The seed of a transaction: drawn where it is submitted, so that nobody can choose it afterwards.</summary>
internal static class SessionSeed
{
    private const int Bytes = 32;

    /// <summary>Seeds that a thread draws at once: a call of the generator costs more than what it gives.</summary>
    private const int DrawnTogether = 64;

    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _left;

    public static byte[] Draw()
    {
        byte[] drawn = _drawn ??= new byte[DrawnTogether * Bytes];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(drawn);
            _left = DrawnTogether;
        }

        return drawn.AsSpan(--_left * Bytes, Bytes).ToArray();
    }
}
