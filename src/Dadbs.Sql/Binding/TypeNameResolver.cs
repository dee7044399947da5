using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>Type names as written → types with modifiers.</summary>
public static class TypeNameResolver
{
    /// <summary>The type meant; 42704 if there is none, 42601 or 22023 for bad modifiers.</summary>
    public static ColumnType Resolve(TypeNameSyntax name)
    {
        if (name.IsColumnType) throw new SqlException(SqlState.FeatureNotSupported, "%TYPE references are not supported", name.Position);
        SqlType? type = name.Name.Schema is null or "pg_catalog" ? SqlTypes.ByName(name.Name.Name) : null;
        if (type is null || type == SqlTypes.Json || type == SqlTypes.Jsonb) RefuseKnown(name);
        if (type is null) throw new SqlException(SqlState.UndefinedObject, $"type \"{name.Name}\" does not exist", name.Position);
        int modifier = Modifier(name, type);
        if (!name.IsArray) return new ColumnType(type, modifier);
        SqlType? array = type.ArrayType;
        if (array is null) throw new SqlException(SqlState.UndefinedObject, $"could not find array type for data type {type.DisplayName}", name.Position);
        return new ColumnType(array, modifier);
    }

    /// <summary>A type of PostgreSQL without operations here (json, inet, int4range, xml, …) is not supported, which is not the same as unknown.</summary>
    private static void RefuseKnown(TypeNameSyntax name)
    {
        if (name.Name.Schema is null or "pg_catalog" && SystemCatalog.TypeRelations.Names.Contains(name.Name.Name))
            throw new SqlException(SqlState.FeatureNotSupported, $"type {name.Name} is not supported", name.Position);
    }

    private static int Modifier(TypeNameSyntax name, SqlType type)
    {
        if (name.Modifiers.Count == 0 && name.Fields is null) return -1;
        List<int> arguments = [];
        if (name.Fields is { } fields) arguments.Add((int)fields);
        foreach (ExpressionSyntax modifier in name.Modifiers)
        {
            arguments.Add(modifier switch
            {
                IntegerLiteralSyntax integer => integer.Value,
                UnaryOperatorSyntax { Operator.Symbol: "-", Operand: IntegerLiteralSyntax integer } => -integer.Value,
                _ => throw new SqlException(SqlState.SyntaxError, "type modifiers must be simple constants or identifiers", modifier.Position),
            });
        }

        try
        {
            return type.Operations.EncodeModifier(type, arguments.ToArray());
        }
        catch (SqlException error) when (error.Position is null)
        {
            throw error.At(name.Position);
        }
    }
}
