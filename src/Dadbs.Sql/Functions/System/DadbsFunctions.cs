using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>The functions of schema <c>dadbs</c>: what PostgreSQL cannot say. Called by their qualified names.</summary>
public static class DadbsFunctions
{
    private const int TransactionIdHexDigits = 64;

    /// <summary>All overloads of a name; empty when there is none.</summary>
    public static IReadOnlyList<FunctionDescriptor> ByName(string name) => [.. All.Where(f => string.Equals(f.Name, name, StringComparison.Ordinal))];

    private static IReadOnlyList<FunctionDescriptor> All { get; } =
    [
        new FunctionDescriptor
        {
            Oid = 15900,
            Name = "transaction_status",
            ArgumentTypes = [SqlTypes.Text],
            ArgumentNames = ["id"],
            ReturnType = SqlTypes.Text,
            Volatility = Volatility.Volatile,
            IsStrict = true,
            Body = TransactionStatus,
        },
    ];

    /// <summary>committed, aborted, in progress; NULL for a transaction that this node has not seen: the words of txid_status (PostgreSQL manual 9.27).</summary>
    private static Datum TransactionStatus(EvaluationContext context, ReadOnlySpan<Datum> arguments)
    {
        if (context.Session is null)
            throw new SqlException(SqlState.FeatureNotSupported, "dadbs.transaction_status cannot be used in a replicated statement");
        string id = arguments[0].AsString();
        if (id.Length != TransactionIdHexDigits || !id.All(char.IsAsciiHexDigit))
            throw new SqlException(SqlState.InvalidParameterValue, $"invalid transaction id: \"{id}\"") { Hint = "A transaction id has 64 hexadecimal digits." };
        return context.Session.TransactionStatus(id) is { } status ? Datum.FromString(status) : Datum.Null;
    }
}
