namespace Dadbs.Storage.Tests.Pages;

/// <summary>A page store that does what disks do: it flips bits, loses pages, runs full and forgets checkpoints, where the test says so.</summary>
internal sealed class FaultInjectingPageStore(MemoryPageStore inner) : IPageStore
{
    /// <summary>Pages whose bytes come back with one bit turned, and which byte.</summary>
    public Dictionary<long, int> FlippedByte { get; } = [];

    public HashSet<long> LostPages { get; } = [];

    /// <summary>So many writes succeed; then the disk is full.</summary>
    public int WritesUntilFull { get; set; } = int.MaxValue;

    public bool FailCheckpoint { get; set; }

    /// <summary>Tokens that cannot be recovered, in hexadecimal.</summary>
    public HashSet<string> LostTokens { get; private init; } = [];

    public List<long> WrittenIds { get; } = [];

    public IEnumerable<long> Ids => inner.Ids;

    public string Location => "faulty";

    public FaultInjectingPageStore Reopen() => new(inner.Reopen()) { LostTokens = LostTokens };

    public PageReadOutcome Read(PageId id, bool mayWait, out byte[] bytes)
    {
        PageReadOutcome outcome = inner.Read(id, mayWait, out bytes);
        if (LostPages.Contains(id.Value))
            return PageReadOutcome.Missing;
        if (outcome == PageReadOutcome.Found && FlippedByte.TryGetValue(id.Value, out int index))
            bytes[index < 0 ? bytes.Length + index : index] ^= 0x10;
        return outcome;
    }

    public void Write(PageId id, ReadOnlySpan<byte> bytes)
    {
        if (WritesUntilFull-- <= 0)
            throw new StorageFailedException("no space left on device");
        WrittenIds.Add(id.Value);
        inner.Write(id, bytes);
    }

    public void Delete(PageId id) => inner.Delete(id);

    public byte[] Checkpoint() => FailCheckpoint ? throw new StorageFailedException("checkpoint failed") : inner.Checkpoint();

    public void Recover(ReadOnlySpan<byte> token)
    {
        if (LostTokens.Contains(Convert.ToHexString(token)))
            throw new CorruptionException("the checkpoint is gone", Location);
        inner.Recover(token);
    }

    public void Retain(IReadOnlyCollection<byte[]> tokens) => inner.Retain(tokens);

    public bool Compact() => inner.Compact();

    public void Dispose() => inner.Dispose();
}
