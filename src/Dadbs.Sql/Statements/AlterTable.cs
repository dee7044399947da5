using System.Buffers;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Statements.ForeignKeys;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>ALTER TABLE: actions in the order written, on one descriptor that is stored at the end.</summary>
internal static class AlterTable
{
    public static string Execute(AlterTableSyntax syntax, DefinitionScope scope)
    {
        string tag = syntax.Kind switch
        {
            Parsing.RelationKind.View => "ALTER VIEW",
            Parsing.RelationKind.Index => "ALTER INDEX",
            Parsing.RelationKind.Sequence => "ALTER SEQUENCE",
            Parsing.RelationKind.MaterializedView => "ALTER MATERIALIZED VIEW",
            _ => "ALTER TABLE",
        };
        RelationDescriptor? relation = scope.Find(syntax.Name);
        if (relation is null)
        {
            if (!syntax.IfExists) throw scope.Missing(syntax.Name);
            scope.Notice($"relation \"{syntax.Name.Name}\" does not exist, skipping");
            return tag;
        }

        if (relation is VirtualTableDescriptor)
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied: \"{relation.Name}\" is a system catalog");
        Ownership.RequireOwner(scope.Role, relation);
        if (relation is not TableDescriptor table)
        {
            AlterOther(relation, syntax, scope);
            return tag;
        }

