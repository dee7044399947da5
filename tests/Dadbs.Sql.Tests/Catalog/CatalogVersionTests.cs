using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Catalog;

/// <summary>A version names contents: two states never share one unless their catalogs are the same.</summary>
public sealed class CatalogVersionTests
{
    private const uint Db = WellKnownOids.DadbsDatabase;

    [Fact]
    public void Two_different_changes_on_one_state_give_two_versions()
    {
        using var database = new TestDatabase();
        Overlay first = WithSchema(database, "a");
        Overlay second = WithSchema(database, "b");
        Assert.NotEqual(CatalogCache.VersionOf(first, Db), CatalogCache.VersionOf(second, Db));
        Assert.NotEqual(CatalogCache.VersionOf(database.Current, Db), CatalogCache.VersionOf(first, Db));
    }

    [Fact]
    public void The_same_change_gives_the_same_version()
    {
        using var database = new TestDatabase();
        Assert.Equal(CatalogCache.VersionOf(WithSchema(database, "a"), Db), CatalogCache.VersionOf(WithSchema(database, "a"), Db));
    }

    [Fact]
    public void Undoing_a_change_brings_the_version_back_and_the_cache_serves_the_old_catalog()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        int mark = overlay.Mark();
        new CatalogWriter(overlay, Db).Put(new SchemaDescriptor(16400, "a", 10));
        Assert.NotNull(database.Catalogs.Get(overlay, Db).FindSchema("a"));
        overlay.RollbackTo(mark);
        Assert.Null(database.Catalogs.Get(overlay, Db).FindSchema("a"));
        Assert.Same(database.Catalogs.Get(database.Current, Db), database.Catalogs.Get(overlay, Db));
    }

    [Fact]
    public void Statistics_move_the_version_without_a_change_of_definitions()
    {
        using var database = new TestDatabase();
        CatalogVersion VersionWith(long rows)
        {
            Overlay overlay = database.NewOverlay();
            new CatalogWriter(overlay, Db).PutStatistics(16400, rows);
            return CatalogCache.VersionOf(overlay, Db);
        }

        Assert.NotEqual(CatalogCache.VersionOf(database.Current, Db), VersionWith(1));
        Assert.Equal(VersionWith(1), VersionWith(1));
        // What was executed and came to nothing must not be taken for what holds.
        Assert.NotEqual(VersionWith(1), VersionWith(2));
    }

    [Fact]
    public void Object_identifiers_are_a_counter_of_the_state()
    {
        using var database = new TestDatabase();
        Overlay overlay = database.NewOverlay();
        var writer = new CatalogWriter(overlay, Db);
        Assert.Equal(16384u, writer.NextOid());
        Assert.Equal(16385u, writer.NextOid());
        database.Apply(overlay);
        Assert.Equal(16386u, new CatalogWriter(database.NewOverlay(), Db).NextOid());
    }

    private static Overlay WithSchema(TestDatabase database, string name)
    {
        Overlay overlay = database.NewOverlay();
        new CatalogWriter(overlay, Db).Put(new SchemaDescriptor(16400, name, 10));
        return overlay;
    }
}
