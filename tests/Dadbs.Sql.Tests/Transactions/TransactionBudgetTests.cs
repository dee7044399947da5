using Dadbs.Sql.Functions;
using Dadbs.Sql.Transactions;
using Xunit;

namespace Dadbs.Sql.Tests.Transactions;

public sealed class TransactionBudgetTests
{
    [Fact]
    public void Statements_of_a_transaction_share_its_steps_and_have_their_memory_each()
    {
        var transaction = new TransactionBudget();
        Budget first = transaction.Next(null);
        first.Step(TransactionLimits.StepsMax - 10);
        first.Allocate(TransactionLimits.StatementBytesMax);
        Budget second = transaction.Next(null);
        second.Allocate(TransactionLimits.StatementBytesMax);
        second.Step(10);
        Assert.Equal("54000", Assert.Throws<SqlException>(() => second.Step()).State.Code);
        Assert.Equal("54000", Assert.Throws<SqlException>(() => transaction.Next(null).Step()).State.Code);
        Assert.Equal("54000", Assert.Throws<SqlException>(() => second.Allocate(1)).State.Code);
    }
}
