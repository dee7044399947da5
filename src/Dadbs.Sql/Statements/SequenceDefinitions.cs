using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>CREATE and ALTER SEQUENCE, and the sequences that serial and identity columns own.</summary>
internal static class SequenceDefinitions
{
    public static string Create(CreateSequenceSyntax syntax, DefinitionScope scope)
    {
        if (syntax.Persistence == TablePersistence.Temporary) throw DefinitionScope.Unsupported("CREATE TEMPORARY SEQUENCE", syntax.Position);
        SchemaDescriptor schema = scope.CreationSchema(syntax.Name);
        if (scope.IsTaken(schema.Oid, syntax.Name.Name))
        {
            string message = $"relation \"{syntax.Name.Name}\" already exists";
            if (!syntax.IfNotExists) throw new SqlException(SqlState.DuplicateTable, message);
            scope.Notice(message + ", skipping", SqlState.DuplicateTable);
            return "CREATE SEQUENCE";
        }

        SequenceDescriptor sequence = SequenceOptions.Create(NewSequence(schema, syntax.Name.Name, scope), syntax.Options, out long? start);
        sequence = SequenceOptions.ApplyOwner(sequence, syntax.Options, scope);
        Store(sequence, start ?? sequence.Start, scope);
        return "CREATE SEQUENCE";
    }

    public static string Alter(AlterSequenceSyntax syntax, DefinitionScope scope)
    {
        switch (scope.Find(syntax.Name))
        {
            case SequenceDescriptor sequence:
                Ownership.RequireOwner(scope.Role, sequence);
                Change(sequence.Oid, syntax.Options, scope);
                break;
            case null when syntax.IfExists:
                scope.Notice($"relation \"{syntax.Name.Name}\" does not exist, skipping");
                break;
            case null:
                throw scope.Missing(syntax.Name);
            case RelationDescriptor other:
                throw new SqlException(SqlState.WrongObjectType, $"\"{other.Name}\" is not a sequence");
        }

        return "ALTER SEQUENCE";
    }

    public static void Change(uint oid, IReadOnlyList<SequenceOptionSyntax> options, DefinitionScope scope)
    {
        var sequence = (SequenceDescriptor)scope.Catalog.RelationByOid(oid)!;
        SequenceState state = SequenceState.Read(scope.Overlay, scope.Database, sequence);
        SequenceDescriptor changed = SequenceOptions.Alter(sequence, options, ref state);
        changed = SequenceOptions.ApplyOwner(changed, options, scope);
        scope.Writer.Put(changed);
        state.Write(scope.Overlay, scope.Database, oid);
        SequenceLease.EndAll(scope.Overlay, scope.Database, oid);
    }

    /// <summary>The sequence of a serial or identity column: t_column_seq, of the column's type, dropped with it.</summary>
    public static SequenceDescriptor CreateOwned(TableDescriptor table, ColumnDescriptor column, IdentityConstraintSyntax? identity, DefinitionScope scope)
    {
        string name = scope.ChooseName(table.SchemaOid, table.Name, column.Name, "seq");
        var schema = new SchemaDescriptor(table.SchemaOid, table.SchemaName, table.OwnerOid);
        SequenceDescriptor sequence = NewSequence(schema, name, scope) with
        {
            DataType = column.Type.Type,
            Maximum = SequenceOptions.Bound(column.Type.Type, upper: true),
            OwnerTableOid = table.Oid,
            OwnerColumnNumber = column.Number,
            IsIdentity = identity is not null,
        };
        long? start = null;
        if (identity is not null) sequence = SequenceOptions.Create(sequence, identity.Options, out start);
        Store(sequence, start ?? sequence.Start, scope);
        return sequence;
    }

    public static string NextValueText(SequenceDescriptor sequence)
    {
        string name = Identifiers.Quote(sequence.Name);
        if (sequence.SchemaName != "public") name = Identifiers.Quote(sequence.SchemaName) + "." + name;
        return $"nextval('{name.Replace("'", "''", StringComparison.Ordinal)}'::regclass)";
    }

    /// <summary>Takes a value for a row that exists already, while a serial column is added to it.</summary>
    public static Datum NextFor(ColumnDescriptor column, DefinitionScope scope)
    {
        SequenceDescriptor sequence = scope.CreatedSequences[column.OwnedSequenceOid];
        SequenceState state = SequenceState.Read(scope.Overlay, scope.Database, sequence);
        long value = state.Next(sequence);
        new SequenceState(value, true).Write(scope.Overlay, scope.Database, sequence.Oid);
        return Datum.FromInt64(value);
    }

    /// <summary>Removes a sequence and its counter.</summary>
    public static void Remove(uint oid, DefinitionScope scope)
    {
        scope.Writer.DeleteRelation(oid);
        scope.Writer.DeleteComments(ClassOids.Relations, oid);
        SequenceState.Delete(scope.Overlay, scope.Database, oid);
        SequenceLease.EndAll(scope.Overlay, scope.Database, oid);
    }

    private static SequenceDescriptor NewSequence(SchemaDescriptor schema, string name, DefinitionScope scope) => new()
    {
        Oid = scope.Writer.NextOid(),
        SchemaOid = schema.Oid,
        SchemaName = schema.Name,
        Name = name,
        OwnerOid = scope.Role.Oid,
        DataType = SqlTypes.BigInt,
        Start = 1,
        Increment = 1,
        Minimum = 1,
        Maximum = long.MaxValue,
    };

    private static void Store(SequenceDescriptor sequence, long start, DefinitionScope scope)
    {
        scope.Take(sequence.SchemaOid, sequence.Name);
        scope.CreatedSequences[sequence.Oid] = sequence;
        scope.Writer.Put(sequence);
        new SequenceState(start, false).Write(scope.Overlay, scope.Database, sequence.Oid);
    }
}
