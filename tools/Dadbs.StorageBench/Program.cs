using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Dadbs.StorageBench;

// Usage: Dadbs.StorageBench [entries, 1000000 by default]. Works in a temporary directory and deletes it.
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
