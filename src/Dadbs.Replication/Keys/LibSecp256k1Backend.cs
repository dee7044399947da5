using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dadbs.Replication;

/// <summary>
/// Direct binding to the C library of Bitcoin Core (its header secp256k1.h, the same functions in all sonames). One context for the
/// process: it is read-only after randomisation and may be shared by threads. Nonces are RFC 6979, so signing is deterministic.
/// </summary>
internal sealed unsafe class LibSecp256k1Backend : SignatureBackend
{
    private const int ParsedKeyLength = 64;
    private const int KeysMax = 4096;

    // SECP256K1_CONTEXT_NONE and SECP256K1_EC_COMPRESSED of the header.
    private const uint ContextNone = 1;
    private const uint Compressed = (1 << 1) | (1 << 8);

    /// <summary>The one that the package Secp256k1.Net brings for this platform, found through the application's own native search path; then what the system has.</summary>
    private static readonly string[] Names = ["secp256k1", "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.0"];

    private readonly nint _context;
    private readonly ParsedKeyCache<byte[]> _keys = new(KeysMax);

    private readonly delegate* unmanaged<nint, byte*, byte*, nuint, int> _parseKey;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> _serializeKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _createKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _parseSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _serializeSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> _verify;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> _sign;

    private LibSecp256k1Backend(nint library)
    {
        _parseKey = (delegate* unmanaged<nint, byte*, byte*, nuint, int>)Export(library, "secp256k1_ec_pubkey_parse");
        _serializeKey = (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)Export(library, "secp256k1_ec_pubkey_serialize");
        _createKey = (delegate* unmanaged<nint, byte*, byte*, int>)Export(library, "secp256k1_ec_pubkey_create");
        _parseSignature = (delegate* unmanaged<nint, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_signature_parse_compact");
        _serializeSignature = (delegate* unmanaged<nint, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_signature_serialize_compact");
        _verify = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)Export(library, "secp256k1_ecdsa_verify");
        _sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)Export(library, "secp256k1_ecdsa_sign");

        var create = (delegate* unmanaged<uint, nint>)Export(library, "secp256k1_context_create");
        var randomize = (delegate* unmanaged<nint, byte*, int>)Export(library, "secp256k1_context_randomize");
        _context = create(ContextNone);
        byte* seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(new Span<byte>(seed, 32));
        if (_context == 0 || randomize(_context, seed) != 1)
            throw new ReplicationException("libsecp256k1 gave no context");
    }

    public override string Name => "libsecp256k1";

    /// <summary>Null on a platform for which the package has no library and the system neither, or one too old to have what is asked of it.</summary>
    public static LibSecp256k1Backend? TryLoad()
    {
        foreach (string name in Names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(LibSecp256k1Backend).Assembly, searchPath: null, out nint library))
                continue;
            try
            {
                return new LibSecp256k1Backend(library);
            }
            catch (EntryPointNotFoundException)
            {
                NativeLibrary.Free(library);
            }
        }
        return null;
    }

    public override bool IsOnCurve(in PublicKey key) => _keys.GetOrParse(key, Parse) is not null;

    public override void Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        byte* opaque = stackalloc byte[64];
        fixed (byte* secretBytes = Exactly(secret, 32), digestBytes = Exactly(digest, 32), output = Exactly(signature, 64))
        {
            if (_sign(_context, opaque, digestBytes, secretBytes, 0, 0) != 1 || _serializeSignature(_context, output, opaque) != 1)
                throw new ReplicationException("libsecp256k1 refused to sign");
        }
    }

    public override PublicKey DerivePublicKey(ReadOnlySpan<byte> secret)
    {
        byte* parsed = stackalloc byte[ParsedKeyLength];
        byte* compressed = stackalloc byte[PublicKey.Length];
        nuint length = PublicKey.Length;
        fixed (byte* secretBytes = Exactly(secret, 32))
        {
            if (_createKey(_context, parsed, secretBytes) != 1)
                throw new FormatException("the secret is no scalar of the curve");
        }
        _ = _serializeKey(_context, compressed, &length, parsed, Compressed);
        return new PublicKey(new ReadOnlySpan<byte>(compressed, PublicKey.Length));
    }

    protected override bool VerifyCanonical(in PublicKey key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        byte[]? parsed = _keys.GetOrParse(key, Parse);
        if (parsed is null)
            return false;
        byte* opaque = stackalloc byte[64];
        fixed (byte* digestBytes = digest, signatureBytes = signature, keyBytes = parsed)
            return _parseSignature(_context, opaque, signatureBytes) == 1 && _verify(_context, opaque, digestBytes, keyBytes) == 1;
    }

    private byte[]? Parse(PublicKey key)
    {
        byte[] parsed = new byte[ParsedKeyLength];
        fixed (byte* output = parsed, input = key.Span)
            return _parseKey(_context, output, input, PublicKey.Length) == 1 ? parsed : null;
    }

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);

    /// <summary>The library reads and writes fixed lengths; a shorter span must not reach it.</summary>
    private static ReadOnlySpan<byte> Exactly(ReadOnlySpan<byte> span, int length, [CallerArgumentExpression(nameof(span))] string? name = null) =>
        span.Length == length ? span : throw new ArgumentException($"{length} bytes expected", name);

    private static Span<byte> Exactly(Span<byte> span, int length, [CallerArgumentExpression(nameof(span))] string? name = null) =>
        span.Length == length ? span : throw new ArgumentException($"{length} bytes expected", name);
}
