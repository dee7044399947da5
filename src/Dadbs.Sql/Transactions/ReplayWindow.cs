using System.Buffers.Binary;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>Whether a transaction may be executed, judged by its place in its signer's stream (Rule X1a, docs/consensus.md).</summary>
public enum AdmissionResult
{
    Admitted,

    /// <summary>Its sequence was used already: the first in order counts.</summary>
    Duplicate,

    /// <summary>It is further behind the stream's highest sequence than the window reaches.</summary>
    TooOld,

    /// <summary>Block time has passed its expiry.</summary>
    Expired,

    /// <summary>Its expiry is further ahead than the window is kept.</summary>
    ExpiryTooFar,

    /// <summary>The key has as many live streams as it may have.</summary>
    TooManyStreams,
}

/// <summary>
/// The replay windows: one row of <see cref="SystemRelations.ReplayWindows"/> per (key, stream), with the highest sequence used and which of the
/// <see cref="ReplayLimits.SequenceWindow"/> below it were used, as ranges: a client that numbers its transactions one after the other keeps one range, whatever their order.
/// </summary>
/// <remarks>Row: largest expiry (8 bytes, big-endian), then the ranges, highest first: gap to the previous range and length − 1 as varints.</remarks>
public static class ReplayWindow
{
    /// <summary>So many ranges, with the one that may be added, are on the stack.</summary>
    private const int FewRanges = 17;

    /// <summary>Rule X1a, docs/consensus.md: judges a transaction and, if it is admitted, uses up its sequence.</summary>
    public static AdmissionResult Admit(Overlay block, TransactionOrigin origin, long blockTimeMicros, ReplayLimits limits)
    {
        if (!limits.IsDue(origin.ExpiryMicros, blockTimeMicros)) return blockTimeMicros > origin.ExpiryMicros ? AdmissionResult.Expired : AdmissionResult.ExpiryTooFar;
        if (origin.Sequence < 0) return AdmissionResult.TooOld;
        Span<byte> key = stackalloc byte[origin.PublicKey.Length + 8];
        WriteKey(key, origin.PublicKey, origin.Stream);
        ReadOnlyMemory<byte> row;
        if (!block.TryGet(SystemRelations.ReplayWindows, key, out row) || Window.ExpiryOf(row.Span) < blockTimeMicros)
        {
            // A window past its largest expiry protects nothing any more: what it knew has expired.
            if (DropExpired(block, origin.PublicKey, blockTimeMicros) >= limits.StreamsPerKey) return AdmissionResult.TooManyStreams;
            row = default;
        }

        int ranges = Window.RangesOf(row.Span) + 1;
        var window = new Window(ranges <= FewRanges ? stackalloc (long, long)[FewRanges] : new (long, long)[ranges]);
        if (!row.IsEmpty) window.Decode(row.Span);
        AdmissionResult result = window.TryUse(origin.Sequence, limits.SequenceWindow);
        if (result != AdmissionResult.Admitted) return result;
        window.LargestExpiry = Math.Max(window.LargestExpiry, origin.ExpiryMicros);
        Span<byte> bytes = ranges <= FewRanges ? stackalloc byte[Window.BytesMax(FewRanges)] : new byte[Window.BytesMax(ranges)];
        block.Put(SystemRelations.ReplayWindows, key, bytes[..window.Encode(bytes)]);
        return AdmissionResult.Admitted;
    }

    private static void WriteKey(Span<byte> key, ReadOnlySpan<byte> publicKey, ulong stream)
    {
        publicKey.CopyTo(key);
        BinaryPrimitives.WriteUInt64BigEndian(key[publicKey.Length..], stream);
    }

    /// <summary>Runs when a stream is new: removes the key's windows that protect nothing any more.</summary>
    /// <returns>How many are left.</returns>
    private static int DropExpired(Overlay block, ReadOnlySpan<byte> publicKey, long blockTimeMicros)
    {
        var expired = new List<byte[]>();
        int live = 0;
        using (RangeCursor windows = block.Scan(SystemRelations.ReplayWindows, KeyRange.Prefix(publicKey)))
        {
            while (windows.MoveNext())
            {
                if (BinaryPrimitives.ReadInt64BigEndian(windows.Value.Span) < blockTimeMicros) expired.Add(windows.Key.ToArray());
                else live++;
            }
        }

        foreach (byte[] key in expired) block.Delete(SystemRelations.ReplayWindows, key);
        return live;
    }

