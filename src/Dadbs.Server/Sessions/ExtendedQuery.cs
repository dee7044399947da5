using Dadbs.PgWire;
using Dadbs.PgWire.Backend;
using Dadbs.PgWire.Frontend;
using Dadbs.Server.Sessions.Results;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions;

/// <summary>The extended query protocol: Parse, Bind, Describe, Execute, Close (PostgreSQL manual 55.2.3).</summary>
internal sealed class ExtendedQuery
{
    private const uint UnknownTypeOid = 705;

    private readonly SessionState _session;
    private readonly SessionPlanner _planner;
    private readonly PortalRunner _runner;

    public ExtendedQuery(SessionState session, SessionPlanner planner, PortalRunner runner)
    {
        _session = session;
        _planner = planner;
        _runner = runner;
    }

    private MessageBuffer Output => _session.Output.Buffer;

    public ValueTask ParseAsync(ParseMessage message, OrderedBatch batch)
    {
        string name = BodyText.Of(message.Name);
        string text = BodyText.Of(message.Text);
        SqlType?[] types = DeclaredTypes(message);
        if (!batch.HasDefinitions)
        {
            Parse(name, text, types);
            return default;
        }

        return AfterBatchAsync();

        async ValueTask AfterBatchAsync()
        {
            await batch.RunLocallyAsync().ConfigureAwait(false);
            Parse(name, text, types);
        }
    }

    /// <summary>Nothing is to be planned for it; one that fails is, too.</summary>
    public bool IsBrief(BindMessage message) => _session.Statements.TryGet(message.Statement) is not { } statement || _planner.IsPlanned(statement);

    public void Bind(BindMessage message)
    {
        SessionStatement statement = _session.Statements.Get(message.Statement);
        _session.CurrentText = statement.SourceText;
        if (message.ParameterCount != statement.ParameterTypes.Count)
        {
            throw new SqlException(
                SqlState.ProtocolViolation,
                $"bind message supplies {message.ParameterCount} parameters, but prepared statement \"{BodyText.Of(message.Statement)}\" requires {statement.ParameterTypes.Count}");
        }

        _session.Block.RequireUsable(statement.Syntax);
        _planner.Plan(statement);
        RowDescription? columns = statement.Columns ?? SessionCommands.Describe(_session, statement.Syntax);
        int columnCount = columns?.Columns.Count ?? 0;
        if (columns is not null && !message.ResultFormats.Fits(columnCount))
        {
            throw new SqlException(
                SqlState.ProtocolViolation, $"bind message has {message.ResultFormats.CountNamed} result formats but query has {columnCount} columns");
        }

        _session.Portals.Add(new Portal
        {
            Name = BodyText.Of(message.Portal),
            Statement = statement,
            Parameters = ReadParameters(message, statement.ParameterTypes),
            ParameterBytes = message.ParameterBytes,
            Formats = message.ResultFormats,
            Columns = columns,
        });
        Output.WriteEmpty(BackendMessageType.BindComplete);
    }

    public ValueTask DescribeAsync(TargetMessage message, OrderedBatch batch)
    {
        if (message.IsPortal)
        {
            Portal portal = _session.Portals.Get(message.Name);
            RowEncoder.WriteDescription(Output, portal.Columns, portal.Formats);
            return default;
        }

        SessionStatement statement = _session.Statements.Get(message.Name);
        if (!batch.HasDefinitions)
        {
            DescribeStatement(statement);
            return default;
        }

        return AfterBatchAsync();

        async ValueTask AfterBatchAsync()
        {
            await batch.RunLocallyAsync().ConfigureAwait(false);
            DescribeStatement(statement);
        }
    }

    public ValueTask ExecuteAsync(ExecuteMessage message) =>
        _runner.RunAsync(_session.Portals.Get(message.Portal), message.RowsMax);

    public void Close(TargetMessage message)
    {
        string name = BodyText.Of(message.Name);
        if (message.IsPortal)
        {
            _session.Portals.Remove(name);
        }
        else
        {
            _session.Statements.Remove(name);
        }

        Output.WriteEmpty(BackendMessageType.CloseComplete);
    }

    private void Parse(string name, string text, SqlType?[] types)
    {
        _session.CurrentText = text;
        SessionStatement statement = _planner.Parse(text, types);
        _session.Block.RequireUsable(statement.Syntax);
        if (name.Length > 0 && _session.Statements.Has(name))
        {
            throw new SqlException(SqlState.DuplicatePstatement, $"prepared statement \"{name}\" already exists");
        }

        _planner.Plan(statement);
        _session.Statements.Add(name, statement);
        Output.WriteEmpty(BackendMessageType.ParseComplete);
    }

    private void DescribeStatement(SessionStatement statement)
    {
        _planner.Plan(statement);
        Span<uint> types = statement.ParameterTypes.Count <= 64 ? stackalloc uint[statement.ParameterTypes.Count] : new uint[statement.ParameterTypes.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = statement.ParameterTypes[i].Oid;
        }

        ResultMessages.WriteParameterDescription(Output, types);
        RowEncoder.WriteDescription(Output, statement.Columns ?? SessionCommands.Describe(_session, statement.Syntax), FormatCodes.AllText);
    }

    private static SqlType?[] DeclaredTypes(ParseMessage message)
    {
        if (message.ParameterTypeCount == 0)
        {
            return [];
        }

        var types = new SqlType?[message.ParameterTypeCount];
        for (int i = 0; i < types.Length; i++)
        {
            uint oid = message.ParameterType(i);
            types[i] = oid is 0 or UnknownTypeOid
                ? null
                : SqlTypes.ByOid(oid) ?? throw new SqlException(SqlState.UndefinedObject, $"type with OID {oid} does not exist");
        }

        return types;
    }

    private Datum[] ReadParameters(BindMessage message, IReadOnlyList<SqlType> types)
    {
        if (message.ParameterCount == 0)
        {
            return [];
        }

        var values = new Datum[message.ParameterCount];
        BindMessage.ParameterEnumerator parameters = message.Parameters;
        for (int i = 0; parameters.MoveNext(); i++)
        {
            if (parameters.IsNull)
            {
                continue;
            }

            try
            {
                values[i] = parameters.Format == FormatCode.Binary
                    ? types[i].Operations.ReadBinary(parameters.Value, -1)
                    : types[i].Operations.ParseText(RequireUtf8(parameters.Value), -1, _session.InputSettings);
            }
            catch (SqlException refused)
            {
                string portal = message.Portal.IsEmpty ? "unnamed portal" : $"portal \"{BodyText.Of(message.Portal)}\"";
                throw refused.WithWhere($"{portal} parameter ${i + 1}{(parameters.Format == FormatCode.Text ? " = '...'" : "")}");
            }
        }

        return values;
    }

    private static ReadOnlySpan<byte> RequireUtf8(ReadOnlySpan<byte> value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value))
        {
            PgWire.Framing.BodyReader.DecodeText(value);
        }

        return value.IndexOf((byte)0) < 0
            ? value
            : throw new SqlException(SqlState.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x00");
    }
}
