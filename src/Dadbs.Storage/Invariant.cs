using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Dadbs.Storage;

/// <summary>
/// Checks that stay on in release builds: what protects stored state from being wrong rather than what helps to debug.
/// A failed one ends the operation before anything is persisted or published.
/// </summary>
public static class Invariant
{
    public static void Check([DoesNotReturnIf(false)] bool holds, [CallerArgumentExpression(nameof(holds))] string? expression = null)
    {
        if (!holds)
            throw new InvariantException($"invariant does not hold: {expression}");
    }
}

/// <summary>A bug was caught by <see cref="Invariant.Check"/>.</summary>
public sealed class InvariantException(string message) : Exception(message);
