using System.Diagnostics;
using System.Globalization;

namespace Dadbs.Sql.Parsing;

public sealed partial class SyntaxPrinter
{
    private SyntaxPrinter Persistence(TablePersistence persistence) =>
        WriteIf(persistence == TablePersistence.Temporary, "TEMPORARY ").WriteIf(persistence == TablePersistence.Unlogged, "UNLOGGED ");

    private SyntaxPrinter Behavior(DropBehavior behavior) => WriteIf(behavior == DropBehavior.Cascade, " CASCADE").WriteIf(behavior == DropBehavior.Restrict, " RESTRICT");

    // Tables.

    private SyntaxPrinter CreateTable(CreateTableSyntax create)
    {
        Write("CREATE ").Persistence(create.Persistence).Write("TABLE ").WriteIf(create.IfNotExists, "IF NOT EXISTS ").Name(create.Name).Write(" ");
        Parenthesized(create.Elements, e => Element(e));
        if (create.Inherits.Count > 0) Write(" INHERITS ").Parenthesized(create.Inherits, n => Name(n));
        return Storage(create.AccessMethod, create.StorageParameters, create.OnCommit, create.Tablespace);
    }

    private SyntaxPrinter Storage(string? method, IReadOnlyList<OptionSyntax> options, OnCommitAction onCommit, string? tablespace)
    {
        if (method is not null) Write(" USING ").Id(method);
        Reloptions(options);
        Write(onCommit switch
        {
            OnCommitAction.Drop => " ON COMMIT DROP",
            OnCommitAction.DeleteRows => " ON COMMIT DELETE ROWS",
            OnCommitAction.PreserveRows => " ON COMMIT PRESERVE ROWS",
            _ => "",
        });
        return tablespace is null ? this : Write(" TABLESPACE ").Id(tablespace);
    }

    private SyntaxPrinter Reloptions(IReadOnlyList<OptionSyntax> options) => options.Count == 0 ? this : Write(" WITH ").ReloptionList(options);

    private SyntaxPrinter ReloptionList(IReadOnlyList<OptionSyntax> options) => Parenthesized(options, o =>
    {
        if (o.Namespace is not null) Id(o.Namespace).Write(".");
        Id(o.Name);
        if (o.Value is not null) Write(" = ").Expression(o.Value);
    });

    private SyntaxPrinter CreateTableAs(CreateTableAsSyntax create)
    {
        Write("CREATE ").Persistence(create.Persistence).Write(create.IsMaterializedView ? "MATERIALIZED VIEW " : "TABLE ").WriteIf(create.IfNotExists, "IF NOT EXISTS ").Name(create.Name);
        NamesIfAny(create.Columns).Storage(create.AccessMethod, create.StorageParameters, create.OnCommit, create.Tablespace);
        return Write(" AS ").Statement(create.Source).WriteIf(create.WithNoData, " WITH NO DATA");
    }

    private void Element(TableElementSyntax element)
    {
        switch (element)
        {
            case ColumnDefinitionSyntax column:
                Column(column);
                break;
            case TableConstraintSyntax table:
                Constraint(table.Constraint);
                break;
            case LikeTableSyntax like:
                Write("LIKE ").Name(like.Name);
                foreach (var option in Enum.GetValues<LikeOptions>())
                {
                    if (option is not (LikeOptions.None or LikeOptions.All) && (like.Including & option) != 0) Write(" INCLUDING ").Write(option.ToString().ToUpperInvariant());
                }

                break;
            default:
                throw new UnreachableException(element.GetType().Name);
        }
    }

    private SyntaxPrinter Column(ColumnDefinitionSyntax column)
    {
        Id(column.Name).Write(" ").Type(column.Type);
        if (column.Compression is not null) Write(" COMPRESSION ").Write(column.Compression == "default" ? "DEFAULT" : Identifier(column.Compression));
        if (column.Collation is not null) Write(" COLLATE ").Name(column.Collation);
        foreach (var constraint in column.Constraints) Write(" ").Constraint(constraint);
        return this;
    }

