using Dadbs.Replication;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.SystemViews;

/// <summary><c>dadbs.validators</c>: the validator set, in genesis order.</summary>
internal sealed class ValidatorsView(Func<ReplicationNode> replication) : LocalView(
    2,
    "validators",
    ("validator", SqlTypes.Integer),
    ("public_key", SqlTypes.Text),
    ("address", SqlTypes.Text),
    ("is_self", SqlTypes.Boolean))
{
    public override IEnumerable<Datum[]> Rows(EvaluationContext context, CatalogSnapshot catalog)
    {
        var node = replication();
        for (int i = 0; i < node.Validators.Count; i++)
        {
            yield return
            [
                Datum.FromInt32(i),
                Datum.FromString(node.Validators[i].Key.ToString()),
                Datum.FromString(node.Validators[i].Address.ToString()),
                Datum.FromBool(i == node.Validator),
            ];
        }
    }
}
