using System.Buffers.Binary;

namespace Dadbs.Sql.Types;

/// <summary>Hashes for hash joins and grouping that are the same in every process (string.GetHashCode is seeded and banned). Not for untrusted collision resistance.</summary>
internal static class StableHash
{
    /// <summary>The finaliser of splitmix64: a bijection that spreads every bit.</summary>
    public static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public static ulong Combine(ulong seed, ulong value) => Mix(seed * 0x9E3779B97F4A7C15 + value);

    public static ulong Bytes(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9E3779B97F4A7C15;
            bytes = bytes[8..];
        }
        ulong tail = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
            tail = (tail << 8) | bytes[i];
        return Mix(hash ^ tail);
    }
}
