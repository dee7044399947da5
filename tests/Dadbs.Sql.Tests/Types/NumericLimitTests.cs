using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Tests.Types;

public sealed class NumericLimitTests
{
    [Fact]
    public void Keeps_the_largest_and_the_finest_value_and_refuses_one_digit_more()
    {
        var largest = Read("1e131071");
        Assert.Equal("1" + new string('0', 131071), TypeVectorTests.Text(SqlTypes.Numeric, largest));
        var finest = Read("1e-16383");
        Assert.Equal("0." + new string('0', 16382) + "1", TypeVectorTests.Text(SqlTypes.Numeric, finest));
        Assert.Equal("22003", Assert.Throws<SqlException>(() => Read("1e131072")).State.Code);
        Assert.Equal("22003", Assert.Throws<SqlException>(() => Read("1e-16384")).State.Code);
        Assert.True(SqlTypes.Numeric.Operations.Compare(finest, largest) < 0);
    }

    [Fact]
    public void The_mantissa_changes_its_form_without_changing_the_value()
    {
        var small = Read("9223372036854775807");
        var big = Read("9223372036854775808");
        Assert.Null(small.Ref as BigNumeric);
        Assert.IsType<BigNumeric>(big.Ref);
        Assert.Equal(-1, SqlTypes.Numeric.Operations.Compare(small, big));
        Assert.Equal(SqlTypes.Numeric.Operations.Hash(Read("9223372036854775807.0000000000")), SqlTypes.Numeric.Operations.Hash(small));
        Assert.Equal(SqlTypes.Numeric.Operations.Hash(Read("1000000000000000000000")), SqlTypes.Numeric.Operations.Hash(Read("1e21")));
    }

    private static Datum Read(string text) => SqlTypes.Numeric.Operations.ParseText(Encoding.ASCII.GetBytes(text), -1, TypeSettings.Default);
}
