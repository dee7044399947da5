using System.Runtime.CompilerServices;

namespace Dadbs.Server.Sessions.Connections;

/// <summary>
/// The few threads that learn from the system which sockets can be read. Sessions go on right there, as long as what they do takes microseconds: handing a message of ten microseconds to a thread of
/// the pool costs more than to serve it. Whatever may take longer, or wait, goes on on a thread of the pool, so that no session ever waits for another one's statement.
/// </summary>
internal static class EventThread
{
    /// <summary>How .NET is told, before the first socket of the process, to run continuations of sockets on the threads that watch them.</summary>
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Whether this is such a thread, or another (the one of answers) that has more to do than to serve one session.</summary>
    public static bool IsCurrent => !Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Has sessions of this process served on its event threads. Counts before the first socket only; what the operator set in the environment stays.</summary>
    public static void ServeSessions()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    /// <summary>Goes on on a thread of the pool.</summary>
    public static YieldAwaitable Leave() => Task.Yield();
}
