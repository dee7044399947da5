using System.Buffers;
using System.Buffers.Binary;

namespace Dadbs.Replication;

/// <summary>The two connections of a link: votes are never behind batch bytes (Rule L5).</summary>
internal enum PeerChannel : byte
{
    Consensus = 0,
    Batches = 1,
}

/// <summary>What a frame between peers carries.</summary>
internal enum FrameKind : byte
{
    /// <summary>First in both directions: format version and channel.</summary>
    Hello = 1,

    /// <summary>Nothing, sent when nothing else was for a while.</summary>
    Ping = 2,

    /// <summary>A message of the consensus core or of the lanes, in its own encoding.</summary>
    Message = 3,
}

/// <summary>
/// A frame: length of what follows (32 bits, big-endian), kind, payload. Integrity is TLS's business. Built once and shared by all
/// connections that send it, so its memory is never written again.
/// </summary>
internal sealed class FrameWriter : IBufferWriter<byte>
{
    public const int HeaderLength = 5;

    private byte[] _bytes;
    private int _written = HeaderLength;

    public FrameWriter(FrameKind kind, int capacity = 256)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(HeaderLength + capacity);
        _bytes[4] = (byte)kind;
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    /// <summary>Fills in the length and gives the frame away; the writer is not used again.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes, _written - 4);
        return _bytes.AsMemory(0, _written);
    }

    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - _written < wanted)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _written + wanted));
    }
}
