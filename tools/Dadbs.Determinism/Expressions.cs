namespace Dadbs.Determinism;

/// <summary>Expressions of text type over constants, the clock, the seed and aggregates of tables; what machines, cultures and orders could make differ.</summary>
internal static class Expressions
{
    private static readonly string[] OfDouble =
    [
        "exp(X / 100)", "ln(abs(X) + 1)", "log(abs(X) + 1)", "sin(X)", "cos(X)", "tan(X)", "asin(X / 5000)", "acos(X / 5000)", "atan(X)", "atan2(X, 3)", "sinh(X / 1000)", "cosh(X / 1000)", "tanh(X)",
        "power(abs(X), 0.37)", "sqrt(abs(X))", "cbrt(X)", "degrees(X)", "radians(X)", "X / 3 * 3 - X", "X * 1e300 * 1e-300", "X::real", "X::numeric", "round(X)", "trunc(X)", "ceil(X)", "floor(X)", "mod(X::numeric, 7)",
        "X::real::double precision", "(X * 1e15)::bigint", "random() * X", "width_bucket(X, -4000, 4000, 13)", "sign(X)", "X::text", "to_char(X::numeric, 'S999,990.999')", "-X", "abs(X)", "X = X::text::double precision",
        "greatest(X, 0.1, -X)", "least(X, 0.1)", "erf(X)", "cot(X)", "sind(X)", "atand(X)", "asinh(X)", "acosh(abs(X) + 1)", "atanh(X / 10000)", "gamma(X)",
    ];

    private static readonly string[] OfNumeric =
    [
        "X / 7", "X * X * X", "round(X, 2)", "round(X, -2)", "trunc(X, 1)", "X % 13", "sqrt(abs(X))", "exp(X / 1e6)", "ln(abs(X) + 1)", "power(abs(X) + 1, 1.5)", "log(2, abs(X) + 2)", "X::double precision", "X::real", "X::bigint",
        "div(X, 17)", "gcd(X::bigint, 12)", "lcm(X::bigint, 4)", "factorial(20)", "scale(X)", "trim_scale(X)", "min_scale(X)", "X::text", "to_char(X, '9G999G990D00')", "X::numeric(12,1)", "X / 0.000001", "1 / (X * X + 1)", "ceil(X)", "-X",
    ];

    private static readonly string[] OfText =
    [
        "upper('X')", "lower('X')", "initcap('X y')", "length('X')", "octet_length('X')", "reverse('X')", "md5('X')", "encode(sha256('X'::bytea), 'hex')", "substring('X' from 2 for 3)", "overlay('X' placing 'zz' from 2)", "position('a' in 'X')",
        "lpad('X', 9, 'ab')", "rpad('X', 9)", "trim(both 'i' from 'X')", "translate('X', 'aeiß', '1234')", "replace('X', 'a', 'bb')", "split_part('X,Y,Z', ',', 2)", "repeat('X', 3)", "ascii('X')", "chr(223) || 'X'", "'X' ~ 'a|ab|an+'", "'X' ~* '[[:upper:]]ber'",
        "regexp_replace('X and X', '(n|na)(.*)', '<\\1|\\2>', 'g')", "substring('X' from '[a-z]+')", "'X' LIKE '%a_'", "'X' ILIKE '%ER'", "'X' SIMILAR TO '%(b|n)%'", "'X' < 'a'", "'X' COLLATE \"C\" > 'Z'", "concat_ws('-', 'X', NULL, 3)", "format('%s %I %L', 'X', 'X', 'X')",
        "quote_literal('X')", "quote_ident('X')", "to_hex(ascii('X'))", "strpos('X', 'i')", "left('X', -1)", "right('X', 2)", "starts_with('X', 'i')", "'X'::char(3)::text || '|'", "'X'::varchar(2)", "array_to_string(string_to_array('a,X,b', ','), '/')", "btrim('X', 'iÜ')",
    ];

