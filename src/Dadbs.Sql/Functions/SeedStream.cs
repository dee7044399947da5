using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dadbs.Sql.Functions;

/// <summary>
/// The randomness of one statement: a keyed stream from the transaction's captured 32-byte seed, block i = HMAC-SHA-256(seed, statement ‖ i).
/// The same seed, statement number and calls give the same values on every node.
/// </summary>
public sealed class SeedStream
{
    private const int BlockBytes = 32;

    private readonly int _statementIndex;
    private byte[] _seed;

    /// <summary>Made with the first value: most statements draw none.</summary>
    private byte[]? _block;
    private int _used;
    private ulong _counter;

    /// <param name="seed">32 bytes that nobody writes to.</param>
    /// <param name="statementIndex">Which statement of the transaction.</param>
    public SeedStream(byte[] seed, int statementIndex)
    {
        _seed = seed;
        _statementIndex = statementIndex;
    }

    public ulong NextUInt64()
    {
        if (_block is null || _used == BlockBytes)
        {
            Span<byte> message = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(message, (ulong)_statementIndex);
            BinaryPrimitives.WriteUInt64BigEndian(message[8..], _counter++);
            HMACSHA256.HashData(_seed, message, _block ??= new byte[BlockBytes]);
            _used = 0;
        }
        var value = BinaryPrimitives.ReadUInt64BigEndian(_block.AsSpan(_used));
        _used += 8;
        return value;
    }

    /// <summary>Uniform in [0, 1), 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A version 4 UUID, 16 bytes in network order.</summary>
    public byte[] NextUuid()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, NextUInt64());
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return bytes;
    }

    /// <summary>setseed(): the rest of the statement's values follow from this number too.</summary>
    public void Reseed(double seed)
    {
        var bits = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bits, BitConverter.DoubleToInt64Bits(seed));
        var reseeded = new byte[_seed.Length];
        _seed.CopyTo(reseeded, 0);
        SHA256.HashData(bits, reseeded.AsSpan(0, 32));
        _seed = reseeded;
        _counter = 0;
        _block = null;
    }
}
