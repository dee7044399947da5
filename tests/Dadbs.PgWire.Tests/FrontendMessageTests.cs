using System.Buffers;
using System.Text;
using Dadbs.PgWire.Framing;
using Dadbs.PgWire.Frontend;
using Dadbs.PgWire.Tests.Client;
using Xunit;

namespace Dadbs.PgWire.Tests;

public sealed class FrontendMessageTests
{
    [Fact]
    public void Parse_carries_name_text_and_declared_types()
    {
        ParseMessage parse = ParseMessage.Read(Body(new FrontendBytes().Parse("ins", "insert into t values ($1, $2)", 23, 0)));
        Assert.Equal("ins"u8, parse.Name);
        Assert.Equal("insert into t values ($1, $2)"u8, parse.Text);
        Assert.Equal(2, parse.ParameterTypeCount);
        Assert.Equal(23u, parse.ParameterType(0));
        Assert.Equal(0u, parse.ParameterType(1));
    }

    [Fact]
    public void Bind_walks_over_values_with_their_formats_and_nulls()
    {
        BindMessage bind = BindMessage.Read(Body(new FrontendBytes().Bind("p", "s", [0, 1, 1], ["7"u8.ToArray(), null, []], [1])));
        Assert.Equal("p"u8, bind.Portal);
        Assert.Equal("s"u8, bind.Statement);
        Assert.Equal(3, bind.ParameterCount);
        BindMessage.ParameterEnumerator values = bind.Parameters;
        Assert.True(values.MoveNext());
        Assert.Equal((FormatCode.Text, false, "7"), (values.Format, values.IsNull, Encoding.UTF8.GetString(values.Value)));
        Assert.True(values.MoveNext());
        Assert.Equal((FormatCode.Binary, true), (values.Format, values.IsNull));
        Assert.True(values.MoveNext());
        Assert.Equal((FormatCode.Binary, false, 0), (values.Format, values.IsNull, values.Value.Length));
        Assert.False(values.MoveNext());
        Assert.Equal(FormatCode.Binary, bind.ResultFormats[5]);
        Assert.True(bind.ResultFormats.Fits(17));
    }

    [Fact]
    public void Bind_with_one_format_code_means_it_for_every_parameter()
    {
        BindMessage.ParameterEnumerator values = BindMessage.Read(Body(new FrontendBytes().Bind("", "", [1], [[1], [2]], [0, 1]))).Parameters;
        Assert.True(values.MoveNext());
        Assert.True(values.MoveNext());
        Assert.Equal(FormatCode.Binary, values.Format);
    }

    [Fact]
    public void Bind_refuses_format_codes_that_do_not_match()
    {
        Assert.Equal(
            "bind message has 2 parameter formats but 1 parameters",
            Assert.Throws<MalformedMessageException>(() => BindMessage.Read(Body(new FrontendBytes().Bind("", "", [1, 0], [[1]], [])))).Message);
        Assert.Equal("22023", Assert.Throws<MalformedMessageException>(() => BindMessage.Read(Body(new FrontendBytes().Bind("", "", [2], [[1]], [])))).Code);
        FormatCodes two = BindMessage.Read(Body(new FrontendBytes().Bind("", "", [], [], [0, 1]))).ResultFormats;
        Assert.False(two.Fits(3));
        Assert.Equal((FormatCode.Text, FormatCode.Binary), (two[0], two[1]));
    }

    [Fact]
    public void Describe_and_close_know_statements_from_portals_and_refuse_the_rest()
    {
        Assert.True(TargetMessage.Read(Body(new FrontendBytes().Describe('P', "p")), "DESCRIBE").IsPortal);
        Assert.False(TargetMessage.Read(Body(new FrontendBytes().Close('S', "s")), "CLOSE").IsPortal);
        Assert.Equal(
            "invalid CLOSE message subtype 88",
            Assert.Throws<MalformedMessageException>(() => TargetMessage.Read(Body(new FrontendBytes().Close('X', "s")), "CLOSE")).Message);
    }

    [Fact]
    public void Every_decoder_refuses_every_truncation_and_every_appendix_of_a_good_message()
    {
        (byte[] Body, Decoder Decode)[] goods =
        [
            (Body(new FrontendBytes().Query("select 1")), b => QueryMessage.Read(b)),
            (Body(new FrontendBytes().Parse("a", "b", 1, 2, 3)), b => ParseMessage.Read(b)),
            (Body(new FrontendBytes().Bind("a", "b", [1, 0], [[1, 2, 3], null], [0, 0, 1])), b => BindMessage.Read(b)),
            (Body(new FrontendBytes().Describe('S', "name")), b => TargetMessage.Read(b, "DESCRIBE")),
            (Body(new FrontendBytes().Execute("portal", 3)), b => ExecuteMessage.Read(b)),
            (Body(new FrontendBytes().CopyFail("why")), b => TextMessage.Read(b)),
        ];
        foreach ((byte[] body, Decoder decode) in goods)
        {
            decode(body);
            for (int length = 0; length < body.Length; length++)
            {
                Assert.Throws<MalformedMessageException>(() => decode(body.AsSpan(0, length)));
            }

            Assert.Throws<MalformedMessageException>(() => decode([.. body, 0]));
        }
    }

    [Fact]
    public void Decoders_answer_random_bytes_with_a_message_or_their_own_refusal()
    {
        var random = new Random(20260);
        Decoder[] decoders =
        [
            b => QueryMessage.Read(b), b => ParseMessage.Read(b), b => ExecuteMessage.Read(b), b => TextMessage.Read(b), EmptyMessage.Check,
            b => TargetMessage.Read(b, "CLOSE"),
            b =>
            {
                BindMessage.ParameterEnumerator values = BindMessage.Read(b).Parameters;
                while (values.MoveNext())
                {
                    _ = values.Format;
                }
            },
            b =>
            {
                var buffer = new ReadOnlySequence<byte>(b.ToArray());
                while (FrontendFrame.TryRead(ref buffer, out _))
                {
                }
            },
            b =>
            {
                var buffer = new ReadOnlySequence<byte>(b.ToArray());
                StartupPacket.TryRead(ref buffer, out _);
            },
        ];
        for (int round = 0; round < 50_000; round++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            for (int zero = random.Next(32); zero > 0 && bytes.Length > 0; zero--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(3);
            }

            try
            {
                decoders[round % decoders.Length](bytes);
            }
            catch (Exception refusal) when (refusal is MalformedMessageException or FramingException)
            {
            }
        }
    }

    private delegate void Decoder(ReadOnlySpan<byte> body);

    private static byte[] Body(FrontendBytes message) => message.ToArray()[5..];
}
