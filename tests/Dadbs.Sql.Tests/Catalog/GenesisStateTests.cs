using Dadbs.Sql.Catalog;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Storage;
using Xunit;

namespace Dadbs.Sql.Tests.Catalog;

public sealed class GenesisStateTests
{
    [Fact]
    public void Holds_the_superuser_the_databases_and_their_schemas()
    {
        using var database = new TestDatabase();
        CatalogSnapshot catalog = database.Catalog;
        Assert.Equal("dadbs", catalog.Database.Name);
        Assert.Equal(["template1", "postgres", "dadbs"], catalog.Databases.Select(d => d.Name));
        Assert.Equal(["pg_catalog", "public", "information_schema", "dadbs"], catalog.Schemas.Select(s => s.Name));
        Assert.True(catalog.FindRole("dadbs")!.IsSuperuser);
        Assert.Equal(10u, catalog.FindRole("dadbs")!.Oid);
    }

    [Fact]
    public void Registers_validator_keys_for_the_superuser_only()
    {
        using var database = new TestDatabase();
        Assert.True(database.Catalog.KeyMayActFor(10, TestDatabase.NodeKey));
        Assert.False(database.Catalog.KeyMayActFor(11, TestDatabase.NodeKey));
        Assert.False(database.Catalog.KeyMayActFor(10, new byte[33]));
    }

    [Fact]
    public void Is_the_same_state_for_the_same_options()
    {
        using var one = new TestDatabase();
        using var other = new TestDatabase();
        Assert.Equal(one.Current.Root, other.Current.Root);
    }

    [Fact]
    public void A_database_that_does_not_exist_is_refused()
    {
        using var database = new TestDatabase();
        SqlException error = Assert.Throws<SqlException>(() => database.Catalogs.Get(database.Current, 99));
        Assert.Equal("3D000", error.State.Code);
    }
}
