using System.Text;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Tests.Types;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Functions;

/// <summary>Aggregates and set-returning functions against vectors recorded from PostgreSQL 15 (Vectors/record_aggregates.py).</summary>
public sealed class AggregateVectorTests
{
    [Fact]
    public void Aggregates_as_PostgreSQL()
    {
        var failures = new List<string>();
        foreach (var vector in VectorFile.Read("aggregates.tsv"))
        {
            var (function, types) = Find(vector[0]);
            var state = function.Specialize(types).Aggregate!.Create(NewContext());
            var (outcome, result) = Run(() =>
            {
                for (var i = 1; i + types.Length <= vector.Length - 2; i += types.Length)
                {
                    var arguments = Parse(types, vector[i..(i + types.Length)]);
                    if (!function.Aggregate!.IgnoresNulls || !arguments.Any(value => value.IsNull))
                        state.Accumulate(arguments);
                }
                return Text(function.ReturnType, state.Finish());
            });
            if (outcome != vector[^2] || result != vector[^1] && !(function.ReturnType == SqlTypes.Boolean && result == vector[^1][..1]))
                failures.Add($"{string.Join(' ', vector)}: got {outcome} {result}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(30)));
    }

    [Fact]
    public void Returns_sets_as_PostgreSQL()
    {
        var failures = new List<string>();
        foreach (var vector in VectorFile.Read("series.tsv"))
        {
            var (function, types) = Find(vector[0]);
            var (outcome, result) = Run(() =>
            {
                var rows = function.SetBody!(NewContext(), Parse(types, vector[1..^2]));
                var texts = rows.Select(row => Datum.FromString(Text(function.ReturnType, row))).ToArray();
                return texts.Length == 0 ? "N" : Text(SqlTypes.TextArray, ArrayValue.OneDimensional(SqlTypes.Text, texts).ToDatum());
            });
            if (outcome != vector[^2] || result != vector[^1])
                failures.Add($"{string.Join(' ', vector)}: got {outcome} {result}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void A_series_without_end_ends_with_its_budget()
    {
        var (function, types) = Find("generate_series(int8,int8)");
        var context = new EvaluationContext { Budget = new Budget(steps: 1000) };
        var refusal = Assert.Throws<SqlException>(() => function.SetBody!(context, Parse(types, ["1", "9223372036854775807"])).Count());
        Assert.Equal("54000", refusal.State.Code);
    }

    private static EvaluationContext NewContext() => new() { TypeSettings = DeclaredType.Session };

    private static (FunctionDescriptor Function, SqlType[] Types) Find(string signature)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        SqlType[] types = [.. signature[(open + 1)..^1].Split(',').Select(type => SqlTypes.ByName(type)!)];
        return (BuiltinFunctions.FunctionsByName(signature[..open]).Single(function => function.ArgumentTypes.SequenceEqual(types)), types);
    }

    private static Datum[] Parse(SqlType[] types, string[] texts) =>
        [.. texts.Select((text, i) => text == "N" ? Datum.Null : types[i].Operations.ParseText(Encoding.UTF8.GetBytes(text), -1, DeclaredType.Session))];

    private static string Text(SqlType type, Datum value) => value.IsNull ? "N" : TypeVectorTests.Text(type, value);

    private static (string Outcome, string Result) Run(Func<string> run)
    {
        try
        {
            return ("=", run());
        }
        catch (SqlException e)
        {
            return ("!", e.State.Code);
        }
    }
}
