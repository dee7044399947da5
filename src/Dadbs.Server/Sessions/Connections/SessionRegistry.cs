using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>
/// All sessions of the node by the number that clients know them by (BackendKeyData): where CancelRequests find them, where the limit
/// on connections is kept, and where shutdown reaches them. Thread-safe.
/// </summary>
public sealed class SessionRegistry
{
    /// <summary>Most sessions at once; the next gets 53300.</summary>
    public const int SessionsMaxDefault = 1_000;

    private readonly ConcurrentDictionary<int, Entry> _sessions = new();
    private readonly int _sessionsMax;
    private int _lastProcessId;
    private int _count;
    private volatile bool _isShuttingDown;

    public SessionRegistry(int sessionsMax = SessionsMaxDefault)
    {
        _sessionsMax = sessionsMax;
    }

    public int Count => Volatile.Read(ref _count);

    public bool IsShuttingDown => _isShuttingDown;

    /// <summary>Admits a session; null: there are as many as there may be.</summary>
    public Entry? TryAdd(ISessionInterrupts session)
    {
        if (Interlocked.Increment(ref _count) > _sessionsMax)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        while (true)
        {
            int processId = Interlocked.Increment(ref _lastProcessId) & int.MaxValue;
            var entry = new Entry(this, processId, RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue), session);
            if (processId != 0 && _sessions.TryAdd(processId, entry))
            {
                return entry;
            }
        }
    }

    /// <summary>Cancels what the session does now. A wrong number or secret changes nothing, and nobody is told.</summary>
    public void Cancel(int processId, int secretKey)
    {
        if (_sessions.TryGetValue(processId, out Entry? entry) && entry.SecretKey == secretKey)
        {
            entry.Session.CancelStatement();
        }
    }

    /// <summary>Ends every session with 57P01; new ones are refused with 57P03.</summary>
    public void Shutdown()
    {
        _isShuttingDown = true;
        foreach (Entry entry in _sessions.Values)
        {
            entry.Session.Terminate();
        }
    }

    /// <summary>A session's place; disposing it gives the place back.</summary>
    public sealed class Entry : IDisposable
    {
        private readonly SessionRegistry _registry;

        internal Entry(SessionRegistry registry, int processId, int secretKey, ISessionInterrupts session)
        {
            _registry = registry;
            ProcessId = processId;
            SecretKey = secretKey;
            Session = session;
        }

        public int ProcessId { get; }

        public int SecretKey { get; }

        internal ISessionInterrupts Session { get; }

        public void Dispose()
        {
            if (_registry._sessions.TryRemove(ProcessId, out _))
            {
                Interlocked.Decrement(ref _registry._count);
            }
        }
    }
}
