namespace Dadbs.Bench.Workloads;

/// <summary>What clients do, in SQL that all targets understand. <c>@k</c> is a random key, <c>@v</c> a random value.</summary>
public sealed record Workload(string Name, string Sql, bool Writes)
{
    public const string CreateTable = "CREATE TABLE kv (k integer PRIMARY KEY, v bigint NOT NULL, filler varchar(84) NOT NULL)";

    public static Workload Upsert { get; } = new(
        "upsert", "INSERT INTO kv (k, v, filler) VALUES (@k, @v, 'upserted') ON CONFLICT (k) DO UPDATE SET v = excluded.v", Writes: true);

    public static Workload PointRead { get; } = new("point-read", "SELECT v FROM kv WHERE k = @k", Writes: false);

    public static IReadOnlyList<Workload> All { get; } = [Upsert, PointRead];
}