    private SyntaxPrinter Constraint(ConstraintSyntax constraint)
    {
        if (constraint.Name is not null) Write("CONSTRAINT ").Id(constraint.Name).Write(" ");
        switch (constraint)
        {
            case NotNullConstraintSyntax:
                Write("NOT NULL");
                break;
            case NullConstraintSyntax:
                Write("NULL");
                break;
            case DefaultConstraintSyntax value:
                Write("DEFAULT ").Operand(value.Value);
                break;
            case CheckConstraintSyntax check:
                Write("CHECK (").Expression(check.Condition).Write(")").WriteIf(check.NoInherit, " NO INHERIT");
                break;
            case PrimaryKeyConstraintSyntax key:
                Write("PRIMARY KEY").Key(key.Columns, key.Including, key.StorageParameters, key.Tablespace, key.UsingIndex);
                break;
            case UniqueConstraintSyntax key:
                Write("UNIQUE").WriteIf(key.NullsNotDistinct, " NULLS NOT DISTINCT").Key(key.Columns, key.Including, key.StorageParameters, key.Tablespace, key.UsingIndex);
                break;
            case ForeignKeyConstraintSyntax key:
                ForeignKey(key);
                break;
            case IdentityConstraintSyntax identity:
                Write(identity.IsAlways ? "GENERATED ALWAYS AS IDENTITY" : "GENERATED BY DEFAULT AS IDENTITY");
                if (identity.Options.Count > 0) Write(" (").SequenceOptions(identity.Options).Write(")");
                break;
            case GeneratedConstraintSyntax generated:
                Write("GENERATED ALWAYS AS (").Expression(generated.Expression).Write(") STORED");
                break;
            default:
                throw new UnreachableException(constraint.GetType().Name);
        }

        return WriteIf(constraint.IsDeferrable, " DEFERRABLE").WriteIf(constraint.InitiallyDeferred, " INITIALLY DEFERRED").WriteIf(constraint.NotValid, " NOT VALID");
    }

    private void Key(IReadOnlyList<string> columns, IReadOnlyList<string> including, IReadOnlyList<OptionSyntax> options, string? tablespace, string? index)
    {
        NamesIfAny(columns);
        if (including.Count > 0) Write(" INCLUDE ").Names(including);
        Reloptions(options);
        if (tablespace is not null) Write(" USING INDEX TABLESPACE ").Id(tablespace);
        if (index is not null) Write(" USING INDEX ").Id(index);
    }

    private void ForeignKey(ForeignKeyConstraintSyntax key)
    {
        if (key.Columns.Count > 0) Write("FOREIGN KEY ").Names(key.Columns).Write(" ");
        Write("REFERENCES ").Name(key.ReferencedTable);
        NamesIfAny(key.ReferencedColumns).WriteIf(key.Match == ForeignKeyMatch.Full, " MATCH FULL");
        if (key.OnUpdate != ReferentialAction.NoAction) Write(" ON UPDATE ").Write(Action(key.OnUpdate));
        if (key.OnDelete != ReferentialAction.NoAction) Write(" ON DELETE ").Write(Action(key.OnDelete)).NamesIfAny(key.OnDeleteColumns);
    }

    private static string Action(ReferentialAction action) => action switch
    {
        ReferentialAction.Restrict => "RESTRICT",
        ReferentialAction.Cascade => "CASCADE",
        ReferentialAction.SetNull => "SET NULL",
        ReferentialAction.SetDefault => "SET DEFAULT",
        _ => "NO ACTION",
    };

    // ALTER TABLE.

    private SyntaxPrinter AlterTable(AlterTableSyntax alter) => Write("ALTER ").Write(Word(alter.Kind)).Write(" ").WriteIf(alter.IfExists, "IF EXISTS ").WriteIf(alter.IsOnly, "ONLY ")
        .Name(alter.Name).Write(" ").List(alter.Actions, a => AlterAction(a));

