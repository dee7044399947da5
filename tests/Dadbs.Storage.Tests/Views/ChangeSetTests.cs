namespace Dadbs.Storage.Tests.Views;

public sealed class ChangeSetTests
{
    private static ChangeSet Example() => new(
    [
        new RelationChanges(new RelationId(0, 1), Dropped: true, []),
        new RelationChanges(
            new RelationId(5, 16384),
            Dropped: false,
            [
                new Change("a"u8.ToArray(), "one"u8.ToArray(), IsDelete: false),
                new Change("b"u8.ToArray(), default, IsDelete: true),
                new Change("c"u8.ToArray(), default, IsDelete: false),
            ]),
    ]);

    [Fact]
    public void Encodes_to_the_documented_bytes()
    {
        Assert.Equal(
            "01" + "02"
            + "00000000" + "00000001" + "01" + "00"
            + "00000005" + "00004000" + "00" + "03"
            + "0161" + "04" + "6F6E65"
            + "0162" + "00"
            + "0163" + "01",
            Convert.ToHexString(Example().Encode().Span));
        Assert.Equal(Hash256.Sha256(Example().Encode().Span), Example().Hash);
        Assert.Equal("0100", Convert.ToHexString(ChangeSet.Empty.Encode().Span));
    }

    [Fact]
    public void Decodes_what_it_encoded_and_refuses_every_truncation_and_extension()
    {
        byte[] bytes = Example().Encode().ToArray();
        ChangeSet decoded = ChangeSet.Decode(bytes);
        Assert.Equal(Example().Hash, decoded.Hash);
        Assert.Equal(2, decoded.Relations.Count);
        Assert.True(decoded.Relations[0].Dropped);
        Assert.Equal("one"u8.ToArray(), decoded.Relations[1].Changes[0].Value.ToArray());
        Assert.True(decoded.Relations[1].Changes[1].IsDelete);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<MalformedBytesException>(() => ChangeSet.Decode(bytes.AsMemory(0, length)));
        Assert.Throws<MalformedBytesException>(() => ChangeSet.Decode((byte[])[.. bytes, 0]));
    }

    [Theory]
    [InlineData("0200")] // version
    [InlineData("018100")] // a number not in its shortest form
    [InlineData("01FFFFFFFFFFFFFFFFFF01")] // more relations than bytes
    [InlineData("0101000000000000000100FFFFFF7F")] // more changes than bytes
    [InlineData("01010000000000000001000100")] // a relation without changes
    [InlineData("0101000000000000000102000")] // odd
    [InlineData("01010000000000000001020000")] // flags
    [InlineData("0102000000000000000201000000000000000001010000")] // relations out of order
    [InlineData("010100000000000000010002016201016101")] // keys out of order
    [InlineData("010100000000000000010002016101016101")] // a key twice
    [InlineData("0101000000000000000101010161" + "00")] // a deletion under a drop
    public void Refuses_bytes_that_are_not_canonical(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex.Length % 2 == 0 ? hex : hex + "0");
        Assert.Throws<MalformedBytesException>(() => ChangeSet.Decode(bytes));
    }

    [Fact]
    public void Random_bytes_never_do_more_than_be_refused()
    {
        var random = new Random(5);
        byte[] good = Example().Encode().ToArray();
        for (int i = 0; i < 20000; i++)
        {
            byte[] bytes = [.. good];
            for (int k = random.Next(1, 4); k > 0; k--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ChangeSet decoded = ChangeSet.Decode(bytes);
                Assert.Equal(bytes, new ChangeSet(decoded.Relations).Encode().ToArray());
            }
            catch (MalformedBytesException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Fact]
    public void The_same_writes_in_another_order_give_the_same_bytes()
    {
        var first = new Overlay(EmptyView.Instance);
        var second = new Overlay(EmptyView.Instance);
        int[] numbers = [.. Enumerable.Range(0, 1000)];
        foreach (int number in numbers)
            first.Put(Bytes.Accounts, Bytes.Key(number), Bytes.Key(-number));
        new Random(1).Shuffle(numbers);
        foreach (int number in numbers)
        {
            second.Put(Bytes.Accounts, Bytes.Key(number), [1, 2, 3]);
            second.Put(Bytes.Branches, Bytes.Key(number), [1, 2, 3]);
            second.Delete(Bytes.Branches, Bytes.Key(number));
            second.Put(Bytes.Accounts, Bytes.Key(number), Bytes.Key(-number));
        }

        Assert.Equal(first.ToChangeSet().Hash, second.ToChangeSet().Hash);
    }
}
