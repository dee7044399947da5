using System.Globalization;

namespace Dadbs.Determinism;

/// <summary>
/// A stream of transactions, each a string of statements, drawn from a seed: definitions, writes of every type, expressions whose results could depend on the machine
/// (floats, text, times, order), failures of every kind. The same seed gives the same stream everywhere.
/// </summary>
internal sealed class StatementStream(int seed, int length)
{
    private static readonly string[] Definitions =
    [
        "CREATE TABLE account (id integer PRIMARY KEY, owner text NOT NULL, balance numeric(20,4) NOT NULL DEFAULT 0, rate double precision, opened timestamptz DEFAULT now(), CHECK (balance >= -1000))",
        "CREATE TABLE entry (id serial PRIMARY KEY, account integer, amount numeric, note varchar(40), token uuid DEFAULT gen_random_uuid(), at timestamp)",
        "CREATE TABLE sample (k bigint, r real, d double precision, b boolean, c char(8), raw bytea, day date, label text)",
        "CREATE UNIQUE INDEX account_owner ON account (owner)",
        "CREATE INDEX entry_account ON entry (account, amount)",
        "CREATE INDEX sample_label ON sample (label)",
        "CREATE VIEW total AS SELECT account, count(*) AS entries, sum(amount) AS amount FROM entry GROUP BY account",
        "CREATE TABLE summary (account integer PRIMARY KEY, entries bigint, amount numeric, average double precision)",
    ];

    private readonly Random _random = new(seed);

    public IEnumerable<string> Transactions()
    {
        foreach (string definition in Definitions) yield return definition;
        for (int i = 0; i < length; i++) yield return Next(i);
    }

    private string Next(int i) => _random.Next(24) switch
    {
        0 or 1 or 2 => $"INSERT INTO account (id, owner, balance, rate) VALUES ({_random.Next(400)}, 'owner {_random.Next(600)}', {Numeric()}, {Double()} / 3) ON CONFLICT (id) DO UPDATE SET balance = account.balance + excluded.balance, rate = excluded.rate * 1.1",
        3 or 4 => $"INSERT INTO entry (account, amount, note, at) VALUES ({_random.Next(400)}, {Numeric()}, '{Text()}', timestamp '2024-02-29 12:34:56.789' + interval '{_random.Next(5000)} hours'), ({_random.Next(400)}, {Numeric()} * {Numeric()}, upper('{Text()}'), now())",
        5 or 6 => $"INSERT INTO sample SELECT g, g / 7.0::real, {Double()} * g + random(), g % 3 = 0, 'c' || g, ('\\x' || to_hex(g + 4096))::bytea, date '2020-01-01' + g::integer, '{Text()}' || g FROM generate_series({_random.Next(1000)}, {1000 + _random.Next(40)}) AS g",
        7 => $"UPDATE account SET balance = balance * {Numeric()} / 7, rate = rate * rate - {Double()} WHERE id % {2 + _random.Next(9)} = 0",
        8 => $"UPDATE sample SET d = d / {Double()} + r, label = lower(label) || '{Text()}' WHERE k BETWEEN {_random.Next(900)} AND {900 + _random.Next(200)}",
        9 => $"DELETE FROM entry WHERE account = {_random.Next(400)} AND amount < {Numeric()}",
        10 => $"DELETE FROM sample WHERE k < {_random.Next(700)} AND b",
        11 => "DELETE FROM summary; INSERT INTO summary SELECT e.account, count(*), sum(e.amount), avg(e.amount) FROM entry AS e GROUP BY e.account ON CONFLICT (account) DO NOTHING",
        12 => $"INSERT INTO summary SELECT a.id, count(e.id), sum(e.amount), sum(a.rate) FROM account AS a LEFT JOIN entry AS e ON e.account = a.id WHERE a.id < {_random.Next(400)} GROUP BY a.id ON CONFLICT (account) DO UPDATE SET amount = excluded.amount, average = summary.average + excluded.average",
        13 => $"UPDATE summary SET average = (SELECT sum(d) FROM sample WHERE k % 5 = account % 5), entries = entries + (SELECT count(*) FROM total WHERE total.account = summary.account)",
        14 => $"INSERT INTO account (id, owner) VALUES ({_random.Next(400)}, 'owner {_random.Next(600)}')",
        15 => $"INSERT INTO account (id, owner, balance) VALUES ({1000 + i}, 'poor {i}', -1001)",
        16 => $"INSERT INTO account (id) VALUES ({2000 + i})",
        17 => $"INSERT INTO entry (account, amount) VALUES ({i}, 1 / ({_random.Next(3)} - 1))",
        18 => $"INSERT INTO entry (account, note) VALUES ({i}, repeat('{Text()}', {_random.Next(20)}))",
        19 => $"INSERT INTO sample (k, raw, label) VALUES ({i}, decode(repeat('ab', {_random.Next(4000)}), 'hex'), repeat('{Text()}', {_random.Next(300)}))",
        20 => $"ALTER TABLE sample ADD COLUMN extra{i} {(_random.Next(2) == 0 ? "integer DEFAULT 7" : "text")}",
        21 => $"CREATE TABLE side{i} (id integer PRIMARY KEY, v text); INSERT INTO side{i} SELECT DISTINCT account, '{Text()}' FROM entry WHERE account IS NOT NULL ORDER BY 1 LIMIT 20; DROP TABLE IF EXISTS side{_random.Next(Math.Max(1, i))}",
        22 => $"INSERT INTO entry (account, amount, at) SELECT k, round(d::numeric, 3), date_trunc('hour', now()::timestamp) FROM sample WHERE d IS NOT NULL AND d < 1e15 AND d > -1e15 ORDER BY d DESC, k LIMIT {_random.Next(10)}",
        _ => "ANALYZE",
    };

    private string Numeric() => (_random.Next(2_000_000) - 900_000).ToString(CultureInfo.InvariantCulture) + "." + _random.Next(10_000).ToString("d4", CultureInfo.InvariantCulture);

    private string Double() => ((_random.NextDouble() - 0.4) * Math.ScaleB(1, _random.Next(12))).ToString("r", CultureInfo.InvariantCulture) + "::double precision";

    private string Text()
    {
        string[] words = ["ink", "Über", "straße", "İstanbul", "naïve", "日本", "zebra", "O''Hara", "ß", "ÆØÅ"];
        return words[_random.Next(words.Length)];
    }
}
