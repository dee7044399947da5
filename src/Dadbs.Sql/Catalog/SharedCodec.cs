namespace Dadbs.Sql.Catalog;

/// <summary>The rows of the small system relations: databases, schemas, roles, role keys.</summary>
internal static class SharedCodec
{
    public static byte[] Encode(DatabaseDescriptor database)
    {
        var writer = new FieldWriter();
        writer.Text(1, database.Name);
        writer.Unsigned(2, database.OwnerOid);
        writer.Boolean(3, database.AllowsConnections);
        writer.Boolean(4, database.IsTemplate);
        return writer.ToArray();
    }

    public static DatabaseDescriptor DecodeDatabase(uint oid, ReadOnlySpan<byte> row)
    {
        var reader = new FieldReader(row);
        var database = new DatabaseDescriptor(oid, "", 0) { AllowsConnections = false };
        while (reader.Read())
        {
            database = reader.Field switch
            {
                1 => database with { Name = reader.Text },
                2 => database with { OwnerOid = (uint)reader.Unsigned },
                3 => database with { AllowsConnections = reader.Boolean },
                4 => database with { IsTemplate = reader.Boolean },
                _ => database,
            };
        }

        return database;
    }

    public static byte[] Encode(SchemaDescriptor schema)
    {
        var writer = new FieldWriter();
        writer.Text(1, schema.Name);
        writer.Unsigned(2, schema.OwnerOid);
        return writer.ToArray();
    }

    public static SchemaDescriptor DecodeSchema(uint oid, ReadOnlySpan<byte> row)
    {
        var reader = new FieldReader(row);
        var schema = new SchemaDescriptor(oid, "", 0);
        while (reader.Read())
        {
            schema = reader.Field switch
            {
                1 => schema with { Name = reader.Text },
                2 => schema with { OwnerOid = (uint)reader.Unsigned },
                _ => schema,
            };
        }

        return schema;
    }

    public static byte[] Encode(RoleDescriptor role)
    {
        var writer = new FieldWriter();
        writer.Text(1, role.Name);
        writer.Boolean(2, role.IsSuperuser);
        writer.Boolean(3, role.Inherits);
        writer.Boolean(4, role.CanCreateRole);
        writer.Boolean(5, role.CanCreateDatabase);
        writer.Boolean(6, role.CanLogin);
        writer.Boolean(7, role.CanReplicate);
        writer.Boolean(8, role.BypassesRowSecurity);
        writer.Signed(9, role.ConnectionLimit);
        writer.Text(10, role.PasswordVerifier);
        return writer.ToArray();
    }

    public static RoleDescriptor DecodeRole(uint oid, ReadOnlySpan<byte> row)
    {
        var reader = new FieldReader(row);
        var role = new RoleDescriptor { Oid = oid, Name = "", Inherits = false, ConnectionLimit = 0 };
        while (reader.Read())
        {
            role = reader.Field switch
            {
                1 => role with { Name = reader.Text },
                2 => role with { IsSuperuser = reader.Boolean },
                3 => role with { Inherits = reader.Boolean },
                4 => role with { CanCreateRole = reader.Boolean },
                5 => role with { CanCreateDatabase = reader.Boolean },
                6 => role with { CanLogin = reader.Boolean },
                7 => role with { CanReplicate = reader.Boolean },
                8 => role with { BypassesRowSecurity = reader.Boolean },
                9 => role with { ConnectionLimit = (int)reader.Signed },
                10 => role with { PasswordVerifier = reader.Text },
                _ => role,
            };
        }

        return role;
    }

    public static byte[] EncodeRoleKey(bool isRevoked)
    {
        var writer = new FieldWriter();
        writer.Boolean(1, isRevoked);
        return writer.ToArray();
    }

    public static bool DecodeRoleKeyRevoked(ReadOnlySpan<byte> row)
    {
        var reader = new FieldReader(row);
        bool revoked = false;
        while (reader.Read())
        {
            if (reader.Field == 1) revoked = reader.Boolean;
        }

        return revoked;
    }
}
