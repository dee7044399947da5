namespace Dadbs.Replication;

/// <summary>How much one peer may say: so many at once, and so many a second after that. One thread's.</summary>
internal sealed class PeerBudget(int burst, int perSecond, TimeProvider time)
{
    private double _left = burst;
    private long _since = time.GetTimestamp();

    /// <summary>False: it is used up for now.</summary>
    public bool TrySpend()
    {
        if (_left < 1)
            Refill();
        if (_left < 1)
            return false;
        _left--;
        return true;
    }

    private void Refill()
    {
        long now = time.GetTimestamp();
        _left = Math.Min(burst, _left + (time.GetElapsedTime(_since, now).TotalSeconds * perSecond));
        _since = now;
    }
}
