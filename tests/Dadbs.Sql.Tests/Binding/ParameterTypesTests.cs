using Dadbs.Sql.Tests.Execution;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Binding;

public sealed class ParameterTypesTests
{
    [Theory]
    [InlineData("select $1::int + $2", "integer,integer")]
    [InlineData("select $1 || 'x'", "text")]
    [InlineData("select 1.5 > $1", "numeric")]
    [InlineData("select * from t where a = $1 and c = $2", "integer,text")]
    [InlineData("insert into t values ($1, $2, $3)", "integer,numeric,text")]
    [InlineData("update t set b = $1 where a = $2", "numeric,integer")]
    [InlineData("select $1", "text")]
    [InlineData("select a from t limit $1", "bigint")]
    [InlineData("select case when $1 then 1 else $2 end", "boolean,integer")]
    [InlineData("select a in ($1, $2) from t", "integer,integer")]
    public void Infers_a_parameters_type_from_where_it_stands(string sql, string expected)
    {
        using TestDatabase database = WithTable();
        Assert.Equal(expected, string.Join(',', database.Prepare(sql).ParameterTypes.Select(type => type.DisplayName)));
    }

    [Fact]
    public void Takes_a_declared_type_over_the_context()
    {
        using TestDatabase database = WithTable();
        PreparedStatement statement = database.Prepare("select a + $1 from t", SqlTypes.BigInt);
        Assert.Equal("bigint", statement.ParameterTypes[0].DisplayName);
        Assert.Equal("bigint", statement.Columns!.Columns[0].Type.Type.DisplayName);
    }

    [Theory]
    [InlineData("select $1 + $2", "42725")]
    [InlineData("select $2::int", "42P18")]
    [InlineData("select $1::int, $1 = 'x'::text", "42883")]
    public void Refuses_parameters_that_nothing_settles(string sql, string code)
    {
        using TestDatabase database = WithTable();
        Assert.Equal(code, Assert.Throws<SqlException>(() => database.Prepare(sql)).State.Code);
    }

    private static TestDatabase WithTable()
    {
        TestDatabase database = new();
        database.Execute("create table t (a int primary key, b numeric, c text)");
        return database;
    }
}
