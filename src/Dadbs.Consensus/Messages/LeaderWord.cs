using System.Buffers;

namespace Dadbs.Consensus;

/// <summary>
/// A Notarize of a view's leader without what everybody knows about it: whose it is and of which view. An honest leader signs one digest per view (V3), so two words of one view
/// convict it, and nobody can make them up (B1).
/// </summary>
public readonly record struct LeaderWord(Digest Digest, Signature Signature)
{
    internal void Encode(IBufferWriter<byte> writer)
    {
        writer.WriteDigest(Digest);
        writer.WriteSignature(Signature);
    }

    internal static LeaderWord Decode(ref WireReader reader) => new(reader.ReadDigest(), reader.ReadSignature());
}
