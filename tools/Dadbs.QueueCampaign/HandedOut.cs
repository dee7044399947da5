using System.Collections.Concurrent;

namespace Dadbs.QueueCampaign;

/// <summary>Jobs whose removal was acknowledged to a worker.</summary>
internal sealed class HandedOut
{
    private readonly ConcurrentDictionary<int, byte> _jobs = new();
    private int _twice;

    public int Count => _jobs.Count;

    public int Twice => _twice;

    public void Add(int job)
    {
        if (!_jobs.TryAdd(job, 0)) Interlocked.Increment(ref _twice);
    }
}
