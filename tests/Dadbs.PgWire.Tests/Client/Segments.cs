using System.Buffers;

namespace Dadbs.PgWire.Tests.Client;

/// <summary>Makes sequences of many segments, as a pipe does under load.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(byte[] bytes, int segmentBytes)
    {
        Segment? first = null, last = null;
        for (int at = 0; at < bytes.Length; at += segmentBytes)
        {
            var segment = new Segment(bytes.AsMemory(at, Math.Min(segmentBytes, bytes.Length - at)), at);
            last?.Append(segment);
            first ??= segment;
            last = segment;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public void Append(Segment next) => Next = next;
    }
}
