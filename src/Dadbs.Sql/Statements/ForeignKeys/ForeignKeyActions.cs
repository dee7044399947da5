using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>
/// CASCADE, SET NULL and SET DEFAULT: an UPDATE or DELETE of the referencing rows, as their table's owner, with the constraints and further
/// actions that any such statement has; so rows change in key order.
/// </summary>
internal static class ForeignKeyActions
{
    public static void Apply(ForeignKey constraint, ReferentialAction action, ReferencedKeyEvent key, StatementContext context)
    {
        if (constraint.IsDirect && !ForeignKeyValues.Fit(key.Old, constraint, static (k, i) => k.ReferencingType(i))) return;
        bool isUpdate = key.New is not null;
        PreparedStatement plan = action == ReferentialAction.Cascade && !isUpdate
            ? constraint.Plans.Delete(context)
            : context.ConstraintEvents!.Plan(constraint, isUpdate, () => Plan(constraint, action, isUpdate, context));
        Datum[] parameters = action == ReferentialAction.Cascade && isUpdate ? [.. key.New!, .. key.Old] : key.Old;
        try
        {
            using StatementCursor cursor = plan.Open(ContextOf(constraint.Table, parameters, context));
            while (cursor.MoveNext())
            {
            }
        }
        catch (SqlException error) when (error.Where is null)
        {
            throw Inside(error, plan.Text);
        }
    }

    /// <summary>A context for a statement of the constraint's own, with the rights of the table's owner.</summary>
    public static StatementContext ContextOf(TableDescriptor owned, Datum[] parameters, StatementContext context) =>
        context.Inner(parameters, context.Descriptors.RoleByOid(owned.OwnerOid)?.Name ?? context.CurrentUser);

    private static PreparedStatement Plan(ForeignKey constraint, ReferentialAction action, bool isUpdate, StatementContext context) => action switch
    {
        ReferentialAction.Cascade => constraint.Plans.Cascade(context),
        ReferentialAction.SetNull => constraint.Plans.Set(isUpdate ? constraint.Columns : constraint.SetColumns, "NULL", context),
        ReferentialAction.SetDefault => constraint.Plans.Set(isUpdate ? constraint.Columns : constraint.SetColumns, "DEFAULT", context),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static SqlException Inside(SqlException error, string text) => new(error.State, error.Message)
    {
        Detail = error.Detail,
        Hint = error.Hint,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
        Where = $"SQL statement \"{text}\"",
    };
}
