using System.Diagnostics.CodeAnalysis;

namespace Dadbs.Consensus;

/// <summary>A safety rule found broken inside this node. The process must end: its state can no longer be trusted.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Raised here only.")]
public sealed class InvariantBrokenException(string rule) : Exception($"Invariant broken: {rule}.");

/// <summary>Always on: what protects safety is checked in every build.</summary>
internal static class Invariant
{
    public static void Check(bool holds, string rule)
    {
        if (!holds)
            throw new InvariantBrokenException(rule);
    }
}