        scope.Context.Deferred?.RequireNonePending(table, "ALTER TABLE", scope.Catalog);
        var definition = new TableDefinition(table, scope);
        foreach (AlterTableActionSyntax action in syntax.Actions) Apply(action, definition, scope);
        definition.Store();
        return tag;
    }

    private static void AlterOther(RelationDescriptor relation, AlterTableSyntax syntax, DefinitionScope scope)
    {
        foreach (AlterTableActionSyntax action in syntax.Actions)
        {
            if (action is not ChangeOwnerSyntax owner)
                throw new SqlException(SqlState.WrongObjectType, $"\"{relation.Name}\" is not a table");
            relation = relation with { OwnerOid = RoleDefinitions.Resolve(owner.Owner, scope).Oid };
        }

        if (relation is IndexDescriptor index) scope.Writer.Put(index, (TableDescriptor)scope.Catalog.RelationByOid(index.TableOid)!);
        else scope.Writer.Put(relation);
    }

    private static void Apply(AlterTableActionSyntax action, TableDefinition definition, DefinitionScope scope)
    {
        switch (action)
        {
            case AddColumnSyntax s:
                AddColumn(s, definition, scope);
                break;
            case DropColumnSyntax s:
                DropColumn.Apply(s, definition, scope);
                break;
            case AlterColumnDefaultSyntax s:
                ChangeDefault(s, definition, scope);
                break;
            case AlterColumnNotNullSyntax s:
                ChangeNotNull(s, definition, scope);
                break;
            case AlterColumnTypeSyntax s:
                ChangeType(s, definition, scope);
                break;
            case AddConstraintSyntax s:
                AddConstraint(null, s.Constraint, definition, scope);
                break;
            case DropConstraintSyntax s:
                DropConstraint(s, definition, scope);
                break;
            case ChangeOwnerSyntax s:
                uint owner = RoleDefinitions.Resolve(s.Owner, scope).Oid;
                definition.Replace(definition.Table with { OwnerOid = owner });
                foreach (IndexDescriptor index in definition.Table.Indexes.ToList()) definition.ReplaceIndex(index with { OwnerOid = owner });
                break;
            case SetStorageParametersSyntax s:
                ChangeOptions(s, definition);
                break;
            case AddIdentitySyntax s:
                AddIdentity(s, definition, scope);
                break;
            case DropIdentitySyntax s:
                DropIdentity(s, definition, scope);
                break;
            case AlterIdentitySyntax s:
                AlterIdentity(s, definition, scope);
                break;
            case ValidateConstraintSyntax s:
                ForeignKeyValidation.Validate(s, definition);
                break;
            case AlterConstraintSyntax s:
                ForeignKeyValidation.Alter(s, definition);
                break;
            case AlterColumnStatisticsSyntax or AlterColumnStorageSyntax or PhysicalTableActionSyntax:
                break;
            case AlterRowSecuritySyntax s:
                throw DefinitionScope.Unsupported("row-level security", s.Position);
            default:
                throw DefinitionScope.Unsupported("this form of ALTER TABLE", action.Position);
        }
    }

    private static void AddColumn(AddColumnSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        string name = syntax.Column.Name;
        ColumnDefinition.RefuseSystemName(syntax.Column);
        if (definition.Table.ColumnIndex(name) >= 0)
        {
            string message = $"column \"{name}\" of relation \"{definition.Table.Name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateColumn, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateColumn);
            return;
        }

        TableDescriptor before = definition.Table;
        StoredExpression? value = definition.AddColumn(syntax.Column);
        if (TableRewrite.HasRows(before, scope)) FillColumn(before, value, definition, scope);
        List<ConstraintSyntax> constraints = definition.TakeColumnConstraints(out List<string> columns);
        for (int i = 0; i < constraints.Count; i++) AddConstraint(columns[i], constraints[i], definition, scope);
    }

    /// <summary>
    /// Gives rows that exist the new column's value: by the descriptor alone where one value serves all, else by writing every row anew.
    /// </summary>
    private static void FillColumn(TableDescriptor before, StoredExpression? value, TableDefinition definition, DefinitionScope scope)
    {
        ColumnDescriptor column = definition.Table.Columns[^1];
        if (column.OwnedSequenceOid != 0)
        {
            Rewrite(before, definition, row => [.. row, SequenceDefinitions.NextFor(column, scope)], scope);
            return;
        }

        if (value is { IsVolatile: true })
        {
            Rewrite(before, definition, row => [.. row, value.Evaluator(value.State)], scope);
            return;
        }

        Datum constant = value?.Evaluator(value.State) ?? Datum.Null;
        if (constant.IsNull)
        {
            if (column.NotNull) TableRewrite.CheckNotNull(definition.Table, RowWithNull(definition.Table));
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        column.Type.Type.Operations.EncodeRow(constant, bytes);
        if (bytes.WrittenCount > Rows.RowFormat.InlineBytesTarget)
        {
            Rewrite(before, definition, row => [.. row, constant], scope);
            return;
        }

        definition.ReplaceColumn(column.Name, c => c with { MissingValue = bytes.WrittenSpan.ToArray() });
    }

    /// <summary>A row in which only the last column is NULL, to word its refusal.</summary>
    private static Datum[] RowWithNull(TableDescriptor table)
    {
        var row = new Datum[table.Columns.Count];
        Array.Fill(row, Datum.True, 0, row.Length - 1);
        return row;
    }

    private static void Rewrite(TableDescriptor before, TableDefinition definition, Func<Datum[], Datum[]> change, DefinitionScope scope)
    {
        TableDescriptor rewritten = TableRewrite.Rewrite(before, definition.Table, change, scope);
        definition.Replace(rewritten);
        foreach (IndexDescriptor index in rewritten.Indexes) definition.ReplaceIndex(index);
    }

    private static void ChangeDefault(AlterColumnDefaultSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        ColumnDescriptor column = definition.Table.Columns[definition.RequireColumn(syntax.Column)];
        if (column.Identity != IdentityKind.None)
        {
            throw new SqlException(SqlState.SyntaxError, $"column \"{column.Name}\" of relation \"{definition.Table.Name}\" is an identity column")
            {
                Hint = syntax.Value is null ? "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead." : null,
            };
        }

        string? text = null;
        if (syntax.Value is { } value and not NullLiteralSyntax)
        {
            StoredExpressions.Default(value, column.Type, column.Name, scope);
            text = SyntaxPrinter.Print(value);
        }

        definition.ReplaceColumn(column.Name, c => c with { DefaultText = text });
    }

    private static void ChangeNotNull(AlterColumnNotNullSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        int index = definition.RequireColumn(syntax.Column);
        ColumnDescriptor column = definition.Table.Columns[index];
        if (!syntax.IsNotNull)
        {
            if (column.Identity != IdentityKind.None)
                throw new SqlException(SqlState.SyntaxError, $"column \"{column.Name}\" of relation \"{definition.Table.Name}\" is an identity column");
            if (definition.Table.DeclaredPrimaryKey is { } key && key.Parts.Any(p => p.ColumnIndex == index))
                throw new SqlException(SqlState.InvalidTableDefinition, $"column \"{column.Name}\" is in a primary key");
        }
        else if (!column.NotNull)
        {
            TableDescriptor table = definition.Table;
            ColumnDescriptor[] columns = [.. table.Columns];
            columns[index] = column with { NotNull = true };
            TableDescriptor strict = table with { Columns = columns };
            TableRewrite.ForEachRow(table, scope, (_, row) => TableRewrite.CheckNotNull(strict, row));
        }

        definition.ReplaceColumn(column.Name, c => c with { NotNull = syntax.IsNotNull });
    }

    private static void ChangeType(AlterColumnTypeSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        int index = definition.RequireColumn(syntax.Column);
        TableDescriptor before = definition.Table;
        ColumnDescriptor column = before.Columns[index];
        ColumnType type = TypeNameResolver.Resolve(syntax.Type);
        DropObjects.RefuseDependentViews(before, column.Name, scope, () => new SqlException(
            SqlState.FeatureNotSupported, "cannot alter type of a column used by a view or rule"));
        StoredExpression conversion;
        try
        {
            conversion = StoredExpressions.Conversion(
                syntax.Using ?? new ColumnReferenceSyntax(syntax.Position, [column.Name]), before, type, column.Name, scope);
        }
        catch (SqlException error) when (error.State == SqlState.DatatypeMismatch && syntax.Using is null)
        {
            throw new SqlException(SqlState.DatatypeMismatch, $"column \"{column.Name}\" cannot be cast automatically to type {type}")
            {
                Hint = $"You might need to specify \"USING {Identifiers.Quote(column.Name)}::{type}\".",
            };
        }

        var columns = new ColumnDescriptor[before.Columns.Count];
        before.Columns.ToArray().CopyTo(columns, 0);
        columns[index] = column with { Type = type, MissingValue = null };
        TableDescriptor after = before with
        {
            Columns = columns,
            Indexes = [.. before.Indexes.Select(i => i with { Parts = [.. i.Parts.Select(p => p.ColumnIndex == index ? p with { Type = type.Type } : p)] })],
        };
        after = after with { PrimaryKey = after.Indexes.FirstOrDefault(i => i.IsPrimary) };
        definition.Replace(after);
        Rewrite(before, definition, row =>
        {
            Datum converted = conversion.Evaluate(row);
            Datum[] changed = [.. row];
            changed[index] = converted;
            return changed;
        }, scope);
        ForeignKeyValidation.AfterTypeChange(column.Number, definition);
    }

    private static void AddConstraint(string? column, ConstraintSyntax constraint, TableDefinition definition, DefinitionScope scope)
    {
        TableDescriptor before = definition.Table;
        IndexDescriptor? index = definition.AddConstraint(column, constraint);
        if (index is null)
        {
            if (constraint is CheckConstraintSyntax { NotValid: false } check) CheckRows(check, before, definition, scope);
            if (constraint is ForeignKeyConstraintSyntax { NotValid: false }) ForeignKeyValidation.CheckRows(definition.Table.ForeignKeys[^1], definition);
            return;
        }

        if (!index.IsPrimary)
        {
            TableRewrite.BuildIndex(definition.Table, index, scope);
            return;
        }

        // Rows move from hidden ids to their key; every other index points at that key, so they are built anew.
        Rewrite(before, definition, row => row, scope);
    }

    private static void CheckRows(CheckConstraintSyntax check, TableDescriptor before, TableDefinition definition, DefinitionScope scope)
    {
        string name = definition.Table.Checks.First(c => !before.Checks.Contains(c)).Name;
        StoredExpression condition = StoredExpressions.Check(check.Condition, definition.Table, scope);
        TableRewrite.ForEachRow(before, scope, (_, row) =>
        {
            Datum holds = condition.Evaluate(row);
            if (holds.IsNull || holds.AsBool) return;
            throw new SqlException(SqlState.CheckViolation, $"check constraint \"{name}\" of relation \"{before.Name}\" is violated by some row")
            {
                SchemaName = before.SchemaName,
                TableName = before.Name,
                ConstraintName = name,
            };
        });
    }

    private static void DropConstraint(DropConstraintSyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        TableDescriptor table = definition.Table;
        if (table.Checks.FirstOrDefault(c => c.Name == syntax.Name) is { } check)
        {
            definition.Replace(table with { Checks = [.. table.Checks.Where(c => c != check)] });
            return;
        }

        if (table.ForeignKeys.FirstOrDefault(k => k.Name == syntax.Name) is { } foreignKey)
        {
            definition.Replace(table with { ForeignKeys = [.. table.ForeignKeys.Where(k => k != foreignKey)] });
            return;
        }

        IndexDescriptor? index = table.Indexes.FirstOrDefault(i => i.ConstraintOid != 0 && i.Name == syntax.Name);
        if (index is null)
        {
            string message = $"constraint \"{syntax.Name}\" of relation \"{table.Name}\" does not exist";
            if (!syntax.IfExists) throw new SqlException(SqlState.UndefinedObject, message);
            scope.Notice(message + ", skipping");
            return;
        }

        ForeignKeyDependencies.RemoveIndex(
            index, $"constraint {Identifiers.Quote(index.Name)} on table {DropObjects.Shown(table, scope)}", syntax.Behavior, definition);
        RemoveKey(index, definition, scope);
    }

    /// <summary>Removes an index; without its primary key a table's rows go back to hidden ids.</summary>
    internal static void RemoveKey(IndexDescriptor index, TableDefinition definition, DefinitionScope scope)
    {
        TableDescriptor before = definition.Table;
        definition.RemoveIndex(index);
        if (index.IsPrimary) Rewrite(before, definition, row => row, scope);
        else scope.Overlay.DropRelation(index.Entries);
    }

    private static void ChangeOptions(SetStorageParametersSyntax syntax, TableDefinition definition)
    {
        List<string> kept = [.. definition.Table.Options.Where(o => !syntax.Parameters.Any(p => o.StartsWith(p.Name + "=", StringComparison.Ordinal)))];
        if (!syntax.IsReset) kept.AddRange(CreateTable.StorageParameters(syntax.Parameters));
        definition.Replace(definition.Table with { Options = kept });
    }

    private static void AddIdentity(AddIdentitySyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        ColumnDescriptor column = definition.Table.Columns[definition.RequireColumn(syntax.Column)];
        string where = $"column \"{column.Name}\" of relation \"{definition.Table.Name}\"";
        if (column.Identity != IdentityKind.None)
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"{where} is already an identity column");
        if (!column.NotNull)
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"{where} must be declared NOT NULL before identity can be added");
        if (column.DefaultText is not null)
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"{where} already has a default value");
        SequenceDescriptor sequence = SequenceDefinitions.CreateOwned(definition.Table, column, syntax.Identity, scope);
        definition.ReplaceColumn(column.Name, c => c with
        {
            OwnedSequenceOid = sequence.Oid,
            Identity = syntax.Identity.IsAlways ? IdentityKind.Always : IdentityKind.ByDefault,
        });
    }

    private static void DropIdentity(DropIdentitySyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        ColumnDescriptor column = definition.Table.Columns[definition.RequireColumn(syntax.Column)];
        if (column.Identity == IdentityKind.None)
        {
            string message = $"column \"{column.Name}\" of relation \"{definition.Table.Name}\" is not an identity column";
            if (!syntax.IfExists) throw new SqlException(SqlState.ObjectNotInPrerequisiteState, message);
            scope.Notice(message + ", skipping");
            return;
        }

        SequenceDefinitions.Remove(column.OwnedSequenceOid, scope);
        definition.ReplaceColumn(column.Name, c => c with { OwnedSequenceOid = 0, Identity = IdentityKind.None });
    }

    private static void AlterIdentity(AlterIdentitySyntax syntax, TableDefinition definition, DefinitionScope scope)
    {
        ColumnDescriptor column = definition.Table.Columns[definition.RequireColumn(syntax.Column)];
        if (column.Identity == IdentityKind.None)
            throw new SqlException(SqlState.ObjectNotInPrerequisiteState, $"column \"{column.Name}\" of relation \"{definition.Table.Name}\" is not an identity column");
        if (syntax.IsAlways is { } always)
            definition.ReplaceColumn(column.Name, c => c with { Identity = always ? IdentityKind.Always : IdentityKind.ByDefault });
        if (syntax.Options.Count > 0) SequenceDefinitions.Change(column.OwnedSequenceOid, syntax.Options, scope);
    }
}
