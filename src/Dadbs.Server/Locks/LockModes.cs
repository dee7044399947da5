using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;

namespace Dadbs.Server.Locks;

/// <summary>
/// Modes of locks as bits, and which of them conflict: rows by <see cref="RowLockStrength"/> (PostgreSQL manual, table 13.3), relations by
/// <see cref="TableLockMode"/> (table 13.2).
/// </summary>
internal static class LockModes
{
    private static ReadOnlySpan<byte> RowConflicts => [0b1000, 0b1100, 0b1110, 0b1111];

    private static ReadOnlySpan<byte> RelationConflicts => [0x80, 0xC0, 0xF0, 0xF8, 0xEC, 0xFC, 0xFE, 0xFF];

    /// <summary>Everything above ACCESS SHARE: who holds one of these writes, or locks rows, or the table.</summary>
    public const byte AboveAccessShare = 0xFE;

    /// <summary>EXCLUSIVE and ACCESS EXCLUSIVE: nobody else can hold a row.</summary>
    public const byte CoversRows = 0xC0;

    public static byte Bit(RowLockStrength strength) => (byte)(1 << (int)strength);

    public static byte Bit(TableLockMode mode) => (byte)(1 << (int)mode);

    /// <summary>The modes that conflict with the one whose bit is given.</summary>
    public static byte ConflictsOf(bool isRow, byte bit)
    {
        int mode = System.Numerics.BitOperations.TrailingZeroCount(bit);
        return isRow ? RowConflicts[mode] : RelationConflicts[mode];
    }

    /// <summary>Whether these modes give all that the wanted one would: strengths of row locks ascend, modes of relations stand for themselves.</summary>
    public static bool Cover(bool isRow, byte held, byte wanted) => isRow ? held >= wanted : (held & wanted) != 0;

    /// <summary>As pg_locks and messages call it: <c>RowExclusiveLock</c>.</summary>
    public static string NameOf(TableLockMode mode) => mode + "Lock";
}
