using System.Text;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Tests.Types;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Functions;

/// <summary>Functions and operators against vectors recorded from PostgreSQL 15 (Vectors/record_functions.py): results as text, errors by SQLSTATE and message.</summary>
public sealed class FunctionVectorTests
{
    private static readonly ILookup<string, string[]> Vectors = VectorFile.Read("functions.tsv").ToLookup(vector => vector[0], vector => vector[1..]);

    /// <summary>Ours round correctly, PostgreSQL's libm within a unit or (cbrt) a few of the last place.</summary>
    private static readonly HashSet<string> LastPlaceMayDiffer =
        ["sin", "cos", "tan", "cot", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "ln", "log10", "log", "cbrt", "power", "sind", "cosd", "tand", "cotd", "asind", "acosd", "atand", "atan2d"];

    public static TheoryData<string> Signatures => [.. Vectors.Select(group => group.Key)];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Answers_as_PostgreSQL(string signature)
    {
        var open = signature.LastIndexOf('(');
        var name = signature[..open];
        SqlType[] types = [.. signature[(open + 1)..^1].Split(',').Select(type => SqlTypes.ByName(type)!)];
        var function = Find(name, types);
        Assert.True(function is not null, $"no {signature}");
        var failures = new List<string>();
        var count = 0;
        foreach (var vector in Vectors[signature])
        {
            count++;
            // A vector that runs away must fail, not hang.
            Check(function.Specialize(types), types, vector, LastPlaceMayDiffer.Contains(name), failures);
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {count}:\n{string.Join('\n', failures.Take(25))}");
    }

    private static FunctionDescriptor? Find(string name, SqlType[] types)
    {
        static bool Same(SqlType[] declared, SqlType[] types) => declared.Select(type => type.Oid).SequenceEqual(types.Select(type => type.Oid));
        if (name.StartsWith("op ", StringComparison.Ordinal))
            return BuiltinFunctions.OperatorsByName(name[3..]).FirstOrDefault(op => op.Left is not null && Same([op.Left, op.Right], types))?.Function;
        return BuiltinFunctions.FunctionsByName(name).FirstOrDefault(function => Same(function.ArgumentTypes, types));
    }

    private static void Check(FunctionDescriptor function, SqlType[] types, string[] vector, bool lastPlaceMayDiffer, List<string> failures)
    {
        var arguments = new Datum[types.Length];
        var (expectedState, expected) = (vector[^2], vector[^1]);
        string state, result;
        try
        {
            for (var i = 0; i < types.Length; i++)
                arguments[i] = types[i].Operations.ParseText(Encoding.UTF8.GetBytes(vector[i]), -1, DeclaredType.Session);
            var value = function.Body!(new EvaluationContext { TypeSettings = DeclaredType.Session, Budget = new Budget(steps: 50_000_000) }, arguments);
            state = "ok";
            result = value.IsNull ? "N" : TypeVectorTests.Text(function.ReturnType, value);
            if (function.ReturnType == SqlTypes.Boolean)
                expected = expected[..1];
            if (lastPlaceMayDiffer && function.ReturnType == SqlTypes.Double && IsNeighbour(result, expected, function.Name == "cbrt" ? 4 : 1))
                return;
        }
        catch (SqlException e)
        {
            (state, result) = (e.State.Code, e.Message);
        }
        catch (Exception e) when (e is not SqlException)
        {
            (state, result) = ("XX000", e.ToString());
        }
        if (state != expectedState || result != expected)
            failures.Add($"({string.Join(", ", vector[..types.Length])}): expected {expectedState} {expected}, got {state} {result}");
    }

    private static bool IsNeighbour(string left, string right, long places) =>
        double.TryParse(left, System.Globalization.CultureInfo.InvariantCulture, out var a) && double.TryParse(right, System.Globalization.CultureInfo.InvariantCulture, out var b)
        && (a.Equals(b) || double.IsFinite(a) && double.IsFinite(b) && Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b)) <= places);
}
