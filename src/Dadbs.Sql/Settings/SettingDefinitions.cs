using static Dadbs.Sql.Settings.SettingContext;

namespace Dadbs.Sql.Settings;

/// <summary>
/// Every parameter that SET, SHOW and pg_settings know. Planner and storage parameters of PostgreSQL that mean nothing here are kept so
/// that tools which set them go on; their values are shown and have no effect.
/// </summary>
public static class SettingDefinitions
{
    public const string ServerVersion = "15.18";
    public const string ServerVersionNumber = "150018";

    private static readonly SettingFormat Text = new SettingFormat.Text();
    private static readonly SettingFormat Boolean = new SettingFormat.Boolean();
    private static readonly SettingFormat Milliseconds = new SettingFormat.Integer(0, int.MaxValue, SettingUnit.Milliseconds);
    private static readonly SettingFormat Kilobytes = new SettingFormat.Integer(64, int.MaxValue, SettingUnit.Kilobytes);
    private static readonly SettingFormat Blocks = new SettingFormat.Integer(1, int.MaxValue, SettingUnit.Blocks);
    private static readonly SettingFormat Isolation = new SettingFormat.Choice("serializable", "repeatable read", "read committed", "read uncommitted");
    private static readonly SettingFormat Levels =
        new SettingFormat.Choice("debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error") { Synonyms = new Dictionary<string, string> { ["debug"] = "debug2", ["info"] = "info" } };

    /// <summary>By name, in the order of SHOW ALL.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } = Build();

