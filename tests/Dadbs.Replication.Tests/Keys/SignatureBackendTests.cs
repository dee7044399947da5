using System.Security.Cryptography;
using System.Text;
using Dadbs.Replication;

namespace Dadbs.Replication.Tests.Keys;

public sealed class SignatureBackendTests
{
    public static TheoryData<string> BackendNames => LibSecp256k1Backend.TryLoad() is null ? ["OpenSSL"] : ["OpenSSL", "libsecp256k1"];

    internal static SignatureBackend Backend(string name) => name == "OpenSSL" ? new OpenSslBackend() : LibSecp256k1Backend.TryLoad()!;

    private static IEnumerable<string> AllNames => LibSecp256k1Backend.TryLoad() is null ? ["OpenSSL"] : ["OpenSSL", "libsecp256k1"];

    private static readonly byte[] One = [.. new byte[31], 1];

    [Theory]
    [MemberData(nameof(BackendNames))]
    public void Derives_the_generator_from_the_secret_one(string name)
    {
        using NodeKey key = NodeKey.FromSecret(One, Backend(name));
        Assert.Equal("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", key.PublicKey.ToString());
    }

    [Theory]
    [MemberData(nameof(BackendNames))]
    public void Derives_a_key_of_odd_parity(string name)
    {
        byte[] secret = [.. new byte[31], 6];
        using NodeKey key = NodeKey.FromSecret(secret, Backend(name));
        Assert.Equal("03fff97bd5755eeea420453a14355235d382f6472f8568a18b2f057a1460297556", key.PublicKey.ToString());
    }

    [Fact]
    public void Signs_deterministically_as_RFC_6979_says()
    {
        if (LibSecp256k1Backend.TryLoad() is not { } backend)
            return;
        using NodeKey key = NodeKey.FromSecret(One, backend);
        byte[] digest = SHA256.HashData(Encoding.ASCII.GetBytes("Satoshi Nakamoto"));
        Assert.Equal(
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8" +
            "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
            Convert.ToHexStringLower(key.Sign(digest)));
        Assert.Equal(key.Sign(digest), key.Sign(digest));
    }

    [Fact]
    public void Each_backend_verifies_what_the_other_signed()
    {
        foreach (string signer in AllNames)
        {
            using NodeKey key = NodeKey.Generate(Backend(signer));
            for (int i = 0; i < 50; i++)
            {
                byte[] digest = SHA256.HashData([(byte)i]);
                byte[] signature = key.Sign(digest);
                foreach (string verifier in AllNames)
                {
                    Assert.True(Backend(verifier).Verify(key.PublicKey, digest, signature));
                    Assert.False(Backend(verifier).Verify(key.PublicKey, SHA256.HashData([(byte)(i + 1)]), signature));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(BackendNames))]
    public void Refuses_the_high_S_twin_of_a_valid_signature(string name)
    {
        using NodeKey key = NodeKey.Generate(Backend(name));
        byte[] digest = SHA256.HashData("twin"u8);
        byte[] signature = key.Sign(digest);
        byte[] twin = (byte[])signature.Clone();
        Subtract(Secp256k1.Order, signature.AsSpan(32), twin.AsSpan(32));

        Assert.True(Backend(name).Verify(key.PublicKey, digest, signature));
        Assert.False(Backend(name).Verify(key.PublicKey, digest, twin));
        Secp256k1.NormalizeToLowS(twin);
        Assert.Equal(signature, twin);
    }

    [Theory]
    [MemberData(nameof(BackendNames))]
    public void Refuses_every_single_bit_flipped(string name)
    {
        SignatureBackend backend = Backend(name);
        using NodeKey key = NodeKey.Generate(backend);
        byte[] digest = SHA256.HashData("bits"u8);
        byte[] signature = key.Sign(digest);
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(backend.Verify(key.PublicKey, digest, signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(BackendNames))]
    public void Refuses_keys_that_are_no_point_of_the_curve(string name)
    {
        // x = 5 has no y on secp256k1.
        var key = new PublicKey([2, .. new byte[31], 5]);
        Assert.False(Backend(name).IsOnCurve(key));
        Assert.False(Backend(name).Verify(key, new byte[32], (byte[])[.. One, .. One]));
    }

    [Fact]
    public void Only_compressed_keys_below_the_prime_have_canonical_form()
    {
        byte[] aboveThePrime = [2, .. Secp256k1.FieldPrime];
        Assert.False(PublicKey.HasCanonicalForm(aboveThePrime));
        Assert.False(PublicKey.HasCanonicalForm(new byte[33]));
        Assert.False(PublicKey.HasCanonicalForm([4, .. new byte[64]]));
        Assert.Throws<FormatException>(() => new PublicKey(aboveThePrime));
    }

    [Fact]
    public void Only_scalars_in_range_are_canonical_signatures()
    {
        byte[] one = [.. new byte[31], 1];
        Assert.True(CompactSignature.IsCanonical([.. one, .. one]));
        Assert.True(CompactSignature.IsCanonical([.. one, .. Secp256k1.HalfOrder]));
        Assert.False(CompactSignature.IsCanonical([.. new byte[32], .. one]));
        Assert.False(CompactSignature.IsCanonical([.. one, .. new byte[32]]));
        Assert.False(CompactSignature.IsCanonical([.. Secp256k1.Order, .. one]));
        byte[] justAboveHalf = Secp256k1.HalfOrder.ToArray();
        justAboveHalf[31]++;
        Assert.False(CompactSignature.IsCanonical([.. one, .. justAboveHalf]));
        Assert.False(CompactSignature.IsCanonical([.. one, .. one, 0]));
        Assert.False(CompactSignature.IsCanonical(one));
    }

    [Fact]
    public void Refuses_secrets_out_of_range()
    {
        Assert.Throws<FormatException>(() => NodeKey.FromSecret(new byte[32]));
        Assert.Throws<FormatException>(() => NodeKey.FromSecret(Secp256k1.Order));
        Assert.Throws<FormatException>(() => NodeKey.FromSecret(new byte[31]));
    }

    private static void Subtract(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> result)
    {
        int borrow = 0;
        for (int i = left.Length - 1; i >= 0; i--)
        {
            int difference = left[i] - right[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            result[i] = (byte)difference;
        }
    }

}
