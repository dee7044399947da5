using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Dadbs.Storage;

/// <summary>
/// Pages in memory: for tests, and for nodes that recompute their state at every start. Reopened by <see cref="Reopen"/>, it behaves as a store on
/// disk does after a crash: what no recovered checkpoint holds is gone.
/// </summary>
public sealed class MemoryPageStore : IPageStore
{
    private readonly Dictionary<string, Dictionary<long, byte[]>> _checkpoints;
    private ConcurrentDictionary<long, byte[]> _pages = new();

    public MemoryPageStore()
        : this([])
    {
    }

    private MemoryPageStore(Dictionary<string, Dictionary<long, byte[]>> checkpoints) => _checkpoints = checkpoints;

    public string Location => "memory";

    /// <summary>Ids of all pages that are there.</summary>
    public IEnumerable<long> Ids => _pages.Keys;

    /// <summary>The same store after a restart: empty until it recovers one of its checkpoints.</summary>
    public MemoryPageStore Reopen() => new(_checkpoints);

    public PageReadOutcome Read(PageId id, bool mayWait, out byte[] bytes)
    {
        if (_pages.TryGetValue(id.Value, out byte[]? found))
        {
            bytes = [.. found];
            return PageReadOutcome.Found;
        }

        bytes = [];
        return PageReadOutcome.Missing;
    }

    public void Write(PageId id, ReadOnlySpan<byte> bytes) => _pages[id.Value] = bytes.ToArray();

    public void Delete(PageId id) => _pages.TryRemove(id.Value, out _);

    public byte[] Checkpoint()
    {
        string token = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        _checkpoints[token] = new Dictionary<long, byte[]>(_pages);
        return Encoding.ASCII.GetBytes(token);
    }

    public void Recover(ReadOnlySpan<byte> token)
    {
        if (!_checkpoints.TryGetValue(Encoding.ASCII.GetString(token), out Dictionary<long, byte[]>? pages))
            throw new CorruptionException("the page store has no such checkpoint", Location);
        _pages = new ConcurrentDictionary<long, byte[]>(pages);
    }

    public void Retain(IReadOnlyCollection<byte[]> tokens)
    {
        HashSet<string> kept = [.. tokens.Select(Encoding.ASCII.GetString)];
        foreach (string token in _checkpoints.Keys.Where(token => !kept.Contains(token)).ToList())
            _checkpoints.Remove(token);
    }

    public bool Compact() => false;

    public void Dispose()
    {
    }
}
