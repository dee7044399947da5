using System.Buffers.Binary;
using Dadbs.Server.Execution;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Server.Tests.Execution;

public sealed class TransactionIndexTests
{
    private readonly TransactionIndex _index = new();

    [Fact]
    public void The_latest_are_found_and_older_ones_make_room()
    {
        const int more = 1000;
        for (int i = 0; i < TransactionIndex.TransactionsMax + more; i++) _index.Add(IdOf(i), new TransactionPlace(i, i % 7, Receipt.Committed));

        for (int i = 0; i < more; i++) Assert.Null(_index.Find(IdOf(i)));
        for (int i = more; i < TransactionIndex.TransactionsMax + more; i++) Assert.Equal(new TransactionPlace(i, i % 7, Receipt.Committed), _index.Find(IdOf(i)));
    }

    [Fact]
    public void Where_it_was_due_counts_whatever_comes_before_and_after()
    {
        _index.Add(IdOf(1), new TransactionPlace(1, 0, Receipt.Failed, WasDue: false));
        Assert.Equal(new TransactionPlace(1, 0, Receipt.Failed, WasDue: false), _index.Find(IdOf(1)));

        _index.Add(IdOf(1), new TransactionPlace(2, 3, Receipt.Committed));
        _index.Add(IdOf(1), new TransactionPlace(3, 0, Receipt.Duplicate));
        _index.Add(IdOf(1), new TransactionPlace(4, 0, Receipt.Failed, WasDue: false));

        Assert.Equal(new TransactionPlace(2, 3, Receipt.Committed), _index.Find(IdOf(1)));
    }

    /// <summary>Ids that fall into few chains, where entries of different age lie behind each other.</summary>
    private static Hash256 IdOf(int number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)(number / 5));
        BinaryPrimitives.WriteInt32BigEndian(bytes[20..], number);
        return Hash256.FromSpan(bytes);
    }
}
