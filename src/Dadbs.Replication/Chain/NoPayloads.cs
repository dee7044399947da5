using Dadbs.Consensus;

namespace Dadbs.Replication;

/// <summary>For who verifies blocks and certificates only, or checks transactions itself to say which one is bad: no payload passes.</summary>
internal sealed class NoPayloads : IPayloadVerifier
{
    public bool Verify(Batch batch) => false;

    public bool VerifyApart(ReadOnlyMemory<byte> payload, int transactionCount) => false;
}
