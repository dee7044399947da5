using Dadbs.Sql.Tests.Engine;
using Xunit;

namespace Dadbs.Sql.Tests.Statements;

/// <summary>INSERT with its constraints; messages and fields as PostgreSQL 15 gave them.</summary>
public sealed class InsertTests
{
    [Fact]
    public void Stores_rows_that_a_select_by_key_finds()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY, name text)");
        engine.Run("INSERT INTO t VALUES (2, 'two'), (1, 'one'), (3, NULL)");
        Assert.Equal("INSERT 0 3", engine.Tag);
        Assert.Equal(["2|two"], engine.Run("SELECT * FROM t WHERE id = 2"));
        Assert.Equal(["1|one", "2|two", "3|∅"], engine.Run("SELECT * FROM t ORDER BY id"));
        Assert.Equal(["3"], engine.Run("SELECT count(*) FROM t"));
    }

    /// <summary>Old row, excluded row and new row are three, whatever of them SET, CHECK, keys and RETURNING look at.</summary>
    [Fact]
    public void On_conflict_sets_what_it_reads_of_both_rows()
    {
        using TestEngine engine = With("CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0)); INSERT INTO t VALUES (1, 10, 100)");
        Assert.Equal(["1|100|17"], engine.Run("INSERT INTO t VALUES (1, 5, 7) ON CONFLICT (a) DO UPDATE SET b = t.c, c = t.b + excluded.c RETURNING *"));
        engine.Run("INSERT INTO t VALUES (2, 10, 1)");
        Assert.Equal("Key (b)=(100) already exists.", engine.Fails("INSERT INTO t VALUES (3, 100, 1)").Detail);
        Assert.Equal("Failing row contains (1, 6, -7).", engine.Fails("INSERT INTO t VALUES (1, 5, 7) ON CONFLICT (a) DO UPDATE SET b = 6, c = -excluded.c").Detail);
        Assert.Equal(["101|100|3"], engine.Run("INSERT INTO t VALUES (9, 100, 3) ON CONFLICT (b) DO UPDATE SET a = t.a + 100, c = excluded.c RETURNING *"));
        Assert.Equal(
            ["101|100|4", "4|4|4"],
            engine.Run("INSERT INTO t VALUES (101, 1, 1), (4, 4, 4), (2, 2, 2) ON CONFLICT (a) DO UPDATE SET c = t.c + excluded.c WHERE t.a > 2 RETURNING *"));
        Assert.Equal("INSERT 0 2", engine.Tag);
        Assert.Equal(["2|10|1", "4|4|4", "101|100|4"], engine.Run("SELECT * FROM t ORDER BY a"));
    }

    [Fact]
    public void A_table_without_a_key_keeps_equal_rows()
    {
        using TestEngine engine = With("CREATE TABLE t (a int)");
        engine.Run("INSERT INTO t VALUES (1), (1)");
        engine.Run("INSERT INTO t VALUES (1)");
        Assert.Equal(["3"], engine.Run("SELECT count(*) FROM t"));
        engine.Run("DELETE FROM t WHERE a = 1");
        Assert.Equal("DELETE 3", engine.Tag);
    }

    [Fact]
    public void A_duplicate_key_is_refused_with_all_fields()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY, a int, b text, UNIQUE (a, b)); INSERT INTO t VALUES (1, 2, 'x')");
        SqlException error = engine.Fails("INSERT INTO t VALUES (1, 3, 'y')");
        Assert.Equal("23505", error.State.Code);
        Assert.Equal("duplicate key value violates unique constraint \"t_pkey\"", error.Message);
        Assert.Equal("Key (id)=(1) already exists.", error.Detail);
        Assert.Equal(("public", "t", null, "t_pkey"), (error.SchemaName, error.TableName, error.ColumnName, error.ConstraintName));
        error = engine.Fails("INSERT INTO t VALUES (2, 2, 'x')");
        Assert.Equal("Key (a, b)=(2, x) already exists.", error.Detail);
        Assert.Equal("t_a_b_key", error.ConstraintName);
        engine.Run("INSERT INTO t VALUES (2, NULL, 'x'), (3, NULL, 'x')");
    }

    [Fact]
    public void A_statement_that_fails_leaves_nothing()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY)");
        engine.Fails("INSERT INTO t VALUES (1), (2), (1)");
        Assert.Equal(["0"], engine.Run("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Not_null_and_check_are_refused_with_the_failing_row()
    {
        using TestEngine engine = With("CREATE TABLE t (a int NOT NULL, b text, c int CHECK (c > 0), CONSTRAINT limits CHECK (a < 10))");
        SqlException error = engine.Fails("INSERT INTO t (b) VALUES ('x')");
        Assert.Equal("23502", error.State.Code);
        Assert.Equal("null value in column \"a\" of relation \"t\" violates not-null constraint", error.Message);
        Assert.Equal("Failing row contains (null, x, null).", error.Detail);
        Assert.Equal(("public", "t", "a"), (error.SchemaName, error.TableName, error.ColumnName));
        error = engine.Fails("INSERT INTO t VALUES (1, NULL, 0)");
        Assert.Equal("23514", error.State.Code);
        Assert.Equal("new row for relation \"t\" violates check constraint \"t_c_check\"", error.Message);
        Assert.Equal("Failing row contains (1, null, 0).", error.Detail);
        Assert.Equal("limits", engine.Fails("INSERT INTO t VALUES (11, NULL, 0)").ConstraintName);
        engine.Run("INSERT INTO t VALUES (1, NULL, NULL)");
    }

    [Fact]
    public void Defaults_fill_what_is_not_given()
    {
        using TestEngine engine = With("CREATE TABLE t (id serial PRIMARY KEY, a int DEFAULT 1 + 1, b text DEFAULT 'x', c int)");
        Assert.Equal(["1|2|x|∅"], engine.Run("INSERT INTO t DEFAULT VALUES RETURNING *"));
        Assert.Equal(["2|7|x|∅"], engine.Run("INSERT INTO t (a, b) VALUES (7, DEFAULT) RETURNING *"));
        Assert.Equal(["3"], engine.Run("INSERT INTO t (a) VALUES (0) RETURNING id"));
        Assert.Equal(["3|3|true"], engine.Run("SELECT last_value, max(id), is_called FROM t_id_seq, t GROUP BY 1, 3").Select(r => r.Replace("|t", "|true")));
    }

    [Fact]
    public void Identity_columns_take_values_only_when_told()
    {
        using TestEngine engine = With("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, a int)");
        SqlException error = engine.Fails("INSERT INTO t VALUES (5, 1)");
        Assert.Equal("428C9", error.State.Code);
        Assert.Equal("cannot insert a non-DEFAULT value into column \"id\"", error.Message);
        Assert.Equal(["7"], engine.Run("INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (7, 1) RETURNING id"));
        Assert.Equal(["1"], engine.Run("INSERT INTO t (a) VALUES (1) RETURNING id"));
    }

    [Fact]
    public void Insert_select_does_not_meet_its_own_rows()
    {
        using TestEngine engine = With("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)");
        engine.Run("INSERT INTO t SELECT a + 10 FROM t");
        Assert.Equal("INSERT 0 2", engine.Tag);
        Assert.Equal(["1", "2", "11", "12"], engine.Run("SELECT a FROM t ORDER BY a"));
    }

    [Fact]
    public void On_conflict_do_nothing_skips_and_counts_only_what_was_inserted()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE); INSERT INTO t VALUES (1, 1)");
        engine.Run("INSERT INTO t VALUES (1, 5), (2, 1), (3, 3) ON CONFLICT DO NOTHING");
        Assert.Equal("INSERT 0 1", engine.Tag);
        Assert.Equal("t_a_key", engine.Fails("INSERT INTO t VALUES (9, 1) ON CONFLICT (id) DO NOTHING").ConstraintName);
    }

    [Fact]
    public void On_conflict_do_update_sees_the_old_row_and_the_excluded_one()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY, a int, b text); INSERT INTO t VALUES (1, 10, 'x')");
        const string Upsert = "INSERT INTO t VALUES (1, 5, 'y'), (2, 6, 'z') ON CONFLICT (id) DO UPDATE SET a = t.a + excluded.a, b = excluded.b RETURNING *";
        Assert.Equal(["1|15|y", "2|6|z"], engine.Run(Upsert));
        Assert.Equal("INSERT 0 2", engine.Tag);
        engine.Run("INSERT INTO t VALUES (1, 0, 'q') ON CONFLICT (id) DO UPDATE SET b = 'no' WHERE t.a > 100");
        Assert.Equal("INSERT 0 0", engine.Tag);
        SqlException error = engine.Fails("INSERT INTO t VALUES (7, 1, ''), (7, 2, '') ON CONFLICT (id) DO UPDATE SET a = 0");
        Assert.Equal("21000", error.State.Code);
        Assert.Equal("ON CONFLICT DO UPDATE command cannot affect row a second time", error.Message);
    }

    [Fact]
    public void Long_values_survive_and_change()
    {
        using TestEngine engine = With("CREATE TABLE t (id int PRIMARY KEY, a text, b text)");
        engine.Run("INSERT INTO t VALUES (1, repeat('a', 5000), repeat('b', 3000)), (2, repeat('c', 100000), '')");
        Assert.Equal(["1|5000|3000", "2|100000|0"], engine.Run("SELECT id, length(a), length(b) FROM t ORDER BY id"));
        engine.Run("UPDATE t SET b = 'short' WHERE id = 1");
        Assert.Equal(["5000|short"], engine.Run("SELECT length(a), b FROM t WHERE id = 1"));
        engine.Run("UPDATE t SET id = 3 WHERE id = 2");
        Assert.Equal(["100000"], engine.Run("SELECT length(a) FROM t WHERE id = 3"));
        engine.Run("DELETE FROM t");
        Assert.Equal(0, engine.Current.CountEntries(((Dadbs.Sql.Catalog.TableDescriptor)engine.Catalog.Relations.First(r => r.Name == "t")).Overflow));
    }

    private static TestEngine With(string text)
    {
        var engine = new TestEngine();
        engine.Run(text);
        return engine;
    }
}
