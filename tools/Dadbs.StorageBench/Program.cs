using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Dadbs.StorageBench;

// Usage: Dadbs.StorageBench [entries, 1000000 by default]
//        Dadbs.StorageBench memory [setting in MiB, 128 by default] [times the setting, 5 by default]: exit code 1 if a value is wrong or memory is over setting + 20 %
// Works in a temporary directory and deletes it.
if (args is ["memory", ..])
{
    string place = Directory.CreateTempSubdirectory("dadbs-storage-bench-").FullName;
    try
    {
        var memory = new MemoryRun(place, args.Length > 1 ? int.Parse(args[1]) : 128, args.Length > 2 ? double.Parse(args[2]) : 5);
        return memory.Run() ? 0 : 1;
    }
    finally
    {
        Directory.Delete(place, recursive: true);
    }
}

int entries = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
string directory = Directory.CreateTempSubdirectory("dadbs-storage-bench-").FullName;
try
{
    var options = new StateStoreOptions { PageCacheBytes = 512L * 1024 * 1024 };
    using StateStore store = StateStore.Open(options, FasterPageStore.Open(Path.Combine(directory, "pages")), directory);
    var run = new StateRun(store, entries);
    run.Fill();
    run.Checkpoint();
    foreach (int blockEntries in (int[])[1000, 100, 10, 1])
        run.Upserts(blockEntries);
    run.Checkpoint();
    foreach (int distinct in (int[])[16, 1024, 100_000])
        run.PointReads(distinct);
}
finally
{
    Directory.Delete(directory, recursive: true);
}

return 0;
