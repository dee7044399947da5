using Dadbs.PgWire.Backend;

namespace Dadbs.Server.Sessions;

/// <summary>A statement failed elsewhere (at its place in the order): the answer is made already.</summary>
internal sealed class StatementFailedException : Exception
{
    public StatementFailedException(Diagnostic diagnostic)
        : base(diagnostic.Message)
    {
        Diagnostic = diagnostic;
    }

    public Diagnostic Diagnostic { get; }

    /// <summary>It was refused before its first statement, for what is no conflict: another attempt would meet the same.</summary>
    public bool IsDefinite { get; init; }
}
