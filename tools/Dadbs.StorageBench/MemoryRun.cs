using System.Diagnostics;
using System.Runtime.CompilerServices;
using Dadbs.Storage;
using Dadbs.Storage.Faster;

namespace Dadbs.StorageBench;

/// <summary>
/// A data set several times larger than the memory that the store is given: fill, random upserts, point reads and a full scan, every value checked, resident memory
/// watched. The setting is shared out by <see cref="StorageMemory"/>.
/// </summary>
internal sealed class MemoryRun(string directory, int settingMegabytes, double times)
{
    private const int ValueBytes = 100;
    private const int EntryBytes = ValueBytes + 5;
    private const int BlockEntries = 1000;
    private static readonly RelationId Relation = new(5, 16384);

    private readonly Random _random = new(1);
    private readonly byte[] _value = new byte[ValueBytes];
    private long _height;
    private long _peak;
    private byte[] _versions = [];

    public bool Run()
    {
        long baseline = Resident();
        long setting = settingMegabytes * 1024L * 1024;
        int entries = (int)(setting * times / EntryBytes);
        _versions = new byte[entries];
        long ours = entries;
        StorageMemory share = StorageMemory.Share(settingMegabytes);
        var pageOptions = new FasterPageStoreOptions { LogMemorySizeBits = share.LogMemorySizeBits, IndexBuckets = share.IndexBuckets };
        var options = new StateStoreOptions { DirtyBytesMax = share.DirtyBytes, PageCacheBytes = share.PageCacheBytes, GarbageBytesMax = share.GarbageBytes };
        using StateStore store = StateStore.Open(options, FasterPageStore.Open(Path.Combine(directory, "pages"), pageOptions), directory);
        for (int first = 0; first < entries; first += BlockEntries)
            Block(store, first, Math.Min(BlockEntries, entries - first), ascending: true);
        store.Checkpoint();
        Report("filled", baseline, ours);
        for (int block = 0; block < 400; block++)
            Block(store, 0, 500, ascending: false);
        store.Checkpoint();
        Report("200,000 random upserts", baseline, ours);
        int wrong = Reads(store, 100_000) + Scan(store);
        Report("100,000 random reads and a scan", baseline, ours);
        double used = (double)(_peak - baseline - ours) / setting;
        long disk = Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"setting {settingMegabytes} MiB, data {entries * (long)EntryBytes >> 20} MiB in {entries} entries, {disk >> 20} MiB on disk, {store.PagesCollected} pages collected");
        Console.WriteLine($"peak of resident memory above the empty process: {(_peak - baseline - ours) >> 20} MiB = {used:P0} of the setting; wrong values: {wrong}");
        return wrong == 0 && used <= 1.2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Block(StateStore store, int first, int count, bool ascending)
    {
        var overlay = new Overlay(store.Current);
        for (int i = 0; i < count; i++)
        {
            int key = ascending ? first + i : _random.Next(_versions.Length);
            _versions[key]++;
            Fill(key);
            overlay.Put(Relation, Key(key), _value);
        }

        store.Apply(overlay.ToChangeSet(), ++_height);
        if (store.ChangedBytesSinceCheckpoint > 16L * 1024 * 1024)
            store.Checkpoint();
        if (_height % 16 == 0)
            _peak = Math.Max(_peak, Resident());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Reads(StateStore store, int reads)
    {
        int wrong = 0;
        for (int i = 0; i < reads; i++)
        {
            int key = _random.Next(_versions.Length);
            Fill(key);
            if (!store.Current.TryGet(Relation, Key(key), out ReadOnlyMemory<byte> value) || !value.Span.SequenceEqual(_value))
                wrong++;
            if (i % 5000 == 0)
                _peak = Math.Max(_peak, Resident());
        }

        return wrong;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Scan(StateStore store)
    {
        int wrong = 0;
        int key = 0;
        using RangeCursor cursor = store.Current.Scan(Relation, KeyRange.All);
        for (; cursor.MoveNext(); key++)
        {
            Fill(key);
            if (!cursor.Value.Span.SequenceEqual(_value))
                wrong++;
            if (key % 100_000 == 0)
                _peak = Math.Max(_peak, Resident());
        }

        return wrong + Math.Abs(key - _versions.Length);
    }

    /// <summary>What the entry must hold: a function of its number and how often it was written.</summary>
    private void Fill(int key)
    {
        var random = new Random(key * 31 + _versions[key]);
        random.NextBytes(_value.AsSpan(0, 16));
    }

    private static byte[] Key(int number)
    {
        var writer = new KeyWriter(stackalloc byte[8]);
        writer.WriteNotNull();
        writer.WriteInt32(number);
        return writer.ToArray();
    }

    private void Report(string what, long baseline, long ours)
    {
        _peak = Math.Max(_peak, Resident());
        Console.WriteLine($"{what}: resident {(Resident() - baseline - ours) >> 20} MiB above the empty process, peak {(_peak - baseline - ours) >> 20} MiB, managed heap {GC.GetTotalMemory(false) >> 20} MiB");
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
