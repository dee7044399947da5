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
    /// <summary>Rule X1a, docs/consensus.md: judges a transaction and, if it is admitted, uses up its sequence.</summary>
    public static AdmissionResult Admit(Overlay block, TransactionOrigin origin, long blockTimeMicros, ReplayLimits limits)
    {
        if (blockTimeMicros > origin.ExpiryMicros) return AdmissionResult.Expired;
        if (origin.ExpiryMicros > blockTimeMicros + limits.ExpiryAheadMicros) return AdmissionResult.ExpiryTooFar;
        if (origin.Sequence < 0) return AdmissionResult.TooOld;
        Span<byte> key = stackalloc byte[origin.PublicKey.Length + 8];
        WriteKey(key, origin.PublicKey, origin.Stream);
        Window window;
        if (block.TryGet(SystemRelations.ReplayWindows, key, out ReadOnlyMemory<byte> row) && Window.Decode(row.Span) is var stored && stored.LargestExpiry >= blockTimeMicros)
        {
            window = stored;
        }
        else
        {
            // A window past its largest expiry protects nothing any more: what it knew has expired.
            if (DropExpired(block, origin.PublicKey, blockTimeMicros) >= limits.StreamsPerKey) return AdmissionResult.TooManyStreams;
            window = new Window(0, []);
        }

        AdmissionResult result = window.TryUse(origin.Sequence, limits.SequenceWindow);
        if (result != AdmissionResult.Admitted) return result;
        window.LargestExpiry = Math.Max(window.LargestExpiry, origin.ExpiryMicros);
        block.Put(SystemRelations.ReplayWindows, key, window.Encode());
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
    private sealed class Window(long largestExpiry, List<(long Low, long High)> ranges)
    {
        public long LargestExpiry { get; set; } = largestExpiry;

        public static Window Decode(ReadOnlySpan<byte> row)
        {
            long expiry = BinaryPrimitives.ReadInt64BigEndian(row);
            var ranges = new List<(long, long)>();
            ReadOnlySpan<byte> rest = row[8..];
            long next = long.MaxValue;
            while (!rest.IsEmpty)
            {
                long gap = ReadVarint(ref rest);
                long high = next == long.MaxValue ? gap : next - gap;
                long low = high - ReadVarint(ref rest);
                ranges.Add((low, high));
                next = low - 2;
            }

            return new Window(expiry, ranges);
        }

        public byte[] Encode()
        {
            Span<byte> bytes = ranges.Count <= 16 ? stackalloc byte[8 + 16 * 20] : new byte[8 + ranges.Count * 20];
            BinaryPrimitives.WriteInt64BigEndian(bytes, LargestExpiry);
            int at = 8;
            long next = long.MaxValue;
            foreach ((long low, long high) in ranges)
            {
                at = WriteVarint(bytes, at, next == long.MaxValue ? high : next - high);
                at = WriteVarint(bytes, at, high - low);
                next = low - 2;
            }

            return bytes[..at].ToArray();
        }

        public AdmissionResult TryUse(long sequence, long reach)
        {
            if (ranges.Count > 0 && sequence <= ranges[0].High - reach) return AdmissionResult.TooOld;
            int at = 0;
            while (at < ranges.Count && ranges[at].Low > sequence) at++;
            if (at < ranges.Count && ranges[at].High >= sequence) return AdmissionResult.Duplicate;
            bool joinsAbove = at > 0 && ranges[at - 1].Low == sequence + 1;
            bool joinsBelow = at < ranges.Count && ranges[at].High == sequence - 1;
            if (joinsAbove && joinsBelow)
            {
                ranges[at - 1] = (ranges[at].Low, ranges[at - 1].High);
                ranges.RemoveAt(at);
            }
            else if (joinsAbove)
            {
                ranges[at - 1] = (sequence, ranges[at - 1].High);
            }
            else if (joinsBelow)
            {
                ranges[at] = (ranges[at].Low, sequence);
            }
            else
            {
                ranges.Insert(at, (sequence, sequence));
            }

            Forget(reach);
            return AdmissionResult.Admitted;
        }

        /// <summary>Cuts off what is out of reach: it is refused as too old without being remembered.</summary>
        private void Forget(long reach)
        {
            long floor = ranges[0].High - reach + 1;
            while (ranges[^1].High < floor) ranges.RemoveAt(ranges.Count - 1);
            if (ranges[^1].Low < floor) ranges[^1] = (floor, ranges[^1].High);
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
