using System.Text;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements;

/// <summary>
/// What one definition statement (CREATE, ALTER, DROP …) works with: the catalog as it was at its start, the writer of the catalog, and the
/// names it has taken meanwhile.
/// </summary>
internal sealed class DefinitionScope
{
    /// <summary>PostgreSQL's NAMEDATALEN − 1.</summary>
    private const int NameBytesMax = 63;

    private readonly HashSet<(uint Schema, string Name)> _taken = [];

    public DefinitionScope(StatementContext context)
    {
        Context = context;
        Overlay = context.Writable
            ?? throw new SqlException(SqlState.ReadOnlySqlTransaction, "cannot change definitions in a read-only transaction");
        Catalog = context.Descriptors;
        Path = SearchPath.Of(context.SearchPath);
        Writer = new CatalogWriter(Overlay, Catalog.Database.Oid);
        Role = Catalog.FindRole(context.CurrentUser)
            ?? throw new SqlException(SqlState.UndefinedObject, $"role \"{context.CurrentUser}\" does not exist");
    }

    public StatementContext Context { get; }

    /// <summary>Sequences made by this statement, which the catalog snapshot does not know yet.</summary>
    public Dictionary<uint, SequenceDescriptor> CreatedSequences { get; } = [];

    public Overlay Overlay { get; }

    public CatalogSnapshot Catalog { get; }

    public CatalogWriter Writer { get; }

    /// <summary>The current role: owner of what is created.</summary>
    public RoleDescriptor Role { get; }

    public uint Database => Catalog.Database.Oid;

    public SearchPath Path { get; }

    /// <summary>What the statement's own expressions and queries are bound under.</summary>
    public PlanningContext Planning => new() { Catalog = Catalog, SearchPath = Path, TypeSettings = Context.TypeSettings };

    public void Notice(string message, SqlState? state = null, string? detail = null) =>
        Context.Notices.Add(new SqlNotice(NoticeSeverity.Notice, state ?? SqlState.SuccessfulCompletion, message) { Detail = detail });

    public void Warning(SqlState state, string message) => Context.Notices.Add(new SqlNotice(NoticeSeverity.Warning, state, message));

    /// <summary>The schema that a new object goes to. 3F000 if it does not exist or none is selected.</summary>
    public SchemaDescriptor CreationSchema(QualifiedNameSyntax name)
    {
        CheckCatalogPart(name);
        SchemaDescriptor schema = name.Schema is null
            ? Catalog.CreationSchema(Path) ?? throw new SqlException(SqlState.InvalidSchemaName, "no schema has been selected to create in", name.Position)
            : Catalog.FindSchema(name.Schema) ?? throw new SqlException(SqlState.InvalidSchemaName, $"schema \"{name.Schema}\" does not exist", name.Position);
        if (schema.Oid == WellKnownOids.PgCatalogSchema || schema.Oid == WellKnownOids.DadbsSchema)
        {
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied to create \"{schema.Name}.{name.Name}\"")
            {
                Detail = "System catalog modifications are currently disallowed.",
            };
        }

        if (!Role.IsSuperuser && schema.OwnerOid != Role.Oid)
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied for schema {schema.Name}", name.Schema is null ? null : name.Position);
        return schema;
    }

    /// <summary>A relation as written; null if it does not exist (a missing schema included).</summary>
    public RelationDescriptor? Find(QualifiedNameSyntax name)
    {
        CheckCatalogPart(name);
        return Catalog.FindRelation(name.Schema, name.Name, Path);
    }

    /// <summary>A table as written. 42P01 if there is none, 42809 if it is something else.</summary>
    public TableDescriptor RequireTable(QualifiedNameSyntax name)
    {
        RelationDescriptor relation = Find(name) ?? throw Missing(name);
        return relation switch
        {
            TableDescriptor table => table,
            VirtualTableDescriptor virtualTable => throw new SqlException(
                SqlState.InsufficientPrivilege, $"permission denied: \"{virtualTable.Name}\" is a system catalog"),
            _ => throw new SqlException(SqlState.WrongObjectType, $"\"{relation.Name}\" is not a table"),
        };
    }

    /// <summary>42P01, or 3F000 where the schema itself is missing.</summary>
    public SqlException Missing(QualifiedNameSyntax name, string kind = "relation")
    {
        if (kind != "relation" && name.Schema is not null && Catalog.FindSchema(name.Schema) is null)
            return new SqlException(SqlState.InvalidSchemaName, $"schema \"{name.Schema}\" does not exist");
        return new SqlException(SqlState.UndefinedTable, $"{kind} \"{name}\" does not exist");
    }

    public bool IsTaken(uint schemaOid, string name) =>
        _taken.Contains((schemaOid, name)) || Catalog.Relations.Any(r => r.SchemaOid == schemaOid && r.Name == name);

    public void Take(uint schemaOid, string name) => _taken.Add((schemaOid, name));

    /// <summary>PostgreSQL's ChooseRelationName: name1_name2_label, shortened to fit, numbered if taken.</summary>
    public string ChooseName(uint schemaOid, string name1, string? name2, string label, Func<string, bool>? alsoTaken = null)
    {
        for (int pass = 0; ; pass++)
        {
            string name = MakeObjectName(name1, name2, pass == 0 ? label : label + pass);
            if (IsTaken(schemaOid, name) || (alsoTaken?.Invoke(name) ?? false)) continue;
            return name;
        }
    }

    /// <summary>0A000 for parts of the language that are parsed but not executed.</summary>
    public static SqlException Unsupported(string what, int position = -1) =>
        new(SqlState.FeatureNotSupported, $"{what} is not supported", position < 0 ? null : position);

    /// <summary>Shortens the longer of the two names until all fits, as makeObjectName does.</summary>
    private static string MakeObjectName(string name1, string? name2, string label)
    {
        int overhead = label.Length + 1 + (name2 is null ? 0 : 1);
        int available = NameBytesMax - overhead;
        byte[] first = Encoding.UTF8.GetBytes(name1);
        byte[] second = name2 is null ? [] : Encoding.UTF8.GetBytes(name2);
        int length1 = first.Length;
        int length2 = second.Length;
        while (length1 + length2 > available)
        {
            if (length1 > length2) length1--;
            else length2--;
        }

        string text = Clip(first, length1);
        if (name2 is not null) text += "_" + Clip(second, length2);
        return text + "_" + label;
    }

    private static string Clip(byte[] utf8, int length)
    {
        while (length > 0 && length < utf8.Length && (utf8[length] & 0xC0) == 0x80) length--;
        return Encoding.UTF8.GetString(utf8, 0, length);
    }

    private void CheckCatalogPart(QualifiedNameSyntax name)
    {
        if (name.Parts.Count > 3)
            throw new SqlException(SqlState.SyntaxError, $"improper qualified name (too many dotted names): {name}", name.Position);
        if (name.Catalog is { } catalog && catalog != Catalog.Database.Name)
            throw new SqlException(SqlState.FeatureNotSupported, $"cross-database references are not implemented: \"{name}\"", name.Position);
    }
}
