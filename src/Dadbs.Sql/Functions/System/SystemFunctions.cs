using Dadbs.Sql.Catalog;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>The session and its settings, sequences, transaction ids, and functions about values of any type.</summary>
internal static class SystemFunctions
{
    /// <summary>Equal on every node, whatever it runs on: a replicated statement may store it.</summary>
    private const string Version = $"PostgreSQL {Settings.SettingDefinitions.ServerVersion} (DADBS 0.1.0) on .NET, 64-bit";

    public static void Register(FunctionRegistry registry)
    {
        RegisterSession(registry);
        RegisterSequences(registry);
        RegisterAnyType(registry);
        RegisterNames(registry);
    }

    private static void RegisterSession(FunctionRegistry registry)
    {
        registry.Scalar("pgsql_version", (_, _) => Datum.FromString(Version));
        registry.Scalar("current_database", (context, _) => Datum.FromString(context.CurrentDatabase));
        registry.Scalar("current_user", (context, _) => Datum.FromString(context.CurrentUser));
        registry.Scalar("session_user", (context, _) => Datum.FromString(context.SessionUser));
        registry.Scalar("getdatabaseencoding", (_, _) => Datum.FromUtf8("UTF8"u8));
        registry.Scalar("pg_client_encoding", (context, _) => Datum.FromString(context.Settings?.Get("client_encoding") ?? "UTF8"));
        registry.Scalar("show_config_by_name", (context, a) => CurrentSetting(context, a[0].AsString(), missingOk: false));
        registry.Scalar("show_config_by_name_missing_ok", (context, a) => CurrentSetting(context, a[0].AsString(), a[1].AsBool));
        registry.Scalar("set_config_by_name", (context, a) => SetConfig(context, a));
        registry.Scalar("pg_backend_pid", (context, _) => Datum.FromInt32(Session(context).ProcessId));
        registry.Scalar("pg_is_in_recovery", (context, _) => Datum.FromBool(context.Session?.IsInRecovery ?? false));
        registry.Scalar("pg_postmaster_start_time", (context, _) => Datum.FromInt64(Session(context).PostmasterStartMicros));
        registry.Scalar("pg_conf_load_time", (context, _) => Datum.FromInt64(Session(context).ConfigurationLoadMicros));
        registry.Scalar("inet_client_port", (context, _) => context.Session?.ClientPort is { } port ? Datum.FromInt32(port) : Datum.Null);
        registry.Scalar("inet_server_port", (context, _) => context.Session?.ServerPort is { } port ? Datum.FromInt32(port) : Datum.Null);
        registry.Scalar("pg_current_xact_id", (context, _) => Datum.FromInt64((long)CurrentTransactionId(context)));
        registry.Scalar("pg_current_xact_id_if_assigned", (context, _) => context.TransactionSeed is null && context.Session is null ? Datum.Null : Datum.FromInt64((long)CurrentTransactionId(context)));
        registry.Scalar("pg_sleep", (context, a) => Sleep(context, a[0].AsDouble));
        registry.Scalar("pg_sleep_for(interval)", (context, a) => Sleep(context, (double)a[0].As<IntervalValue>().Span / Calendar.MicrosPerSecond));
        registry.Scalar("pg_jit_available", (_, _) => Datum.False);
        registry.Scalar("pg_blocking_pids", (context, a) => ArrayValue.OneDimensional(SqlTypes.Integer, [.. Session(context).BlockersOf(a[0].AsInt32).Select(Datum.FromInt32)]).ToDatum());
        registry.Scalar("pg_safe_snapshot_blocking_pids", (_, _) => ArrayValue.Empty(SqlTypes.Integer).ToDatum());
        registry.Scalar("pg_isolation_test_session_is_blocked", (context, a) => Datum.FromBool(IsBlocked(context, a[0].AsInt32, a[1].As<ArrayValue>())));
        registry.Scalar("pg_notification_queue_usage", (_, _) => Datum.FromDouble(0));
        registry.Set("pg_listening_channels", (_, _) => []);
    }

    private static ulong CurrentTransactionId(EvaluationContext context) =>
        context.TransactionSeed is { } seed ? TransactionIds.Of(seed) : Session(context).CurrentTransactionId;

    /// <summary>Facts of the session are not inputs of a replicated statement.</summary>
    private static ISessionFacts Session(EvaluationContext context) =>
        context.Session ?? throw new SqlException(SqlState.FeatureNotSupported, "facts of the local session cannot be used in a replicated statement");

    /// <summary>What PostgreSQL's isolation tester asks: whether one of its own sessions stands in the way. A reader waits for no safe snapshot here.</summary>
    private static bool IsBlocked(EvaluationContext context, int processId, ArrayValue interesting)
    {
        foreach (int blocker in Session(context).BlockersOf(processId))
        {
            if (Array.Exists(interesting.Elements, element => !element.IsNull && element.AsInt32 == blocker)) return true;
        }

        return false;
    }

    private static Datum Sleep(EvaluationContext context, double seconds)
    {
        if (context.Session is null)
            throw new SqlException(SqlState.FeatureNotSupported, "pg_sleep cannot be used in a replicated statement");
        context.Session.Sleep(seconds);
        return Datum.FromInt64(0);
    }

    private static Datum CurrentSetting(EvaluationContext context, string name, bool missingOk)
    {
        if (context.Settings?.Get(name) is { } value)
            return Datum.FromString(value);
        return missingOk ? Datum.Null : throw new SqlException(SqlState.UndefinedObject, $"unrecognized configuration parameter \"{name}\"");
    }

