namespace Dadbs.Sql.Seams;

/// <summary>
/// Where an external sort or a materialised result puts runs that outgrow memory: memory itself, or a temporary file of the node.
/// Hash operators never spill in replicated execution.
/// </summary>
public interface IScratchStore
{
    /// <summary>Opens an empty run; disposing it frees its space.</summary>
    IScratchRun CreateRun();
}

/// <summary>A sequence of records, written once and then read from the start.</summary>
public interface IScratchRun : IDisposable
{
    void Append(ReadOnlySpan<byte> record);

    /// <summary>Reads all records in the order in which they were appended. The memory is valid until the next step.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Read();
}

/// <summary>Scratch runs in memory.</summary>
public sealed class MemoryScratchStore : IScratchStore
{
    public static MemoryScratchStore Instance { get; } = new();

    public IScratchRun CreateRun() => new MemoryRun();

    private sealed class MemoryRun : IScratchRun
    {
        private readonly List<byte[]> _records = [];

        public void Append(ReadOnlySpan<byte> record) => _records.Add(record.ToArray());

        public IEnumerable<ReadOnlyMemory<byte>> Read()
        {
            foreach (byte[] record in _records) yield return record;
        }

        public void Dispose() => _records.Clear();
    }
}
