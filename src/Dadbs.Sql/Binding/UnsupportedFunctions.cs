namespace Dadbs.Sql.Binding;

/// <summary>
/// The families of PostgreSQL's functions that the engine has not: a call is answered with 0A000, so that nobody looks for a misspelt name or a missing cast.
/// </summary>
internal static class UnsupportedFunctions
{
    private static readonly string[] Prefixes =
    [
        "json", "jsonb", "to_json", "row_to_json", "array_to_json", "pg_advisory_", "pg_try_advisory_", "lo_", "xml", "xpath", "query_to_xml", "table_to_xml", "schema_to_xml", "database_to_xml", "ts_", "to_ts",
        "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery", "pg_logical_", "pg_create_", "pg_replication_", "pg_stat_get_", "pg_wal_", "pg_current_wal_", "pg_read_", "pg_ls_", "dblink", "pg_notify",
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange", "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange", "inet_", "host", "netmask",
    ];

    public static bool Includes(string name) => Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
