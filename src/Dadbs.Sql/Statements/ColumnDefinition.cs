using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>What a column definition says, once serial is taken apart and contradictions are refused.</summary>
internal sealed record ColumnDefinition
{
    public required ColumnType Type { get; init; }

    public bool IsSerial { get; init; }

    public bool NotNull { get; init; }

    public ExpressionSyntax? Default { get; init; }

    public IdentityConstraintSyntax? Identity { get; init; }

    /// <summary>PRIMARY KEY, UNIQUE and CHECK written with the column, as constraints of the table.</summary>
    public IReadOnlyList<ConstraintSyntax> TableConstraints { get; init; } = [];

    public static ColumnDefinition Read(ColumnDefinitionSyntax syntax, string table)
    {
        SqlType? serial = SerialType(syntax.Type);
        ColumnType type = serial is null ? TypeNameResolver.Resolve(syntax.Type) : new ColumnType(serial);
        if (type.Type.IsPseudo || type.Type.IsUnknown)
            throw new SqlException(SqlState.InvalidTableDefinition, $"column \"{syntax.Name}\" has pseudo-type {type.Type.DisplayName}");
        var definition = new ColumnDefinition { Type = type, IsSerial = serial is not null, NotNull = serial is not null };
        bool saidNull = false;
        bool saidNotNull = serial is not null;
        var constraints = new List<ConstraintSyntax>();
        foreach (ConstraintSyntax constraint in syntax.Constraints)
        {
            switch (constraint)
            {
                case NotNullConstraintSyntax:
                    if (saidNull) throw ConflictingNull(syntax, table, constraint);
                    saidNotNull = true;
                    definition = definition with { NotNull = true };
                    break;
                case NullConstraintSyntax:
                    if (saidNotNull) throw ConflictingNull(syntax, table, constraint);
                    saidNull = true;
                    break;
                case DefaultConstraintSyntax value:
                    if (definition.Default is not null || definition.IsSerial) throw SeveralDefaults(syntax, table, definition.IsSerial ? null : constraint.Position);
                    if (definition.Identity is not null) throw DefaultAndIdentity(syntax, table, constraint);
                    definition = definition with { Default = value.Value };
                    break;
                case IdentityConstraintSyntax identity:
                    if (definition.Identity is not null)
                        throw new SqlException(SqlState.SyntaxError, $"multiple identity specifications for column \"{syntax.Name}\" of table \"{table}\"", constraint.Position);
                    if (definition.Default is not null || definition.IsSerial) throw DefaultAndIdentity(syntax, table, constraint);
                    definition = definition with { Identity = identity, NotNull = true };
                    break;
                case PrimaryKeyConstraintSyntax or UniqueConstraintSyntax or CheckConstraintSyntax or ForeignKeyConstraintSyntax:
                    constraints.Add(constraint);
                    break;
                case GeneratedConstraintSyntax:
                    throw DefinitionScope.Unsupported("a generated column", constraint.Position);
                default:
                    throw DefinitionScope.Unsupported("this constraint", constraint.Position);
            }
        }

        if (definition.Identity is not null && type.Type != SqlTypes.SmallInt && type.Type != SqlTypes.Integer && type.Type != SqlTypes.BigInt)
            throw new SqlException(SqlState.InvalidParameterValue, "identity column type must be smallint, integer, or bigint");
        return definition with { TableConstraints = constraints };
    }

    /// <summary>PostgreSQL's system columns keep their names.</summary>
    public static void RefuseSystemName(ColumnDefinitionSyntax column)
    {
        if (SystemColumns.Find(column.Name) is not null)
            throw new SqlException(SqlState.DuplicateColumn, $"column name \"{column.Name}\" conflicts with a system column name");
    }

    private static SqlType? SerialType(TypeNameSyntax type)
    {
        if (type.Name.Parts.Count != 1 || type.IsArray) return null;
        return type.Name.Name switch
        {
            "serial" or "serial4" => SqlTypes.Integer,
            "bigserial" or "serial8" => SqlTypes.BigInt,
            "smallserial" or "serial2" => SqlTypes.SmallInt,
            _ => null,
        };
    }

    private static SqlException ConflictingNull(ColumnDefinitionSyntax column, string table, ConstraintSyntax at) => new(
        SqlState.SyntaxError, $"conflicting NULL/NOT NULL declarations for column \"{column.Name}\" of table \"{table}\"", at.Position);

    private static SqlException SeveralDefaults(ColumnDefinitionSyntax column, string table, int? position) => new(
        SqlState.SyntaxError, $"multiple default values specified for column \"{column.Name}\" of table \"{table}\"", position);

    private static SqlException DefaultAndIdentity(ColumnDefinitionSyntax column, string table, ConstraintSyntax at) => new(
        SqlState.SyntaxError, $"both default and identity specified for column \"{column.Name}\" of table \"{table}\"", at.Position);
}
