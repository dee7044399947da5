namespace Dadbs.Storage.Faster.Tests;

public sealed class BlockLogChunkTests
{
    [Fact]
    public void A_chunk_has_the_documented_bytes()
    {
        var bytes = new byte[BlockLogChunk.HeaderBytes + 5];
        int length = BlockLogChunk.Write(bytes, sequence: 7, begins: true, ends: true, "dadbs"u8);
        Assert.Equal("0700000000000000" + "03" + "53CDBBFB" + "6461646273", Convert.ToHexString(bytes.AsSpan(0, length)));
        Assert.True(BlockLogChunk.TryRead(bytes, out BlockLogChunk chunk));
        Assert.Equal((7L, true, true), (chunk.Sequence, chunk.Begins, chunk.Ends));
        Assert.True(chunk.Payload.SequenceEqual("dadbs"u8));
    }
}
