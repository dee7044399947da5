using System.Buffers.Binary;
using Dadbs.Sql.Functions;

namespace Dadbs.Server.Sessions;

/// <summary>What functions may ask of their own session: pg_backend_pid(), inet_client_addr(), pg_sleep() and the like. Only reads have it.</summary>
internal sealed class SessionFacts(SessionState session) : ISessionFacts
{
    private const long UnixToPostgresMicros = 946_684_800_000_000;

    /// <summary>Reads outside of a transaction block share it; drawn once a session.</summary>
    private readonly ulong _transactionId = BinaryPrimitives.ReadUInt64BigEndian(SessionSeed.Draw()) >> 2;

    public int ProcessId => session.ProcessId;

    public string? ClientAddress => session.RemoteEndPoint?.Address.ToString();

    public int? ClientPort => session.RemoteEndPoint?.Port;

    public string? ServerAddress => session.LocalEndPoint?.Address.ToString();

    public int? ServerPort => session.LocalEndPoint?.Port;

    public string ServerVersion => session.Settings.Show("server_version");

    public long PostmasterStartMicros =>
        ((session.Services.StartedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) - UnixToPostgresMicros;

    /// <summary>The configuration is read once, at start.</summary>
    public long ConfigurationLoadMicros => PostmasterStartMicros;

    public ulong CurrentTransactionId => _transactionId;

    public bool IsInRecovery => false;

    /// <summary>Holds its thread for so long, one of the pool nearly always; cancel and statement_timeout end it (57014).</summary>
    public void Sleep(double seconds)
    {
        if (!(seconds > 0)) return;
        var token = session.Interrupt.Token;
        double milliseconds = Math.Min(seconds * 1000, int.MaxValue);
        if (token.WaitHandle.WaitOne((int)milliseconds)) throw session.Interrupt.Reason();
    }

    public IReadOnlyList<int> BlockersOf(int processId) => session.Services.Locks.BlockersOf(processId);

    public string? TransactionStatus(string id) => session.Services.Pipeline.StatusOf(id, session.Interrupt.ThrowIfRequested);
}
