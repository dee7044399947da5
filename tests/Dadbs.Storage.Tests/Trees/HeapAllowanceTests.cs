using Dadbs.Storage.Trees;

namespace Dadbs.Storage.Tests.Trees;

public sealed class HeapAllowanceTests
{
    private const long Megabyte = 1024 * 1024;

    private readonly HeapAllowance _allowance;
    private long _heap = 40 * Megabyte;
    private int _collections = 3;
    private int _asked;

    public HeapAllowanceTests()
    {
        _allowance = new HeapAllowance(16 * Megabyte, () => _heap, () => _collections, () => _asked++);
        CountPages();
    }

    [Fact]
    public void A_heap_that_grew_past_its_allowance_is_collected()
    {
        _heap += 16 * Megabyte;
        CountPages();
        Assert.Equal(0, _asked);
        _heap++;
        CountPages();
        Assert.Equal(1, _asked);
    }

    [Fact]
    public void Growth_counts_from_the_last_full_collection()
    {
        _heap += 17 * Megabyte;
        _collections++;
        CountPages();
        _heap += 16 * Megabyte;
        CountPages();
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void Growth_counts_from_the_least_that_the_heap_was_since()
    {
        _heap = 10 * Megabyte;
        CountPages();
        _heap = 27 * Megabyte;
        CountPages();
        Assert.Equal(1, _asked);
    }

    [Fact]
    public void A_large_heap_may_grow_by_a_quarter()
    {
        (_heap, _collections) = (400 * Megabyte, _collections + 1);
        CountPages();
        _heap += 100 * Megabyte;
        CountPages();
        Assert.Equal(0, _asked);
        _heap++;
        CountPages();
        Assert.Equal(1, _asked);
    }

    [Fact]
    public void A_few_pages_are_not_worth_a_look()
    {
        _heap += 100 * Megabyte;
        _allowance.Count(4096);
        Assert.Equal(0, _asked);
    }

    private void CountPages() => _allowance.Count(HeapAllowance.CheckBytes);
}
