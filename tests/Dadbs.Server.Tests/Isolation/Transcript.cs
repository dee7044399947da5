namespace Dadbs.Server.Tests.Isolation;

/// <summary>What a run of an anomaly's script showed.</summary>
internal sealed class Transcript
{
    private readonly Dictionary<string, string> _reads = [];
    private readonly HashSet<int> _committed = [];

    /// <summary>The rows after all have ended: <c>1=11 2=21</c>.</summary>
    public string Final { get; set; } = "";

    /// <summary>SQLSTATEs of what failed, in no order.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The rows that a read saw; null if it failed.</summary>
    public string? this[string read] => _reads.GetValueOrDefault(read);

    public bool Committed(int session) => _committed.Contains(session);

    public void Read(string name, string rows)
    {
        lock (_reads) _reads[name] = rows;
    }

    public void Commit(int session)
    {
        lock (_committed) _committed.Add(session);
    }

    public void Fail(string state)
    {
        lock (Failures) Failures.Add(state);
    }
}
