using Dadbs.Sql.Catalog;
using Xunit;

namespace Dadbs.Sql.Tests.Catalog;

public sealed class SearchPathTests
{
    [Theory]
    [InlineData("\"$user\", public", "pg_catalog,alice,public")]
    [InlineData("a,B , \"C d\"", "pg_catalog,a,b,C d")]
    [InlineData("public, pg_catalog", "public,pg_catalog")]
    [InlineData("\"a\"\"b\"", "pg_catalog,a\"b")]
    [InlineData("", "pg_catalog")]
    public void Reads_identifiers_and_puts_pg_catalog_first_unless_it_is_named(string setting, string effective) =>
        Assert.Equal(effective, string.Join(',', SearchPath.Parse(setting, "alice").Effective));

    [Theory]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("a b")]
    [InlineData("\"a")]
    public void Refuses_what_is_no_list_of_identifiers(string setting) => Assert.Null(SearchPath.TryParse(setting, "alice"));
}
