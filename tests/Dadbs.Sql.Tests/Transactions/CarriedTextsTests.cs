using System.Text;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class CarriedTextsTests
{
    private readonly CarriedTexts _texts = new();

    [Fact]
    public void A_text_that_comes_again_is_the_same_string()
    {
        string first = Text("SELECT 1");
        Assert.Equal("SELECT 1", first);
        Assert.Same(first, Text("SELECT 1"));
    }

    /// <summary>Whatever place texts share: each comes back as it was written.</summary>
    [Fact]
    public void Texts_that_differ_anywhere_are_told_apart()
    {
        string text = "INSERT INTO t VALUES ($1, $2)";
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < text.Length; i++)
            {
                string other = text[..i] + '#' + text[(i + 1)..];
                Assert.Equal(other, Text(other));
                Assert.Equal(text, Text(text));
                Assert.Equal(text[..i] + "é" + text[i..], Text(text[..i] + "é" + text[i..]));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("SELECT 'größer', '日本', '😀'")]
    public void Any_text_comes_back(string text)
    {
        Assert.Equal(text, Text(text));
        Assert.Equal(text, Text(text));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_whatever_came_before()
    {
        byte[] bytes = TransactionBodyCodec.Encode(Body("SELECT ab"));
        TransactionBodyCodec.Decode(bytes, _texts);
        bytes[bytes.AsSpan().IndexOf("ab"u8)] = 0xE1;
        Assert.Throws<Dadbs.Storage.MalformedBytesException>(() => TransactionBodyCodec.Decode(bytes, _texts));
    }

    private string Text(string text) => TransactionBodyCodec.Decode(TransactionBodyCodec.Encode(Body(text)), _texts).Statements[0].Text;

    private static TransactionBody Body(string text) => new()
    {
        Kind = TransactionKind.OrderedFirst,
        DatabaseOid = 6,
        ClockMicros = 1,
        Seed = new byte[32],
        Statements = [new CarriedStatement { Text = text }],
    };
}
