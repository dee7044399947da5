namespace Dadbs.Sql.Tests.SystemCatalog;

public sealed class SystemRelationTests
{
    private const string Schema = """
        CREATE TABLE customers (id serial PRIMARY KEY, name varchar(20) NOT NULL, "Weird" numeric(10,2) DEFAULT 1.5, CHECK (id > 0));
        CREATE UNIQUE INDEX by_name ON customers (name DESC, id);
        CREATE VIEW v AS SELECT id, name FROM customers WHERE id > 1;
        """;

    [Fact]
    public void Tells_drivers_of_every_built_in_type()
    {
        using var database = new CatalogDatabase();
        var rows = database.Query("SELECT oid, typname, typlen, typtype, typelem, typarray FROM pg_type WHERE typname IN ('int4', '_int4', 'json', 'int4range', 'record', 'point') ORDER BY oid");
        Assert.Equal(["23|int4|4|b|0|1007", "114|json|-1|b|0|199", "600|point|16|b|701|1017", "1007|_int4|-1|b|23|0", "2249|record|-1|p|0|2287", "3904|int4range|-1|r|0|3905"], rows);
    }

    [Fact]
    public void Describes_a_table_with_its_columns()
    {
        using var database = new CatalogDatabase(Schema);
        var rows = database.Query("""
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
            WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = 'customers'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """);
        Assert.Equal(["id|integer|nextval('customers_id_seq'::regclass)|t", "name|character varying(20)||t", "Weird|numeric(10,2)|1.5|f"], rows);
    }

    [Fact]
    public void Writes_indexes_and_constraints_as_PostgreSQL_does()
    {
        using var database = new CatalogDatabase(Schema);
        Assert.Equal(
            ["CREATE UNIQUE INDEX by_name ON public.customers USING btree (name DESC, id)", "CREATE UNIQUE INDEX customers_pkey ON public.customers USING btree (id)"],
            database.Query("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"));
        Assert.Equal(
            ["customers_id_check|CHECK ((id > 0))", "customers_pkey|PRIMARY KEY (id)"],
            database.Query("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1"));
    }

    [Fact]
    public void Lists_the_system_columns_of_what_is_stored()
    {
        using var database = new CatalogDatabase(Schema);
        Assert.Equal(
            [
                "tableoid|-6|oid|4|t|i|p|t|f|f|-1|0", "cmax|-5|cid|4|t|i|p|t|f|f|-1|0", "xmax|-4|xid|4|t|i|p|t|f|f|-1|0",
                "cmin|-3|cid|4|t|i|p|t|f|f|-1|0", "xmin|-2|xid|4|t|i|p|t|f|f|-1|0", "ctid|-1|tid|6|f|s|p|t|f|f|-1|0",
            ],
            database.Query("""
                SELECT attname, attnum, atttypid::regtype, attlen, attbyval, attalign, attstorage, attnotnull, atthasdef, attisdropped, atttypmod, attstattarget
                FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum < 0 ORDER BY attnum
                """));
        Assert.Equal(
            ["by_name|0", "customers|6", "customers_id_seq|6", "pg_class|6", "pg_views|0", "v|0"],
            database.Query("""
                SELECT relname, count(attnum) FROM pg_class LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum < 0
                WHERE relname IN ('customers', 'customers_id_seq', 'by_name', 'v', 'pg_class', 'pg_views') GROUP BY relname ORDER BY relname
                """));
    }

    [Fact]
    public void Catalog_rows_have_the_frozen_xmin()
    {
        using var database = new CatalogDatabase(Schema);
        Assert.Equal(["2|0|pg_class"], database.Query("SELECT xmin, xmax, tableoid::regclass FROM pg_class WHERE relname = 'customers'"));
        Assert.Equal(["2|0|customers_id_seq"], database.Query("SELECT xmin, xmax, tableoid::regclass FROM customers_id_seq"));
        Assert.Equal("column \"xmin\" does not exist", Assert.Throws<SqlException>(() => database.Query("SELECT xmin FROM pg_views")).Message);
        Assert.Equal("column \"xmin\" does not exist", Assert.Throws<SqlException>(() => database.Query("SELECT xmin FROM information_schema.tables")).Message);
    }

    [Fact]
    public void Says_when_a_deferrable_key_is_checked()
    {
        using var database = new CatalogDatabase("CREATE TABLE d (id int PRIMARY KEY DEFERRABLE, k int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        Assert.Equal(
            ["d_k_key|u|t|t|UNIQUE (k) DEFERRABLE INITIALLY DEFERRED", "d_pkey|p|t|f|PRIMARY KEY (id) DEFERRABLE"],
            database.Query("SELECT conname, contype, condeferrable, condeferred, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'd'::regclass ORDER BY 1"));
        Assert.Equal(
            ["d_k_key|f|t|f|CREATE UNIQUE INDEX d_k_key ON public.d USING btree (k)", "d_pkey|f|t|t|CREATE UNIQUE INDEX d_pkey ON public.d USING btree (id)"],
            database.Query("SELECT indexrelid::regclass, indimmediate, indisunique, indisprimary, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'd'::regclass ORDER BY indexrelid::regclass::text"));
        Assert.Equal(
            ["d_k_key|YES|YES", "d_pkey|YES|NO"],
            database.Query("SELECT constraint_name, is_deferrable, initially_deferred FROM information_schema.table_constraints WHERE table_name = 'd' AND constraint_type <> 'CHECK' ORDER BY 1"));
    }

    [Fact]
    public void Shows_the_standard_views()
    {
        using var database = new CatalogDatabase(Schema);
        Assert.Equal(["customers|BASE TABLE", "v|VIEW"], database.Query("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"));
        Assert.Equal(
            ["1|id|NO|integer||32", "2|name|NO|character varying|20|", "3|Weird|YES|numeric||10"],
            database.Query("SELECT ordinal_position, column_name, is_nullable, data_type, character_maximum_length, numeric_precision FROM information_schema.columns WHERE table_name = 'customers' ORDER BY 1"));
    }

    [Fact]
    public void Joins_its_relations_for_Npgsqls_type_loading()
    {
        using var database = new CatalogDatabase();
        var rows = database.Query(NpgsqlQueries.LoadTypes);
        Assert.Contains("pg_catalog|23|int4|b|f|", rows);
        Assert.Contains("pg_catalog|1007|_int4|a|f|23", rows);
        Assert.Contains("pg_catalog|3904|int4range|r|f|23", rows);
        Assert.Contains("pg_catalog|2249|record|p|f|", rows);
        Assert.Empty(database.Query(NpgsqlQueries.LoadComposites));
        Assert.Empty(database.Query(NpgsqlQueries.LoadEnums));
    }
}
