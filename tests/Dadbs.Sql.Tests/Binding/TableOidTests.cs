using Dadbs.Sql.Tests.Engine;

namespace Dadbs.Sql.Tests.Binding;

public sealed class TableOidTests : IDisposable
{
    private readonly TestEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_system_column_is_the_relation_and_null_in_a_row_that_an_outer_join_made_up()
    {
        _engine.Run("create table a (id int primary key); create table b (id int primary key); insert into a values (1), (2); insert into b values (1)");
        Assert.Equal(["1|t|t", "2|t|∅"], _engine.Run("select a.id, a.tableoid = 'a'::regclass, b.tableoid = 'b'::regclass from a left join b on b.id = a.id order by 1"));
        Assert.Equal(["t"], _engine.Run("select tableoid = 'b'::regclass from b"));
        Assert.Equal("column reference \"tableoid\" is ambiguous", _engine.Fails("select tableoid from a, b").Message);
    }
}
