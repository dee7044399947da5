using System.Buffers;
using System.Text;
using Dadbs.PgWire.Frontend;
using Dadbs.PgWire.Tests.Client;
using Xunit;

namespace Dadbs.PgWire.Tests;

public sealed class StartupPacketTests
{
    private const int Version3 = 3 << 16;

    [Fact]
    public void Knows_the_requests_that_precede_a_startup()
    {
        Assert.IsType<StartupPacket.SslRequest>(Read(new FrontendBytes().Request(80877103)));
        Assert.IsType<StartupPacket.GssEncRequest>(Read(new FrontendBytes().Request(80877104)));
        Assert.Equal(new StartupPacket.CancelRequest(7, -9), Read(new FrontendBytes().Request(80877102, 7, -9)));
    }

    [Fact]
    public void Startup_separates_user_database_and_options_from_settings()
    {
        var startup = Assert.IsType<StartupPacket.StartupMessage>(Read(new FrontendBytes().Startup(
            Version3, ("user", "alice"), ("application_name", "psql"), ("options", "-c geqo=off"), ("client_encoding", "UTF8"))));
        Assert.Equal(("alice", "alice", "-c geqo=off"), (startup.User, startup.Database, startup.Options));
        Assert.Equal(["application_name=psql", "client_encoding=UTF8"], startup.Settings.Select(s => $"{s.Key}={s.Value}"));
        Assert.False(startup.MustNegotiate);
    }

    [Fact]
    public void A_newer_minor_version_and_unknown_protocol_options_are_negotiated()
    {
        var startup = Assert.IsType<StartupPacket.StartupMessage>(Read(new FrontendBytes().Startup(Version3 + 2, ("user", "a"), ("_pq_.compress", "on"))));
        Assert.True(startup.MustNegotiate);
        Assert.Equal(["_pq_.compress"], startup.UnknownProtocolOptions);
    }

    [Theory]
    [InlineData(2 << 16, "unsupported frontend protocol 2.0: server supports 3.0 to 3.0")]
    [InlineData(4 << 16 | 1, "unsupported frontend protocol 4.1: server supports 3.0 to 3.0")]
    public void Refuses_other_major_versions(int version, string message)
    {
        FramingException refused = Refused(new FrontendBytes().Startup(version, ("user", "a")));
        Assert.Equal(("0A000", message), (refused.Code, refused.Message));
    }

    [Fact]
    public void Refuses_what_is_not_a_startup_packet()
    {
        Assert.Equal("invalid length of startup packet", Refused(new FrontendBytes().Raw("GET / HTTP/1.1\r\n\r\n"u8.ToArray())).Message);
        Assert.Equal("invalid length of startup packet", Refused(new FrontendBytes().Raw(0, 0, 0, 7, 0, 3, 0)).Message);
        Assert.Equal("invalid length of startup packet", Refused(new FrontendBytes().Request(80877102, 7)).Message);
        Assert.Equal(
            "invalid startup packet layout: expected terminator as last byte",
            Refused(new FrontendBytes().Raw([0, 0, 0, 12, 0, 3, 0, 0, .. "user"u8])).Message);
        Assert.Equal("28000", Refused(new FrontendBytes().Startup(Version3, ("database", "d"))).Code);
    }

    [Fact]
    public void Takes_nothing_until_the_whole_packet_is_there()
    {
        byte[] bytes = new FrontendBytes().Startup(Version3, ("user", "alice")).ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySequence<byte> part = Segments.Of(bytes[..length], 3);
            Assert.False(StartupPacket.TryRead(ref part, out _));
            Assert.Equal(length, part.Length);
        }
    }

    private static StartupPacket Read(FrontendBytes bytes)
    {
        ReadOnlySequence<byte> buffer = Segments.Of(bytes.ToArray(), 5);
        Assert.True(StartupPacket.TryRead(ref buffer, out StartupPacket packet));
        Assert.True(buffer.IsEmpty);
        return packet;
    }

    private static FramingException Refused(FrontendBytes bytes) => Assert.Throws<FramingException>(() =>
    {
        var buffer = new ReadOnlySequence<byte>(bytes.ToArray());
        StartupPacket.TryRead(ref buffer, out _);
    });
}