    private static readonly string[] Others =
    [
        "now()", "statement_timestamp() - now()", "clock_timestamp() = now()", "current_date", "localtimestamp", "date_trunc('month', now())", "extract(epoch from now())", "extract(dow from date '2024-02-29')", "age(timestamp '2024-02-29', timestamp '1999-12-31 23:59')",
        "timestamp '2024-01-31' + interval '1 month'", "date '2024-03-31' - interval '1 month'", "timestamptz '2024-03-31 02:30 Europe/Berlin'", "timestamptz '2024-11-03 01:30 America/New_York' AT TIME ZONE 'Asia/Tokyo'", "to_char(now(), 'YYYY-MM-DD HH24:MI:SS.US TZ')", "to_char(timestamp '2024-02-29 13:14:15', 'Day Month D DDD WW IW')",
        "justify_interval(interval '100 days 30 hours')", "interval '1 year 2 mons 3 days 04:05:06.7' * 1.5", "make_date(2024, 2, 29)", "to_timestamp(1700000000.123456)", "gen_random_uuid()", "random()", "current_user", "current_setting('TimeZone')",
        "(SELECT sum(d) FROM sample)", "(SELECT avg(d) FROM sample)", "(SELECT stddev(d) FROM sample)", "(SELECT var_pop(amount) FROM entry)", "(SELECT sum(r) FROM sample)", "(SELECT corr(d, r) FROM sample)", "(SELECT string_agg(owner, ',' ORDER BY owner DESC) FROM account WHERE id < 40)",
        "(SELECT array_agg(label) FROM sample WHERE k < 30)", "(SELECT count(DISTINCT label) FROM sample)", "(SELECT max(label) || min(label) FROM sample)", "(SELECT sum(amount) FROM entry)", "(SELECT string_agg(x.v, '|') FROM (SELECT DISTINCT note AS v FROM entry) AS x)",
        "(SELECT bool_and(b) FROM sample)", "(SELECT string_agg(label, ';') FROM (SELECT label FROM sample GROUP BY label HAVING count(*) > 1) AS g)", "(SELECT count(*) FROM account AS a JOIN entry AS e ON e.account = a.id JOIN sample AS s ON s.k = a.id)",
        "(SELECT string_agg(k::text, ',') FROM (SELECT k FROM sample ORDER BY d, k LIMIT 9) AS o)", "(SELECT min(token::text) FROM entry)", "(SELECT count(*) FROM account FULL JOIN summary ON summary.account = account.id)", "md5((SELECT string_agg(what, '') FROM (SELECT what FROM result ORDER BY id DESC LIMIT 20) AS l))",
        "(SELECT string_agg(name || n, ',') FROM counter)", "(SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'side%')", "array[3,1,2]::text", "(array['b','a'])[2]", "1 = ANY (array[1,2])", "CASE WHEN random() < 0.5 THEN 'low' ELSE 'high' END", "coalesce(NULL, 'x')", "nullif(1, 1)",
        "'\\xdeadbeef'::bytea", "get_byte('\\x010203'::bytea, 1)", "encode('abc'::bytea, 'base64')", "7 & 3 | 8 # 1", "(-7) / 2 || ' ' || (-7) % 2", "9223372036854775807 - 1", "2147483647 + 1", "1.0 = 1.00", "'NaN'::double precision > 1e308", "'-0'::double precision", "row(1, 'a', NULL)",
    ];

    public static string Draw(StatementStream stream)
    {
        string expression = stream.Draw(4) switch
        {
            0 => Pick(stream, OfDouble).Replace("X", stream.Double(), StringComparison.Ordinal),
            1 => Pick(stream, OfNumeric).Replace("X", $"({stream.Numeric()})", StringComparison.Ordinal),
            2 => Pick(stream, OfText).Replace("X", stream.Text(), StringComparison.Ordinal),
            _ => Pick(stream, Others),
        };
        return $"({expression})::text";
    }

    private static string Pick(StatementStream stream, string[] from) => from[stream.Draw(from.Length)];
}
