using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>SET CONSTRAINTS: carried with its transaction like a write, so that replay defers what the session deferred.</summary>
public static class SetConstraints
{
    public const string Tag = "SET CONSTRAINTS";

    /// <exception cref="SqlException">42704, 42809, 3F000; 23503 or 23505 where a check that waited fails now.</exception>
    public static string Execute(SetConstraintsSyntax syntax, StatementContext context)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Deferred is not { } deferred) return Tag;
        deferred.Set(syntax.Names.Count == 0 ? null : [.. syntax.Names.SelectMany(name => Find(name, context))], syntax.IsDeferred, context);
        return Tag;
    }

    /// <summary>All constraints of the name in the first schema that has one.</summary>
    private static List<uint> Find(QualifiedNameSyntax name, StatementContext context)
    {
        CatalogSnapshot catalog = context.Descriptors;
        if (name.Schema is { } schema && catalog.FindSchema(schema) is null)
            throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{schema}\" does not exist");
        foreach (string candidate in name.Schema is { } named ? [named] : SearchPath.Of(context.SearchPath).Effective)
        {
            List<TableDescriptor> tables = [.. catalog.Relations.OfType<TableDescriptor>().Where(table => table.SchemaName == candidate)];
            List<(uint Oid, bool IsDeferrable)> found =
            [
                .. tables.SelectMany(table => table.ForeignKeys).Where(key => key.Name == name.Name).Select(key => (key.Oid, key.IsDeferrable)),
                .. tables.SelectMany(table => table.Indexes).Where(index => index.ConstraintOid != 0 && index.Name == name.Name).Select(index => (index.ConstraintOid, index.IsDeferrable)),
            ];
            bool isCheck = tables.Exists(table => table.Checks.Any(check => check.Name == name.Name));
            if (found.Exists(key => !key.IsDeferrable) || (isCheck && found.Count == 0))
                throw new SqlException(SqlState.WrongObjectType, $"constraint \"{name.Name}\" is not deferrable");
            if (found.Count > 0) return [.. found.Select(key => key.Oid)];
        }

        throw new SqlException(SqlState.UndefinedObject, $"constraint \"{name}\" does not exist");
    }
}