    private static Datum SetConfig(EvaluationContext context, ReadOnlySpan<Datum> a)
    {
        if (a[0].IsNull)
            throw new SqlException(SqlState.NullValueNotAllowed, "SET requires parameter name");
        if (context.Settings is null)
            throw new SqlException(SqlState.FeatureNotSupported, "settings cannot be changed here");
        return Datum.FromString(context.Settings.Set(a[0].AsString(), a[1].IsNull ? null : a[1].AsString(), !a[2].IsNull && a[2].AsBool));
    }

    private static void RegisterSequences(FunctionRegistry registry)
    {
        registry.Scalar("nextval_oid", (context, a) => Datum.FromInt64(Sequence(context, a[0]).Next(a[0].AsUInt32)));
        registry.Scalar("currval_oid", (context, a) => Datum.FromInt64(Sequence(context, a[0]).Current(a[0].AsUInt32)));
        registry.Scalar("lastval", (context, _) => Datum.FromInt64(Sequences(context).Last()));
        registry.Scalar("setval_oid", (context, a) => SetSequence(context, a[0], a[1], true));
        registry.Scalar("setval3_oid", (context, a) => SetSequence(context, a[0], a[1], a[2].AsBool));
    }

    private static ISequenceSource Sequences(EvaluationContext context) =>
        context.Sequences ?? throw new SqlException(SqlState.FeatureNotSupported, "sequences cannot be used here");

    /// <summary>42501 for a sequence that the current role may not use.</summary>
    private static ISequenceSource Sequence(EvaluationContext context, Datum oid)
    {
        if (context is StatementContext { Descriptors: { } catalog } && catalog.RelationByOid(oid.AsUInt32) is SequenceDescriptor sequence)
            Ownership.RequireUse(sequence, catalog.FindRole(context.CurrentUser));
        return Sequences(context);
    }

    private static Datum SetSequence(EvaluationContext context, Datum sequence, Datum value, bool isCalled)
    {
        Sequence(context, sequence).Set(sequence.AsUInt32, value.AsInt64, isCalled);
        return value;
    }

    private static void RegisterAnyType(FunctionRegistry registry)
    {
        registry.Generic("pg_typeof(any)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (_, _) => Datum.FromUInt32(types[0].Oid),
        });
        registry.Generic("num_nulls(any)", (generic, types) => CountNulls(generic, types, wanted: true));
        registry.Generic("num_nonnulls(any)", (generic, types) => CountNulls(generic, types, wanted: false));
        registry.Generic("pg_column_size(any)", (generic, types) => generic with
        {
            ArgumentTypes = types,
            Specializer = null,
            Body = (_, a) => Datum.FromInt32(types[0].Length > 0 ? types[0].Length : StoredSize(types[0], a[0])),
        });
    }

    private static int StoredSize(SqlType type, Datum value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        type.Operations.EncodeRow(value, buffer);
        return buffer.WrittenCount + (buffer.WrittenCount < 127 ? 1 : 4);
    }

    private static FunctionDescriptor CountNulls(FunctionDescriptor generic, SqlType[] types, bool wanted) => generic with
    {
        ArgumentTypes = types,
        Specializer = null,
        Body = (_, a) =>
        {
            var count = 0;
            foreach (var value in a)
                count += value.IsNull == wanted ? 1 : 0;
            return Datum.FromInt32(count);
        },
    };

    /// <summary>to_reg*: NULL where the cast would fail because there is no such object.</summary>
    private static void RegisterNames(FunctionRegistry registry)
    {
        registry.Scalar("to_regclass", (context, a) => Found(RegclassOperations.TryResolve(a[0].AsString(), context.Catalog)));
        registry.Scalar("to_regtype", (context, a) => Found(RegtypeOperations.TryResolve(a[0].AsString(), context.Catalog)));
        registry.Scalar("to_regproc", (context, a) => RegprocOperations.Find(a[0].AsString(), context.Catalog) is { Count: 1 } found ? Datum.FromUInt32(found[0].Oid) : Datum.Null);
        registry.Scalar("to_regnamespace", (context, a) => Found(context.Catalog?.FindNamespace(QualifiedName.SchemaAndName(a[0].AsString()).Name) ?? 0));
        registry.Scalar("to_regrole", (context, a) => Found(context.Catalog?.FindRole(QualifiedName.SchemaAndName(a[0].AsString()).Name) ?? 0));
        registry.Scalar("pg_size_bytes", (_, a) => SizeBytes(a[0].AsString()));
    }

    private static Datum Found(uint oid) => oid == 0 ? Datum.Null : Datum.FromUInt32(oid);

    private static Datum SizeBytes(string text)
    {
        var trimmed = text.Trim();
        var split = trimmed.Length;
        while (split > 0 && char.IsAsciiLetter(trimmed[split - 1]))
            split--;
        var factor = trimmed[split..].ToLowerInvariant() switch
        {
            "" or "b" or "bytes" => 1L,
            "kb" => 1L << 10,
            "mb" => 1L << 20,
            "gb" => 1L << 30,
            "tb" => 1L << 40,
            "pb" => 1L << 50,
            _ => throw new SqlException(SqlState.InvalidParameterValue, $"invalid size: \"{text}\"")
            {
                Detail = $"Invalid size unit: \"{trimmed[split..]}\".",
                Hint = "Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".",
            },
        };
        Datum number;
        try
        {
            number = NumericText.Parse(System.Text.Encoding.UTF8.GetBytes(trimmed[..split].Trim()));
        }
        catch (SqlException)
        {
            throw new SqlException(SqlState.InvalidParameterValue, $"invalid size: \"{text}\"");
        }
        return NumericFunctions.ToInteger(NumericArithmetic.Multiply(number, Numerics.FromInt64(factor)), long.MinValue, long.MaxValue, "bigint");
    }
}
