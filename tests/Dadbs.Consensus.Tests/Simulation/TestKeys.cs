using System.Security.Cryptography;

namespace Dadbs.Consensus.Tests.Simulation;

/// <summary>Signatures that are cheap and only their owner makes, as long as nobody asks for another's signer: 64 bytes of keyed hash.</summary>
internal sealed class TestSigner(ValidatorId owner) : IStatementSigner
{
    public Signature Sign(ReadOnlySpan<byte> signingBytes) => TestKeys.SignatureOf(owner, signingBytes);
}

internal sealed class TestKeys : IStatementVerifier
{
    public bool Verify(ValidatorId signer, ReadOnlySpan<byte> signingBytes, Signature signature) => SignatureOf(signer, signingBytes) == signature;

    public static Signature SignatureOf(ValidatorId owner, ReadOnlySpan<byte> signingBytes)
    {
        Span<byte> input = new byte[signingBytes.Length + 4];
        BitConverter.TryWriteBytes(input, owner.Value + 1);
        signingBytes.CopyTo(input[4..]);
        Span<byte> bytes = stackalloc byte[Signature.Length];
        SHA256.HashData(input, bytes);
        bytes[..32].CopyTo(bytes[32..]);
        return new Signature(bytes);
    }
}

/// <summary>A payload is the transactions' bytes one after the other; one that begins with '!' is invalid.</summary>
internal sealed class TestPayloads : IBatchSealer, IPayloadVerifier
{
    public SealedPayload Seal(IReadOnlyList<LaneTransaction> transactions)
    {
        byte[] bytes = [.. transactions.SelectMany(transaction => transaction.Bytes.ToArray())];
        return new SealedPayload(bytes, Digest.Sha256(bytes.AsSpan(0, Math.Min(1, bytes.Length))));
    }

    public static IEnumerable<LaneTransaction> Decode(ReadOnlyMemory<byte> payload)
    {
        foreach (string text in System.Text.Encoding.UTF8.GetString(payload.Span).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text + ";");
            yield return new LaneTransaction(Digest.Sha256(bytes), bytes);
        }
    }

    /// <summary>L4: its sender signs it, so there is nothing of others in it.</summary>
    public ReadOnlyMemory<byte> SealApart(IReadOnlyList<LaneTransaction> transactions)
    {
        Assert.All(transactions, transaction => Assert.Equal(TransactionSource.Own, transaction.Source));
        return Seal(transactions).Bytes;
    }

    public bool VerifyApart(ReadOnlyMemory<byte> payload, int transactionCount) => !payload.Span.StartsWith("!"u8);

    public bool Verify(Batch batch) => !batch.Payload.Span.StartsWith("!"u8);
}