    /// <summary>Used sequences as disjoint ranges, highest first, none reaching further below the highest than the window.</summary>
    /// <param name="ranges">Room for one range more than it is given.</param>
    private ref struct Window(Span<(long Low, long High)> ranges)
    {
        private const int ExpiryBytes = 8;
        private const int VarintBytesMax = 10;

        private readonly Span<(long Low, long High)> _ranges = ranges;
        private int _count;

        public long LargestExpiry { get; set; }

        public static long ExpiryOf(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadInt64BigEndian(row);

        /// <summary>How many ranges a row has at most: two varints are one.</summary>
        public static int RangesOf(ReadOnlySpan<byte> row)
        {
            int ends = 0;
            for (int i = ExpiryBytes; i < row.Length; i++) ends += row[i] < 0x80 ? 1 : 0;
            return (ends + 1) / 2;
        }

        public static int BytesMax(int ranges) => ExpiryBytes + (ranges * 2 * VarintBytesMax);

        public void Decode(ReadOnlySpan<byte> row)
        {
            LargestExpiry = ExpiryOf(row);
            ReadOnlySpan<byte> rest = row[ExpiryBytes..];
            long next = long.MaxValue;
            while (!rest.IsEmpty)
            {
                long gap = ReadVarint(ref rest);
                long high = next == long.MaxValue ? gap : next - gap;
                long low = high - ReadVarint(ref rest);
                _ranges[_count++] = (low, high);
                next = low - 2;
            }
        }

        /// <returns>How many bytes were written.</returns>
        public readonly int Encode(Span<byte> bytes)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, LargestExpiry);
            int at = ExpiryBytes;
            long next = long.MaxValue;
            foreach ((long low, long high) in _ranges[.._count])
            {
                at = WriteVarint(bytes, at, next == long.MaxValue ? high : next - high);
                at = WriteVarint(bytes, at, high - low);
                next = low - 2;
            }

            return at;
        }

        public AdmissionResult TryUse(long sequence, long reach)
        {
            if (_count > 0 && sequence <= _ranges[0].High - reach) return AdmissionResult.TooOld;
            int at = 0;
            while (at < _count && _ranges[at].Low > sequence) at++;
            if (at < _count && _ranges[at].High >= sequence) return AdmissionResult.Duplicate;
            bool joinsAbove = at > 0 && _ranges[at - 1].Low == sequence + 1;
            bool joinsBelow = at < _count && _ranges[at].High == sequence - 1;
            if (joinsAbove && joinsBelow)
            {
                _ranges[at - 1].Low = _ranges[at].Low;
                _ranges[(at + 1).._count].CopyTo(_ranges[at..]);
                _count--;
            }
            else if (joinsAbove)
            {
                _ranges[at - 1].Low = sequence;
            }
            else if (joinsBelow)
            {
                _ranges[at].High = sequence;
            }
            else
            {
                _ranges[at.._count].CopyTo(_ranges[(at + 1)..]);
                _ranges[at] = (sequence, sequence);
                _count++;
            }

            Forget(reach);
            return AdmissionResult.Admitted;
        }

        /// <summary>Cuts off what is out of reach: it is refused as too old without being remembered.</summary>
        private void Forget(long reach)
        {
            long floor = _ranges[0].High - reach + 1;
            while (_ranges[_count - 1].High < floor) _count--;
            ref (long Low, long High) lowest = ref _ranges[_count - 1];
            lowest.Low = Math.Max(lowest.Low, floor);
        }

        private static long ReadVarint(ref ReadOnlySpan<byte> rest)
        {
            ulong value = 0;
            for (int shift = 0, i = 0; i < rest.Length && shift < 64; shift += 7, i++)
            {
                value |= (ulong)(rest[i] & 0x7F) << shift;
                if (rest[i] >= 0x80) continue;
                rest = rest[(i + 1)..];
                return (long)value;
            }

            throw new MalformedBytesException("a replay window does not end");
        }

        private static int WriteVarint(Span<byte> bytes, int at, long signed)
        {
            ulong value = (ulong)signed;
            while (value >= 0x80)
            {
                bytes[at++] = (byte)(value | 0x80);
                value >>= 7;
            }

            bytes[at++] = (byte)value;
            return at;
        }
    }
}
