using System.Globalization;
using Dadbs.Sql.Tests.Engine;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

/// <summary>
/// Random histories of upper-level transactions of several sessions, some in one block, beside writes that are ordered first. A naive model runs the committed
/// ones one after the other, in the order: each must have answered exactly what it answers there. Two engines that get the same bodies agree.
/// </summary>
public sealed class SerializableHistoryTests
{
    private const int Sessions = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void What_commits_saw_what_it_would_see_alone_at_its_place(int seed)
    {
        var random = new Random(seed);
        using var engine = Begin();
        using var second = Begin();
        var model = new SortedDictionary<int, int>(Enumerable.Range(0, 10).ToDictionary(i => i, i => i));
        var open = new Running?[Sessions];
        (int committed, int aborted) = (0, 0);
        for (int step = 0; step < 400; step++)
        {
            int at = random.Next(Sessions);
            open[at] ??= new Running(new LocalSession(engine, random.Next(2) == 0 ? TransactionIsolation.Serializable : TransactionIsolation.RepeatableRead));
            Running running = open[at]!;
            if (random.Next(4) > 0)
            {
                running.Step(Operation.Draw(random));
                continue;
            }

            var ending = new List<Running> { running };
            open[at] = null;
            int also = random.Next(Sessions);
            if (open[also] is { } other && random.Next(2) == 0)
            {
                ending.Add(other);
                open[also] = null;
            }

            List<Running> written = [.. ending.Where(r => r.Session.Transaction.HasWritten)];
            TransactionBody[] bodies = [.. written.Select(r => r.Session.Transaction.ToBody())];
            if (bodies.Length > 0)
            {
                ReplayOutcome[] outcomes = engine.OrderInOneBlock(bodies);
                Assert.Equal(outcomes.Select(o => o.IsCommitted), second.OrderInOneBlock(bodies).Select(o => o.IsCommitted));
                for (int i = 0; i < outcomes.Length; i++)
                {
                    if (outcomes[i].IsCommitted) written[i].CheckAgainst(model);
                    else Assert.Equal("40001", outcomes[i].Error!.State.Code);
                    _ = outcomes[i].IsCommitted ? committed++ : aborted++;
                }
            }

            foreach (Running ended in ending) ended.Session.Dispose();
            List<string> state = engine.Run("select a, b from t order by a");
            Assert.Equal(model.Select(m => $"{m.Key}|{m.Value}"), state);
            Assert.Equal(state, second.Run("select a, b from t order by a"));
        }

        Assert.Equal(engine.Root, second.Root);
        Assert.True(committed > 20 && aborted > 5, $"{committed} committed, {aborted} aborted");
    }

    private static TestEngine Begin()
    {
        var engine = new TestEngine();
        engine.Run("create table t(a int primary key, b int); create index on t(b); insert into t select i, i from generate_series(0, 9) i");
        return engine;
    }

    /// <summary>A statement, and what it means in the model.</summary>
    private sealed record Operation(string Sql, Func<SortedDictionary<int, int>, List<string>> Model)
    {
        public static Operation Draw(Random random)
        {
            (int a, int b) = (random.Next(14), random.Next(14));
            (int low, int high) = (Math.Min(a, b), Math.Max(a, b));
            return random.Next(7) switch
            {
                0 => new Operation($"select b from t where a = {a}", m => m.TryGetValue(a, out int v) ? [Text(v)] : []),
                1 => new Operation($"select a, b from t where a between {low} and {high} order by a", m => [.. m.Where(r => r.Key >= low && r.Key <= high).Select(Show)]),
                2 => new Operation($"select a, b from t where b = {b} order by a", m => [.. m.Where(r => r.Value == b).Select(Show)]),
                3 => new Operation("select sum(b), count(*) from t", m => [$"{m.Values.Sum()}|{m.Count}"]),
                4 => new Operation($"update t set b = b + 1 where a between {low} and {high} returning a, b", m => Update(m, low, high)),
                5 => new Operation($"insert into t values ({a}, {b}) on conflict (a) do update set b = {b} returning b", m =>
                {
                    m[a] = b;
                    return [Text(b)];
                }),
                _ => new Operation($"delete from t where a = {a} returning b", m => m.Remove(a, out int v) ? [Text(v)] : []),
            };
        }

        private static List<string> Update(SortedDictionary<int, int> model, int low, int high)
        {
            int[] keys = [.. model.Keys.Where(k => k >= low && k <= high)];
            foreach (int key in keys) model[key]++;
            return [.. keys.Select(k => $"{k}|{model[k]}")];
        }

        private static string Show(KeyValuePair<int, int> row) => $"{row.Key}|{row.Value}";

        private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Running(LocalSession session)
    {
        private readonly List<(Operation Operation, List<string> Answer)> _done = [];

        public LocalSession Session => session;

        public void Step(Operation operation) => _done.Add((operation, session.Run(operation.Sql)));

        public void CheckAgainst(SortedDictionary<int, int> model)
        {
            foreach ((Operation operation, List<string> answer) in _done)
            {
                List<string> expected = operation.Model(model);
                Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
            }
        }
    }
}
