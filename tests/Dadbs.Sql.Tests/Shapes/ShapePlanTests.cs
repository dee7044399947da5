using System.Text;
using System.Text.RegularExpressions;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Tests.Execution;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Shapes;

/// <summary>A plan that was made for another text of the same shape must never be noticed.</summary>
public sealed partial class ShapePlanTests
{
    private const string Tables =
        "create table t (a int primary key, b bigint, n numeric(6,2), s varchar(5), c char(4), f float8, d date, ts timestamptz, u uuid, x bytea, ok boolean, i interval, small smallint);"
        + "insert into t values (1, 10, 1.5, 'one', 'ab', 0.5, '2020-01-01', '2020-01-01 00:00+00', null, '\\x01', true, '1 day', 1), (2, 20, 2.5, 'two', 'cd', 1.5, '2021-01-01', null, null, null, false, null, 2);";

    /// <summary>Each line: texts of one shape. The first makes the plan, the others run over it.</summary>
    public static TheoryData<string> Families => new()
    {
        "select a, b from t where a = 2|select a, b from t where a = 1|select a, b from t where a = -1",
        "select a from t where a = 3000000000|select a from t where a = -3000000000|select a from t where b = 10.0",
        "select a from t where a = 2147483647|select a from t where a = -2147483648|select a from t where a = 2147483648",
        "select a from t where a = 99999999999999999999|select a from t where a = 9223372036854775808|select a from t where a = -9223372036854775808",
        "select a from t where n = 1.5|select a from t where n = 2.50|select a from t where 1.5 = n",
        "select a from t where n = '2.5'|select a from t where n = '1.50'|select a from t where n = 'x'",
        "select a from t where s = 'one'|select a from t where s = 'o''e'|select a from t where s = ''",
        "select a from t where a = '1'|select a from t where a = 'two'|select a from t where a = '99999999999'|select a from t where   a = ' 2 '",
        "select a from t where c = 'ab'|select a from t where c = 'cd   '|select a from t where c = 'toolong'",
        "select a from t where d = '2020-01-01'|select a from t where d = 'today'|select a from t where d = '2021-13-01'|select a from t where d = 'yesterday'",
        "select a from t where ts = '2020-01-01 00:00+00'|select a from t where ts > 'now'|select a from t where ts < 'later'",
        "select a from t where i = '24:00'|select a from t where i = '1 day'|select a from t where i = 'x'",
        "select a from t where ok = 't'|select a from t where ok = 'false'|select a from t where ok = 'maybe'",
        "select a from t where x = '\\x01'|select a from t where x = '\\x0'",
        "select a from t where u = '00000000-0000-0000-0000-000000000001'|select a from t where u = '1'",
        "select a from t where a in (1, 2)|select a from t where a in (3, 2)|select a from t where a in (2, -1)",
        "select a from t where a in (1, 2, 3, 4, 5)|select a from t where a in (6, 7, 8, 9, 2)",
        "select a from t where a between 1 and 1|select a from t where a between 2 and 5|select a from t where a between symmetric 5 and 2",
        "select a from t where a = 1 or s = 'two' order by a|select a from t where a = 2 or s = 'one' order by a",
        "select a from t where not (a = 1)|select a from t where not (a = 2)",
        "select a from t where 1 = 0 and a = 1|select a from t where 1 = 1 and a = 1|select a from t where 1/0 = 1 and a = 1",
        "select a from t where a > 0 order by a limit 1|select a from t where a > 0 order by a limit 2|select a from t where a > 1 order by a limit 2",
        "select a, 1 from t where a > 0 order by 1|select a, 2 from t where a > 1 order by 2|select a, 'x' from t where a > 1 order by 2",
        "select a + 1 from t where a = 1 group by a + 1|select a + 1 from t where a = 1 group by a + 2",
        "select a from t where a = (select 1)|select a from t where a = (select 2)",
        "select nope from t where a = 1|select nope from t where a = 2",
        "select a from t where s = 1|select a from t where s = 22",
        "select a from t where a % 0 = 1|select a from t where a % 2 = 1",
        "insert into t (a, b, n, s) values (3, 4, 5, 'six') returning *|insert into t (a, b, n, s) values (-4, 5, 6.127, 'seven') returning *|insert into t (a, b, n, s) values (-4, 5, 6, 'eighth') returning *",
        "insert into t (a, n) values (7, 1.255) returning n|insert into t (a, n) values (8, 99999.99) returning n|insert into t (a, n) values (1, 12345.6) returning n|insert into t (a, n) values (1, 1.0)",
        "insert into t (a, small) values (5, 5)|insert into t (a, small) values (6, 70000)|insert into t (a, small) values (1, 70000)",
        "insert into t (a, b) values (5, 1), (6, 2)|insert into t (a, b) values (7, 1), (7, 2)|insert into t (a, small) values (1, 1), (9, 70000)",
        "insert into t (a, d) values (5, '2020-02-30')|insert into t (a, d) values (5, '2020-02-28')|insert into t (a, d) values (6, 'now')",
        "insert into t (a, b) values (1, 5) on conflict (a) do update set b = excluded.b + 1 returning b|insert into t (a, b) values (2, 6) on conflict (a) do update set b = excluded.b + 100 returning b",
        "insert into t (a, i) values (5, '1 day') returning i|insert into t (a, i) values (6, '2 days') returning i",
        "insert into t values (1, 2, 3)|insert into t values (11, 2, 3) returning a, b, n|insert into t (a, a) values (1, 2)",
        "update t set b = b + 5 where a = 1 returning b|update t set b = b + -7 where a = 2 returning b|update t set b = b + 9223372036854775807 where a = 1 returning b",
        "update t set b = 5, s = 'x' where a = 1 returning b, s|update t set b = -6, s = 'toolong' where a = 2 returning b, s|update t set b = 7, s = 'y' where a = 2 returning b, s",
        "update t set s = s || 'x' returning s|update t set s = s || 'abcdef' returning s",
        "update t set b = b / 1 where a = 1 returning b|update t set b = b / 0 where a = 1 returning b",
        "update t set ts = ts + '1 day' where a = 1 returning ts|update t set ts = ts + '2 days' where a = 1 returning ts|update t set ts = ts + 'x' where a = 1 returning ts",
        "update t set b = - 5 where a = 1 returning b|update t set b = - 6 where a = 1 returning b",
        "update t set b = b - 5 where a = 1 returning b|update t set b = b - 6 where a = 1 returning b",
        "update t set b = b-5 where a = 1 returning b|update t set b = b-6 where a = 1 returning b|update t set b = -(6) where a = 1 returning b",
        "update t set b = - - 5 where a = 1 returning b|update t set b = - - 6 where a = 1 returning b|update t set b = (6) where a = 1 returning b",
        "update t set n = -1.25 where a = (1) returning n|update t set n = -2.125 where a = (2) returning n|update t set n = b*-2.5 returning n",
        "delete from t where a = 7|delete from t where a = 1|delete from t where a = 2 returning s",
        "select a from t where s = 'one' -- 'two'|select a from t where s = 'two' -- 'one'",
        "select a from t where s = E'one'|select a from t where s = E'\\x74wo'",
        "select a from t where s = 'on'\n'e'|select a from t where s = 'tw'\n'o'",
        " select a from t where a = 1 ; |select a from t where a = 1|select a from t where a = 2;",
        "select a from t where s like 'o%'|select a from t where s like 't%'",
        "select a from t where a = 1e0|select a from t where a = 2.|select a from t where a = .5",
        "select 1 as x from t where a = 1|select 2 as x from t where a = 2",
        "select count(*) from t where a = 1 having count(*) = 1|select count(*) from t where a = 2 having count(*) = 2",
        "select t.a, r.a from t left join t r on r.a = t.a and r.b = 10 where t.a = 1|select t.a, r.a from t left join t r on r.a = t.a and r.b = 10 where t.a = 2",
        "select z from (select 1 as z from t) q where z = 1|select z from (select 1 as z from t) q where z = 2",
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_text_answers_over_its_shape_what_it_answers_as_written(string family)
    {
        foreach (string text in Separator().Split(family))
        {
            using TestDatabase warm = New();
            using TestDatabase cold = New();
            using TestDatabase plain = New();
            foreach (string other in Separator().Split(family)) Try(() => warm.Prepare(other));
            string written = Outcome(plain, text, byShape: false);
            Assert.Equal(written, Outcome(cold, text, byShape: true));
            Assert.Equal(written, Outcome(warm, text, byShape: true));
        }
    }

    [Theory]
    [InlineData("select a from t where a = 1", "select a from t where a = 22", true)]
    [InlineData("select a from t where a = 1;", "select a from t where a = 22", true)]
    [InlineData("insert into t (a, s) values (1, 'x')", "insert into t (a, s) values (2, 'it''s')", true)]
    [InlineData("update t set b = 5 where a = 1", "update t set b = 7 where a = 9", true)]
    [InlineData("delete from t where a = 1", "delete from t where a = 9", true)]
    [InlineData("update t set b = b + 5", "update t set b = b + 7", true)]
    [InlineData("update t set s = s || 'x'", "update t set s = s || 'yy'", true)]
    [InlineData("update t set b = b + -5 where a = 1", "update t set b = b + -7 where a = 9", true)]
    [InlineData("select a from t where a = 1", "select a from t where a = 3000000000", false)]
    [InlineData("select a from t where a = 1 limit 1", "select a from t where a = 1 limit 2", false)]
    [InlineData("select a, 1 from t where a = 1", "select a, 2 from t where a = 1", false)]
    [InlineData("select abs(1) from t where a = 1", "select abs(2) from t where a = 1", false)]
    public void Texts_share_a_parse_exactly_when_they_differ_in_liftable_literals(string first, string second, bool share)
    {
        using TestDatabase database = New();
        PreparedStatement one = database.Prepare(first);
        PreparedStatement two = database.Prepare(second);
        Assert.Equal(share, ReferenceEquals(one.Syntax, two.Syntax));
        Assert.Equal(second, two.Text);
        Assert.Empty(two.ParameterTypes);
    }

    [Fact]
    public void A_changed_catalog_makes_the_shape_s_plan_anew()
    {
        using TestDatabase database = New();
        Assert.Equal(2, database.Query("select * from t where b > 5").Count);
        database.Execute("alter table t drop column small");
        Assert.Equal(12, database.Query("select * from t where b > 15")[0].Length);
    }

    [Fact]
    public void Explain_shows_the_literals()
    {
        using TestDatabase database = New();
        database.Prepare("select a from t where a = 1");
        Assert.Contains(database.Query("explain select a from t where a = 77"), row => row[0]!.Contains("77", StringComparison.Ordinal));
        Assert.Contains(database.Prepare("select a from t where a = 78").Explain(false), line => line.Contains("78", StringComparison.Ordinal));
    }

    /// <summary>Before each statement of a script, one like it with other literals was planned.</summary>
    [Theory]
    [InlineData("queries.script")]
    [InlineData("statements.script")]
    public void Recorded_answers_come_over_plans_made_for_other_literals(string name)
    {
        using TestDatabase database = new();
        string script = GoldenScript.Read("Execution/Scripts/" + name);
        Assert.Equal(script, GoldenScript.Replay(script, database, (on, sql) =>
        {
            Try(() => on.Prepare(Digits().Replace(sql, digits => new string('1', digits.Length))));
            Try(() => on.Prepare(Quoted().Replace(sql, "'other'")));
            return GoldenScript.RunStatement(on, sql);
        }));
    }

    [GeneratedRegex(@"(?<![\w'.])\d+(?![\w'])")]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<!\|)\|(?!\|)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"'[a-z ]*'")]
    private static partial Regex Quoted();

    private static TestDatabase New()
    {
        TestDatabase database = new();
        database.Execute(Tables);
        return database;
    }

    private static void Try(Action prepare)
    {
        try
        {
            prepare();
        }
        catch (SqlException)
        {
            // What cannot be planned must leave no trace either.
        }
    }

    /// <summary>Result columns, rows, tag, and the table afterwards; or the error with all its parts.</summary>
    private static string Outcome(TestDatabase database, string text, bool byShape)
    {
        StringBuilder outcome = new();
        try
        {
            // A declared type, used or not, keeps the literals in place.
            SqlType?[] types = byShape ? [] : [SqlTypes.Integer];
            ParsedStatement parsed = byShape ? database.Engine.Parse(text)[0] : SqlParser.Parse(text)[0];
            PreparedStatement statement = database.Engine.Prepare(text, parsed, types, database.Planning);
            outcome.Append(parsed.Start).Append(' ').Append(parsed.Length).Append(' ').Append(statement.Kind).Append(' ').Append(statement.IsReadOnly).Append(' ').AppendLine(statement.Text);
            foreach (ResultColumn column in statement.Columns?.Columns ?? []) outcome.Append(column.Name).Append(' ').Append(column.Type).Append(' ').Append(column.TableOid).Append(", ");
            using StatementCursor cursor = statement.Open(database.NewContext(byShape ? [] : [default]));
            while (cursor.MoveNext())
            {
                outcome.AppendLine();
                for (int i = 0; i < cursor.Current.Length; i++)
                {
                    if (cursor.Current[i].IsNull) continue;
                    System.Buffers.ArrayBufferWriter<byte> value = new();
                    statement.Columns!.Columns[i].Type.Type.Operations.FormatText(cursor.Current[i], value, TypeSettings.Default);
                    outcome.Append(Encoding.UTF8.GetString(value.WrittenSpan)).Append('|');
                }
            }

            outcome.AppendLine().AppendLine(cursor.CommandTag);
        }
        catch (SqlException error)
        {
            outcome.AppendLine($"{error.State.Code} {error.Message} {error.Detail} {error.Hint} {error.Position} {error.ColumnName} {error.ConstraintName}");
        }

        foreach (string?[] row in database.Query("select t.* from t order by a")) outcome.AppendJoin('|', row).AppendLine();
        return outcome.ToString();
    }
}
