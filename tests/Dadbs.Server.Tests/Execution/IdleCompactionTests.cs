using Dadbs.Server.Hosting;

namespace Dadbs.Server.Tests.Execution;

public sealed class IdleCompactionTests
{
    private readonly IdleCompaction _compaction;
    private long _allocated = 500;
    private int _compacted;

    public IdleCompactionTests() => _compaction = new IdleCompaction(() => _allocated, () => _compacted++);

    [Fact]
    public void A_node_that_works_is_left_alone()
    {
        for (int i = 0; i < 10; i++) LookAfter(IdleCompaction.WorkBytesMin);
        Assert.Equal(0, _compacted);
    }

    [Fact]
    public void What_became_quiet_is_compacted_once()
    {
        LookAfter(IdleCompaction.WorkBytesMin);
        for (int i = 0; i < 10; i++) LookAfter(IdleCompaction.QuietBytesMax / 100);
        Assert.Equal(1, _compacted);
    }

    [Fact]
    public void A_little_work_is_not_worth_it()
    {
        LookAfter(IdleCompaction.WorkBytesMin - IdleCompaction.QuietBytesMax - 1);
        LookAfter(IdleCompaction.QuietBytesMax);
        Assert.Equal(0, _compacted);
        LookAfter(1);
        Assert.Equal(1, _compacted);
    }

    [Fact]
    public void New_work_is_followed_by_another()
    {
        for (int i = 0; i < 3; i++)
        {
            LookAfter(IdleCompaction.WorkBytesMin);
            LookAfter(0);
        }

        Assert.Equal(3, _compacted);
    }

    private void LookAfter(long bytes)
    {
        _allocated += bytes;
        _compaction.Look();
    }
}
