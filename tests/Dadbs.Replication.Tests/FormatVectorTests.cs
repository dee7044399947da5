using System.Text;
using Dadbs.Replication;
using Dadbs.Replication.Tests.Keys;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests;

/// <summary>The vectors of docs/formats.md. A change here is a change of format and needs a new version number there.</summary>
public sealed class FormatVectorTests
{
    private readonly Genesis _genesis = TestChain.Genesis(1);

    [Fact]
    public void Transaction_ids()
    {
        Assert.Equal(
            ["7e83626116b915aeb3c678c8afee94e8bcab32d6b199594cdc670c4471d49be5", "ec93ff0383756f898de90556ef3b0ce4f9c04e468de43d1a470726c369c05fff", "cf5450bc25de1942c1fb22695811350122f77177984a4ce926559c0f23f37f73"],
            Three().Select(pending => pending.Id.ToHex()));
    }

    [Fact]
    public void Roots_of_one_two_and_three_leaves()
    {
        Hash256[] ids = [.. Three().Select(pending => pending.Id)];
        Assert.Equal("6a22d099f271904c1ecd93b6893f74b47bb17944ef38bac5aba1c045491c618d", TransactionTree.Root(ids.AsSpan(0, 1)).ToHex());
        Assert.Equal("a6067ece34f9bf755751786f0d0b192ea0c4a1eb5370a66592d927294ce0bd21", TransactionTree.Root(ids.AsSpan(0, 2)).ToHex());
        Assert.Equal("4baffbf4e825b4498adbbd5605d6dd570a5d4fd8f1569d03658a3ac8f57e4523", TransactionTree.Root(ids).ToHex());
        Assert.Equal([ids[0], ids[2]], TransactionTree.Path(ids, 1));
        Assert.Single(TransactionTree.Path(ids, 2));
    }

    [Fact]
    public void Batch_payload_of_three_under_one_signature()
    {
        if (LibSecp256k1Backend.TryLoad() is not { } backend)
            return;
        using NodeKey key = NodeKey.FromSecret([.. new byte[31], 1], backend);
        byte[] payload = BatchPayload.SignAndEncode(Three(), key);
        Assert.Equal("000000010188c78b328f7b70fd2d0d8ea9875e11a39c81d76446c2d71d0cd89ea998e3091a71c7aaf2b1fcfd7bb13b8dc09cdf1f2d9ee58ffc8f95afaa076ac4a434a1e78c00000003", Convert.ToHexStringLower(payload.AsSpan(0, 73)));
        Assert.Equal("df1272489e0a37e996acdbdce1ac59f21b39bafed20a5e0841dbf04c73fc6a1e", Hash256.Sha256(payload).ToHex());
        Assert.Equal("a133f18e0d01f1b09ce72a945fc42b3d1fd2c0ecebbb4af7066f6cc103111d5b", Hash256.Sha256(BatchPayload.Decode(payload)[1].Encode()).ToHex());
    }

    [Fact]
    public void Batch_payload_of_three_under_the_batchs_signature()
    {
        byte[] payload = BatchPayload.EncodeOwn(Three(), out Hash256[] ids);
        Assert.Equal("000000010300000003", Convert.ToHexStringLower(payload.AsSpan(0, 9)));
        Assert.Equal("061d32ab176d3393a8262097803d59f4bcec37f5a2e83a2ebf8211a0877d2e1a", Hash256.Sha256(payload).ToHex());
        Assert.Equal("4baffbf4e825b4498adbbd5605d6dd570a5d4fd8f1569d03658a3ac8f57e4523", TransactionTree.Root(ids).ToHex());
    }

    [Fact]
    public void Frames()
    {
        Assert.Equal("0000000102", Convert.ToHexStringLower(new FrameWriter(FrameKind.Ping, 0).Finish().Span));
        var message = new FrameWriter(FrameKind.Message);
        System.Buffers.BuffersExtensions.Write(message, "ab"u8);
        Assert.Equal("00000003036162", Convert.ToHexStringLower(message.Finish().Span));
        Assert.Equal(
            "0000000d01" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes("DADBS-PEER")) + "0101",
            Convert.ToHexStringLower(PeerHandshake.Hello(PeerChannel.Batches).Span));
    }

    private PendingTransaction[] Three()
    {
        using NodeKey key = TestChain.Key(0);
        return [.. Enumerable.Range(0, 3).Select(i => TestChain.Pending(_genesis, key, (ulong)i, [(byte)i, 7]))];
    }
}
