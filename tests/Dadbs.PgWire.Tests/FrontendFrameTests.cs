using System.Buffers;
using System.Text;
using Dadbs.PgWire.Framing;
using Dadbs.PgWire.Tests.Client;
using Xunit;

namespace Dadbs.PgWire.Tests;

public sealed class FrontendFrameTests
{
    [Fact]
    public void Takes_nothing_until_the_whole_message_is_there()
    {
        byte[] bytes = new FrontendBytes().Query("select 1").Sync().ToArray();
        int queryBytes = 1 + 4 + "select 1".Length + 1;
        for (int length = 0; length < queryBytes; length++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(FrontendFrame.TryRead(ref buffer, out _));
            Assert.Equal(length, buffer.Length);
        }

        var whole = new ReadOnlySequence<byte>(bytes);
        Assert.True(FrontendFrame.TryRead(ref whole, out FrontendFrame query));
        Assert.Equal(FrontendMessageType.Query, query.Type);
        Assert.Equal("select 1\0", Encoding.UTF8.GetString(query.Span));
        Assert.True(FrontendFrame.TryRead(ref whole, out FrontendFrame sync));
        Assert.Equal(FrontendMessageType.Sync, sync.Type);
        Assert.True(whole.IsEmpty);
    }

    [Fact]
    public void Reads_the_same_whatever_the_segments_of_the_pipe()
    {
        byte[] bytes = new FrontendBytes().Parse("s", "select $1", 23).Execute("p", 7).ToArray();
        for (int segmentBytes = 1; segmentBytes < bytes.Length; segmentBytes++)
        {
            ReadOnlySequence<byte> buffer = Segments.Of(bytes, segmentBytes);
            Assert.True(FrontendFrame.TryRead(ref buffer, out FrontendFrame parse));
            Assert.Equal("s\0select $1\0\0\u0001\0\0\0\u0017", Encoding.Latin1.GetString(parse.Span));
            Assert.True(FrontendFrame.TryRead(ref buffer, out FrontendFrame execute));
            Assert.Equal(FrontendMessageType.Execute, execute.Type);
            Assert.True(buffer.IsEmpty);
        }
    }

    [Theory]
    [InlineData('Q', 0)]
    [InlineData('Q', 3)]
    [InlineData('Q', -1)]
    [InlineData('Q', int.MinValue)]
    [InlineData('Q', 1 << 30)]
    [InlineData('B', int.MaxValue)]
    [InlineData('S', 1 << 20)]
    public void Refuses_an_impossible_length_as_soon_as_it_is_seen(char type, int length)
    {
        byte[] header = [(byte)type, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        FramingException refused = Assert.Throws<FramingException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(header);
            FrontendFrame.TryRead(ref buffer, out _);
        });
        Assert.Equal("invalid message length", refused.Message);
        Assert.Equal("08P01", refused.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20, "a claimed length must not be allocated");
    }

    [Fact]
    public void Refuses_every_type_byte_that_no_client_message_has()
    {
        string known = "BCdcfDEHFPpQSX";
        for (int type = 0; type < 256; type++)
        {
            byte[] message = [(byte)type, 0, 0, 0, 4];
            var buffer = new ReadOnlySequence<byte>(message);
            if (known.Contains((char)type, StringComparison.Ordinal))
            {
                Assert.True(FrontendFrame.TryRead(ref buffer, out _));
            }
            else
            {
                Assert.Throws<FramingException>(() =>
                {
                    var garbage = new ReadOnlySequence<byte>(message);
                    FrontendFrame.TryRead(ref garbage, out _);
                });
            }
        }
    }
}
