namespace Dadbs.Server.Sessions.Connections;

/// <summary>What other threads may ask of a session at any time.</summary>
public interface ISessionInterrupts
{
    /// <summary>Ends the statement under way with 57014; nothing when there is none.</summary>
    void CancelStatement();

    /// <summary>Ends the session with 57P01 at its next step, waking it when it waits for its client.</summary>
    void Terminate();
}
