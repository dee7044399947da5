using System.Runtime.InteropServices;

namespace Dadbs.Storage;

/// <summary>
/// SHA-256 by the three calls that OpenSSL's own digests are made of, state on the stack. The framework's way to the same code looks the algorithm up, makes a context and frees it
/// for every input, which costs more than hashing a small one. Same digests; where the library or a symbol is missing, the framework's way serves.
/// </summary>
internal static unsafe class NativeSha256
{
    /// <summary>Longer inputs go the framework's way: the garbage collector waits for a call like these to end.</summary>
    public const int ContentBytesMax = 16 * 1024;

    /// <summary>SHA256_CTX of openssl/sha.h has 112 bytes; more is harmless.</summary>
    private const int StateBytes = 256;

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int> Init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> Final;

    static NativeSha256()
    {
        foreach (string name in (ReadOnlySpan<string>)["libcrypto.so.3", "libcrypto.so.1.1"])
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;
            if (NativeLibrary.TryGetExport(library, "SHA256_Init", out nint init)
                && NativeLibrary.TryGetExport(library, "SHA256_Update", out nint update)
                && NativeLibrary.TryGetExport(library, "SHA256_Final", out nint final))
            {
                Init = (delegate* unmanaged[SuppressGCTransition]<byte*, int>)init;
                Update = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)update;
                Final = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)final;
                return;
            }
        }
    }

    /// <summary>False where it cannot be used; then nothing was written.</summary>
    /// <param name="content">What is hashed.</param>
    /// <param name="digest">Receives 32 bytes.</param>
    public static bool TryHash(ReadOnlySpan<byte> content, Span<byte> digest)
    {
        if (Init is null || content.Length > ContentBytesMax || digest.Length < Hash256.Size)
            return false;
        ulong* state = stackalloc ulong[StateBytes / sizeof(ulong)];
        fixed (byte* bytes = content, result = digest)
            return Init((byte*)state) == 1 && Update((byte*)state, bytes, (nuint)content.Length) == 1 && Final(result, (byte*)state) == 1;
    }
}
