using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Functions;

public sealed class BuiltinFunctionsTests
{
    [Fact]
    public void Every_registered_body_has_its_row_and_every_operator_its_function()
    {
        Assert.NotEmpty(BuiltinFunctions.AllFunctions);
        Assert.All(BuiltinFunctions.AllFunctions, function =>
            Assert.True(function.Body is not null || function.SetBody is not null || function.Aggregate is not null || function.Specializer is not null || function.Kind == FunctionKind.Window, function.ToString()));
        Assert.All(BuiltinFunctions.AllOperators, op => Assert.Equal(op, BuiltinFunctions.OperatorByOid(op.Oid)));
    }

    [Fact]
    public void Integer_addition_is_found_by_name_and_refuses_overflow()
    {
        var plus = Assert.Single(BuiltinFunctions.OperatorsByName("+"), op => op.Left == SqlTypes.Integer && op.Right == SqlTypes.Integer);
        Assert.Equal(551u, plus.Oid);
        var context = new EvaluationContext();
        Assert.Equal(5, plus.Function.Body!(context, [Datum.FromInt32(2), Datum.FromInt32(3)]).AsInt64);
        var refusal = Assert.Throws<SqlException>(() => plus.Function.Body!(context, [Datum.FromInt32(int.MaxValue), Datum.FromInt32(1)]));
        Assert.Equal("22003", refusal.State.Code);
        Assert.Equal("integer out of range", refusal.Message);
    }

    [Theory]
    [InlineData("bool", "btboolcmp", false)]
    [InlineData("text", "bttextcmp", true)]
    [InlineData("uuid", "uuid_cmp", false)]
    [InlineData("timestamptz", "timestamptz_cmp", true)]
    [InlineData("tid", "bttidcmp", true)]
    [InlineData("xid8", "xid8cmp", true)]
    [InlineData("record", "btrecordcmp", false)]
    public void A_type_that_is_compared_has_its_operators_its_support_function_and_the_extremes_that_PostgreSQL_has(string name, string support, bool hasExtremes)
    {
        var type = SqlTypes.ByName(name)!;
        foreach (var op in new[] { "=", "<>", "<", "<=", ">", ">=" })
            Assert.Single(BuiltinFunctions.OperatorsByName(op), o => o.Left == type && o.Right == type);
        Assert.Single(BuiltinFunctions.FunctionsByName(support));
        foreach (var extreme in new[] { "min", "max" })
            Assert.Equal(hasExtremes, BuiltinFunctions.AggregatesByName(extreme).Any(f => f.ArgumentTypes[0] == type));
    }
}
