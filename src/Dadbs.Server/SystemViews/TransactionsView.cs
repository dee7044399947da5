using Dadbs.Replication;
using Dadbs.Server.Execution;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Server.SystemViews;

/// <summary>
/// <c>dadbs.transactions</c>: what was signed, by whom, for which role, and how it ended, newest first. Statements are shown to the role they were
/// signed for and to superusers.
/// </summary>
internal sealed class TransactionsView(Func<ReplicationNode> replication) : LocalView(
    5,
    "transactions",
    ("height", SqlTypes.BigInt),
    ("position", SqlTypes.Integer),
    ("id", SqlTypes.Text),
    ("signer", SqlTypes.Text),
    ("role", SqlTypes.Text),
    ("lane", SqlTypes.Integer),
    ("time", SqlTypes.TimestampTz),
    ("statements", SqlTypes.Text),
    ("status", SqlTypes.Text))
{
    public override IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        bool seesAll = catalog.FindRole(context.CurrentUser)?.IsSuperuser ?? false;
        foreach (var record in BlocksView.NewestFirst(replication()))
        {
            for (int position = record.Block.Transactions.Count - 1; position >= 0; position--)
            {
                context.Budget.Step();
                var transaction = record.Block.Transactions[position];
                string role = catalog.RoleByOid(transaction.Role)?.Name ?? $"{transaction.Role}";
                bool visible = seesAll || string.Equals(role, context.CurrentUser, StringComparison.Ordinal);
                yield return
                [
                    Datum.FromInt64(record.Block.Height),
                    Datum.FromInt32(position),
                    Datum.FromString(transaction.Id.ToHex()),
                    Datum.FromString(transaction.PublicKey.ToString()),
                    Datum.FromString(role),
                    Datum.FromInt32(record.Block.Lanes[position]),
                    Timestamp(record.Block.TimeMicros),
                    visible ? Datum.FromString(Statements(transaction)) : Datum.Null,
                    Datum.FromString(Word(ExecutionRecord.ReceiptAt(record.Result.ChangeSet.Span, position))),
                ];
            }
        }
    }

    private static string Word(Receipt receipt) => receipt switch
    {
        Receipt.Failed => "failed",
        Receipt.Committed => "committed",
        Receipt.Duplicate => "duplicate",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Statements(SignedTransaction transaction)
    {
        try
        {
            var body = TransactionBodyCodec.Decode(transaction.Body.Span);
            return body.Kind == TransactionKind.Leases ? "(the node's own: values of sequences)" : string.Join(";\n", body.Statements.Select(s => s.Text));
        }
        catch (MalformedBytesException)
        {
            return "(not a transaction body)";
        }
    }
}