    private static string Word(RelationKind kind) => kind switch
    {
        RelationKind.MaterializedView => "MATERIALIZED VIEW",
        RelationKind.ForeignTable => "FOREIGN TABLE",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private void AlterAction(AlterTableActionSyntax action)
    {
        switch (action)
        {
            case AddColumnSyntax add:
                Write("ADD COLUMN ").WriteIf(add.IfNotExists, "IF NOT EXISTS ").Column(add.Column);
                break;
            case DropColumnSyntax drop:
                Write("DROP COLUMN ").WriteIf(drop.IfExists, "IF EXISTS ").Id(drop.Column).Behavior(drop.Behavior);
                break;
            case AddConstraintSyntax add:
                Write("ADD ").Constraint(add.Constraint);
                break;
            case AlterConstraintSyntax alter:
                Write("ALTER CONSTRAINT ").Id(alter.Name).WriteIf(alter.IsDeferrable, " DEFERRABLE").WriteIf(alter.InitiallyDeferred, " INITIALLY DEFERRED");
                break;
            case DropConstraintSyntax drop:
                Write("DROP CONSTRAINT ").WriteIf(drop.IfExists, "IF EXISTS ").Id(drop.Name).Behavior(drop.Behavior);
                break;
            case ValidateConstraintSyntax validate:
                Write("VALIDATE CONSTRAINT ").Id(validate.Name);
                break;
            case ChangeOwnerSyntax owner:
                Write("OWNER TO ").Role(owner.Owner);
                break;
            case SetStorageParametersSyntax set:
                Write(set.IsReset ? "RESET " : "SET ").ReloptionList(set.Parameters);
                break;
            case AlterRowSecuritySyntax security:
                Write(security.Action == RowSecurityAction.NoForce ? "NO FORCE" : security.Action.ToString().ToUpperInvariant()).Write(" ROW LEVEL SECURITY");
                break;
            case PhysicalTableActionSyntax physical:
                Write(physical.Feature).Write(physical.Name is null ? "" : " " + Identifier(physical.Name));
                break;
            default:
                AlterColumn(action);
                break;
        }
    }

    private void AlterColumn(AlterTableActionSyntax action)
    {
        switch (action)
        {
            case AlterColumnDefaultSyntax alter:
                AlterColumn(alter.Column).Write(alter.Value is null ? "DROP DEFAULT" : "SET DEFAULT ");
                if (alter.Value is not null) Expression(alter.Value);
                break;
            case AlterColumnNotNullSyntax alter:
                AlterColumn(alter.Column).Write(alter.IsNotNull ? "SET NOT NULL" : "DROP NOT NULL");
                break;
            case AlterColumnTypeSyntax alter:
                AlterColumn(alter.Column).Write("TYPE ").Type(alter.Type);
                if (alter.Collation is not null) Write(" COLLATE ").Name(alter.Collation);
                if (alter.Using is not null) Write(" USING ").Expression(alter.Using);
                break;
            case AddIdentitySyntax add:
                AlterColumn(add.Column).Write("ADD ").Constraint(add.Identity);
                break;
            case AlterIdentitySyntax alter:
                AlterColumn(alter.Column).Write(alter.IsAlways switch
                {
                    true => "SET GENERATED ALWAYS ",
                    false => "SET GENERATED BY DEFAULT ",
                    _ => "",
                }).List(alter.Options, o => Write("SET ").SequenceOption(o), " ");
                break;
            case DropIdentitySyntax drop:
                AlterColumn(drop.Column).Write(drop.IfExists ? "DROP IDENTITY IF EXISTS" : "DROP IDENTITY");
                break;
            case DropExpressionSyntax drop:
                AlterColumn(drop.Column).Write(drop.IfExists ? "DROP EXPRESSION IF EXISTS" : "DROP EXPRESSION");
                break;
            case AlterColumnStatisticsSyntax alter:
                AlterColumn(alter.Column).Write("SET STATISTICS ").Write(alter.Target.ToString(NumberFormatInfo.InvariantInfo));
                break;
            case AlterColumnStorageSyntax alter:
                AlterColumn(alter.Column).Write("SET STORAGE ").Id(alter.Storage);
                break;
            default:
                throw new UnreachableException(action.GetType().Name);
        }
    }

    private SyntaxPrinter AlterColumn(string column) =>
        // An index's column goes by its number.
        Write("ALTER COLUMN ").Write(char.IsAsciiDigit(column[0]) ? column : Identifier(column)).Write(" ");

    // Indexes, views, sequences.

    private SyntaxPrinter CreateIndex(CreateIndexSyntax create)
    {
        Write(create.IsUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").WriteIf(create.IsConcurrent, "CONCURRENTLY ").WriteIf(create.IfNotExists, "IF NOT EXISTS ");
        if (create.Name is not null) Id(create.Name).Write(" ");
        Write("ON ").WriteIf(create.IsOnly, "ONLY ").Name(create.Table);
        if (create.AccessMethod is not null) Write(" USING ").Id(create.AccessMethod);
        Write(" ").Parenthesized(create.Elements, e => IndexElement(e));
        if (create.Including.Count > 0) Write(" INCLUDE ").Parenthesized(create.Including, e => IndexElement(e));
        WriteIf(create.NullsNotDistinct, " NULLS NOT DISTINCT").Reloptions(create.StorageParameters);
        if (create.Tablespace is not null) Write(" TABLESPACE ").Id(create.Tablespace);
        return create.Where is null ? this : Write(" WHERE ").Expression(create.Where);
    }

    private SyntaxPrinter IndexElement(IndexElementSyntax element)
    {
        if (element.Column is not null) Id(element.Column);
        else Write("(").Expression(element.Expression!).Write(")");
        if (element.Collation is not null) Write(" COLLATE ").Name(element.Collation);
        if (element.OperatorClass is not null) Write(" ").Name(element.OperatorClass);
        if (element.OperatorClassOptions.Count > 0) Write(" ").ReloptionList(element.OperatorClassOptions);
        return Direction(element.Direction).Nulls(element.Nulls);
    }

    private SyntaxPrinter CreateView(CreateViewSyntax create)
    {
        Write(create.OrReplace ? "CREATE OR REPLACE " : "CREATE ").Persistence(create.Persistence).WriteIf(create.IsRecursive, "RECURSIVE ").Write("VIEW ").Name(create.Name);
        NamesIfAny(create.Columns).Reloptions(create.Options).Write(" AS ").Query(create.Query);
        return WriteIf(create.CheckOption == ViewCheckOption.Local, " WITH LOCAL CHECK OPTION").WriteIf(create.CheckOption == ViewCheckOption.Cascaded, " WITH CASCADED CHECK OPTION");
    }

    private SyntaxPrinter SequenceOptions(IReadOnlyList<SequenceOptionSyntax> options) => List(options, o => SequenceOption(o), " ");

    private SyntaxPrinter SequenceOption(SequenceOptionSyntax option) => option switch
    {
        SequenceTypeSyntax type => Write("AS ").Type(type.Type),
        SequenceCycleSyntax cycle => Write(cycle.IsCycle ? "CYCLE" : "NO CYCLE"),
        SequenceOwnerSyntax { Column: null } => Write("OWNED BY NONE"),
        SequenceOwnerSyntax owner => Write("OWNED BY ").Name(owner.Column!),
        SequenceParameterSyntax parameter => Write(parameter.Parameter switch
        {
            SequenceParameter.IncrementBy => "INCREMENT BY ",
            SequenceParameter.StartWith => "START WITH ",
            SequenceParameter.Restart => parameter.Value is null ? "RESTART" : "RESTART WITH ",
            SequenceParameter.Cache => "CACHE ",
            SequenceParameter.MinValue => parameter.Value is null ? "NO MINVALUE" : "MINVALUE ",
            _ => parameter.Value is null ? "NO MAXVALUE" : "MAXVALUE ",
        }).Write(parameter.Value ?? ""),
        _ => throw new UnreachableException(option.GetType().Name),
    };

    // Functions.

    private SyntaxPrinter CreateFunction(CreateFunctionSyntax create)
    {
        Write(create.OrReplace ? "CREATE OR REPLACE " : "CREATE ").Write(create.IsProcedure ? "PROCEDURE " : "FUNCTION ").Name(create.Name).Parenthesized(create.Parameters, p => FunctionParameter(p));
        if (create.Returns is not null) Write(" RETURNS ").Type(create.Returns);
        if (create.ReturnsTable.Count > 0) Write(" RETURNS TABLE ").Parenthesized(create.ReturnsTable, p => Id(p.Name!).Write(" ").Type(p.Type));
        foreach (var option in create.Options) FunctionOption(option);
        if (create.ReturnBody is not null) Write(" RETURN ").Expression(create.ReturnBody);
        if (create.AtomicBody is null) return this;
        Write(" BEGIN ATOMIC ");
        foreach (var statement in create.AtomicBody) Statement(statement).Write("; ");
        return Write("END");
    }

    private SyntaxPrinter FunctionParameter(FunctionParameterSyntax parameter)
    {
        Write(parameter.Mode switch
        {
            FunctionParameterMode.Out => "OUT ",
            FunctionParameterMode.InOut => "INOUT ",
            FunctionParameterMode.Variadic => "VARIADIC ",
            _ => "",
        });
        if (parameter.Name is not null) Id(parameter.Name).Write(" ");
        Type(parameter.Type);
        return parameter.Default is null ? this : Write(" DEFAULT ").Expression(parameter.Default);
    }

    private void FunctionOption(OptionSyntax option)
    {
        var flag = option.Value is BooleanLiteralSyntax { Value: true };
        switch (option.Name)
        {
            case "as":
                Write(" AS ");
                if (option.Value is RowSyntax row) Expressions(row.Fields);
                else Expression(option.Value!);
                break;
            case "strict":
                Write(flag ? " STRICT" : " CALLED ON NULL INPUT");
                break;
            case "leakproof":
                Write(flag ? " LEAKPROOF" : " NOT LEAKPROOF");
                break;
            case "security":
                Write(flag ? " SECURITY DEFINER" : " SECURITY INVOKER");
                break;
            case "window":
                Write(" WINDOW");
                break;
            case "volatility":
                Write(" ").Write(((StringLiteralSyntax)option.Value!).Value.ToUpperInvariant());
                break;
            case "parallel":
                Write(" PARALLEL ").Id(((StringLiteralSyntax)option.Value!).Value);
                break;
            default:
                Write(" ").Write(option.Name.ToUpperInvariant()).Write(" ").Expression(option.Value!);
                break;
        }
    }
}