    private static readonly Dictionary<string, SettingDefinition> ByName = All.ToDictionary(d => d.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names are matched without regard to case; null: not one of ours (names with a dot are custom settings).</summary>
    public static SettingDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A custom setting (<c>app.tenant</c>): any text, carried by every transaction because row security may read it.</summary>
    public static SettingDefinition Custom(string name) => new(name.ToLowerInvariant(), User, Text, "") { IsCaptured = true };

    private static SettingDefinition[] Build() =>
    [
        .. new SettingDefinition[]
        {
            new("DateStyle", User, new SettingFormat.DateStyles(), "ISO, MDY") { IsReported = true, IsCaptured = true },
            new("IntervalStyle", User, new SettingFormat.Choice("postgres", "postgres_verbose", "sql_standard", "iso_8601"), "postgres") { IsReported = true, IsCaptured = true },
            new("TimeZone", User, new SettingFormat.Zone(), "UTC") { IsReported = true, IsCaptured = true },
            new("application_name", User, Text, "") { IsReported = true },
            new("array_nulls", User, Boolean, "on"),
            new("autovacuum", Configuration, Boolean, "on"),
            new("backslash_quote", User, new SettingFormat.Choice("safe_encoding", "on", "off"), "safe_encoding"),
            new("block_size", Internal, new SettingFormat.Integer(8192, 8192), "8192"),
            new("bytea_output", User, new SettingFormat.Choice("escape", "hex"), "hex") { IsCaptured = true },
            new("check_function_bodies", User, Boolean, "on"),
            new("client_encoding", User, new SettingFormat.ClientEncoding(), "UTF8") { IsReported = true },
            new("client_min_messages", User, Levels, "notice"),
            new("commit_delay", Superuser, new SettingFormat.Integer(0, 100_000), "0"),
            new("constraint_exclusion", User, new SettingFormat.Choice("partition", "on", "off"), "partition"),
            new("cpu_tuple_cost", User, new SettingFormat.Real(0, double.MaxValue), "0.01"),
            new("dadbs.commit_timeout", User, new SettingFormat.Integer(1, int.MaxValue, SettingUnit.Milliseconds), "30s"),
            new("dadbs.read_consistency", User, new SettingFormat.Choice("local") { Unsupported = ["strict"] }, "local"),
            new("data_checksums", Internal, Boolean, "on"),
            new("deadlock_timeout", Superuser, new SettingFormat.Integer(1, int.MaxValue, SettingUnit.Milliseconds), "1s"),
            new("default_statistics_target", User, new SettingFormat.Integer(1, 10_000), "100"),
            new("default_table_access_method", User, new SettingFormat.Choice("heap"), "heap"),
            new("default_tablespace", User, Text, ""),
            new("default_toast_compression", User, new SettingFormat.Choice("pglz", "lz4"), "pglz"),
            new("default_transaction_deferrable", User, Boolean, "off"),
            new("default_transaction_isolation", User, Isolation, "read committed"),
            new("default_transaction_read_only", User, Boolean, "off") { IsReported = true },
            new("effective_cache_size", User, Blocks, "4GB"),
            new("enable_bitmapscan", User, Boolean, "on"),
            new("enable_hashagg", User, Boolean, "on"),
            new("enable_hashjoin", User, Boolean, "on"),
            new("enable_indexonlyscan", User, Boolean, "on"),
            new("enable_indexscan", User, Boolean, "on"),
            new("enable_material", User, Boolean, "on"),
            new("enable_mergejoin", User, Boolean, "on"),
            new("enable_nestloop", User, Boolean, "on"),
            new("enable_seqscan", User, Boolean, "on"),
            new("enable_sort", User, Boolean, "on"),
            new("escape_string_warning", User, Boolean, "on"),
            new("extra_float_digits", User, new SettingFormat.Integer(-15, 3), "1") { IsCaptured = true },
            new("from_collapse_limit", User, new SettingFormat.Integer(1, int.MaxValue), "8"),
            new("fsync", Configuration, Boolean, "on"),
            new("full_page_writes", Configuration, Boolean, "on"),
            new("geqo", User, Boolean, "on"),
            new("gin_fuzzy_search_limit", User, new SettingFormat.Integer(0, int.MaxValue), "0"),
            new("idle_in_transaction_session_timeout", User, Milliseconds, "0"),
            new("idle_session_timeout", User, Milliseconds, "0"),
            new("in_hot_standby", Internal, Boolean, "off") { IsReported = true },
            new("integer_datetimes", Internal, Boolean, "on") { IsReported = true },
            new("is_superuser", Internal, Boolean, "off") { IsReported = true },
            new("jit", User, Boolean, "off"),
            new("join_collapse_limit", User, new SettingFormat.Integer(1, int.MaxValue), "8"),
            new("lc_collate", Internal, Text, "C"),
            new("lc_ctype", Internal, Text, "C"),
            new("lc_messages", Superuser, Text, "C"),
            new("lc_monetary", User, Text, "C"),
            new("lc_numeric", User, Text, "C"),
            new("lc_time", User, Text, "C"),
            new("lock_timeout", User, Milliseconds, "0"),
            new("log_min_duration_statement", Superuser, new SettingFormat.Integer(-1, int.MaxValue, SettingUnit.Milliseconds), "-1"),
            new("log_min_messages", Superuser, Levels, "warning"),
            new("log_statement", Superuser, new SettingFormat.Choice("none", "ddl", "mod", "all"), "none"),
            new("maintenance_work_mem", User, Kilobytes, "64MB"),
            new("max_connections", Start, new SettingFormat.Integer(1, 262_143), "1000"),
            new("max_identifier_length", Internal, new SettingFormat.Integer(63, 63), "63"),
            new("max_index_keys", Internal, new SettingFormat.Integer(32, 32), "32"),
            new("max_parallel_workers_per_gather", User, new SettingFormat.Integer(0, 1_024), "0"),
            new("max_prepared_transactions", Start, new SettingFormat.Integer(0, 262_143), "0"),
            new("password_encryption", User, new SettingFormat.Choice("md5", "scram-sha-256"), "scram-sha-256"),
            new("plan_cache_mode", User, new SettingFormat.Choice("auto", "force_generic_plan", "force_custom_plan"), "auto"),
            new("quote_all_identifiers", User, Boolean, "off"),
            new("random_page_cost", User, new SettingFormat.Real(0, double.MaxValue), "4"),
            new("role", User, Text, "none") { IsCaptured = true },
            new("row_security", User, Boolean, "on"),
            new("search_path", User, new SettingFormat.SchemaList(), Catalog.SearchPath.DefaultSetting) { IsCaptured = true },
            new("seq_page_cost", User, new SettingFormat.Real(0, double.MaxValue), "1"),
            new("server_encoding", Internal, Text, "UTF8") { IsReported = true },
            new("server_version", Internal, Text, ServerVersion) { IsReported = true },
            new("server_version_num", Internal, Text, ServerVersionNumber),
            new("session_authorization", User, Text, "") { IsReported = true },
            new("session_replication_role", Superuser, new SettingFormat.Choice("origin", "replica", "local"), "origin"),
            new("shared_buffers", Start, Blocks, "128MB"),
            new("ssl", Configuration, Boolean, "off"),
            new("standard_conforming_strings", User, Boolean, "on") { IsReported = true },
            new("statement_timeout", User, Milliseconds, "0"),
            new("superuser_reserved_connections", Start, new SettingFormat.Integer(0, 262_143), "0"),
            new("synchronize_seqscans", User, Boolean, "on"),
            new("synchronous_commit", User, new SettingFormat.Choice("local", "remote_write", "remote_apply", "on", "off"), "on"),
            new("temp_buffers", User, Blocks, "8MB"),
            new("temp_tablespaces", User, Text, ""),
            new("timezone_abbreviations", User, Text, "Default"),
            new("track_activities", Superuser, Boolean, "on"),
            new("transaction_deferrable", User, Boolean, "off") { IsTransactional = true },
            new("transaction_isolation", User, Isolation, "read committed") { IsTransactional = true },
            new("transaction_read_only", User, Boolean, "off") { IsTransactional = true },
            new("transform_null_equals", User, Boolean, "off"),
            new("vacuum_cost_delay", User, new SettingFormat.Real(0, 100), "0"),
            new("wal_level", Start, new SettingFormat.Choice("minimal", "replica", "logical"), "replica"),
            new("work_mem", User, Kilobytes, "4MB"),
            new("xmloption", User, new SettingFormat.Choice("content", "document"), "content"),
        }.OrderBy(d => d.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
