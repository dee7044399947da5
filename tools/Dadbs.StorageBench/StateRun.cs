using System.Diagnostics;
using Dadbs.Storage;

namespace Dadbs.StorageBench;

/// <summary>
/// What the state store costs on one tree of 105-byte entries: processor time for each upsert by block size, point reads, checkpoints. Processor
/// time, not wall time, because the machine is rarely alone; its cache misses still are shared.
/// </summary>
internal sealed class StateRun(StateStore store, int entries)
{
    private const int ValueBytes = 100;
    private static readonly RelationId Relation = new(5, 16384);

    private readonly Random _random = new(1);
    private readonly byte[] _value = new byte[ValueBytes];
    private long _height = store.Current.Height;

    public void Fill()
    {
        const int BlockEntries = 10_000;
        TimeSpan start = Processor();
        for (int first = 0; first < entries; first += BlockEntries)
        {
            var block = new Overlay(store.Current);
            for (int i = first; i < Math.Min(entries, first + BlockEntries); i++)
                Put(block, i);
            Apply(block);
        }

        Report("fill, ascending, 10,000 a block, per entry", (Processor() - start) / entries);
    }

    public void Upserts(int blockEntries)
    {
        int blocks = Math.Clamp(20_000 / blockEntries, 1, 5_000);
        TimeSpan start = default;
        long allocated = 0;
        for (int block = -blocks / 4; block < blocks; block++)
        {
            if (block == 0)
                (start, allocated) = (Processor(), GC.GetAllocatedBytesForCurrentThread());
            var overlay = new Overlay(store.Current);
            for (int i = 0; i < blockEntries; i++)
                Put(overlay, _random.Next(entries));
            Apply(overlay);
        }

        int upserts = blocks * blockEntries;
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / upserts;
        Report($"random upsert, {blockEntries} a block: overlay, change set, apply, hash ({allocated} bytes allocated)", (Processor() - start) / upserts);
    }

    public void PointReads(int distinct)
    {
        const int Reads = 1_000_000;
        byte[][] keys = [.. Enumerable.Range(0, distinct).Select(_ => Key(_random.Next(entries)))];
        Snapshot snapshot = store.Current;
        long bytes = 0;
        TimeSpan start = Processor();
        for (int i = 0; i < Reads; i++)
        {
            if (snapshot.TryGet(Relation, keys[i % distinct], out ReadOnlyMemory<byte> value))
                bytes += value.Length;
        }

        Report($"point read, {distinct} keys", (Processor() - start) / Reads);
        Invariant.Check(bytes == (long)Reads * ValueBytes);
    }

    public void Checkpoint()
    {
        var clock = Stopwatch.StartNew();
        store.Checkpoint();
        Console.WriteLine($"{clock.Elapsed.TotalMilliseconds,12:F0} ms  checkpoint of {store.PagesWrittenByCheckpoint} pages (wall time)");
    }

    private static TimeSpan Processor()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static void Report(string what, TimeSpan each) => Console.WriteLine($"{each.TotalMicroseconds,12:F2} µs  {what}");

    private static byte[] Key(int number)
    {
        var writer = new KeyWriter(stackalloc byte[8]);
        writer.WriteNotNull();
        writer.WriteInt32(number);
        return writer.ToArray();
    }

    private void Put(Overlay overlay, int number)
    {
        _random.NextBytes(_value.AsSpan(0, 8));
        overlay.Put(Relation, Key(number), _value);
    }

    private void Apply(Overlay overlay) => store.Apply(overlay.ToChangeSet(), ++_height);
}
